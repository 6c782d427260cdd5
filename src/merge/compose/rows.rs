//! A table in its lines: read into rows and cells, and written again in its own manner.

use std::collections::BTreeSet;

use crate::prose::token::sort_key;
use crate::prose::unit::{Kind, Opaque, Shared, Unit};

/// Rows below which the order of a table is taken to be chance.
const SORTED: usize = 3;

/// A table in its lines.
pub(in crate::merge) struct Table<'a> {
    pub header: Row<'a>,
    pub rule: Row<'a>,
    pub rows: Vec<Row<'a>>,
}

/// One line of a table.
#[derive(Clone)]
pub(in crate::merge) struct Row<'a> {
    /// The line, if somebody wrote the row so.
    pub line: Option<&'a str>,
    pub cells: Vec<Shared>,
}

impl<'a> Table<'a> {
    /// Reads a unit; nothing if it is no table.
    pub fn of(unit: &'a Unit) -> Option<Self> {
        if *unit.kind() != Kind::Opaque(Opaque::Table) {
            return None;
        }
        let mut lines = unit.text().lines();
        let header = Row::of(lines.next()?, None);
        let columns = Some(header.cells.len());
        Some(Self {
            rule: Row::of(lines.next()?, columns),
            rows: lines.map(|line| Row::of(line, columns)).collect(),
            header,
        })
    }

    /// Whether another table has the same header, and columns that lean the same way.
    pub fn has_columns_of(&self, other: &Self) -> bool {
        let ends = |row: &Row<'_>| -> Vec<(bool, bool)> {
            let texts = row.cells.iter().map(|cell| cell.text());
            texts
                .map(|text| (text.starts_with(':'), text.ends_with(':')))
                .collect()
        };
        self.header.cells == other.header.cells && ends(&self.rule) == ends(&other.rule)
    }

    /// Whether no two rows have the same first cell.
    pub fn is_keyed(&self) -> bool {
        let keys: BTreeSet<u64> = self.rows.iter().map(Row::key).collect();
        keys.len() == self.rows.len()
    }

    /// Whether the rows stand in the order of their first cells, and are enough for that to be meant.
    pub fn is_sorted(&self) -> bool {
        self.rows.len() >= SORTED && order(&self.rows).is_sorted()
    }
}

impl<'a> Row<'a> {
    /// Reads a line, of so many columns if that is known.
    pub fn of(line: &'a str, columns: Option<usize>) -> Self {
        let inner = line.trim();
        let inner = inner.strip_prefix('|').unwrap_or(inner);
        let mut cells = vec![String::new()];
        let mut escaped = false;
        for sign in inner.chars() {
            match cells.last_mut() {
                Some(cell) if sign != '|' || escaped => cell.push(sign),
                _ => cells.push(String::new()),
            }
            escaped = sign == '\\' && !escaped;
        }
        if cells.len() > 1 && cells.last().is_some_and(|last| last.trim().is_empty()) {
            cells.pop();
        }
        cells.resize(columns.unwrap_or(cells.len()), String::new());
        Self {
            line: Some(line),
            cells: cells
                .iter()
                .map(|cell| Unit::sentence(cell.trim()))
                .collect(),
        }
    }

    /// What the row is told by: its first cell.
    pub fn key(&self) -> u64 {
        self.cells.first().map_or(0, |cell| cell.id())
    }

    /// The row as a line.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.cells.iter().map(|cell| cell.text()).collect();
        format!("| {} |", texts.join(" | "))
    }
}

/// What rows are sorted by: the numbers in their first cells, or else the words.
pub(super) fn order(rows: &[Row<'_>]) -> Vec<(u64, String)> {
    let texts = || {
        rows.iter()
            .filter_map(|row| row.cells.first())
            .map(|cell| cell.text())
    };
    let numbers: Option<Vec<u64>> = texts().map(|text| text.parse().ok()).collect();
    match numbers {
        Some(numbers) => numbers
            .into_iter()
            .map(|number| (number, String::new()))
            .collect(),
        None => texts().map(|text| (0, sort_key(text))).collect(),
    }
}

/// Rows in the order of their first cells.
pub(in crate::merge) fn sorted(rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    let mut pairs: Vec<_> = order(&rows).into_iter().zip(rows).collect();
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    pairs.into_iter().map(|(_, row)| row).collect()
}

/// The table's lines; of one length, if they were before.
pub(in crate::merge) fn written(base: &Unit, old: &Table<'_>, rows: &[Row<'_>]) -> String {
    let length = |line: &str| line.chars().count();
    let mut lengths: Vec<usize> = base.text().lines().map(length).collect();
    lengths.dedup();
    let line = |row: &Row<'_>| row.line.map_or_else(|| row.text(), str::to_owned);
    let all = [&old.header, &old.rule].into_iter().chain(rows);
    let lines: Vec<String> = all.map(line).collect();
    let even = lines.iter().all(|line| lengths == [length(line)]);
    if lengths.len() > 1 || even {
        return lines.join("\n");
    }
    padded(old, rows).join("\n")
}

/// The table's lines with cells filled up to the width of their column.
fn padded(old: &Table<'_>, rows: &[Row<'_>]) -> Vec<String> {
    let length = |cell: &Shared| cell.text().chars().count();
    let all = || [&old.header].into_iter().chain(rows);
    let widths: Vec<usize> = (0..old.header.cells.len())
        .map(|at| {
            all()
                .map(|row| length(&row.cells[at]))
                .max()
                .unwrap_or(0)
                .max(3)
        })
        .collect();
    let line = |row: &Row<'_>| {
        let cells = row.cells.iter().zip(&widths);
        let cells: Vec<String> = cells
            .map(|(cell, width)| format!(" {}{} ", cell.text(), " ".repeat(width - length(cell))))
            .collect();
        format!("|{}|", cells.join("|"))
    };
    let tight = old.rule.line.is_some_and(|line| line.starts_with("|-"));
    let rule = old.rule.cells.iter().zip(&widths).map(|(cell, width)| {
        let end = |is: bool| if is { ":" } else { "-" };
        let (left, right) = (
            end(cell.text().starts_with(':')),
            end(cell.text().ends_with(':')),
        );
        let edge = if tight { "" } else { " " };
        let dashes = "-".repeat(if tight { *width } else { width - 2 });
        format!("{edge}{left}{dashes}{right}{edge}")
    });
    let rule = format!("|{}|", rule.collect::<Vec<_>>().join("|"));
    let mut lines: Vec<String> = all().map(line).collect();
    lines.insert(1, rule);
    lines
}
