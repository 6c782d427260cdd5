//! Independent drafts side by side: what all say, what some say in other words, what one says.
//!
//! Independent drafts share no order and few words, so an alignment of their words would depend on the order of
//! reading. Passages are clustered instead, without any order ("star clustering" around centres that are taken in a
//! canonical order), and likeness only *suggests*: no measure tells "should" from "should not", so each suggestion
//! shows in which words of that kind it differs, and no count of support includes it until people confirm it in a
//! [`plan`]. Within a row each wording is compared with the centre alone, which does not depend on an order either.
//!
//! The choices made here: a clustering around centres keeps large rows whole where an average of all pairs breaks them
//! up, and it costs in proportion to the drafts; a model of language would find more paraphrases, but none tells
//! agreement from contradiction, and it would weigh more than the whole tool.
//!
//! ```
//! use onetext::collate::{Draft, collate};
//! use onetext::prose::Prose;
//! let ana = Prose::parse("It is small. It grows.\n");
//! let bo = Prose::parse("It grows. It pays.\n");
//! let rows = collate(&[Draft::new("ana", &ana), Draft::new("bo", &bo)]);
//! assert_eq!(rows[1].variants[0].unit.text(), "It grows.");
//! assert_eq!(rows[1].variants[0].who.len(), 2);
//! ```
//!
//! **Invariant:** every passage of every draft stands in exactly one variant of one row; two passages of one draft stand
//! in one row only if they read alike; the rows do not depend on the order of the drafts, nor on names.

mod contrast;
mod number;
mod opposite;
pub mod plan;
mod star;
mod stem;
mod vector;

use std::collections::BTreeMap;

use crate::diff::words::{Hunk, readable};
use crate::merge::{People, Who};
use crate::parallel;
use crate::prose::Prose;
use crate::prose::unit::{Mark, Shared};

pub use contrast::{Contrast, Subject, Traits};

/// Cosine of weighted stems, per mille, from which two wordings may say the same.
const ALIKE: u32 = 450;

/// Likeness, per mille, from which two wordings are near-identical.
const NEAR: u32 = 800;

/// One draft and whose it is.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// Whose it is.
    pub who: Who,
    /// The draft.
    pub text: &'a Prose,
}

impl<'a> Draft<'a> {
    /// A draft of somebody's.
    pub fn new(who: &str, text: &'a Prose) -> Self {
        Self {
            who: who.to_owned(),
            text,
        }
    }
}

/// Wordings that say the same, or may do so.
#[derive(Clone, Debug)]
pub struct Row {
    /// The first is the centre, to which the others are compared.
    pub variants: Vec<Variant>,
}

/// One wording and everybody who has it.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Eight hexadecimal digits: the passage's identity.
    pub id: String,
    /// The passage.
    pub unit: Shared,
    /// Who has it, word for word.
    pub who: People,
    /// How it relates to the centre.
    pub grade: Grade,
    /// Where it differs from the centre in what likeness cannot see.
    pub contrasts: Vec<Contrast>,
    /// The mark before it, in the drafts in which it starts a block.
    pub mark: Option<Mark>,
}

/// How a wording relates to the centre of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// It is the centre.
    Centre,
    /// Nearly the same words; people must confirm that it says the same.
    Near,
    /// Other words that may say the same; people must confirm.
    Reworded,
}

impl Row {
    /// Everybody who says it in the words of the centre: likeness counts for nothing before it is confirmed.
    pub fn said_by(&self) -> &People {
        &self.variants[0].who
    }

    /// What a wording changes in the words of the centre.
    pub fn changes(&self, variant: &Variant) -> Vec<Hunk> {
        readable(&self.variants[0].unit, &variant.unit)
    }
}

/// A wording before it is placed in a row.
#[derive(Clone, Debug)]
struct Form {
    unit: Shared,
    /// The drafts that have it, each with where in it the wording stands, per mille.
    places: Vec<(u32, usize)>,
    mark: Option<Mark>,
}

impl Form {
    fn drafts(&self) -> impl Iterator<Item = u32> {
        self.places.iter().map(|(draft, _)| *draft)
    }
}

/// Sets drafts side by side: rows of wordings, in the order of their median place in the drafts.
pub fn collate(drafts: &[Draft<'_>]) -> Vec<Row> {
    collate_and_tell(drafts, &|_, _| {})
}

/// Does the same, and tells now and then how many wordings of how many are placed.
pub fn collate_and_tell(drafts: &[Draft<'_>], done: &dyn Fn(usize, usize)) -> Vec<Row> {
    let forms = forms(drafts);
    let all = forms.len();
    let groups = star::cluster(forms, &|placed| done(placed, all));
    let mut rows: Vec<(usize, Row)> =
        parallel::map(&groups, |forms| (median(forms), row(forms, drafts)));
    rows.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| text(&a.1).cmp(text(&b.1))));
    rows.into_iter().map(|(_, row)| row).collect()
}

fn text(row: &Row) -> &str {
    row.variants[0].unit.text()
}

/// The distinct wordings, in canonical order: more people first, then more words, then by text.
fn forms(drafts: &[Draft<'_>]) -> Vec<Form> {
    let mut forms: BTreeMap<u64, Form> = BTreeMap::new();
    for (number, draft) in (0..).zip(drafts) {
        let units = draft.text.units();
        let count = draft.text.passages().count().max(1);
        let passages = units.iter().enumerate().filter(|(_, unit)| !unit.is_mark());
        for (place, (at, unit)) in passages.enumerate() {
            let mark = at.checked_sub(1).and_then(|before| units[before].as_mark());
            let fresh = || Form {
                unit: unit.clone(),
                places: Vec::new(),
                mark: None,
            };
            let form = forms.entry(unit.id()).or_insert_with(fresh);
            if form.places.last().is_none_or(|(last, _)| *last != number) {
                form.places.push((number, 1000 * place / count));
            }
            form.mark = form.mark.take().max(mark.cloned());
            if unit.text() < form.unit.text() {
                form.unit = unit.clone();
            }
        }
    }
    let mut forms: Vec<Form> = forms.into_values().collect();
    forms.sort_by(|a, b| {
        let size = |form: &Form| (form.places.len(), form.unit.words().len());
        size(b)
            .cmp(&size(a))
            .then_with(|| a.unit.text().cmp(b.unit.text()))
    });
    forms
}

fn median(forms: &[Form]) -> usize {
    let mut places: Vec<usize> = forms
        .iter()
        .flat_map(|form| form.places.iter().map(|(_, place)| *place))
        .collect();
    places.sort_unstable();
    places[places.len() / 2]
}

fn row(forms: &[Form], drafts: &[Draft<'_>]) -> Row {
    let centre = &forms[0].unit;
    let traits = Traits::of(centre);
    let who = |draft| {
        let at = usize::try_from(draft).expect("a draft is an index");
        drafts[at].who.clone()
    };
    let variant = |(at, form): (usize, &Form)| Variant {
        id: id(&form.unit),
        grade: match at {
            0 => Grade::Centre,
            _ if centre.is_like(&form.unit, NEAR) => Grade::Near,
            _ => Grade::Reworded,
        },
        contrasts: match at {
            0 => Vec::new(),
            _ => traits.contrasts(&Traits::of(&form.unit)),
        },
        who: form.drafts().map(who).collect(),
        mark: form.mark.clone(),
        unit: form.unit.clone(),
    };
    let mut variants: Vec<Variant> = forms.iter().enumerate().map(variant).collect();
    variants.sort_by(|a, b| {
        a.grade
            .cmp(&b.grade)
            .then_with(|| a.unit.text().cmp(b.unit.text()))
    });
    Row { variants }
}

/// The name of a passage in plans: eight digits of its identity.
pub fn id(unit: &Shared) -> String {
    let id = unit.id();
    format!("{:08x}", (id ^ (id >> 32)) & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(texts: &[(&str, &str)]) -> Vec<Vec<(String, usize, Grade)>> {
        let texts: Vec<(&str, Prose)> = texts
            .iter()
            .map(|(who, text)| (*who, Prose::parse(text)))
            .collect();
        let drafts: Vec<Draft<'_>> = texts
            .iter()
            .map(|(who, text)| Draft::new(who, text))
            .collect();
        let variants = |row: Row| {
            row.variants
                .into_iter()
                .map(|v| (v.unit.text().to_owned(), v.who.len(), v.grade))
                .collect()
        };
        collate(&drafts).into_iter().map(variants).collect()
    }

    const ANA: &str = "Members own the firm and share its profit. Pay is equal. We meet weekly.\n";
    const BO: &str = "Pay is equal. Members own the firm and share all its profit.\n";
    const CHI: &str = "Members should not share the profit of the firm. Nothing else is like it.\n";

    #[test]
    fn what_is_said_alike_stands_in_one_row() {
        let rows = rows(&[("ana", ANA), ("bo", BO)]);
        assert_eq!(rows.len(), 3);
        let owned = rows
            .iter()
            .find(|row| row.len() == 2)
            .expect("one row with variants");
        assert_eq!(owned[1].2, Grade::Near);
    }

    #[test]
    fn the_order_of_the_drafts_does_not_matter() {
        let drafts = [("ana", ANA), ("bo", BO), ("chi", CHI)];
        let turned = [("chi", CHI), ("ana", ANA), ("bo", BO)];
        assert_eq!(rows(&drafts), rows(&turned));
    }

    #[test]
    fn should_and_should_not_are_never_called_alike() {
        let (yes, no) = (
            "Young people should have a vote on the board.\n",
            "Young people should not have a vote on the board.\n",
        );
        let (yes, no) = (Prose::parse(yes), Prose::parse(no));
        let rows = collate(&[Draft::new("ana", &yes), Draft::new("bo", &no)]);
        let contrasts = &rows[0].variants[1].contrasts;
        assert_eq!(contrasts[0].subject, Subject::Negation);
        assert_eq!(contrasts[0].to_string(), "not");
        assert_eq!(rows[0].said_by().len(), 1);
    }
}
