//! A small world for the tests of this module: one question, some members, what they said of which text.

use std::collections::BTreeMap;

use super::{Case, Texts, Verdict, judge};
use crate::narrative::id::BlobId;
use crate::narrative::position::rule::{Agreement, Rule};
use crate::narrative::position::{Position, Stand};
use crate::narrative::question::{Question, Text};
use crate::narrative::record::{Notice, Record, Said};
use crate::narrative::roster::{Credit, Delegate, Member, Roster};
use crate::narrative::time::Day;

/// A question and its members.
#[derive(Clone, Debug)]
pub struct World {
    pub question: Question,
    pub roster: Roster,
    pub agreement: Agreement,
    pub texts: Texts,
    pub open_since: Option<Day>,
    pub on: Day,
}

/// A day of March 2026.
pub fn march(day: u32) -> Day {
    format!("2026-03-{day:02}").parse().expect("a day")
}

/// An id that differs for each letter.
pub fn blob(letter: char) -> BlobId {
    let digit = format!("{:x}", u32::from(letter) % 16);
    digit.repeat(40).parse().expect("forty digits")
}

fn question() -> Question {
    Question {
        id: "1-size".parse().expect("an id"),
        asked: "How big?".to_owned(),
        guidance: None,
        drafts: BTreeMap::new(),
        agreed: None,
        record: Record::default(),
        positions: BTreeMap::new(),
    }
}

impl World {
    /// Members with a delegate each, whose name begins as theirs; the text `a` stands since 1 March, and it is the 20th.
    pub fn new(rule: Rule, members: &[&str]) -> Self {
        let mut roster = Roster {
            schema: 1,
            ..Roster::default()
        };
        for id in members {
            roster.members.push(Member {
                id: id.parse().expect("a name"),
                name: format!("{id} co-op"),
                joined: None,
                left: None,
                credit: Credit::Named,
            });
            roster.delegates.push(Delegate {
                member: id.parse().expect("a name"),
                contributor: format!("{id}-person").parse().expect("a name"),
                from: None,
                until: None,
            });
        }
        let agreement = Agreement {
            rule,
            ..Agreement::default()
        };
        let mut world = Self {
            question: question(),
            roster,
            agreement,
            texts: Texts::new(),
            open_since: Some(march(1)),
            on: march(20),
        };
        world.text('a', "It is small.\n\nNobody counts it.\n");
        world
    }

    /// Lets a text stand; the earlier ones are known.
    pub fn text(&mut self, letter: char, text: &str) -> &mut Self {
        self.texts.insert(blob(letter), text.to_owned());
        self.question.agreed = Some(Text {
            blob: blob(letter),
            text: text.to_owned(),
        });
        self
    }

    /// Lets a member say something of the text that stands, on 12 March.
    pub fn says(&mut self, member: &str, stand: Stand) -> &mut Self {
        let text = self.question.agreed.as_ref().expect("a text").blob.clone();
        let position = Position {
            schema: 1,
            member: member.parse().expect("a name"),
            position: stand,
            text,
            on: march(12),
            spoke: format!("{member}-person").parse().expect("a name"),
            recorded_by: None,
            reason: (stand == Stand::Object).then(|| "it is not true".to_owned()),
            wording: None,
            statement: None,
        };
        self.question
            .positions
            .insert(position.member.clone(), position);
        self
    }

    /// The position of a member, to be changed.
    pub fn position(&mut self, member: &str) -> &mut Position {
        let member = member.parse().expect("a name");
        self.question.positions.get_mut(&member).expect("it spoke")
    }

    /// Adds a notice about a text.
    pub fn notice(&mut self, said: Said, letter: char) -> &mut Self {
        self.question.record.notices.push(Notice {
            notice: said,
            at: "2026-03-15T10:00:00Z".parse().expect("a moment"),
            by: "Eve".to_owned(),
            text: blob(letter),
            release: Some("2026.03.0".to_owned()),
            reason: "a figure was wrong".to_owned(),
        });
        self
    }

    /// Judges the answer.
    pub fn verdict(&self) -> Verdict {
        judge(&Case {
            question: &self.question,
            roster: &self.roster,
            terms: self.agreement.terms(&self.question.id),
            texts: &self.texts,
            open_since: self.open_since,
            on: self.on,
        })
    }
}
