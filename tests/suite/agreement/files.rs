//! What `check` asks of the files of positions and of the roster.

use super::{asked, says};
use crate::sandbox::Sandbox;

fn path(member: &str) -> String {
    format!("narrative/1-size/positions/{member}.toml")
}

/// A narrative in which beta agrees, and its file, whose lines are known.
fn agreed() -> (Sandbox, String) {
    let sandbox = asked();
    says(&sandbox, "bo", &["1", "agree"]).succeeds();
    sandbox.run(["check"]).succeeds().says("no errors");
    let file = sandbox.read(&path("beta"));
    (sandbox, file)
}

#[track_caller]
fn found(sandbox: &Sandbox, (member, text): (&str, &str), said: &str) {
    let own = path(member);
    sandbox.write(&own, text);
    let place = format!("{own}:{said}");
    sandbox.run(["check"]).exits_with(1).says(&place);
    sandbox.git(["checkout", "-q", "--", "narrative"]);
    sandbox.git(["clean", "-qfd", "narrative"]);
}

#[test]
fn a_position_is_its_members_own() {
    let (sandbox, good) = agreed();
    let own = "3: error position-owner\n  the file of `gamma` speaks for `beta`";
    found(&sandbox, ("gamma", &good), own);
    let zeta = good.replace("\"beta\"", "\"zeta\"");
    let unknown = "3: error unknown-member\n  no member `zeta` is in `roster.toml`";
    found(&sandbox, ("zeta", &zeta), unknown);
}

#[test]
fn a_position_is_given_by_who_may_on_a_day_that_has_come() {
    let (sandbox, good) = agreed();
    let ana = good.replace("\"bo\"", "\"ana\"");
    let speaker = "7: error position-speaker\n  `ana` did not speak for `beta` on 1 March 2026";
    found(&sandbox, ("beta", &ana), speaker);
    let late = good.replace("2026-03-01", "2026-03-02");
    let day = "6: error position-day\n  the position is of 2 March 2026, which has not come";
    found(&sandbox, ("beta", &late), day);
    let recorded = format!("{good}recorded-by = \"chi\"\n");
    let recorder = "8: error position-recorder\n  `chi` recorded it and is no facilitator";
    found(&sandbox, ("beta", &recorded), recorder);
    let object = good.replace("\"agree\"", "\"object\"");
    let reason = "4: error objection-reason\n  an objection needs a reason";
    found(&sandbox, ("beta", &object), reason);
}

#[test]
fn a_position_is_a_file_of_known_keys_about_a_known_text() {
    let (sandbox, good) = agreed();
    let why = format!("{good}why = \"no\"\n");
    found(
        &sandbox,
        ("beta", &why),
        "8:1: error toml\n  unknown key `why`",
    );
    let twice = format!("{good}spoke = \"bo\"\n");
    found(
        &sandbox,
        ("beta", &twice),
        "8:1: error toml\n  duplicate key",
    );
    let hidden = format!("{good}statement = \"a\\u202eb\"\n");
    found(&sandbox, ("beta", &hidden), "8:13: error control-character");
    let link = format!("{good}statement = \"[x](javascript:y)\"\n");
    found(&sandbox, ("beta", &link), "8: error unsafe-link");
    let text = good.lines().find(|line| line.starts_with("text"));
    let unknown = format!("text = \"{}\"", "5".repeat(40));
    let lost = good.replace(text.expect("it has a text"), &unknown);
    let said = "5: error position-text\n  the text that it was given on is not in this repository";
    found(&sandbox, ("beta", &lost), said);
}

#[test]
fn the_roster_is_held_to_itself() {
    let (sandbox, _) = agreed();
    let good = sandbox.read("narrative/roster.toml");
    for (old, new, said) in [
        (
            "contributor = \"bo\"",
            "contributor = \"chi\"",
            "error delegate\n  `chi` speaks for `beta` and belongs to `gamma`",
        ),
        (
            "contributor = \"bo\"",
            "contributor = \"dee\"",
            "error unknown-contributor\n  no contributor `dee` is in `roster.toml` to speak for",
        ),
        (
            "id = \"gamma\"",
            "id = \"a1pha\"",
            "error confusable-id\n  the member `a1pha` is easily taken for `alpha`",
        ),
        (
            "name = \"gamma co-op\"",
            "name = \"G\"\njoined = \"2026-02-02\"\nleft = \"2026-02-01\"",
            "error dates\n  `gamma` left before it joined",
        ),
    ] {
        sandbox.write("narrative/roster.toml", good.replace(old, new));
        sandbox.run(["check"]).exits_with(1).says(said);
    }
    let config = sandbox.read("narrative/narrative.toml");
    let own = "[agreement.questions.2-vlaues]\nrule = \"consent\"\n\n[[contacts]]";
    sandbox.write(
        "narrative/narrative.toml",
        config.replace("[[contacts]]", own),
    );
    sandbox
        .run(["check"])
        .exits_with(1)
        .says("unknown-question")
        .says("did you mean `2-values`?");
}

/// Terms that do nothing look like a safeguard and are none.
#[test]
fn terms_that_mean_nothing_are_told() {
    let sandbox = asked();
    let told = |lines: &str, words: &str| {
        let config = format!("schema = 1\ntitle = \"Tech co-ops\"\n\n[agreement]\n{lines}");
        sandbox.write("narrative/narrative.toml", config);
        sandbox.run(["check"]).says(words);
    };
    told(
        "rule = \"facilitator\"\ndays = 3\n",
        "narrative/narrative.toml:6: warning idle-terms\n  `days` of `[agreement]` does nothing: under the rule `facilitator` no member",
    );
    told(
        "rule = \"large\"\nquorum = 3\n[agreement.questions.1-size]\nrule = \"discussion\"\nquorum = 1\n",
        "narrative/narrative.toml:9: warning idle-terms\n  `quorum` of `[agreement.questions.1-size]` does nothing",
    );
    told(
        "rule = \"large\"\nquorum = 4\n",
        "narrative/narrative.toml:6: warning quorum\n  the quorum of `[agreement]` is 4, and the roster has 3 members",
    );
    sandbox.write(
        "narrative/narrative.toml",
        "schema = 1\ntitle = \"T\"\n\n[agreement]\nrule = \"consent\"\ndays = 3\nquorum = 3\n",
    );
    let quiet = sandbox.run(["check"]);
    assert!(
        !quiet.stdout.contains("quorum") && !quiet.stdout.contains("idle"),
        "{}",
        quiet.stdout
    );
}
