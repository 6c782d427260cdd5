//! The one line that says what stands behind a release, and that of a single answer.
//!
//! **Invariant:** every number in it is a count of voices of the day; nobody who is silent is said to agree, and nobody who
//! spoke of other words is said to have answered.

use std::collections::{BTreeMap, BTreeSet};

use super::Standing;
use super::verdict::Verdict;
use super::voice::Voice;
use crate::narrative::Narrative;
use crate::narrative::config::Rule;
use crate::narrative::position::Stand;

/// As what a narrative is released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As a draft: nothing is said to be settled.
    Draft,
    /// As what its rules have made of it.
    Final,
}

/// The line that says what stands behind a narrative's texts; the verdicts are those of its questions.
pub fn status_line(narrative: &Narrative, verdicts: &[Verdict], form: Form) -> String {
    let mut groups: BTreeMap<(Kind, Standing), Vec<&Verdict>> = BTreeMap::new();
    let answered = |verdict: &&Verdict| {
        !matches!(verdict.standing, Standing::Unanswered | Standing::Withdrawn)
    };
    for verdict in verdicts.iter().filter(answered) {
        let kind = Kind::of(verdict.terms.rule);
        // Without members there is nothing to tell answers apart by.
        let standing = match kind {
            Kind::Members => verdict.standing,
            Kind::Discussion | Kind::Facilitator => Standing::Draft,
        };
        groups.entry((kind, standing)).or_default().push(verdict);
    }
    let withdrawn: Vec<&Verdict> = verdicts
        .iter()
        .filter(|verdict| verdict.standing == Standing::Withdrawn)
        .collect();
    let mut out: Vec<String> = Vec::new();
    for (group, verdicts) in &groups {
        let sentence = sentence(narrative, *group, verdicts, form);
        out.push(match groups.len() {
            1 => capital(&sentence),
            _ => format!("{}: {sentence}", questions(verdicts)),
        });
    }
    if groups.is_empty() {
        let kind = Kind::of(narrative.config.agreement.rule);
        out.push(capital(&sentence(
            narrative,
            (kind, Standing::Draft),
            &[],
            form,
        )));
    }
    if !withdrawn.is_empty() {
        out.push(format!("{}: withdrawn.", questions(&withdrawn)));
    }
    out.join(" ")
}

/// The line that says what stands behind one answer; nothing if its members were not asked.
pub fn answer_line(verdict: &Verdict) -> Option<String> {
    if !verdict.terms.rule.asks_members() {
        return None;
    }
    match verdict.standing {
        Standing::Agreed => Some(format!("{}.", capital(&tally(&[verdict], YES)))),
        Standing::Unopposed => Some(format!("No objection; {}.", tally(&[verdict], YES))),
        Standing::Draft => Some(format!("Not agreed: {}.", tally(&[verdict], SO_FAR))),
        Standing::Unanswered | Standing::Settled | Standing::Withdrawn => None,
    }
}

/// What is said of the yes of members where it suffices.
const YES: &str = "agreed by";

/// What is said of it where it does not suffice, or is not asked for.
const SO_FAR: &str = "agreed so far by";

/// Who settles a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Discussion,
    Facilitator,
    Members,
}

impl Kind {
    fn of(rule: Rule) -> Self {
        match rule {
            Rule::Discussion => Self::Discussion,
            Rule::Facilitator => Self::Facilitator,
            Rule::Consent | Rule::Majority | Rule::Medium | Rule::Large => Self::Members,
        }
    }
}

fn sentence(
    narrative: &Narrative,
    (kind, standing): (Kind, Standing),
    verdicts: &[&Verdict],
    form: Form,
) -> String {
    let spoke = |verdict: &&Verdict| verdict.voices.iter().any(|voice| voice.position.is_some());
    let asked = if verdicts.iter().any(spoke) || kind == Kind::Members {
        let suffices = matches!(standing, Standing::Agreed | Standing::Unopposed);
        tally(verdicts, if suffices { YES } else { SO_FAR })
    } else {
        "no member has been asked to agree".to_owned()
    };
    match (kind, standing, form) {
        (Kind::Discussion, ..) => {
            format!("draft for discussion: {}; {asked}.", made(narrative))
        }
        (Kind::Facilitator, _, Form::Final) => {
            format!("settled by the facilitator: {}; {asked}.", made(narrative))
        }
        (Kind::Facilitator, _, Form::Draft) => {
            format!("draft, not settled: {}; {asked}.", made(narrative))
        }
        (Kind::Members, Standing::Agreed, Form::Final) => format!("{asked}."),
        (Kind::Members, Standing::Unopposed, Form::Final) => format!("no objection; {asked}."),
        (Kind::Members, Standing::Agreed | Standing::Unopposed, Form::Draft) => {
            format!("draft: {asked}.")
        }
        (Kind::Members, ..) => format!("draft, not agreed: {asked}."),
    }
}

/// What the texts were made from.
fn made(narrative: &Narrative) -> String {
    let folds = narrative
        .questions
        .iter()
        .flat_map(|question| question.record.effective_folds());
    let mut drafts = BTreeSet::new();
    let mut people = BTreeSet::new();
    for fold in folds {
        for draft in &fold.drafts {
            drafts.insert(&draft.blob);
            people.insert(&draft.contributor);
        }
    }
    match drafts.len() {
        0 => "no draft was folded yet".to_owned(),
        count => format!(
            "folded from {} by {}",
            counted(count, "draft", "drafts"),
            counted(people.len(), "contributor", "contributors")
        ),
    }
}

/// Who stands where on some answers: "agreed by 19 of 26 member co-ops on 12 March 2026; 2 stood aside".
fn tally(verdicts: &[&Verdict], yes: &str) -> String {
    let of = verdicts.first().map_or(0, |verdict| verdict.voices.len());
    if of == 0 {
        return "there are no member co-ops to agree".to_owned();
    }
    let alike = verdicts.windows(2).all(|pair| same(pair[0], pair[1]));
    let (each, last, some) = match alike {
        true => ("", "", ""),
        false => ("each answer ", ", last", " on some answers"),
    };
    let day = verdicts.iter().filter_map(|verdict| verdict.agreed_on());
    let day = day
        .max()
        .map_or_else(String::new, |day| format!("{last} on {}", day.long()));
    let mut parts = vec![format!("{each}{yes} {}{day}", agreeing(verdicts))];
    parts.extend(others(verdicts).into_iter().map(|part| part + some));
    parts.join("; ")
}

/// How many members agree; to the answers as far as their numbers differ.
fn agreeing(verdicts: &[&Verdict]) -> String {
    let of = verdicts.first().map_or(0, |verdict| verdict.voices.len());
    let yes = || verdicts.iter().map(|verdict| verdict.count(Stand::Agree));
    let members = counted(of, "member co-op", "member co-ops");
    match (yes().min().unwrap_or(0), yes().max().unwrap_or(0)) {
        (0, 0) => format!("none of {members}"),
        (2, _) if of == 2 => "both member co-ops".to_owned(),
        (all, _) if all == of && of > 2 => format!("all {members}"),
        (least, most) if least == most => format!("{least} of {members}"),
        (least, most) => format!("{least} to {most} of {members}"),
    }
}

/// How many members stand anywhere else on any of the answers, each kind in words.
fn others(verdicts: &[&Verdict]) -> Vec<String> {
    let of = verdicts.first().map_or(0, |verdict| verdict.voices.len());
    let members = |is: &dyn Fn(&Voice) -> bool| {
        let any = |at: &usize| verdicts.iter().any(|verdict| is(&verdict.voices[*at]));
        (0..of).filter(any).count()
    };
    let stand = |stand| members(&|voice| voice.stands() == Some(stand));
    let (again, silent) = (members(&Voice::is_asked_again), members(&Voice::is_silent));
    let told = [
        (stand(Stand::StandAside), "stood aside", "stood aside"),
        (stand(Stand::Object), "objected", "objected"),
        (again, "is to be asked again", "are to be asked again"),
        (silent, "has not answered", "have not answered"),
    ];
    let told = told.into_iter().filter(|(count, ..)| *count > 0);
    told.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect()
}

/// Whether every member stands in the same place on two answers.
fn same(one: &Verdict, other: &Verdict) -> bool {
    let place = |voice: &Voice| (voice.stands(), voice.is_silent());
    let pairs = || one.voices.iter().zip(&other.voices);
    one.voices.len() == other.voices.len() && pairs().all(|(a, b)| place(a) == place(b))
}

/// The questions of some verdicts: "Questions 1, 3 and 4".
fn questions(verdicts: &[&Verdict]) -> String {
    let numbers: Vec<String> = verdicts
        .iter()
        .map(|verdict| verdict.question.number().to_string())
        .collect();
    match numbers.split_last() {
        Some((last, [])) => format!("Question {last}"),
        Some((last, rest)) => format!("Questions {} and {last}", rest.join(", ")),
        None => "No question".to_owned(),
    }
}

fn capital(sentence: &str) -> String {
    let mut signs = sentence.chars();
    let first = signs.next().map(|sign| sign.to_ascii_uppercase());
    first.into_iter().chain(signs).collect()
}

fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {many}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::fixture::World;
    use crate::narrative::read;
    use crate::narrative::snapshot::{File, Snapshot};
    use Stand::{Agree, Object, StandAside};

    fn narrative() -> Narrative {
        let file = |text: &str| File {
            blob: "0".repeat(40).parse().unwrap(),
            bytes: text.into(),
        };
        let mut snapshot = Snapshot::default();
        let config = file("schema = 1\ntitle = \"T\"\n");
        snapshot.files.insert("narrative.toml".to_owned(), config);
        read(&snapshot).unwrap()
    }

    fn line(verdicts: &[Verdict], form: Form) -> String {
        status_line(&narrative(), verdicts, form)
    }

    /// Twenty-six members of whom so many agree, and so many more stand aside.
    fn network(yes: usize, aside: usize) -> World {
        let ids: Vec<String> = (0..26).map(|at| format!("m{at}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut world = World::new(Rule::Majority, &ids);
        for id in &ids[..yes] {
            world.says(id, Agree);
        }
        for id in &ids[yes..yes + aside] {
            world.says(id, StandAside);
        }
        world
    }

    #[test]
    fn one_line_says_who_stands_where() {
        let verdict = network(19, 2).verdict();
        assert_eq!(
            line(&[verdict.clone(), verdict.clone()], Form::Final),
            "Agreed by 19 of 26 member co-ops on 12 March 2026; 2 stood aside; 5 have not answered."
        );
        assert_eq!(
            line(&[verdict], Form::Draft),
            "Draft: agreed by 19 of 26 member co-ops on 12 March 2026; 2 stood aside; 5 have not answered."
        );
        let wanting = network(1, 0).verdict();
        assert_eq!(
            line(std::slice::from_ref(&wanting), Form::Draft),
            "Draft, not agreed: agreed so far by 1 of 26 member co-ops on 12 March 2026; 25 have not answered."
        );
        assert_eq!(
            answer_line(&wanting).unwrap(),
            "Not agreed: agreed so far by 1 of 26 member co-ops on 12 March 2026; 25 have not answered."
        );
    }

    #[test]
    fn answers_that_differ_are_told_apart() {
        let (most, all) = (network(24, 1).verdict(), network(26, 0).verdict());
        assert_eq!(
            line(&[most.clone(), all], Form::Final),
            "Each answer agreed by 24 to 26 of 26 member co-ops, last on 12 March 2026; \
             1 stood aside on some answers; 1 has not answered on some answers."
        );
        let mut settled = most.clone();
        settled.terms.rule = Rule::Facilitator;
        settled.standing = Standing::Settled;
        settled.voices.clear();
        assert_eq!(
            line(&[settled, most], Form::Final),
            "Question 1: settled by the facilitator: no draft was folded yet; no member has been asked to agree. \
             Question 1: agreed by 24 of 26 member co-ops on 12 March 2026; 1 stood aside; 1 has not answered."
        );
    }

    #[test]
    fn no_objection_is_no_agreement() {
        let world = World::new(Rule::Consent, &["alpha", "beta"]);
        assert_eq!(
            line(&[world.verdict()], Form::Final),
            "No objection; agreed by none of 2 member co-ops; 2 have not answered."
        );
        let mut world = World::new(Rule::Majority, &["alpha", "beta", "gamma"]);
        world
            .says("alpha", Agree)
            .says("beta", Agree)
            .says("gamma", Object);
        assert_eq!(
            line(&[world.verdict()], Form::Final),
            "Agreed by 2 of 3 member co-ops on 12 March 2026; 1 objected."
        );
        world.text('b', "Other words.\n").says("gamma", Agree);
        assert_eq!(
            line(&[world.verdict()], Form::Draft),
            "Draft, not agreed: agreed so far by 1 of 3 member co-ops on 12 March 2026; 2 are to be asked again."
        );
    }

    #[test]
    fn where_no_member_is_asked_none_is_said_to_agree() {
        let mut verdict = World::new(Rule::Facilitator, &["alpha"]).verdict();
        assert_eq!(
            line(&[], Form::Draft),
            "Draft, not settled: no draft was folded yet; no member has been asked to agree."
        );
        assert_eq!(answer_line(&verdict), None);
        verdict.standing = Standing::Withdrawn;
        assert_eq!(
            line(&[verdict], Form::Final),
            "Settled by the facilitator: no draft was folded yet; no member has been asked to agree. \
             Question 1: withdrawn."
        );
    }
}
