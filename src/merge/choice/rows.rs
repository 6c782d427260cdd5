//! Tables at a choice: of several versions of one table, a reader sees the rows in which they differ from what stands, and
//! may write such rows.

use std::collections::BTreeSet;

use crate::merge::compose::rows::{Row, Table, sorted, written};
use crate::prose::Prose;
use crate::prose::unit::{Opaque, Shared, Unit};

use super::Choice;

/// What stands between rows that are told on one line.
const BETWEEN: &str = " ¶ ";

/// What stands where the versions only add rows.
const WITHOUT: &str = "the table without these rows";

/// What stands and the alternatives, each as the rows in which it differs from what stands.
///
/// Nothing if the choice is not about one table of the same columns, whose rows are told by their first cells, or if its rows
/// would not tell the versions apart.
pub fn rows(choice: &Choice) -> Option<(String, Vec<String>)> {
    let now = only(&choice.now)?;
    let versions = choice
        .alternatives
        .iter()
        .map(|version| only(&version.units));
    let versions: Vec<Table<'_>> = versions.collect::<Option<_>>()?;
    let fits = |table: &Table<'_>| table.has_columns_of(&now) && table.is_keyed();
    let ordered = versions.iter().all(|table| keeps_order(&now, table));
    if !now.is_keyed() || !versions.iter().all(fits) || !ordered {
        return None;
    }
    let texts: Vec<String> = versions
        .iter()
        .map(|table| differing(&now, table))
        .collect();
    let distinct: BTreeSet<&String> = texts.iter().collect();
    if distinct.len() < texts.len() || texts.iter().any(String::is_empty) {
        return None;
    }
    let stand: Vec<BTreeSet<Vec<u64>>> = versions.iter().map(ids_of_rows).collect();
    let disputed = |row: &&Row<'_>| !stand.iter().all(|rows| rows.contains(&ids(row)));
    let disputed: Vec<String> = now.rows.iter().filter(disputed).map(cells).collect();
    match disputed.as_slice() {
        [] => Some((WITHOUT.to_owned(), texts)),
        rows => Some((rows.join(BETWEEN), texts)),
    }
}

/// Whether a choice is about versions of one table.
pub fn is_of_table(choice: &Choice) -> bool {
    let tables = choice
        .alternatives
        .iter()
        .map(|version| only(&version.units));
    only(&choice.now).is_some() && tables.flatten().next().is_some()
}

/// What stands, with some rows in the place of those that have the same first cell, and with the others added; or a table
/// that was written out. Nothing if the text is neither.
pub fn laid_over(text: &str, choice: &Choice) -> Option<Shared> {
    let prose = Prose::parse(text);
    let passages: Vec<&Shared> = prose.passages().collect();
    if let [table] = passages.as_slice()
        && Table::of(table).is_some()
    {
        return Some((*table).clone());
    }
    let now = only(&choice.now)?;
    let columns = now.header.cells.len();
    let lines = text.split(BETWEEN.trim()).map(str::trim);
    let new: Vec<Row<'_>> = lines.map(|line| Row::of(line, None)).collect();
    if new.iter().any(|row| row.cells.len() != columns) {
        return None;
    }
    let mut rows: Vec<Row<'_>> = now.rows.clone();
    for row in new {
        let row = Row { line: None, ..row };
        match rows.iter_mut().find(|old| old.key() == row.key()) {
            Some(old) => *old = row,
            None => rows.push(row),
        }
    }
    let rows = if now.is_sorted() { sorted(rows) } else { rows };
    let text = written(&choice.now[0], &now, &rows);
    Some(Unit::opaque(Opaque::Table, text))
}

fn only(units: &[Shared]) -> Option<Table<'_>> {
    match units {
        [unit] => Table::of(unit),
        _ => None,
    }
}

fn ids(row: &Row<'_>) -> Vec<u64> {
    row.cells.iter().map(|cell| cell.id()).collect()
}

fn ids_of_rows(table: &Table<'_>) -> BTreeSet<Vec<u64>> {
    table.rows.iter().map(ids).collect()
}

/// Whether the rows that two tables have in common stand in one order, or each table is sorted.
fn keeps_order(now: &Table<'_>, version: &Table<'_>) -> bool {
    let keys = |table: &Table<'_>| table.rows.iter().map(Row::key).collect::<Vec<u64>>();
    let (old, new) = (keys(now), keys(version));
    let stood: BTreeSet<u64> = old.iter().copied().collect();
    let both: BTreeSet<u64> = new
        .iter()
        .copied()
        .filter(|key| stood.contains(key))
        .collect();
    let common = |keys: Vec<u64>| {
        keys.into_iter()
            .filter(|key| both.contains(key))
            .collect::<Vec<_>>()
    };
    common(old) == common(new)
}

/// The rows that a version adds or edits, and those that it takes out.
fn differing(now: &Table<'_>, version: &Table<'_>) -> String {
    let (stood, stand) = (ids_of_rows(now), ids_of_rows(version));
    let keys: BTreeSet<u64> = version.rows.iter().map(Row::key).collect();
    let new = version.rows.iter().filter(|row| !stood.contains(&ids(row)));
    let gone = now
        .rows
        .iter()
        .filter(|row| !stand.contains(&ids(row)) && !keys.contains(&row.key()));
    let gone = gone.map(|row| format!("without {}", cells(row)));
    let all: Vec<String> = new.map(cells).chain(gone).collect();
    all.join(BETWEEN)
}

fn cells(row: &Row<'_>) -> String {
    let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text()).collect();
    texts.join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::choice::ChoiceKind;

    fn table(rows: &[&str]) -> Shared {
        let lines = [&["| Town | Size |", "| --- | --- |"], rows].concat();
        Unit::opaque(Opaque::Table, lines.join("\n"))
    }

    fn choice(now: &[&str], versions: &[&[&str]]) -> Choice {
        let version = |(at, rows): (usize, &&[&str])| (format!("c{at}"), vec![table(rows)]);
        let versions = versions.iter().enumerate().map(version).collect();
        Choice::new(ChoiceKind::Wording, &[table(now)], versions).expect("they differ")
    }

    const NOW: [&str; 3] = ["| Ulm | 5 |", "| Bonn | 7 |", "| Kiel | 2 |"];

    #[test]
    fn rows_that_differ_are_told() {
        let versions: [&[&str]; 2] = [
            &[
                "| Ulm | 6 |",
                "| Bonn | 7 |",
                "| Kiel | 2 |",
                "| Jena | 1 |",
            ],
            &["| Ulm | 8 |", "| Bonn | 7 |"],
        ];
        let (now, told) = rows(&choice(&NOW, &versions)).expect("they are told by rows");
        assert_eq!(now, "Ulm | 5 ¶ Kiel | 2");
        assert_eq!(told, ["Ulm | 6 ¶ Jena | 1", "Ulm | 8 ¶ without Kiel | 2"]);
    }

    #[test]
    fn what_rows_do_not_tell_is_told_as_a_whole() {
        let moved: &[&str] = &["| Bonn | 7 |", "| Ulm | 6 |", "| Kiel | 2 |"];
        let other: &[&str] = &["| Ulm | 6 |", "| Bonn | 7 |", "| Kiel | 2 |"];
        assert_eq!(rows(&choice(&NOW, &[moved, other])), None);
        let may: [&str; 2] = ["| May | first |", "| May | second |"];
        let third: &[&str] = &["| May | third |"];
        let both: &[&str] = &["| May | third |", "| May | second |"];
        assert_eq!(rows(&choice(&may, &[third, both])), None);
    }

    #[test]
    fn rows_that_are_only_added_stand_nowhere_yet() {
        let one: &[&str] = &[
            "| Ulm | 5 |",
            "| Bonn | 7 |",
            "| Kiel | 2 |",
            "| Jena | 2 |",
        ];
        let two: &[&str] = &[
            "| Ulm | 5 |",
            "| Bonn | 7 |",
            "| Kiel | 2 |",
            "| Jena | 3 |",
        ];
        let told = rows(&choice(&NOW, &[one, two]));
        let rows = vec!["Jena | 2".to_owned(), "Jena | 3".to_owned()];
        assert_eq!(told, Some((WITHOUT.to_owned(), rows)));
    }

    #[test]
    fn ones_own_rows_are_laid_over_the_table() {
        let versions: [&[&str]; 2] = [&["| Ulm | 6 |"], &["| Ulm | 8 |"]];
        let choice = choice(&NOW, &versions);
        let laid = |text: &str| Some(laid_over(text, &choice)?.text().to_owned());
        let whole = |rows: &[&str]| Some(table(rows).text().to_owned());
        assert_eq!(
            laid("Ulm | 7"),
            whole(&["| Ulm | 7 |", "| Bonn | 7 |", "| Kiel | 2 |"])
        );
        let more = [
            "| Ulm | 7 |",
            "| Bonn | 7 |",
            "| Kiel | 2 |",
            "| Jena | 1 |",
        ];
        assert_eq!(laid("| Ulm | 7 | ¶ Jena | 1"), whole(&more));
        assert_eq!(laid("Ulm has seven."), None);
        assert_eq!(laid(table(&more).text()), whole(&more));
    }
}
