//! The record as it grows and as it is asked: appending a fold, and what still stands of the folds.
//!
//! A later fold may undo an earlier one, an undoing included, so what stands is found from the end.
//!
//! **Invariant:** appending changes no byte that stands there.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Considered, Decision, Fate, Fold, Notice, Record};
use crate::narrative::id::{BlobId, ContributorId};
use crate::narrative::read::toml;

const HEAD: &str = "# Written by onetext alone; nothing in it is ever rewritten.\nschema = 1\n";

/// Appends a fold to the bytes of a `record.toml`, which may be empty; what stands there stays byte for byte.
pub fn append(existing: &[u8], fold: &Fold) -> Vec<u8> {
    #[derive(Serialize)]
    struct Tail<'a> {
        folds: [&'a Fold; 1],
    }
    appended(existing, &Tail { folds: [fold] })
}

/// Appends a notice to the bytes of a `record.toml`; what stands there stays byte for byte.
pub fn append_notice(existing: &[u8], notice: &Notice) -> Vec<u8> {
    #[derive(Serialize)]
    struct Tail<'a> {
        notices: [&'a Notice; 1],
    }
    appended(existing, &Tail { notices: [notice] })
}

fn appended(existing: &[u8], tail: &impl Serialize) -> Vec<u8> {
    let mut bytes = if existing.is_empty() {
        HEAD.as_bytes().to_vec()
    } else {
        existing.to_vec()
    };
    if !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    bytes.push(b'\n');
    bytes.extend(toml::write(tail).bytes());
    bytes
}

impl Record {
    /// The folds whose outcome stands, oldest first: none that was undone, and no undoing.
    pub fn effective_folds(&self) -> Vec<&Fold> {
        let mut undone = BTreeSet::new();
        let mut folds = Vec::new();
        for fold in self.folds.iter().rev() {
            match fold.undoes {
                _ if undone.contains(&fold.number) => {}
                Some(other) => drop(undone.insert(other)),
                None => folds.push(fold),
            }
        }
        folds.reverse();
        folds
    }

    /// The latest draft of a contributor of which nothing stayed open: her next base.
    pub fn considered(&self, contributor: &ContributorId) -> Option<&BlobId> {
        let folds = self.effective_folds();
        let settled = folds
            .iter()
            .rev()
            .find_map(|fold| fold.settles(contributor));
        settled.map(|considered| &considered.blob)
    }

    /// What became of a contributor's passages in the folds since her last settled draft, oldest first.
    pub fn fates_for(&self, contributor: &ContributorId) -> Vec<&Fate> {
        let folds = self.effective_folds();
        let settled = folds
            .iter()
            .rposition(|fold| fold.settles(contributor).is_some());
        let since = settled.map_or(0, |index| index + 1);
        folds[since..]
            .iter()
            .flat_map(|fold| &fold.fates)
            .filter(|fate| fate.contributor == *contributor)
            .collect()
    }

    /// The last decision about a choice in the folds that stand, with its fold.
    pub fn decided(&self, choice: &str) -> Option<(&Fold, &Decision)> {
        let folds = self.effective_folds().into_iter().rev();
        folds
            .flat_map(|fold| fold.decisions.iter().map(move |decision| (fold, decision)))
            .find(|(_, decision)| decision.choice == choice)
    }

    /// The agreed text that the last fold or undoing left.
    pub fn last_after(&self) -> Option<&BlobId> {
        self.folds.last()?.after.as_ref()
    }

    /// The number that the next fold gets.
    pub fn next_number(&self) -> u32 {
        self.folds.iter().map(|fold| fold.number).max().unwrap_or(0) + 1
    }
}

impl Fold {
    fn settles(&self, contributor: &ContributorId) -> Option<&Considered> {
        let mut drafts = self.drafts.iter();
        drafts.find(|draft| draft.settled && draft.contributor == *contributor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::record::{Outcome, Said, Verdict};
    use crate::narrative::time::Moment;

    fn blob(digit: u32) -> BlobId {
        digit.to_string().repeat(40).parse().unwrap()
    }

    fn ana() -> ContributorId {
        "ana".parse().unwrap()
    }

    /// A fold in which ana's draft, whose id is the fold's number forty times, was settled.
    fn fold(number: u32) -> Fold {
        Fold {
            number,
            at: Moment::from_unix(1_764_000_000).unwrap(),
            by: "Eve".to_owned(),
            before: None,
            after: Some(blob(number)),
            undoes: None,
            drafts: vec![Considered {
                contributor: ana(),
                blob: blob(number),
                base: None,
                settled: true,
            }],
            decisions: Vec::new(),
            fates: Vec::new(),
        }
    }

    fn undoing(number: u32, undoes: u32) -> Fold {
        Fold {
            undoes: Some(undoes),
            after: None,
            drafts: Vec::new(),
            ..fold(number)
        }
    }

    fn open(mut fold: Fold) -> Fold {
        fold.drafts[0].settled = false;
        fold.fates.push(Fate {
            contributor: ana(),
            passage: format!("passage {}", fold.number),
            deletes: false,
            fate: Outcome::Open,
            choice: None,
            said_by: None,
            reason: None,
        });
        fold
    }

    fn record(folds: Vec<Fold>) -> Record {
        Record {
            folds,
            ..Record::default()
        }
    }

    fn effective(record: &Record) -> Vec<u32> {
        let folds = record.effective_folds();
        folds.iter().map(|fold| fold.number).collect()
    }

    #[test]
    fn what_was_undone_does_not_stand() {
        let undone = record(vec![fold(1), fold(2), undoing(3, 2)]);
        assert_eq!(effective(&undone), [1]);
        assert_eq!(undone.considered(&ana()), Some(&blob(1)));
        assert_eq!(undone.last_after(), None);
        assert_eq!(undone.next_number(), 4);
    }

    #[test]
    fn an_undoing_can_be_undone() {
        let redone = record(vec![fold(1), undoing(2, 1), undoing(3, 2)]);
        assert_eq!(effective(&redone), [1]);
        let again = record(vec![fold(1), undoing(2, 1), undoing(3, 2), undoing(4, 3)]);
        assert_eq!(effective(&again), [0; 0]);
    }

    #[test]
    fn a_draft_is_considered_once_nothing_of_it_is_open() {
        let record = record(vec![open(fold(1)), fold(2), open(fold(3)), open(fold(4))]);
        assert_eq!(record.considered(&ana()), Some(&blob(2)));
        assert_eq!(record.considered(&"bo".parse().unwrap()), None);
        let passages: Vec<&str> = record
            .fates_for(&ana())
            .iter()
            .map(|fate| &*fate.passage)
            .collect();
        assert_eq!(passages, ["passage 3", "passage 4"]);
    }

    #[test]
    fn notices_stand_among_folds_and_the_last_withdrawal_counts() {
        let notice = |said| Notice {
            notice: said,
            at: Moment::from_unix(1_764_000_000).unwrap(),
            by: "Eve".to_owned(),
            text: blob(1),
            release: Some("2026.03.0".to_owned()),
            reason: "It was wrong.".to_owned(),
        };
        let read = |bytes: &[u8]| -> Record {
            toml::parse("record.toml", &String::from_utf8_lossy(bytes)).unwrap()
        };
        let one = append_notice(&append(b"", &fold(1)), &notice(Said::Withdrawn));
        let two = append(&one, &fold(2));
        assert!(two.starts_with(&one));
        assert_eq!(read(&two).folds.len(), 2);
        assert_eq!(read(&two).withdrawal(), Some(&notice(Said::Withdrawn)));
        let three = append_notice(&two, &notice(Said::Superseded));
        assert_eq!(read(&three).withdrawal(), Some(&notice(Said::Withdrawn)));
        let four = append_notice(&three, &notice(Said::Restored));
        assert_eq!(read(&four).withdrawal(), None);
    }

    #[test]
    fn appending_keeps_every_byte_and_reads_back() {
        let mut second = open(fold(2));
        second.decisions.push(Decision {
            choice: "3f2a".to_owned(),
            verdict: Verdict::Own,
            text: vec!["It is \"small\".".to_owned(), "- a\n- b \\ c\n".to_owned()],
            from: vec![ana()],
            reason: Some("shorter".to_owned()),
        });
        let one = append(b"", &fold(1));
        let two = append(&one, &second);
        assert!(two.starts_with(&one));
        let text = String::from_utf8(two).unwrap();
        let read: Record = toml::parse("record.toml", &text).unwrap();
        assert_eq!(read, record(vec![fold(1), second]));
        assert_eq!(text, EXPECTED);
    }

    const EXPECTED: &str = r##"# Written by onetext alone; nothing in it is ever rewritten.
schema = 1

[[folds]]
number = 1
at = "2025-11-24T16:00:00Z"
by = "Eve"
after = "1111111111111111111111111111111111111111"

[[folds.drafts]]
contributor = "ana"
blob = "1111111111111111111111111111111111111111"
settled = true

[[folds]]
number = 2
at = "2025-11-24T16:00:00Z"
by = "Eve"
after = "2222222222222222222222222222222222222222"

[[folds.drafts]]
contributor = "ana"
blob = "2222222222222222222222222222222222222222"
settled = false

[[folds.decisions]]
choice = "3f2a"
verdict = "own"
text = [
    'It is "small".',
    '''
- a
- b \ c
''',
]
from = ["ana"]
reason = "shorter"

[[folds.fates]]
contributor = "ana"
passage = "passage 2"
fate = "open"
"##;
}
