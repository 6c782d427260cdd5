//! Whether what members said of an answer suffices under its rule, and what is wanting.

use serde::Serialize;

use super::voice::{Since, Voice, voices};
use super::{Case, Standing};
use crate::narrative::id::{MemberId, QuestionId};
use crate::narrative::position::Stand;
use crate::narrative::position::rule::{Rule, Terms};
use crate::narrative::record::{Notice, Said};
use crate::narrative::time::Day;

/// How one answer stands on one day, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The question.
    pub question: QuestionId,
    /// The terms by which it was judged.
    pub terms: Terms,
    /// The day on which it was judged.
    pub on: Day,
    /// How it stands.
    pub standing: Standing,
    /// Where the members stand.
    pub voices: Vec<Voice>,
    /// What keeps it from being agreed; nothing if members are not asked.
    pub wanting: Vec<Wanting>,
    /// What readers are to be told of this answer's earlier releases, oldest first.
    pub notices: Vec<Notice>,
}

/// Something that keeps an answer from being agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "wanting")]
pub enum Wanting {
    /// There are no members who could agree.
    Members,
    /// A member objects, and the rule lets that block.
    Objection {
        /// Who.
        member: MemberId,
        /// Why.
        reason: String,
    },
    /// Too few members agree.
    Yes {
        /// How many do.
        have: usize,
        /// How many must.
        need: usize,
        /// How many members there are.
        of: usize,
    },
    /// Too few members have answered.
    Quorum {
        /// How many have.
        have: usize,
        /// How many must.
        need: usize,
    },
    /// The text has not stood open for long enough.
    Days {
        /// The first day on which it will have; nothing if the text is not committed.
        until: Option<Day>,
        /// How many days it must stand.
        need: u32,
    },
}

impl Verdict {
    /// The members that stand somewhere on the words as they are.
    pub fn who(&self, stand: Stand) -> impl Iterator<Item = &Voice> {
        self.voices
            .iter()
            .filter(move |voice| voice.stands() == Some(stand))
    }

    /// How many members stand somewhere on the words as they are.
    pub fn count(&self, stand: Stand) -> usize {
        self.who(stand).count()
    }

    /// The members that spoke and are to be asked again.
    pub fn again(&self) -> impl Iterator<Item = &Voice> {
        self.voices.iter().filter(|voice| voice.is_asked_again())
    }

    /// The members that have not answered.
    pub fn silent(&self) -> impl Iterator<Item = &Voice> {
        self.voices.iter().filter(|voice| voice.is_silent())
    }

    /// The day of the last agreement that counts.
    pub fn agreed_on(&self) -> Option<Day> {
        let days = self.who(Stand::Agree);
        let days = days.filter_map(|voice| voice.position.as_ref().map(|position| position.on));
        days.max()
    }
}

/// Judges one answer.
pub fn judge(case: &Case<'_>) -> Verdict {
    let mut since = Since::new(case);
    let withdrawn = case.question.record.withdrawal();
    let withdrawn = withdrawn.is_some_and(|notice| since.is_current(&notice.text));
    let mut verdict = Verdict {
        question: case.question.id.clone(),
        terms: case.terms,
        on: case.on,
        standing: Standing::Draft,
        voices: voices(case),
        wanting: Vec::new(),
        notices: notices(case, &mut since),
    };
    if case.terms.rule.asks_members() {
        verdict.wanting = wanting(&verdict, case.open_since);
    }
    verdict.standing = match case.terms.rule {
        _ if case.question.agreed.is_none() => Standing::Unanswered,
        _ if withdrawn => Standing::Withdrawn,
        Rule::Discussion => Standing::Draft,
        Rule::Facilitator if case.question.record.effective_folds().is_empty() => Standing::Draft,
        Rule::Facilitator => Standing::Settled,
        _ if !verdict.wanting.is_empty() => Standing::Draft,
        _ if verdict.count(Stand::Agree) == 0 => Standing::Unopposed,
        _ => Standing::Agreed,
    };
    verdict
}

fn wanting(verdict: &Verdict, open_since: Option<Day>) -> Vec<Wanting> {
    let Terms { rule, days, quorum } = verdict.terms;
    let of = verdict.voices.len();
    if of == 0 {
        return vec![Wanting::Members];
    }
    let mut out = Vec::new();
    if rule.objections_block() {
        out.extend(verdict.who(Stand::Object).map(objection));
    }
    let (have, need) = (verdict.count(Stand::Agree), rule.least_yes(of));
    if have < need {
        out.push(Wanting::Yes { have, need, of });
    }
    let answered = verdict
        .voices
        .iter()
        .filter(|voice| voice.stands().is_some());
    let have = answered.count();
    if have < quorum {
        out.push(Wanting::Quorum { have, need: quorum });
    }
    let until = open_since.map(|day| day.later_by(days));
    if days > 0 && until.is_none_or(|until| verdict.on < until) {
        out.push(Wanting::Days { until, need: days });
    }
    out
}

fn objection(voice: &Voice) -> Wanting {
    let reason = voice
        .position
        .as_ref()
        .and_then(|position| position.stated_reason());
    Wanting::Objection {
        member: voice.member.clone(),
        reason: reason.unwrap_or_default().to_owned(),
    }
}

/// What was said of earlier releases that still concerns readers: what was said of other words than those that stand,
/// and the withdrawal of those that stand, unless it was taken back.
fn notices(case: &Case<'_>, since: &mut Since<'_>) -> Vec<Notice> {
    let all = &case.question.record.notices;
    let undone = |at: usize| {
        let later = all[at + 1..].iter();
        let mut later = later.filter(|later| later.text == all[at].text);
        later.any(|later| later.notice == Said::Restored)
    };
    let mut out = Vec::new();
    for (at, notice) in all.iter().enumerate() {
        let told = match notice.notice {
            Said::Withdrawn => !undone(at),
            Said::Superseded => !since.is_current(&notice.text),
            Said::Restored => false,
        };
        if told {
            out.push(notice.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::fixture::{World, blob, march};
    use crate::agreement::{Lot, Void};
    use Stand::{Agree, Object, StandAside};

    const THREE: [&str; 3] = ["alpha", "beta", "gamma"];

    fn standing(rule: Rule, said: &[(&str, Stand)]) -> Standing {
        let mut world = World::new(rule, &THREE);
        for (member, stand) in said {
            world.says(member, *stand);
        }
        world.verdict().standing
    }

    #[test]
    fn each_rule_has_its_measure() {
        let one = [("alpha", Agree)];
        let two = [("alpha", Agree), ("beta", Agree)];
        let aside = [("alpha", Agree), ("beta", StandAside)];
        let blocked = [("alpha", Agree), ("beta", Agree), ("gamma", Object)];
        let cases = [
            (Rule::Consent, &[][..], Standing::Unopposed),
            (Rule::Consent, &one[..], Standing::Agreed),
            (Rule::Consent, &aside[..], Standing::Agreed),
            (Rule::Consent, &blocked[..], Standing::Draft),
            (Rule::Majority, &one[..], Standing::Draft),
            (Rule::Majority, &two[..], Standing::Agreed),
            (Rule::Majority, &blocked[..], Standing::Agreed),
            (Rule::Medium, &[][..], Standing::Draft),
            (Rule::Medium, &one[..], Standing::Agreed),
            (Rule::Medium, &blocked[..], Standing::Draft),
            (Rule::Large, &one[..], Standing::Draft),
            (Rule::Large, &aside[..], Standing::Draft),
            (Rule::Large, &two[..], Standing::Agreed),
            (Rule::Large, &blocked[..], Standing::Draft),
            (Rule::Discussion, &two[..], Standing::Draft),
        ];
        for (rule, said, expected) in cases {
            assert_eq!(standing(rule, said), expected, "{rule:?} {said:?}");
        }
    }

    #[test]
    fn silence_is_silence() {
        let mut world = World::new(Rule::Majority, &THREE);
        world.says("alpha", Agree);
        let verdict = world.verdict();
        let silent: Vec<&str> = verdict.silent().map(|voice| &*voice.name).collect();
        assert_eq!(silent, ["beta co-op", "gamma co-op"]);
        assert_eq!(
            verdict.wanting,
            [Wanting::Yes {
                have: 1,
                need: 2,
                of: 3
            }]
        );
    }

    #[test]
    fn days_are_counted_from_the_text_that_stands() {
        let mut world = World::new(Rule::Medium, &THREE);
        world.says("alpha", Agree);
        let wanting = |world: &World| world.verdict().wanting;
        let missing = |until| vec![Wanting::Days { until, need: 14 }];
        world.on = march(14);
        assert_eq!(wanting(&world), missing(Some(march(15))));
        world.on = march(15);
        assert_eq!(wanting(&world), []);
        world.open_since = None;
        assert_eq!(wanting(&world), missing(None));
        world.agreement.days = Some(0);
        assert_eq!(wanting(&world), []);
    }

    #[test]
    fn a_quorum_is_of_those_who_answered() {
        let mut world = World::new(Rule::Consent, &THREE);
        world.agreement.quorum = Some(2);
        world.says("alpha", StandAside);
        let wanting = world.verdict().wanting;
        assert_eq!(wanting, [Wanting::Quorum { have: 1, need: 2 }]);
        world.says("beta", StandAside);
        assert_eq!(world.verdict().standing, Standing::Unopposed);
    }

    #[test]
    fn members_are_those_of_the_day() {
        let mut world = World::new(Rule::Large, &THREE);
        world.says("alpha", Agree).says("gamma", Object);
        world.roster.members[2].left = Some(march(13));
        world.roster.members[1].joined = Some(march(21));
        let verdict = world.verdict();
        assert_eq!(
            (verdict.voices.len(), verdict.standing),
            (1, Standing::Agreed)
        );
        world.on = march(21);
        assert_eq!(world.verdict().standing, Standing::Draft);
        world.roster.members.clear();
        assert_eq!(world.verdict().wanting, [Wanting::Members]);
    }

    #[test]
    fn an_edit_makes_stale_what_it_changes_in_substance() {
        let mut world = World::new(Rule::Large, &THREE);
        world
            .says("alpha", Agree)
            .says("beta", Agree)
            .says("gamma", Object);
        world
            .text('b', "Nobody counts it.\n\nIt is\nsmall.\n")
            .says("beta", Agree);
        assert_eq!(world.verdict().count(Agree), 2);
        assert_eq!(world.verdict().count(Object), 1);
        world.text('c', "It is tiny.\n\nNobody counts it.\n");
        let verdict = world.verdict();
        assert_eq!(verdict.again().count(), 3);
        let Lot::Stale(touched) = &verdict.voices[0].counts else {
            panic!("{:?}", verdict.voices[0]);
        };
        assert_eq!(touched.len(), 1);
        assert_eq!(touched[0].before.as_deref(), Some("It is small."));
        assert_eq!(touched[0].after.as_deref(), Some("It is tiny."));
        // An objection to other words blocks nothing; whoever agreed to them agrees to nothing.
        let wanting = Wanting::Yes {
            have: 0,
            need: 2,
            of: 3,
        };
        assert_eq!(verdict.wanting, [wanting]);
    }

    #[test]
    fn what_cannot_count_says_why() {
        let mut world = World::new(Rule::Large, &["alpha", "beta", "gamma", "delta", "eps"]);
        for member in ["alpha", "beta", "delta", "eps"] {
            world.says(member, Agree);
        }
        world.says("gamma", Object);
        world.roster.delegates[0].until = Some(march(11));
        world.position("beta").on = march(21);
        world.position("gamma").reason = Some("  ".to_owned());
        world.position("delta").text = blob('z');
        world.position("eps").member = "alpha".parse().unwrap();
        let counts: Vec<Lot> = world
            .verdict()
            .voices
            .into_iter()
            .map(|voice| voice.counts)
            .collect();
        assert_eq!(
            counts,
            [
                Lot::Void(Void::NoDelegate),
                Lot::Void(Void::Future),
                Lot::Void(Void::NoReason),
                Lot::Void(Void::TextUnknown),
                Lot::Silent,
            ]
        );
    }

    #[test]
    fn two_delegates_have_one_voice() {
        let mut world = World::new(Rule::Majority, &["alpha", "beta"]);
        let mut second = world.roster.delegates[0].clone();
        second.contributor = "other".parse().unwrap();
        world.roster.delegates.push(second);
        world.says("alpha", Agree);
        world.position("alpha").spoke = "other".parse().unwrap();
        assert_eq!(world.verdict().count(Agree), 1);
        assert_eq!(world.verdict().standing, Standing::Draft);
    }

    #[test]
    fn a_withdrawal_is_of_the_words_that_stood() {
        let mut world = World::new(Rule::Majority, &["alpha"]);
        world.says("alpha", Agree).notice(Said::Withdrawn, 'a');
        assert_eq!(world.verdict().standing, Standing::Withdrawn);
        let text = "It is tiny.\n\nNobody counts it.\n";
        let mut anew = world.clone();
        anew.text('b', text).says("alpha", Agree);
        assert_eq!(anew.verdict().standing, Standing::Agreed);
        assert_eq!(anew.verdict().notices.len(), 1);
        world.notice(Said::Restored, 'a');
        assert_eq!(world.verdict().standing, Standing::Agreed);
        assert_eq!(world.verdict().notices, []);
        world.notice(Said::Superseded, 'a');
        assert_eq!(world.verdict().notices, []);
        world.text('b', text);
        assert_eq!(world.verdict().notices.len(), 1);
    }
}
