//! Whether the terms of agreement mean what they seem to mean.

use super::Files;
use crate::narrative::Narrative;
use crate::narrative::check::on;
use crate::narrative::finding::Finding;
use crate::narrative::position::rule::Rule;

const CONFIG: &str = "narrative.toml";

/// Days and quorums that no rule asks for, and quorums that there are too few members for.
pub(super) fn check(narrative: &Narrative, files: &Files<'_>) -> Vec<Finding> {
    let agreement = &narrative.config.agreement;
    let all = (agreement.rule, agreement.days, agreement.quorum);
    let own = agreement.questions.iter().map(|(id, own)| {
        let rule = own.rule.unwrap_or(agreement.rule);
        (
            format!("agreement.questions.{id}"),
            (rule, own.days, own.quorum),
        )
    });
    let tables = std::iter::once(("agreement".to_owned(), all)).chain(own);
    let members = narrative.roster.members.len();
    let mut findings = Vec::new();
    for (table, (rule, days, quorum)) in tables {
        let line = |key: &str| files.entry(CONFIG, &format!("[{table}]"), key);
        for (key, given) in [("days", days.is_some()), ("quorum", quorum.is_some())] {
            if given && !rule.asks_members() {
                findings.push(on(idle(&table, key, rule), line(key)));
            }
        }
        let beyond = quorum.filter(|least| rule.asks_members() && *least > members);
        let finding = beyond.map(|least| on(out_of_reach(&table, least, members), line("quorum")));
        findings.extend(finding);
    }
    findings
}

fn idle(table: &str, key: &str, rule: Rule) -> Finding {
    let rule = if rule == Rule::Discussion {
        "discussion"
    } else {
        "facilitator"
    };
    let message =
        format!("`{key}` of `[{table}]` does nothing: under the rule `{rule}` no member is asked");
    let mend = format!("take `{key}` out, or choose a rule that asks members, such as `consent`");
    Finding::warning("idle-terms", CONFIG, message).mend(mend)
}

fn out_of_reach(table: &str, least: usize, members: usize) -> Finding {
    let message = format!(
        "the quorum of `[{table}]` is {least}, and the roster has {members} members: nothing can be agreed"
    );
    let mend = "lower the quorum, or add the members with `onetext roster member`";
    Finding::warning("quorum", CONFIG, message).mend(mend)
}
