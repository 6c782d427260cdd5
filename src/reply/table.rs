//! A table as it was read, cell by cell, and how it is written: as a table, or one cell after the other.
//!
//! A table that asks in its first column is a form: each row is a question with its answer. A table whose cells hold whole
//! texts only lays out a page. Both are written as paragraphs, so that the answers can be found in them.

use crate::narrative::message::number::numbered;

use super::sheet::Sheet;

/// How many words a cell of a table may have that is none for the layout of a page.
const MOST_WORDS: usize = 80;

/// The rows of a table.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Begins a row.
    pub fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Takes back the row that was begun last.
    pub fn drop_row(&mut self) {
        self.rows.pop();
    }

    /// Puts a cell into the last row: Markdown.
    pub fn cell(&mut self, text: String) {
        if self.rows.is_empty() {
            self.begin_row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(text);
        }
    }

    /// Writes what was read.
    pub fn write(mut self, sheet: &mut Sheet) {
        self.rows
            .retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
        sheet.flush_left();
        sheet.end_paragraph();
        if self.is_form() || self.is_layout() {
            self.rows.iter().for_each(|row| write_blocks(row, sheet));
        } else {
            self.write_rows(sheet);
        }
        sheet.end_paragraph();
    }

    fn columns(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Whether half of the rows begin with a question or its number.
    fn is_form(&self) -> bool {
        let asks = self.rows.iter().filter(|row| asks(row)).count();
        (2..=4).contains(&self.columns()) && asks > 0 && 2 * asks >= self.rows.len()
    }

    fn is_layout(&self) -> bool {
        let large = |cell: &String| {
            cell.split("\n\n").count() > 2 || cell.split_whitespace().count() > MOST_WORDS
        };
        self.columns() < 2 || self.rows.len() < 2 || self.rows.iter().flatten().any(large)
    }

    fn write_rows(&self, sheet: &mut Sheet) {
        let columns = self.columns();
        for (at, row) in self.rows.iter().enumerate() {
            let cells = row.iter().map(String::as_str);
            let cells = cells.chain(std::iter::repeat_n("", columns - row.len()));
            let cells: String = cells.map(|cell| format!(" {} |", one_line(cell))).collect();
            sheet.block(&format!("|{cells}"));
            if at == 0 {
                sheet.block(&format!("|{}", " --- |".repeat(columns)));
            }
        }
    }
}

/// Whether a row begins with a question, or with its number and the question or answer behind it.
fn asks(row: &[String]) -> bool {
    let cell = |at: usize| row.get(at).map_or("", |cell| cell.trim());
    let question = |text: &str| text.trim_end_matches(['*', '_']).ends_with('?');
    match number(cell(0)) {
        Some(_) => row.len() == 2 || question(cell(1)),
        None => numbered(0, cell(0)).is_some() || question(cell(0)),
    }
}

/// The number that is all of a cell, however it is called: `1.`, `Q1`, `Question 1`.
fn number(cell: &str) -> Option<u32> {
    let signs = ['*', '_', '(', ')', '[', ']', '.', ':', '\\', ' '];
    let inner = cell.trim_matches(signs).to_lowercase();
    let digits = inner.trim_start_matches("question").trim_start_matches('q');
    let digits = digits.trim_matches(signs);
    let number = digits.parse().ok()?;
    (digits.len() <= 3).then_some(number)
}

/// Writes a row as paragraphs; a number stands before what is behind it.
fn write_blocks(row: &[String], sheet: &mut Sheet) {
    let first = row.first().and_then(|cell| number(cell));
    let cells = match first {
        Some(number) if row.len() > 1 => {
            sheet.block(&format!("{number}. {}", row[1].trim()));
            sheet.end_paragraph();
            &row[2..]
        }
        _ => row,
    };
    for cell in cells {
        sheet.block(cell);
        sheet.end_paragraph();
    }
}

/// A cell as it may stand between two bars.
fn one_line(cell: &str) -> String {
    let words: Vec<&str> = cell.split_whitespace().collect();
    words.join(" ").replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::{Sheet, Table};

    fn written(rows: &[&[&str]]) -> String {
        let mut table = Table::default();
        for row in rows {
            table.begin_row();
            row.iter().for_each(|cell| table.cell((*cell).to_owned()));
        }
        let mut sheet = Sheet::default();
        table.write(&mut sheet);
        sheet.text()
    }

    #[test]
    fn figures_stay_a_table_and_bars_are_escaped() {
        assert_eq!(
            written(&[&["year", "firms"], &["2024", "a|b\n\nc"], &["2025"]]),
            "| year | firms |\n| --- | --- |\n| 2024 | a\\|b c |\n| 2025 |  |\n"
        );
    }

    #[test]
    fn a_form_is_written_as_questions_with_answers() {
        assert_eq!(
            written(&[
                &["Question", "Answer"],
                &["1 How big?", "Small.\n\nVery."],
                &["2 Why?", "So."]
            ]),
            "Question\n\nAnswer\n\n1 How big?\n\nSmall.\n\nVery.\n\n2 Why?\n\nSo.\n"
        );
        assert_eq!(
            written(&[&["**Question 1.**", "small."], &["2", "Fair."]]),
            "1. small.\n\n2. Fair.\n"
        );
        assert_eq!(
            written(&[&["1", "How big?", "Small."]]),
            "1. How big?\n\nSmall.\n"
        );
    }
}
