//! What the readers of documents write with: words, in or out of tracked changes, with notes and comments.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::reply::sheet::{Look, Sheet};
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
    /// What is no text, and not read: pictures.
    pub pictures: Vec<String>,
    notes: Vec<String>,
    count: usize,
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
            pictures: Vec::new(),
            notes: Vec::new(),
            count: 0,
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

    /// Tells of a picture, with its description if it has one.
    pub fn picture(&mut self, description: Option<&str>) {
        self.pictures.push(match description {
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

    /// Refers to a footnote, whose words stand below the paragraph.
    pub fn note(&mut self, text: &str) {
        if let Some(change) = self.open.last_mut() {
            change.words.push_str(text);
        }
        if self.hides() {
            return;
        }
        self.count += 1;
        self.sheet.raw(&format!("[^{}]", self.count));
        self.notes.push(text.to_owned());
    }

    /// Ends a line.
    pub fn end_line(&mut self) {
        self.sheet.end_line();
    }

    /// Begins a line with a mark.
    pub fn begin(&mut self, indent: usize, mark: &str) {
        self.sheet.begin(indent, mark);
    }

    /// Begins a row of a table, which is written as a line.
    pub fn begin_row(&mut self) {
        self.begin(0, "| ");
    }

    /// Ends a cell.
    pub fn end_cell(&mut self) {
        self.words("| ");
    }

    /// Ends a row, the how-manieth from 0 and of so many cells; a rule stands below the first.
    pub fn end_row(&mut self, at: usize, cells: usize) {
        self.end_line();
        if at == 0 {
            self.begin(0, "|");
            self.words(&" --- |".repeat(cells));
            self.end_line();
        }
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
        let first = self.count + 1 - self.notes.len();
        for (label, note) in (first..).zip(std::mem::take(&mut self.notes)) {
            self.sheet.begin(0, &format!("[^{label}]: "));
            self.sheet.words(&note, &Look::default());
            self.sheet.end_paragraph();
        }
        self.sheet.flush_left();
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
