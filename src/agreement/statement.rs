//! What stands beside an answer in every format of a release: members' statements, and notices of earlier releases.

use serde::Serialize;

use super::Standing;
use super::verdict::Verdict;
use super::voice::{Lot, Voice};
use crate::narrative::position::Stand;
use crate::narrative::record::Said;

/// What a member wants to stand beside an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Statement {
    /// Who says it and where it stands: `Beta co-op stood aside on 12 March 2026`.
    pub by: String,
    /// What it says, in Markdown.
    pub text: String,
}

/// The statements that members gave, in the order of the roster.
///
/// One that was given on an earlier text is still its member's until it says otherwise, and says that it is of an earlier
/// text; one that cannot count is left out.
pub fn statements(verdict: &Verdict) -> Vec<Statement> {
    if verdict.standing == Standing::Withdrawn {
        return Vec::new();
    }
    verdict.voices.iter().filter_map(statement).collect()
}

fn statement(voice: &Voice) -> Option<Statement> {
    let position = voice.position.as_ref()?;
    let text = position.statement.as_deref().map(str::trim)?;
    let earlier = match voice.counts {
        Lot::As(_) => "",
        Lot::Stale(_) => " to an earlier text",
        Lot::Void(_) | Lot::Silent => return None,
    };
    let did = match (position.position, earlier) {
        (Stand::StandAside, "") => "stood aside".to_owned(),
        (Stand::StandAside, _) => "stood aside on an earlier text".to_owned(),
        (stand, earlier) => format!("{}{earlier}", stand.did()),
    };
    (!text.is_empty()).then(|| Statement {
        by: format!("{} {did} on {}", voice.public_name(), position.on.long()),
        text: text.to_owned(),
    })
}

/// What readers are to be told of an answer's earlier releases, a sentence each, oldest first.
pub fn notice_lines(verdict: &Verdict) -> Vec<String> {
    let last = verdict.notices.len().saturating_sub(1);
    let line = |(at, notice): (usize, &crate::narrative::record::Notice)| {
        let day = notice.at.day().long();
        let which = match &notice.release {
            Some(release) => format!("the answer of release {release}"),
            None => "an earlier answer".to_owned(),
        };
        let reason = ended(&notice.reason);
        match notice.notice {
            Said::Withdrawn if at == last && verdict.standing == Standing::Withdrawn => {
                format!("This answer was withdrawn on {day}: {reason}")
            }
            Said::Withdrawn => format!("On {day}, {which} was withdrawn: {reason}"),
            Said::Superseded | Said::Restored => {
                format!("On {day}, this answer took the place of {which}: {reason}")
            }
        }
    };
    verdict.notices.iter().enumerate().map(line).collect()
}

/// A reason as a sentence that ends.
fn ended(reason: &str) -> String {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.ends_with(['.', '!', '?', '”', '"', ')']) {
        reason
    } else {
        format!("{reason}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::fixture::World;
    use crate::narrative::config::Rule;
    use crate::narrative::roster::Credit;

    #[test]
    fn statements_travel_with_who_gave_them_and_when() {
        let mut world = World::new(Rule::Large, &["alpha", "beta", "gamma", "delta"]);
        for (member, stand) in [
            ("alpha", Stand::Agree),
            ("beta", Stand::StandAside),
            ("gamma", Stand::Object),
            ("delta", Stand::Agree),
        ] {
            world.says(member, stand);
            world.position(member).statement = Some(format!("From {member}.\n"));
        }
        world.roster.members[2].credit = Credit::Unnamed;
        world.position("delta").spoke = "nobody".parse().unwrap();
        let said = |world: &World| -> Vec<String> {
            let all = statements(&world.verdict()).into_iter();
            all.map(|one| format!("{}: {}", one.by, one.text)).collect()
        };
        assert_eq!(
            said(&world),
            [
                "alpha co-op agreed on 12 March 2026: From alpha.",
                "beta co-op stood aside on 12 March 2026: From beta.",
                "A member co-op that is not named objected on 12 March 2026: From gamma.",
            ]
        );
        world.text('b', "Other words.\n");
        assert_eq!(
            said(&world)[1..],
            [
                "beta co-op stood aside on an earlier text on 12 March 2026: From beta.",
                "A member co-op that is not named objected to an earlier text on 12 March 2026: From gamma.",
            ]
        );
    }

    #[test]
    fn notices_are_sentences() {
        let mut world = World::new(Rule::Large, &["alpha"]);
        world.notice(Said::Withdrawn, 'a');
        assert_eq!(
            notice_lines(&world.verdict()),
            ["This answer was withdrawn on 15 March 2026: a figure was wrong."]
        );
        world
            .text('b', "Other words.\n")
            .notice(Said::Superseded, 'a');
        assert_eq!(
            notice_lines(&world.verdict()),
            [
                "On 15 March 2026, the answer of release 2026.03.0 was withdrawn: a figure was wrong.",
                "On 15 March 2026, this answer took the place of the answer of release 2026.03.0: a figure was wrong.",
            ]
        );
    }
}
