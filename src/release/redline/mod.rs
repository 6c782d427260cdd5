//! Two versions of a narrative as one text, in which everything that changed is marked and classed.
//!
//! It is what every redline is written from: pages and data. The words are those that a reader sees, without the signs of
//! markup; how they are set is told beside them.
//!
//! **Invariant:** without what is removed and moved away, the passages read as the second version does; without what is
//! new and moved here, they hold the passages of the first.
//!
//! ```
//! use onetext::prose::Prose;
//! use onetext::release::redline::{Class, blocks};
//! let (was, is) = (Prose::parse("It is small.\n"), Prose::parse("It is tiny.\n"));
//! let blocks = blocks(&was, &is);
//! assert_eq!(blocks[0].passages[0].class, Some(Class::Wording));
//! ```

mod class;
mod laid;
mod positions;
mod runs;
mod superseded;

use serde::Serialize;

use crate::narrative::Narrative;
use crate::narrative::id::QuestionId;
use crate::narrative::question::Question;
use crate::narrative::sources::Source;
use crate::prose::Prose;
use crate::prose::seen::Reference;
use crate::prose::unit::{Mark, Opaque};

pub use crate::diff::seen::Run;
pub use crate::diff::words::Lot;
pub use laid::blocks;
pub use positions::PositionChange;
pub use runs::Sides;
pub use superseded::{Superseded, SupersededQuote};

/// What changed between two versions of a narrative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redline {
    /// The first version's name.
    pub before: String,
    /// The second version's name.
    pub after: String,
    /// The questions whose answers changed, by number.
    pub questions: Vec<QuestionRedline>,
    /// The sentences of the first version that may not be quoted any more.
    pub superseded: Vec<Superseded>,
    /// The approved quotes that rest on such a sentence.
    pub quotes: Vec<SupersededQuote>,
    /// What can be cited: the sources of the second version, and those that only the first has.
    pub sources: Vec<Source>,
}

/// One answer in both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionRedline {
    /// The question.
    pub id: QuestionId,
    /// The question as asked, in the second version if it is there.
    pub asked: String,
    /// Whether the answer is new or gone as a whole; nothing if both versions have one.
    pub class: Option<Class>,
    /// Its blocks in the order of the second version, with what was removed before what took its place.
    pub blocks: Vec<Block>,
    /// The members that stand elsewhere now.
    pub positions: Vec<PositionChange>,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What kind of block it is, or was if it is gone.
    pub shape: Shape,
    /// What kind of block it was, if it stands in both versions and is of another kind now.
    pub was: Option<Mark>,
    /// Its passages; never none.
    pub passages: Vec<Passage>,
}

/// What kind of block it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A block of sentences.
    Text(Mark),
    /// A block that keeps its lines: a table, code.
    Lines(Opaque),
}

/// A passage, with what happened to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What kind of change it is; nothing if it stands as it stood.
    pub class: Option<Class>,
    /// Whether it stands elsewhere: passages of one number moved together.
    pub motion: Option<Motion>,
    /// Its words in reading order.
    pub runs: Vec<Run>,
}

/// That a passage moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Motion {
    /// It stood here in the first version.
    Away(usize),
    /// It stands here in the second version.
    Here(usize),
}

/// What kind of change it is, in the words that a reader asks in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The same words, set otherwise: bold, a link that leads elsewhere, a list's item that was a paragraph.
    Marking,
    /// Other words for what was said before.
    Wording,
    /// A figure, a source, a spelling or a sign, and nothing else.
    Correction,
    /// It was not said before.
    New,
    /// It is not said any more.
    Removed,
    /// The same words stand elsewhere.
    Moved,
    /// It says another thing than before: a denial, a duty, an amount or an opposite came or went.
    Position,
}

/// Every class, the gravest last.
pub const CLASSES: [Class; 7] = [
    Class::Marking,
    Class::Wording,
    Class::Correction,
    Class::New,
    Class::Removed,
    Class::Moved,
    Class::Position,
];

impl Class {
    /// The class in words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Marking => "marking",
            Self::Wording => "wording",
            Self::Correction => "correction",
            Self::New => "new",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Position => "position change",
        }
    }
}

impl Redline {
    /// Compares two versions of a narrative, each given with its name.
    pub fn new((before, old): (&str, &Narrative), (after, new): (&str, &Narrative)) -> Self {
        let mut ids: Vec<&QuestionId> = old
            .questions
            .iter()
            .chain(&new.questions)
            .map(|question| &question.id)
            .collect();
        ids.sort();
        ids.dedup();
        let questions: Vec<QuestionRedline> = ids
            .into_iter()
            .filter_map(|id| question((old, find(old, id)), (new, find(new, id))))
            .collect();
        let superseded = superseded::sentences(&questions);
        Self {
            before: before.to_owned(),
            after: after.to_owned(),
            questions,
            quotes: superseded::quotes((old, new), &superseded),
            sources: sources(old, new),
            superseded,
        }
    }

    /// What its answers refer to, with the number of the question, in the order in which a reader meets it.
    pub fn references(&self) -> Vec<(u32, Reference)> {
        let mut out = Vec::new();
        for question in &self.questions {
            let number = question.id.number();
            for block in &question.blocks {
                out.extend(block.note().map(|note| (number, note)));
                let runs = block.passages.iter().flat_map(|passage| &passage.runs);
                let refers = runs.filter_map(|run| run.face.refers.clone());
                out.extend(refers.map(|to| (number, to)));
            }
        }
        out
    }
}

impl Block {
    /// The footnote that it is, if it is one.
    pub fn note(&self) -> Option<Reference> {
        match &self.shape {
            Shape::Text(Mark::Footnote(label)) => Some(Reference::Footnote(label.to_lowercase())),
            _ => None,
        }
    }

    fn is_changed(&self) -> bool {
        let mut passages = self.passages.iter();
        self.was.is_some() || passages.any(|passage| passage.class.is_some())
    }
}

impl QuestionRedline {
    /// The changed passages of a class; what moved counts once.
    pub fn count(&self, class: Class) -> usize {
        let passages = self.blocks.iter().flat_map(|block| &block.passages);
        let counted = passages.filter(|passage| {
            passage.class == Some(class) && !matches!(passage.motion, Some(Motion::Away(_)))
        });
        let reshaped = self.blocks.iter().filter(|block| block.was.is_some());
        counted.count()
            + if class == Class::Marking {
                reshaped.count()
            } else {
                0
            }
    }
}

/// The sources of both versions, each once.
pub fn sources(old: &Narrative, new: &Narrative) -> Vec<Source> {
    let gone = old.sources.sources.iter();
    let gone = gone.filter(|source| new.sources.get(&source.id).is_none());
    new.sources.sources.iter().chain(gone).cloned().collect()
}

fn find<'a>(narrative: &'a Narrative, id: &QuestionId) -> Option<&'a Question> {
    narrative
        .questions
        .iter()
        .find(|question| question.id == *id)
}

fn question(
    (old, was): (&Narrative, Option<&Question>),
    (new, is): (&Narrative, Option<&Question>),
) -> Option<QuestionRedline> {
    let shown = is.or(was)?;
    let text = |question: Option<&Question>| Some(question?.agreed.as_ref()?.text.clone());
    let (before, after) = (text(was), text(is));
    let class = match (&before, &after) {
        (None, None) => return None,
        (None, Some(_)) => Some(Class::New),
        (Some(_), None) => Some(Class::Removed),
        (Some(_), Some(_)) => None,
    };
    let parse = |text: Option<String>| Prose::parse(&text.unwrap_or_default());
    let blocks = blocks(&parse(before), &parse(after));
    let positions = positions::positions((old, was), (new, is));
    let is_changed = blocks.iter().any(Block::is_changed) || !positions.is_empty();
    is_changed.then(|| QuestionRedline {
        id: shown.id.clone(),
        asked: shown.asked.clone(),
        class,
        blocks,
        positions,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line a block; a passage is `class: runs`, a run `=kept -gone +new`.
    fn told(before: &str, after: &str) -> String {
        let mut out = String::new();
        for block in blocks(&Prose::parse(before), &Prose::parse(after)) {
            for passage in block.passages {
                let class = passage.class.map_or("same", Class::word);
                let motion = match passage.motion {
                    None => String::new(),
                    Some(Motion::Away(number)) => format!(" {number} away"),
                    Some(Motion::Here(number)) => format!(" {number} here"),
                };
                out += &format!("[{class}{motion}]");
                for run in passage.runs {
                    let sign = match run.lot {
                        Lot::Kept => '=',
                        Lot::Removed => '-',
                        Lot::Added => '+',
                    };
                    out += &format!("{sign}{}|", run.text);
                }
            }
            out.push('\n');
        }
        out
    }

    #[test]
    fn each_change_has_the_class_that_a_reader_expects() {
        let class = |before: &str, after: &str| {
            let blocks = blocks(&Prose::parse(before), &Prose::parse(after));
            blocks[0].passages[0].class.map(Class::word)
        };
        let was = "Members must pay 20 pounds into the fund of the network each year.\n";
        let is = |from: &str, to: &str| class(was, &was.replace(from, to));
        assert_eq!(is("", ""), None);
        assert_eq!(is("20", "25"), Some("correction"));
        assert_eq!(is("network", "netwrok"), Some("correction"));
        assert_eq!(is("year.", "year!"), Some("correction"));
        assert_eq!(is("the network", "our network"), Some("wording"));
        assert_eq!(is("must", "may"), Some("position change"));
        assert_eq!(is("must pay", "must not pay"), Some("position change"));
        assert_eq!(class("It's on.\n", "It’s on.\n"), Some("correction"));
        assert_eq!(class("", "It is on.\n"), Some("new"));
        assert_eq!(class("It is on.\n", ""), Some("removed"));
    }

    #[test]
    fn a_sentence_that_one_word_came_into_may_not_be_quoted_as_it_was() {
        let superseded = |after: &str| {
            let blocks = blocks(&Prose::parse("We back the bill.\n"), &Prose::parse(after));
            let passages = blocks.iter().flat_map(|block| &block.passages);
            let gone = passages.filter(|passage| superseded::is_superseded(passage));
            gone.map(|passage| superseded::reading(passage, Lot::Removed))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            superseded("We never back the bill.\n"),
            ["We back the bill."]
        );
        assert_eq!(superseded("We back the old bill.\n"), ["We back the bill."]);
        assert_eq!(superseded("We fight it.\n").len(), 1);
        assert!(superseded("We back the bill. It is good.\n").is_empty());
        assert!(superseded("We back the **bill**.\n").is_empty());
    }

    #[test]
    fn words_read_plainly_and_in_order() {
        assert_eq!(
            told(
                "It **is** [small](https://example.org), and `it` grows [@a].\n",
                "It **is** [tiny](https://example.org), and `it` grows [@a].\n"
            ),
            "[wording]=It |=is|= |-small|+tiny|=, and |=it|= grows |=[@a]|=.|\n"
        );
    }

    #[test]
    fn words_that_only_came_or_went_take_their_blank_along() {
        assert_eq!(
            told("We must pay.\n", "We must not pay.\n"),
            "[position change]=We must|+ not|= pay.|\n"
        );
        assert_eq!(
            told("We all meet here.\n", "We meet here.\n"),
            "[position change]=We|- all|= meet here.|\n"
        );
    }

    #[test]
    fn what_moved_is_marked_at_both_ends() {
        let stays = "The fund supports local libraries in every town that asks. It was founded in 1998 \
                     by three teachers. Grants are decided twice a year by the board.\n";
        let moved = "Every member has one vote in the assembly. Minutes are open to all who ask.\n";
        let text = told(&format!("{moved}\n{stays}"), &format!("{stays}\n{moved}"));
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines[0].starts_with("[moved 1 away]-Every member"),
            "{text}"
        );
        assert!(lines[1].starts_with("[same]=The fund"), "{text}");
        assert!(
            lines[2].starts_with("[moved 1 here]+Every member"),
            "{text}"
        );
    }

    #[test]
    fn removed_blocks_stand_before_what_took_their_place() {
        let text = told(
            "## Size\n\nOld one here.\n\nDd ee ff gg hh.\n",
            "## Size\n\nDd ee ff gg hh. And more of it.\n",
        );
        assert_eq!(
            text,
            "[same]=Size|\n[removed]-Old one here.|\n[same]=Dd ee ff gg hh.|[new]+And more of it.|\n"
        );
    }
}
