//! Several versions of one table, merged by rows and cells.
//!
//! Rows are told by their first cell where it is unique, else by alignment; a cell is composed like a sentence. There
//! is no answer where the header differs, where rows change their order (unless the table is sorted before and after:
//! then a row stands where its first cell puts it), where one deletes a row that another edits,
//! or where two edits of a cell touch: then the whole table is a choice, because none can stand inside one. Where one
//! version's side is taken in all that is disputed, there is an answer again.
//!
//! **Invariant:** the result is a function of the base and the set of versions.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::align::align;
use crate::prose::token::sort_key;
use crate::prose::unit::{Opaque, Shared, Unit};

use super::compose;
use super::rows::{Row, Table, order, sorted, written};

/// Merges versions of a table; nothing if people must choose.
pub fn compose_table(base: &Unit, versions: &[&Shared]) -> Option<Shared> {
    Versions::of(base, versions)?.merged(&mut None)
}

/// Whose side is taken where versions touch, and who does not get what she wants by that.
pub(super) struct Side {
    /// The version, by its number.
    pub(super) one: usize,
    /// Versions of which something is not in the table.
    pub(super) overruled: BTreeSet<usize>,
}

impl Side {
    /// The side's wording of a cell; who wants another than that and than what stands is overruled.
    fn cell(&mut self, now: &Shared, wanted: &[(usize, &Shared)]) -> Shared {
        let own = wanted.iter().find(|(at, _)| *at == self.one);
        let own = own.map_or(now, |(_, own)| *own);
        let others = wanted
            .iter()
            .filter(|(_, cell)| *cell != now && *cell != own);
        self.overruled.extend(others.map(|(at, _)| *at));
        own.clone()
    }

    /// The row that the side adds with a first cell; who adds another is overruled.
    fn added<'a>(&mut self, key: u64, versions: &[Table<'a>]) -> Option<Row<'a>> {
        let of = |table: &Table<'a>| table.rows.iter().find(|row| row.key() == key).cloned();
        let own = of(&versions[self.one]);
        let cells = own.as_ref().map(|own| &own.cells);
        let other = |at: &usize| of(&versions[*at]).is_some_and(|row| Some(&row.cells) != cells);
        self.overruled.extend((0..versions.len()).filter(other));
        own
    }
}

/// A row of the result.
struct Placed<'a> {
    row: Row<'a>,
    /// Whether the old table has no such row.
    is_added: bool,
}

/// A table and versions of it with the same columns, whose rows keep their order.
pub(super) struct Versions<'a> {
    base: &'a Unit,
    old: Table<'a>,
    new: Vec<Table<'a>>,
    /// Where each row of the old table stands in each version.
    pairs: Vec<Vec<Option<usize>>>,
    /// Whether the rows of each are told by their first cells.
    pub(super) keyed: bool,
}

impl<'a> Versions<'a> {
    /// Reads them; nothing if the columns differ, or the order of the rows.
    pub(super) fn of(base: &'a Unit, versions: &[&'a Shared]) -> Option<Self> {
        let old = Table::of(base)?;
        let new: Option<Vec<Table<'_>>> = versions.iter().map(|unit| Table::of(unit)).collect();
        let new = new.filter(|new| new.iter().all(|table| table.has_columns_of(&old)))?;
        let keyed = old.is_keyed() && new.iter().all(Table::is_keyed);
        let known = |table: &Table<'_>| match keyed {
            true => by_key(&old, table),
            false => vec![None; old.rows.len()],
        };
        let known_order = |table: &Table<'_>| {
            let pairs = pairs(&old, table, known(table));
            let risen = pairs.iter().flatten().is_sorted();
            let sorted = || keyed && old.is_sorted() && order(&table.rows).is_sorted();
            (risen || sorted()).then_some(pairs)
        };
        let pairs: Option<Vec<Vec<Option<usize>>>> = new.iter().map(known_order).collect();
        Some(Self {
            pairs: pairs?,
            base,
            old,
            new,
            keyed,
        })
    }

    /// The table with everybody's changes; nothing if two touch and no side is taken.
    pub(super) fn merged(&self, side: &mut Option<Side>) -> Option<Shared> {
        let rows = self.rows(side)?;
        let rows = match self.keyed {
            true => self.unique(rows, side)?,
            false => rows.into_iter().map(|placed| placed.row).collect(),
        };
        let rows = if self.old.is_sorted() {
            sorted(rows)
        } else {
            rows
        };
        let text = written(self.base, &self.old, &rows);
        Some(Unit::opaque(Opaque::Table, text))
    }

    /// All rows, each with everybody's changes, and what was added before each.
    fn rows(&self, side: &mut Option<Side>) -> Option<Vec<Placed<'a>>> {
        let placed = |row, is_added| Placed { row, is_added };
        let mut out = Vec::new();
        for at in 0..=self.old.rows.len() {
            out.extend(self.added(at).map(|row| placed(row, true)));
            let Some(row) = self.old.rows.get(at) else {
                continue;
            };
            let places = self.new.iter().zip(&self.pairs);
            let versions: Vec<Option<&Row<'a>>> = places
                .map(|(table, pairs)| pairs[at].map(|at| &table.rows[at]))
                .collect();
            if Self::stays(row, &versions, side)? {
                out.push(placed(composed(row, &versions, side)?, false));
            }
        }
        Some(out)
    }

    /// What the versions add before a row of the old table, equal runs once.
    fn added(&self, at: usize) -> impl Iterator<Item = Row<'a>> {
        let places = self.new.iter().zip(&self.pairs);
        let mut runs: Vec<Vec<Row<'a>>> = places
            .map(|(table, pairs)| added(table, pairs, at))
            .collect();
        runs.sort_by_cached_key(|run| {
            let texts: Vec<String> = run.iter().map(Row::text).collect();
            (sort_key(&texts.concat()), texts)
        });
        let cells = |run: &[Row<'a>]| run.iter().map(|row| row.cells.clone()).collect::<Vec<_>>();
        runs.dedup_by(|a, b| cells(a) == cells(b));
        runs.into_iter().flatten()
    }

    /// Whether a row stays; nothing if one takes it out that another edits, and no side is taken. A side that keeps it keeps
    /// it with what others edit in it.
    fn stays(
        row: &Row<'a>,
        versions: &[Option<&Row<'a>>],
        side: &mut Option<Side>,
    ) -> Option<bool> {
        let edited = |version: &&Row<'a>| version.cells != row.cells;
        if versions.iter().all(Option::is_some) {
            return Some(true);
        }
        if !versions.iter().flatten().any(edited) {
            return Some(false);
        }
        let side = side.as_mut()?;
        let stays = versions[side.one].is_some();
        let against = |version: &Option<&Row<'a>>| match version {
            None => stays,
            Some(version) => !stays && edited(version),
        };
        let versions = versions.iter().enumerate();
        let against = versions.filter(|(_, version)| against(version));
        side.overruled.extend(against.map(|(at, _)| at));
        Some(stays)
    }

    /// Rows with equal first cells count once if they are equal. Of different ones that were added, the side's counts, or
    /// none if the side has none; there is no answer without a side, or where a row got its first cell from another.
    fn unique(&self, rows: Vec<Placed<'a>>, side: &mut Option<Side>) -> Option<Vec<Row<'a>>> {
        let mut out: Vec<Placed<'a>> = Vec::new();
        let mut left_out = BTreeSet::new();
        for placed in rows {
            let key = placed.row.key();
            if left_out.contains(&key) {
                continue;
            }
            let Some(at) = out.iter().position(|other| other.row.key() == key) else {
                out.push(placed);
                continue;
            };
            if out[at].row.cells == placed.row.cells {
                continue;
            }
            let side = side
                .as_mut()
                .filter(|_| placed.is_added && out[at].is_added)?;
            match side.added(key, &self.new) {
                Some(own) => out[at].row = own,
                None => {
                    out.remove(at);
                    left_out.insert(key);
                }
            }
        }
        Some(out.into_iter().map(|placed| placed.row).collect())
    }
}

/// Pairs the units of two texts, and a table with the one other of the same columns in its place: they are the same
/// table, whatever became of its rows.
pub fn paired(a: &[Shared], b: &[Shared]) -> Vec<(usize, usize)> {
    let pairs = align(a, b);
    let mut tables = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (x, y) in pairs.iter().copied().chain([(a.len(), b.len())]) {
        let like = |&(i, j): &(usize, usize)| are_like_tables(&a[i], &b[j]);
        let all = (i..x).flat_map(|i| (j..y).map(move |j| (i, j)));
        let found: Vec<(usize, usize)> = all.filter(like).collect();
        if found.len() == 1 {
            tables.extend(found);
        }
        (i, j) = (x + 1, y + 1);
    }
    let mut pairs = [pairs, tables].concat();
    pairs.sort_unstable();
    pairs
}

/// Whether two units are tables of the same columns.
fn are_like_tables(a: &Unit, b: &Unit) -> bool {
    let tables = Table::of(a).zip(Table::of(b));
    tables.is_some_and(|(a, b)| a.has_columns_of(&b))
}

/// Where the row with the same first cell stands in the new table.
fn by_key(old: &Table<'_>, new: &Table<'_>) -> Vec<Option<usize>> {
    let places = new.rows.iter().enumerate();
    let places: BTreeMap<u64, usize> = places.map(|(at, row)| (row.key(), at)).collect();
    let place = |row: &Row<'_>| places.get(&row.key()).copied();
    old.rows.iter().map(place).collect()
}

/// Where each row of the old table stands in the new one, beyond those that are known.
fn pairs(old: &Table<'_>, new: &Table<'_>, mut pairs: Vec<Option<usize>>) -> Vec<Option<usize>> {
    let taken: BTreeSet<usize> = pairs.iter().flatten().copied().collect();
    let left: Vec<usize> = (0..pairs.len()).filter(|&at| pairs[at].is_none()).collect();
    let right: Vec<usize> = (0..new.rows.len())
        .filter(|at| !taken.contains(at))
        .collect();
    let units = |rows: &[Row<'_>], of: &[usize]| -> Vec<Shared> {
        of.iter()
            .map(|&at| Unit::sentence(rows[at].text()))
            .collect()
    };
    for (i, j) in align(&units(&old.rows, &left), &units(&new.rows, &right)) {
        pairs[left[i]] = Some(right[j]);
    }
    pairs
}

/// The rows that a version adds before a row of the old table; all at once, if only their sorted order places them.
fn added<'a>(table: &Table<'a>, pairs: &[Option<usize>], at: usize) -> Vec<Row<'a>> {
    if !pairs.iter().flatten().is_sorted() {
        let rows = table.rows.iter().enumerate();
        let new = rows.filter(|(row, _)| at == 0 && !pairs.contains(&Some(*row)));
        return new.map(|(_, row)| row.clone()).collect();
    }
    let last = |pairs: &[Option<usize>]| pairs.iter().flatten().max().map_or(0, |at| at + 1);
    if at > 0 && pairs[at - 1].is_none() {
        return Vec::new();
    }
    let start = last(&pairs[..at]);
    let next = pairs[at..].iter().flatten().next();
    let end = next.copied().unwrap_or(table.rows.len());
    table.rows[start..end].to_vec()
}

/// A row with the changes of all its versions, cell by cell; where two touch, as the side has it, or there is no answer.
fn composed<'a>(
    row: &Row<'a>,
    versions: &[Option<&Row<'a>>],
    side: &mut Option<Side>,
) -> Option<Row<'a>> {
    let mut cells = Vec::with_capacity(row.cells.len());
    for (at, now) in row.cells.iter().enumerate() {
        let kept = versions.iter().enumerate();
        let wanted = kept.filter_map(|(version, row)| Some((version, &row.as_ref()?.cells[at])));
        let wanted: Vec<(usize, &Shared)> = wanted.collect();
        let mut wordings: Vec<&Shared> = wanted.iter().map(|(_, cell)| *cell).collect();
        wordings.retain(|cell| *cell != now);
        wordings.sort_by_key(|cell| (cell.id(), cell.text().to_owned()));
        wordings.dedup();
        cells.push(match wordings.as_slice() {
            [] => now.clone(),
            [one] => (*one).clone(),
            several => match compose(now, several) {
                Some(cell) => cell,
                None => side.as_mut()?.cell(now, &wanted),
            },
        });
    }
    let written = [row].into_iter().chain(versions.iter().flatten().copied());
    let mut lines: Vec<&'a str> = written
        .filter(|version| version.cells == cells)
        .filter_map(|version| version.line)
        .collect();
    let line = if cells == row.cells { row.line } else { None };
    lines.sort_unstable();
    let line = line.or(lines.first().copied());
    Some(Row { line, cells })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&str]) -> Shared {
        let lines = [&["| Co-op | Size |", "| --- | --- |"], rows].concat();
        Unit::opaque(Opaque::Table, lines.join("\n"))
    }

    fn merged_rows(base: &[&str], versions: &[&[&str]]) -> Option<Vec<String>> {
        let versions: Vec<Shared> = versions.iter().map(|rows| table(rows)).collect();
        let forwards: Vec<&Shared> = versions.iter().collect();
        let backwards: Vec<&Shared> = versions.iter().rev().collect();
        let merged = compose_table(&table(base), &forwards);
        assert_eq!(merged, compose_table(&table(base), &backwards));
        let lines = |unit: Shared| unit.text().lines().skip(2).map(str::to_owned).collect();
        merged.map(lines)
    }

    const BASE: [&str; 2] = ["| Beta | 5 |", "| Alpha | 7 |"];

    #[test]
    fn edits_of_different_cells_are_both_made() {
        let got = merged_rows(
            &BASE,
            &[
                &["| Beta | 6 |", "| Alpha | 7 |"],
                &["| Beta | 5 |", "| Alpha | 9 |"],
            ],
        );
        assert_eq!(got.unwrap(), ["| Beta | 6 |", "| Alpha | 9 |"]);
        let renamed = ["| Beta Works | 5 |", "| Alpha | 7 |"];
        let got = merged_rows(&BASE, &[&renamed, &["| Beta | 5 |", "| Alpha | 9 |"]]);
        assert_eq!(got.unwrap(), ["| Beta Works | 5 |", "| Alpha | 9 |"]);
    }

    #[test]
    fn added_rows_are_all_kept_and_deleted_ones_go() {
        let got = merged_rows(
            &BASE,
            &[
                &["| Beta | 5 |", "| Alpha | 7 |", "| Zeta | 1 |"],
                &["| Beta | 5 |", "| Alpha | 7 |", "| Eta | 2 |"],
                &["| Alpha | 7 |"],
            ],
        );
        assert_eq!(
            got.unwrap(),
            ["| Alpha | 7 |", "| Eta | 2 |", "| Zeta | 1 |"]
        );
    }

    #[test]
    fn a_sorted_table_stays_sorted() {
        let base = ["| 1 | a |", "| 2 | b |", "| 10 | c |"];
        let low = ["| 1 | a |", "| 2 | b |", "| 10 | c |", "| 9 | d |"];
        let high = ["| 1 | a |", "| 2 | b |", "| 10 | c |", "| 11 | e |"];
        let got = merged_rows(&base, &[&low, &high]).unwrap();
        assert_eq!(got[2..], ["| 9 | d |", "| 10 | c |", "| 11 | e |"]);
    }

    #[test]
    fn equal_additions_count_once() {
        let more = ["| Beta | 5 |", "| Alpha | 7 |", "| Eta | 2 |"];
        let most = [
            "| Beta | 5 |",
            "| Alpha | 7 |",
            "| Eta | 2 |",
            "| Zeta | 1 |",
        ];
        assert_eq!(merged_rows(&BASE, &[&more, &most]).unwrap(), most);
    }

    #[test]
    fn what_touches_is_for_people_to_choose() {
        let six = ["| Beta | 6 |", "| Alpha | 7 |"];
        let eight = ["| Beta | 8 |", "| Alpha | 7 |"];
        assert_eq!(merged_rows(&BASE, &[&six, &eight]), None);
        assert_eq!(merged_rows(&BASE, &[&six, &["| Alpha | 7 |"]]), None);
        assert_eq!(
            merged_rows(&BASE, &[&six, &["| Alpha | 7 |", "| Beta | 5 |"]]),
            None
        );
        let eta = |size| ["| Beta | 5 |", "| Alpha | 7 |", size];
        assert_eq!(
            merged_rows(&BASE, &[&eta("| Eta | 2 |"), &eta("| Eta | 3 |")]),
            None
        );
    }

    #[test]
    fn another_column_against_another_cell_is_for_people_to_choose() {
        let wide = "| Co-op | Size | Town |\n| --- | --- | --- |\n| Beta | 5 | Ulm |\n| Alpha | 7 | Bonn |";
        let wide = Unit::opaque(Opaque::Table, wide);
        let cell = table(&["| Beta | 6 |", "| Alpha | 7 |"]);
        assert_eq!(compose_table(&table(&BASE), &[&wide, &cell]), None);
    }

    #[test]
    fn a_padded_table_stays_padded() {
        let base = "| Co-op | Size |\n|-------|-----:|\n| Beta  | 5    |\n| Alpha | 7    |";
        let long = "| Co-op | Size |\n|-------|-----:|\n| Beta | five hundred |\n| Alpha | 7    |";
        let more = "| Co-op | Size |\n|-------|-----:|\n| Beta  | 5    |\n| Alpha | 9    |";
        let unit = |text: &str| Unit::opaque(Opaque::Table, text);
        let merged = compose_table(&unit(base), &[&unit(long), &unit(more)]).unwrap();
        assert_eq!(
            merged.text().lines().collect::<Vec<_>>(),
            [
                "| Co-op | Size         |",
                "|-------|-------------:|",
                "| Beta  | five hundred |",
                "| Alpha | 9            |"
            ]
        );
    }

    #[test]
    fn rows_without_a_key_are_aligned() {
        let base = [
            "| May | the first meeting |",
            "| May | the second meeting |",
        ];
        let first = [
            "| May | the first long meeting |",
            "| May | the second meeting |",
        ];
        let last = [
            "| May | the first meeting |",
            "| May | the second short meeting |",
        ];
        let got = merged_rows(&base, &[&first, &last]).unwrap();
        assert_eq!(got, [first[0], last[1]]);
    }

    #[test]
    fn a_bar_in_a_cell_divides_nothing() {
        let row = Row::of(r"| a \| b | c |", Some(2));
        assert_eq!(row.cells.len(), 2);
        assert_eq!(row.cells[0].text(), r"a \| b");
    }
}
