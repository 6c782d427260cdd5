//! What a news desk needs: whom to ask at any hour, when it may be printed, a first paragraph that stands alone.

use super::{Declared, lengths};
use crate::narrative::config::{Contact, Embargo};
use crate::narrative::finding::Finding;
use crate::prose::Prose;

/// Looks at an edition for the media.
pub fn check(declared: &Declared<'_>) -> Vec<Finding> {
    let edition = declared.edition;
    let mut findings = contacts(declared);
    let embargo = edition.embargo.as_ref();
    findings.extend(embargo.and_then(|embargo| of_embargo(declared, embargo)));
    findings.extend(lead(declared));
    let texts = [
        ("headline", &edition.headline),
        ("standfirst", &edition.standfirst),
        ("lead", &edition.lead),
    ];
    for (key, text) in texts {
        let text = text.as_deref().unwrap_or_default();
        findings.extend(declared.figures(key, text));
    }
    findings
}

fn contacts(declared: &Declared<'_>) -> Vec<Finding> {
    let name = declared.name;
    let config = &declared.narrative.config;
    if !config.contacts.iter().any(Contact::is_reached) {
        let message = format!("edition `{name}` has nobody whom a journalist may ask");
        let mend = "add a `[[contacts]]` with a `name` and an `email`, `phone` or `url`";
        return vec![declared.error("contact-missing", "", message).mend(mend)];
    }
    let late = config
        .contacts
        .iter()
        .any(|contact| contact.out_of_hours.is_some());
    let message = format!("no contact of edition `{name}` says whom to ask out of hours");
    let finding = declared.warning("contact-out-of-hours", "", message);
    let finding = finding.mend("add `out-of-hours` to one of the `[[contacts]]`");
    let out_of_reach = config.spokespeople.iter().filter(|who| !who.is_reached());
    let silent = out_of_reach.map(|who| {
        let message = format!("nobody can reach the spokesperson {}", who.name);
        let finding = declared.warning("spokesperson-out-of-reach", "", message);
        finding.mend("add her `email` or `phone` under `[[spokespeople]]`")
    });
    (!late)
        .then_some(finding)
        .into_iter()
        .chain(silent)
        .collect()
}

fn of_embargo(declared: &Declared<'_>, embargo: &Embargo) -> Option<Finding> {
    match embargo.ends() {
        Err(why) => {
            let message = format!("edition `{}`: {why}", declared.name);
            let finding = declared.error("embargo", "embargo", message);
            Some(finding.mend("set `date`, `time` and `zone`, such as `zone = \"Europe/London\"`"))
        }
        Ok(end) if end.day() < declared.today => {
            let until = embargo.words().unwrap_or_default();
            let message = format!(
                "the embargo of edition `{}` has passed: {until}",
                declared.name
            );
            let finding = declared.warning("embargo-past", "embargo", message);
            Some(finding.mend("take the embargo out, or set a moment to come"))
        }
        Ok(_) => None,
    }
}

/// The first paragraph is printed alone where there is no room for more.
fn lead(declared: &Declared<'_>) -> Option<Finding> {
    let Some(lead) = &declared.edition.lead else {
        let message = format!(
            "edition `{}` has no first paragraph that stands alone",
            declared.name
        );
        let finding = declared.warning("lead-missing", "", message);
        return Some(finding.mend("add a `lead` of about 60 words"));
    };
    let words = Prose::parse(lead).words();
    let message = format!(
        "the lead of edition `{}` has {words} words, and {} are enough",
        declared.name,
        lengths::SHORT
    );
    let finding = declared.warning("lead-length", "lead", message);
    (words > lengths::SHORT).then(|| finding.mend("say less: it is printed where there is no room"))
}
