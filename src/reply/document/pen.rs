//! What the readers of documents write with: words, in or out of tracked changes, with notes and comments.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::reply::sheet::{Look, Sheet};
use crate::reply::table::Table;
use crate::reply::{Change, Comment, Tracked, Tracking};

/// How many bytes of the words that a comment is about are told: they stand in the text.
const TOLD: usize = 300;

/// A text in the making, and what stands beside it.
#[derive(Debug)]
pub struct Pen {
    /// How words look now.
    pub look: Look,
    sheet: Sheet,
    tracking: Tracking,
    /// The changes that are open.
    open: Vec<Tracked>,
    /// The changes that were told.
    changes: Vec<Tracked>,
    /// How many of the open changes are not taken.
    hidden: usize,
    /// The comments that were made, with their ids.
    comments: Vec<(String, Comment)>,
    /// All words so far, and what of them each comment is about.
    said: String,
    about: BTreeMap<String, Range<usize>>,
    /// What stands in the document and is not read.
    pub unread: Vec<String>,
    /// The tables that are open.
    tables: Vec<Table>,
    /// The notes that were referred to, by their ids and whether their reference was hidden.
    labels: BTreeMap<(String, bool), usize>,
    count: usize,
    /// Whether the words are those of a note.
    in_note: bool,
    notes: Vec<String>,
    /// Whether the last paragraph is an item, and whether this one is.
    items: (bool, bool),
}

impl Pen {
    /// Begins a text.
    pub fn new(tracking: Tracking) -> Self {
        Self {
            look: Look::default(),
            sheet: Sheet::default(),
            tracking,
            open: Vec::new(),
            changes: Vec::new(),
            hidden: 0,
            comments: Vec::new(),
            said: String::new(),
            about: BTreeMap::new(),
            unread: Vec::new(),
            tables: Vec::new(),
            labels: BTreeMap::new(),
            count: 0,
            in_note: false,
            notes: Vec::new(),
            items: (false, false),
        }
    }

    /// Whether words are those of a change that is not taken.
    fn hides(&self) -> bool {
        self.hidden > 0
    }

    fn is_dropped(&self, change: Change) -> bool {
        let dropped = match self.tracking {
            Tracking::Accepted => Change::Deleted,
            Tracking::Original => Change::Inserted,
        };
        change == dropped
    }

    /// Writes words.
    pub fn words(&mut self, text: &str) {
        if let Some(change) = self.open.last_mut() {
            change.words.push_str(text);
        }
        if self.hides() {
            return;
        }
        self.said.push_str(text);
        self.sheet.words(text, &self.look);
    }

    /// Begins words that a change put in or took out.
    pub fn begin_change(&mut self, change: Change, author: &str) {
        self.hidden += usize::from(self.is_dropped(change));
        self.open.push(Tracked {
            change,
            author: author.to_owned(),
            words: String::new(),
        });
    }

    /// Ends the words of a change.
    pub fn end_change(&mut self) {
        let Some(done) = self.open.pop() else { return };
        self.hidden -= usize::from(self.is_dropped(done.change));
        match self.changes.last_mut() {
            Some(last) if last.change == done.change && last.author == done.author => {
                last.words.push(' ');
                last.words.push_str(&done.words);
            }
            _ => self.changes.push(done),
        }
    }

    /// Tells of words that stand on every page.
    pub fn aside(&mut self, place: &str, words: &str) {
        let words = tidy(words);
        let told = format!("{place} of the pages: {words}");
        if !words.is_empty() && !self.unread.contains(&told) {
            self.unread.push(told);
        }
    }

    /// Tells of a picture, with its description if it has one.
    pub fn picture(&mut self, description: Option<&str>) {
        self.unread.push(match description {
            Some(words) if !words.trim().is_empty() => format!("a picture: {}", words.trim()),
            _ => "a picture".to_owned(),
        });
    }

    /// Takes a comment.
    pub fn comment(&mut self, id: &str, comment: Comment) {
        self.comments.push((id.to_owned(), comment));
    }

    /// Begins the words that a comment is about.
    pub fn begin_comment(&mut self, id: &str) {
        self.about
            .insert(id.to_owned(), self.said.len()..usize::MAX);
    }

    /// Ends the words that a comment is about.
    pub fn end_comment(&mut self, id: &str) {
        if let Some(about) = self.about.get_mut(id) {
            about.end = self.said.len();
        }
    }

    /// The words that a comment is about, as many as are told.
    fn about(&self, id: &str) -> String {
        let Some(about) = self.about.get(id) else {
            return String::new();
        };
        let end = about.end.min(self.said.len());
        let told = self.said.floor_char_boundary(end.min(about.start + TOLD));
        let more = if told < end { "…" } else { "" };
        tidy(&self.said[about.start..told]) + more
    }

    /// Refers to a footnote; true if its words follow, which end with [`Pen::end_note`].
    pub fn begin_note(&mut self, id: &str) -> bool {
        if self.in_note {
            return false;
        }
        let hidden = self.hides();
        let next = self.count + 1;
        let key = (id.to_owned(), hidden);
        let known = self.labels.contains_key(&key);
        let label = *self.labels.entry(key).or_insert(next);
        if !hidden {
            self.sheet.raw(&format!("[^{label}]"));
            self.count = self.count.max(label);
        }
        if !known {
            self.in_note = true;
            self.sheet.begin_part();
        }
        !known
    }

    /// Ends the words of a note, which stand below the paragraph.
    pub fn end_note(&mut self) {
        let text = tidy(&self.sheet.end_part());
        self.in_note = false;
        if !self.hides() {
            self.notes.push(format!("[^{}]: {text}", self.count));
        }
    }

    /// Ends a line.
    pub fn end_line(&mut self) {
        self.sheet.end_line();
    }

    /// Begins a line with a mark.
    pub fn begin(&mut self, indent: usize, mark: &str) {
        self.sheet.begin(indent, mark);
    }

    /// Begins a table.
    pub fn begin_table(&mut self) {
        self.sheet.end_paragraph();
        self.tables.push(Table::default());
    }

    /// Begins a row.
    pub fn begin_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.begin_row();
        }
    }

    /// Begins a cell.
    pub fn begin_cell(&mut self) {
        self.sheet.begin_part();
    }

    /// Ends a cell.
    pub fn end_cell(&mut self) {
        let text = self.sheet.end_part();
        if let Some(table) = self.tables.last_mut() {
            table.cell(text);
        }
    }

    /// Ends a row; one that a change put in or took out is none where that change is not taken.
    pub fn end_row(&mut self) {
        let hides = self.hides();
        if let Some(table) = self.tables.last_mut().filter(|_| hides) {
            table.drop_row();
        }
    }

    /// Ends a table, and writes the footnotes that it refers to.
    pub fn end_table(&mut self) {
        if let Some(table) = self.tables.pop() {
            table.write(&mut self.sheet);
        }
        self.end_notes();
    }

    /// Begins an item of a list; items stand together.
    pub fn begin_item(&mut self, indent: usize, mark: &str) {
        self.sheet.begin(indent, mark);
        if self.items.0 {
            self.sheet.tighten();
        }
        self.items.1 = true;
    }

    /// Ends a paragraph whose end is itself a change.
    pub fn end_changed_paragraph(&mut self, change: Change, author: &str) {
        self.begin_change(change, author);
        self.end_paragraph();
        self.end_change();
    }

    /// Ends a paragraph, and writes the footnotes that it refers to; an end that a change put in or took out is told, and
    /// joins two paragraphs where it is no end as the changes are read.
    pub fn end_paragraph(&mut self) {
        if let Some(change) = self.open.last_mut() {
            change.words.push('¶');
        }
        if self.hides() && !self.sheet.is_at_start() {
            return;
        }
        self.sheet.end_paragraph();
        self.items = (self.items.1 && self.notes.is_empty(), false);
        self.end_notes();
        self.sheet.flush_left();
    }

    /// Writes footnotes, unless the text is that of a cell or of a note.
    fn end_notes(&mut self) {
        if self.in_note || !self.tables.is_empty() {
            return;
        }
        for note in std::mem::take(&mut self.notes) {
            self.sheet.end_paragraph();
            self.sheet.flush_left();
            self.sheet.block(&note);
            self.sheet.end_paragraph();
        }
    }

    /// The text, and what stands beside it.
    pub fn done(mut self) -> (String, Vec<Tracked>, Vec<Comment>) {
        let comments = std::mem::take(&mut self.comments).into_iter();
        let comments = comments.map(|(id, comment)| Comment {
            words: tidy(&comment.words),
            about: self.about(&id),
            ..comment
        });
        let comments = comments.collect();
        let changes = self.changes.into_iter().map(|change| Tracked {
            words: tidy(&change.words),
            ..change
        });
        let changes = changes.filter(|change| !change.words.is_empty()).collect();
        (self.sheet.text(), changes, comments)
    }
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
