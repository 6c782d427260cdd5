//! The laws of the accounts: every passage of an agreed text has a sound origin, every passage of a draft one fate.
//!
//! Each world is a question that lives through several rounds: drafts are written and rewritten on the agreed text, on
//! an older draft or on nothing; folds decide some of the choices and leave others open; folds are taken back; and now
//! and then somebody edits the agreed text by hand.

use std::collections::BTreeMap;

use onetext::collate::plan::Step;
use onetext::collate::{self, Row, plan};
use onetext::merge::choice::decision::{Decision, Verdict};
use onetext::merge::{Answers, Choice, Merge, merge};
use onetext::narrative::id::{BlobId, ContributorId};
use onetext::narrative::question::{Question, Text as Stored};
use onetext::narrative::record::{Outcome, Record};
use onetext::narrative::time::Moment;
use onetext::prose::Prose;
use onetext::prose::unit::Unit;
use onetext::prose::write::write;
use onetext::provenance::account::{Header, of_merge, of_plan, of_undo};
use onetext::provenance::fate::{Accounts, Ahead, Became, Told, Version as Draft, Wanted};
use onetext::provenance::origin::{Origin, Origins, Version, Words};
use onetext::provenance::table::{Table, Texts, table};
use onetext::provenance::walk::origins;
use onetext::store::blob_id;

use crate::worlds::{Text, World, own_wording};

const PEOPLE: [&str; 4] = ["ana", "bo", "chi", "dee"];

/// A question as it lives, and everything that its repository would have.
struct Life {
    seed: u64,
    world: World,
    drafts: BTreeMap<&'static str, Text>,
    question: Question,
    texts: Texts,
    versions: Vec<Version>,
    /// The agreed text before it is Markdown, as far as it can be known: the last draft that was taken whole.
    agreed: Option<Text>,
    own: usize,
}

fn moment(number: u32) -> Moment {
    Moment::from_unix(1_772_366_400 + i64::from(number) * 86_400).expect("it is in the calendar")
}

impl Life {
    fn new(seed: u64) -> Self {
        Self {
            seed,
            world: World::new(seed),
            drafts: BTreeMap::new(),
            question: Question {
                id: "1-size".parse().expect("it is an id"),
                asked: "How big?".to_owned(),
                guidance: None,
                drafts: BTreeMap::new(),
                agreed: None,
                record: Record::default(),
                positions: BTreeMap::new(),
            },
            texts: Texts::new(),
            versions: Vec::new(),
            agreed: None,
            own: 0,
        }
    }

    fn stored(&mut self, text: String) -> Stored {
        let blob = blob_id(text.as_bytes());
        self.texts.insert(blob.clone(), text.clone());
        Stored { blob, text }
    }

    /// Some people write: from the agreed text, from their last draft, or from nothing.
    fn write_drafts(&mut self) {
        for who in PEOPLE {
            if self.world.chance.one_in(3) {
                continue;
            }
            let last = self.drafts.get(who).cloned();
            let from = if self.world.chance.one_in(2) {
                last.or_else(|| self.agreed.clone())
            } else {
                self.agreed.clone().or(last)
            };
            let text = match from {
                Some(from) if !self.world.chance.one_in(8) => self.world.draft(&from, &who[..1]),
                _ => {
                    let text = self.world.text();
                    self.world.draft(&text, &who[..1])
                }
            };
            // What one copies from another makes duplicates and unsure firsts.
            let text = match self.drafts.values().next() {
                Some(other) if self.world.chance.one_in(6) => {
                    let mut text = text;
                    text.0.extend(other.0.first().cloned());
                    text
                }
                _ => text,
            };
            let stored = self.stored(text.markdown(60));
            self.drafts.insert(who, text);
            let who: ContributorId = who.parse().expect("it is an id");
            self.question.drafts.insert(who, stored);
        }
    }

    fn table(&self) -> Table {
        table(&self.question, &self.texts, &BTreeMap::new())
    }

    fn header(&self, after: Option<BlobId>) -> Header {
        let number = self.question.record.next_number();
        Header {
            number,
            at: moment(number),
            by: "eve".to_owned(),
            before: self.question.agreed.as_ref().map(|text| text.blob.clone()),
            after,
        }
    }

    fn set_agreed(&mut self, text: Option<String>) -> Option<BlobId> {
        self.question.agreed = text.map(|text| self.stored(text));
        let blob = self.question.agreed.as_ref().map(|text| text.blob.clone());
        let last = self.versions.last().map(|version| &version.blob);
        if let Some(blob) = blob.clone().filter(|blob| Some(blob) != last) {
            let at = moment(self.question.record.next_number());
            let by = "eve".to_owned();
            self.versions.push(Version { blob, by, at });
        }
        blob
    }

    fn fold(&mut self) {
        let table = self.table();
        if table.seats.is_empty() {
            return;
        }
        let Some(agreed) = self.question.agreed.clone() else {
            return self.first(&table);
        };
        let agreed = Prose::parse(&agreed.text);
        let merged = merge(&agreed, &table.voices());
        // The same choice at two places is decided once.
        let choices: BTreeMap<&str, &Choice> = merged
            .choices()
            .map(|choice| (choice.id.as_str(), choice))
            .collect();
        let decisions = choices.values().filter_map(|choice| self.decide(choice));
        let decisions: Vec<Decision> = decisions.collect();
        let mut answers = Answers::new();
        for choice in merged.choices() {
            let mut decided = decisions
                .iter()
                .filter(|decision| decision.choice == choice.id);
            if let Some(decision) = decided.next() {
                let units = decision.units(choice).expect("it fits");
                answers.insert(choice.id.clone(), units);
            }
        }
        let mut header = self.header(None);
        let after = self.set_agreed(Some(merged.text_with(&answers, &agreed)));
        header.after = after;
        let fold = of_merge(header, &table, &merged, &decisions);
        self.question.record.folds.push(fold);
    }

    fn decide(&mut self, choice: &Choice) -> Option<Decision> {
        let verdict = match self.world.chance.below(6) {
            0 => Verdict::Keep,
            1 => Verdict::Park,
            2 => {
                self.own += 1;
                let words = format!("The facilitator says own{} of it.", self.own);
                Verdict::Own(own_wording(choice, &words))
            }
            3 => return None,
            _ => Verdict::Take(self.world.chance.below(choice.alternatives.len())),
        };
        Some(Decision {
            choice: choice.id.clone(),
            verdict,
            reason: Some("it is shorter".to_owned()),
        })
    }

    fn first(&mut self, table: &Table) {
        let rows = self.rows(table);
        let mut steps = Vec::new();
        for row in &rows {
            let mark = row.variants[0].mark.clone();
            steps.extend(mark.map(Step::Block));
            for variant in &row.variants {
                let id = variant.id.clone();
                steps.push(match self.world.chance.below(8) {
                    0 => Step::Like(id),
                    1 => Step::Decline(id, "it is said elsewhere".to_owned()),
                    2 => Step::Park(id),
                    3 => Step::Open(id),
                    _ => Step::Take(id),
                });
            }
        }
        let units = plan::units(&steps, &rows);
        if units.is_empty() {
            return;
        }
        let mut header = self.header(None);
        header.after = self.set_agreed(Some(write(&units, &Prose::default())));
        let fold = of_plan(header, table, &rows, &steps);
        self.question.record.folds.push(fold);
        self.agreed = self.drafts.values().next().cloned();
    }

    fn rows(&self, table: &Table) -> Vec<Row> {
        let seats = table.seats.iter();
        let drafts: Vec<_> = seats
            .map(|seat| collate::Draft::new(seat.who.as_str(), &seat.draft))
            .collect();
        collate::collate(&drafts)
    }

    /// Takes the last fold back, as `decide --undo` does.
    fn undo(&mut self) {
        let folds = self.question.record.effective_folds();
        let Some(last) = folds.last().map(|fold| (*fold).clone()) else {
            return;
        };
        let now = self.question.agreed.as_ref().map(|text| text.blob.clone());
        if now != last.after {
            return;
        }
        let mut header = self.header(last.before.clone());
        let text = last.before.as_ref().map(|blob| self.texts[blob].clone());
        header.after = self.set_agreed(text);
        self.question
            .record
            .folds
            .push(of_undo(header, last.number));
    }

    /// Somebody edits the agreed text itself.
    fn edit_by_hand(&mut self) {
        if let Some(agreed) = &self.question.agreed {
            self.own += 1;
            let own = format!("{}\nSomebody adds hand{} here.\n", agreed.text, self.own);
            self.set_agreed(Some(own));
        }
    }

    fn live(&mut self) {
        match self.world.chance.below(8) {
            0 => self.undo(),
            1 => self.edit_by_hand(),
            _ => {
                self.write_drafts();
                self.fold();
            }
        }
    }

    fn origins(&self) -> Origins {
        origins(&self.question, &self.texts, &self.versions)
    }

    fn fates(&self, origins: &Origins) -> Vec<(ContributorId, Vec<Told>)> {
        let table = self.table();
        let (rows, merged);
        let ahead = match &self.question.agreed {
            None => {
                rows = self.rows(&table);
                Ahead::First(&rows)
            }
            Some(agreed) => {
                merged = self.merged(&agreed.text, &table);
                Ahead::Later(&merged)
            }
        };
        let accounts = Accounts {
            question: &self.question,
            origins,
            texts: &self.texts,
            ahead,
        };
        let seats = table.seats.iter();
        seats
            .map(|seat| (seat.who.clone(), accounts.of(seat)))
            .collect()
    }

    fn merged(&self, agreed: &str, table: &Table) -> Merge {
        merge(&Prose::parse(agreed), &table.voices())
    }

    /// Whether a contributor's draft of a fold had a passage.
    fn had(&self, who: &ContributorId, fold: Option<u32>, passage: u64) -> bool {
        let mut folds = self.question.record.folds.iter();
        let fold = folds
            .find(|other| Some(other.number) == fold)
            .expect("it is on the record");
        let mut drafts = fold.drafts.iter();
        drafts.any(|draft| {
            draft.contributor == *who
                && Prose::parse(&self.texts[&draft.blob])
                    .passages()
                    .any(|own| own.id() == passage)
        })
    }
}

/// Every world after each of its rounds.
fn after_each_round(law: u64, mut held: impl FnMut(&Life)) {
    let count = std::env::var("ONETEXT_LAWS")
        .ok()
        .and_then(|count| count.parse().ok());
    let count: u64 = count.unwrap_or(10_000) / 100;
    for seed in 0..count {
        let mut life = Life::new((law << 40) + seed);
        for _ in 0..6 {
            life.live();
            held(&life);
        }
    }
}

#[test]
fn every_passage_of_an_agreed_text_has_a_sound_origin() {
    let mut seen = [0; 4];
    after_each_round(41, |life| {
        let origins = life.origins();
        let Some(agreed) = &life.question.agreed else {
            return;
        };
        for passage in Prose::parse(&agreed.text).passages() {
            let seed = life.seed;
            let told = origins
                .of(passage)
                .unwrap_or_else(|| panic!("seed {seed}: {passage:?}"));
            seen[sound(life, passage, told)] += 1;
        }
    });
    assert!(
        seen.iter().all(|count| *count > 0),
        "some origins never come up: {seen:?}"
    );
}

/// Insists that what is told of a passage is true, and gives the kind of its origin.
fn sound(life: &Life, passage: &Unit, told: &Origin) -> usize {
    let (text, seed) = (passage.text(), life.seed);
    let had = |who| life.had(who, told.worded.fold, passage.id());
    match &told.words {
        Words::By(who) => {
            assert!(!who.is_empty(), "seed {seed}: {text}");
            assert!(who.iter().all(had), "seed {seed}: {text}: {told:?}");
            0
        }
        Words::Composed(who) => {
            assert!(!who.iter().any(had), "seed {seed}: {text}: {told:?}");
            1
        }
        Words::Facilitator(_) => {
            assert!(text.contains("own"), "seed {seed}: {text}: {told:?}");
            2
        }
        Words::Hand(who) => {
            assert_eq!(who.as_deref(), Some("eve"));
            assert!(text.contains("hand"), "seed {seed}: {text}: {told:?}");
            3
        }
        Words::Unknown => panic!("seed {seed}: nobody is told for {text}"),
    }
}

#[test]
fn every_passage_of_a_draft_has_one_fate_and_it_is_true() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    after_each_round(42, |life| {
        let origins = life.origins();
        let now = Now::of(life);
        for (who, told) in life.fates(&origins) {
            let draft = Prose::parse(&life.question.drafts[&who].text);
            let stand = told
                .iter()
                .filter(|t| t.draft == Draft::Now && t.wanted == Wanted::Stand);
            let told_of: Vec<&str> = stand.map(|told| &*told.passage).collect();
            let own: Vec<&str> = draft.passages().map(|passage| passage.text()).collect();
            assert_eq!(told_of, own, "seed {}: {who}", life.seed);
            for told in &told {
                *seen.entry(name(&told.became)).or_default() += 1;
                holds((life, &now), &who, told);
            }
        }
    });
    for fate in [
        "taken",
        "merged",
        "duplicate",
        "declined",
        "parked",
        "open",
        "replaced",
        "left",
        "overtaken",
    ] {
        assert!(seen.contains_key(fate), "`{fate}` never comes up: {seen:?}");
    }
}

fn name(became: &Became) -> &'static str {
    match became {
        Became::Taken(_) => "taken",
        Became::Merged(_) => "merged",
        Became::Duplicate(_) => "duplicate",
        Became::Declined(_) => "declined",
        Became::Parked(_) => "parked",
        Became::Open(_) => "open",
        Became::Replaced(_) => "replaced",
        Became::Left => "left",
        Became::Overtaken(_) => "overtaken",
        Became::Withdrawn => "withdrawn",
    }
}

/// What stands and what is to be chosen.
struct Now {
    agreed: Prose,
    choices: Option<Vec<String>>,
}

impl Now {
    fn of(life: &Life) -> Self {
        let agreed = life.question.agreed.as_ref().map(|text| &*text.text);
        let choices = |agreed| {
            let merged = life.merged(agreed, &life.table());
            merged.choices().map(|choice| choice.id.clone()).collect()
        };
        Self {
            agreed: Prose::parse(agreed.unwrap_or_default()),
            choices: agreed.map(choices),
        }
    }
}

/// What is told of a passage agrees with the agreed text, with the choices and with the record.
fn holds((life, now): (&Life, &Now), who: &ContributorId, told: &Told) {
    let stands = now
        .agreed
        .passages()
        .any(|unit| unit.text() == told.passage);
    let said = format!("seed {}: {who}: {told:?}", life.seed);
    let folds = life.question.record.effective_folds();
    let on_record = |outcome: Outcome| {
        let mut fates = folds.iter().flat_map(|fold| &fold.fates);
        fates.any(|fate| {
            fate.contributor == *who && fate.passage == told.passage && fate.fate == outcome
        })
    };
    match &told.became {
        Became::Taken(_) => assert_eq!(stands, told.wanted == Wanted::Stand, "{said}"),
        Became::Duplicate(_) => assert!(stands, "{said}"),
        Became::Declined(declined) => {
            assert!(on_record(Outcome::Declined), "{said}");
            assert!(declined.reason.is_some(), "{said}");
        }
        Became::Parked(_) => assert!(on_record(Outcome::Parked), "{said}"),
        Became::Merged(reads) => {
            assert!(reads.is_some() || on_record(Outcome::Merged), "{said}");
        }
        Became::Replaced(_) => assert_eq!(stands, told.wanted == Wanted::Go, "{said}"),
        Became::Open(Some(choice)) => {
            let is_asked = |choices: &Vec<String>| choices.contains(choice);
            assert!(now.choices.as_ref().is_none_or(is_asked), "{said}");
        }
        Became::Left => assert!(stands, "{said}"),
        Became::Overtaken(_) => assert!(!stands, "{said}"),
        Became::Open(None) | Became::Withdrawn => {}
    }
}
