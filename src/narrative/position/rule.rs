//! `[agreement]` of `narrative.toml`: by which rule an answer counts as agreed.
//!
//! | profile | agreed when | objections block | days open |
//! | --- | --- | --- | --- |
//! | `discussion` | never: only drafts are released | | |
//! | `facilitator` | the facilitator settled it on the record; no member is asked | | |
//! | `consent` | nobody objects | yes | 7 |
//! | `majority` | over half of the members agree | no | 0 |
//! | `medium` | at least one member agrees | yes | 14 |
//! | `large` | over half of the members agree | yes | 0 |
//!
//! `medium` and `large` are those of the Co-op Cloud federation (docs.coopcloud.tech/federation, resolution 001). `days` and
//! `quorum` change a profile; `[agreement.questions.3-drivers]` does so for one question.
//!
//! **Invariant:** no profile counts silence as agreement, and none lets a stand-aside block.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::narrative::id::QuestionId;

/// When an answer counts as agreed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Agreement {
    /// The rule.
    #[serde(default)]
    pub rule: Rule,
    /// For how many days a text must have stood open; the rule's own number if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// How many members must have answered, whatever they said; none must if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quorum: Option<usize>,
    /// Other terms of single questions, by folder.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub questions: BTreeMap<QuestionId, Own>,
}

/// The terms of a single question; what is absent is as for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Own {
    /// The rule.
    #[serde(default)]
    pub rule: Option<Rule>,
    /// For how many days the text must have stood open.
    #[serde(default)]
    pub days: Option<u32>,
    /// How many members must have answered.
    #[serde(default)]
    pub quorum: Option<usize>,
}

/// The rule by which an answer counts as agreed or settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Nothing is settled: the texts are drafts for discussion, and only drafts are released.
    Discussion,
    /// The facilitator settles the texts on the record; no member is said to agree.
    #[default]
    Facilitator,
    /// A text stands that nobody objects to.
    Consent,
    /// A text stands to which over half of the members agree.
    Majority,
    /// A text stands to which at least one member agrees and none objects within two weeks.
    Medium,
    /// A text stands to which over half of the members agree and none objects.
    Large,
}

/// The terms of one question, every number known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Terms {
    /// The rule.
    pub rule: Rule,
    /// For how many days the text must have stood open.
    pub days: u32,
    /// How many members must have answered.
    pub quorum: usize,
}

impl Agreement {
    /// The terms of a question.
    pub fn terms(&self, question: &QuestionId) -> Terms {
        let own = self.questions.get(question);
        let rule = own.and_then(|own| own.rule);
        // A question's own rule brings its own days along, unless it says otherwise.
        let days = own.and_then(|own| own.days).or(match rule {
            Some(_) => None,
            None => self.days,
        });
        let rule = rule.unwrap_or(self.rule);
        Terms {
            rule,
            days: days.unwrap_or_else(|| rule.days()),
            quorum: own
                .and_then(|own| own.quorum)
                .or(self.quorum)
                .unwrap_or_default(),
        }
    }
}

impl Rule {
    /// Whether members are asked.
    pub fn asks_members(self) -> bool {
        !matches!(self, Self::Discussion | Self::Facilitator)
    }

    /// Whether an objection keeps a text from being agreed.
    pub fn objections_block(self) -> bool {
        matches!(self, Self::Consent | Self::Medium | Self::Large)
    }

    /// How many of so many members must agree.
    pub fn least_yes(self, members: usize) -> usize {
        match self {
            Self::Discussion | Self::Facilitator | Self::Consent => 0,
            Self::Medium => 1,
            Self::Majority | Self::Large => members / 2 + 1,
        }
    }

    fn days(self) -> u32 {
        match self {
            Self::Consent => 7,
            Self::Medium => 14,
            Self::Discussion | Self::Facilitator | Self::Majority | Self::Large => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::config::Config;
    use crate::narrative::read::toml::parse;

    fn agreement(lines: &str) -> Result<Agreement, String> {
        let text = format!("schema = 1\ntitle = \"Co-ops\"\n[agreement]\n{lines}\n");
        let config: Result<Config, _> = parse("narrative.toml", &text);
        config
            .map(|config| config.agreement)
            .map_err(|finding| format!("{finding}"))
    }

    fn terms(lines: &str, question: &str) -> (Rule, u32, usize) {
        let terms = agreement(lines).unwrap().terms(&question.parse().unwrap());
        (terms.rule, terms.days, terms.quorum)
    }

    #[test]
    fn each_profile_has_its_numbers() {
        assert_eq!(terms("", "1-size"), (Rule::Facilitator, 0, 0));
        assert_eq!(terms("rule = \"consent\"", "1-size"), (Rule::Consent, 7, 0));
        assert_eq!(
            terms("rule = \"medium\"\nquorum = 3", "1-size"),
            (Rule::Medium, 14, 3)
        );
        assert_eq!(
            terms("rule = \"large\"\ndays = 2", "1-size"),
            (Rule::Large, 2, 0)
        );
        let needed = |members| Rule::Majority.least_yes(members);
        assert_eq!([needed(0), needed(1), needed(2), needed(3)], [1, 1, 2, 2]);
    }

    #[test]
    fn a_question_may_have_its_own() {
        let lines = "rule = \"consent\"\ndays = 3\n[agreement.questions.2-values]\nrule = \"large\"\n\
                     [agreement.questions.3-drivers]\ndays = 5";
        assert_eq!(terms(lines, "1-size"), (Rule::Consent, 3, 0));
        assert_eq!(terms(lines, "2-values"), (Rule::Large, 0, 0));
        assert_eq!(terms(lines, "3-drivers"), (Rule::Consent, 5, 0));
    }

    #[test]
    fn what_is_no_rule_is_told_with_its_place() {
        let told = |lines| agreement(lines).unwrap_err();
        assert!(
            told("rule = \"consnt\"").starts_with("narrative.toml:4:8: unknown value `consnt`")
        );
        assert!(told("day = 3").starts_with("narrative.toml:4:1: unknown key `day`"));
        assert!(told("days = -1").starts_with("narrative.toml:4:8: "));
        assert!(told("[agreement.questions.three]").contains("`three` is not the folder"));
    }
}
