//! How a choice is decided.

use serde::{Deserialize, Serialize};

use crate::prose::unit::{Shared, Unit};

use super::{Choice, rows};

/// What is decided at a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// What stands is kept.
    Keep,
    /// One alternative is taken, by its number from 0.
    Take(usize),
    /// Several are taken, one after the other.
    Several(Vec<usize>),
    /// The facilitator's own wording.
    Own(String),
    /// Put aside for a later fold; what stands is kept.
    Park,
}

/// A decision about one choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Decision {
    /// The choice's id.
    pub choice: String,
    /// What is decided.
    pub verdict: Verdict,
    /// Why; needed where something is declined without anything being taken.
    pub reason: Option<String>,
}

/// A choice as it is put to the facilitator.
#[derive(Clone, Debug)]
pub struct Posed<'a> {
    /// The choice.
    pub choice: &'a Choice,
    /// What was decided before, if the same choice was open before.
    pub earlier: Option<Earlier>,
}

/// What was decided before about the same choice; it is offered, never carried out by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Earlier {
    /// What was decided.
    pub verdict: Verdict,
    /// The day, as `2026-03-01`.
    pub on: String,
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: Option<String>,
}

impl Earlier {
    /// What was decided, when, by whom and why, in one line.
    pub fn told(&self) -> String {
        let what = match &self.verdict {
            Verdict::Keep => "keep the text".to_owned(),
            Verdict::Take(at) => format!("take {}", letter(*at)),
            Verdict::Several(all) => {
                let letters: Vec<String> = all.iter().map(|at| letter(*at)).collect();
                format!("take {}", letters.join(" and "))
            }
            Verdict::Own(text) => format!("\u{201c}{text}\u{201d}"),
            Verdict::Park => "park".to_owned(),
        };
        let why = self.reason.as_deref().unwrap_or("no reason given");
        format!("{what} ({}, {}): {why}", self.on, self.by)
    }

    /// The same decision about the choice as it is now.
    pub fn again(&self, choice: &Choice) -> Decision {
        Decision {
            choice: choice.id.clone(),
            verdict: self.verdict.clone(),
            reason: self.reason.clone(),
        }
    }
}

/// Why a decision does not fit its choice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// There is no such alternative.
    #[error("choice `{choice}` has no alternative {letter}")]
    Alternative {
        /// The choice.
        choice: String,
        /// The alternative's letter.
        letter: String,
    },
    /// Keeping what stands declines what others want, and needs a reason.
    #[error("keeping the text at choice `{0}` declines what others want: give a reason")]
    Reason(String),
    /// Of several versions of what stands one can be taken.
    #[error("of choice `{0}` one alternative can be taken: each is a whole version of what stands")]
    OneOnly(String),
    /// Rows that do not fit the table.
    #[error(
        "the wording for choice `{0}` has no rows of the table: write those that differ, such as `a | b | c`, with ` ¶ ` between them"
    )]
    Rows(String),
    /// The wording is empty.
    #[error("the wording for choice `{0}` is empty")]
    Empty(String),
}

impl Decision {
    /// The units that stand at the choice once this is decided.
    ///
    /// # Errors
    ///
    /// The decision does not fit the choice.
    pub fn units(&self, choice: &Choice) -> Result<Vec<Shared>, DecisionError> {
        let alternative = |at: &usize| {
            let missing = || DecisionError::Alternative {
                choice: choice.id.clone(),
                letter: letter(*at),
            };
            choice
                .alternatives
                .get(*at)
                .map(|alternative| alternative.units.clone())
                .ok_or_else(missing)
        };
        match &self.verdict {
            Verdict::Keep if self.reason.as_deref().unwrap_or("").trim().is_empty() => {
                Err(DecisionError::Reason(choice.id.clone()))
            }
            Verdict::Keep | Verdict::Park => Ok(choice.now.clone()),
            Verdict::Take(at) => alternative(at),
            Verdict::Several(_) if !choice.now.is_empty() => {
                Err(DecisionError::OneOnly(choice.id.clone()))
            }
            Verdict::Several(all) => {
                let units: Result<Vec<_>, _> = all.iter().map(alternative).collect();
                Ok(units?.concat())
            }
            Verdict::Own(text) if text.trim().is_empty() => {
                Err(DecisionError::Empty(choice.id.clone()))
            }
            Verdict::Own(text) if rows::is_of_table(choice) => {
                let table = rows::laid_over(text, choice).map(|table| vec![table]);
                table.ok_or_else(|| DecisionError::Rows(choice.id.clone()))
            }
            Verdict::Own(text) => Ok(own(text, choice)),
        }
    }
}

/// The units of the facilitator's own wording: whole blocks if it has several, else sentences in the block at hand.
fn own(text: &str, choice: &Choice) -> Vec<Shared> {
    let units = crate::prose::Prose::parse(text).units().to_vec();
    let marks = units.iter().filter(|unit| unit.is_mark()).count();
    let first = choice
        .now
        .iter()
        .chain(choice.alternatives.iter().flat_map(|a| &a.units))
        .next();
    let whole = first.is_some_and(|unit| unit.is_mark());
    match units.first() {
        Some(first) if marks == 1 && first.is_mark() && !whole => units[1..].to_vec(),
        Some(_) => units,
        None => vec![Unit::sentence(text.trim())],
    }
}

/// The letter of an alternative: A, B … Z, AA, AB …
pub fn letter(at: usize) -> String {
    let last = char::from(b'A' + u8::try_from(at % 26).unwrap_or(0)).to_string();
    if at < 26 {
        last
    } else {
        letter(at / 26 - 1) + &last
    }
}

/// The number, from 0, of an alternative's letter.
pub fn number(letter: &str) -> Option<usize> {
    letter
        .chars()
        .try_fold(0_usize, |number, sign| {
            let place = u32::from(sign.to_ascii_uppercase())
                .checked_sub(u32::from('A'))
                .filter(|n| *n < 26)?;
            number
                .checked_mul(26)?
                .checked_add(usize::try_from(place).ok()? + 1)
        })?
        .checked_sub(1)
}
