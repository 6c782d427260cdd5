//! Tables at a choice: of several versions of one table, a reader sees the rows in which they differ.

use crate::merge::compose::rows::{Row, Table};
use crate::prose::unit::Shared;

use super::Choice;

/// What stands and the alternatives, each as the rows in which it differs from the others; nothing if the choice is not
/// about one table of the same columns, or if its rows do not tell the difference.
pub fn rows(choice: &Choice) -> Option<(String, Vec<String>)> {
    let now = only(&choice.now)?;
    let versions: Option<Vec<Table<'_>>> = choice
        .alternatives
        .iter()
        .map(|alternative| only(&alternative.units))
        .collect();
    let versions = versions.filter(|all| all.iter().all(|table| table.has_columns_of(&now)))?;
    let all = versions.iter().map(|table| differing(&now, table));
    let all: Option<Vec<String>> = all.collect();
    let disputed = |row: &&Row<'_>| !versions.iter().all(|table| has(table, row));
    let rows = now.rows.iter().filter(disputed);
    Some((joined(rows.map(cells).collect()), all?))
}

fn only(units: &[Shared]) -> Option<Table<'_>> {
    match units {
        [unit] => Table::of(unit),
        _ => None,
    }
}

fn has(table: &Table<'_>, row: &Row<'_>) -> bool {
    table.rows.iter().any(|other| other.cells == row.cells)
}

/// The rows that a version adds or edits, and those that it takes out; nothing if there are none.
fn differing(now: &Table<'_>, version: &Table<'_>) -> Option<String> {
    let new: Vec<&Row<'_>> = version.rows.iter().filter(|row| !has(now, row)).collect();
    let edited = |row: &Row<'_>| new.iter().any(|other| other.key() == row.key());
    let gone = now
        .rows
        .iter()
        .filter(|row| !has(version, row) && !edited(row));
    let gone = gone.map(|row| format!("without {}", cells(row)));
    let texts: Vec<String> = new.iter().map(|row| cells(row)).chain(gone).collect();
    (!texts.is_empty()).then(|| joined(texts))
}

fn cells(row: &Row<'_>) -> String {
    let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text()).collect();
    texts.join(" | ")
}

/// Rows on one line, as all passages of a choice are told.
fn joined(texts: Vec<String>) -> String {
    texts.join(" ¶ ")
}
