//! How contributors are named in what is released, and what stays of one who took her name back.

use crate::release::settled;
use crate::sandbox::{Run, Sandbox};

fn released(sandbox: &Sandbox, version: &str) -> Vec<(String, String)> {
    let folder = format!("dist/{}/", version.trim_start_matches('v'));
    sandbox.run(["release", version, "--unsigned"]).succeeds();
    sandbox.run(["verify", version, "--unsigned"]).succeeds();
    let files = sandbox.files().into_iter();
    let within = files.filter_map(|(path, bytes)| {
        let name = path.strip_prefix(&folder)?.to_owned();
        Some((name, String::from_utf8_lossy(&bytes).into_owned()))
    });
    within.collect()
}

fn named(files: &[(String, String)], name: &str) -> Vec<String> {
    let with = files.iter().filter(|(_, text)| text.contains(name));
    with.map(|(file, _)| file.clone()).collect()
}

/// A release whose words are Ana's.
fn hers() -> Sandbox {
    let sandbox = settled();
    let roster = sandbox.read("narrative/roster.toml");
    let roster = roster.replace("name = \"ana\"", "name = \"Ana Example\"");
    sandbox.write("narrative/roster.toml", roster);
    sandbox.commit("her name");
    sandbox
}

fn roster(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    sandbox.run(["roster"].iter().chain(arguments).copied())
}

#[test]
fn each_is_named_as_she_wishes() {
    let sandbox = hers();
    let first = released(&sandbox, "v2026.03.0");
    assert_eq!(named(&first, "Ana Example"), ["CITATION.cff"]);
    assert!(named(&first, "\"ana\"").contains(&"manifest.json".to_owned()));
    roster(&sandbox, &["credit", "ana", "member"])
        .exits_with(2)
        .warns("belongs to no member");
    roster(&sandbox, &["credit", "ana", "role"])
        .exits_with(2)
        .warns("--role");
    let role = "a developer in Leeds";
    roster(&sandbox, &["credit", "ana", "role", "--role", role])
        .succeeds()
        .says("releases name `ana` by her role");
    let second = released(&sandbox, "v2026.03.1");
    assert!(named(&second, "Ana Example").is_empty());
    for file in ["CITATION.cff", "manifest.json", "media.json"] {
        assert!(named(&second, role).contains(&file.to_owned()), "{file}");
    }
}

#[test]
fn who_takes_her_name_back_is_named_by_nothing_made_later() {
    let sandbox = hers();
    released(&sandbox, "v2026.03.0");
    roster(&sandbox, &["forget", "ana", "--dry-run"])
        .succeeds()
        .says("nothing is written");
    assert!(
        sandbox
            .read("narrative/roster.toml")
            .contains("Ana Example")
    );
    roster(&sandbox, &["forget", "ana"])
        .succeeds()
        .says("the name of `ana` is taken back");
    let file = sandbox.read("narrative/roster.toml");
    let (_, entry) = file.split_once("\n[[contributors]]").expect("her id stays");
    assert!(
        !entry.contains("Example") && !entry.contains('@'),
        "{entry}"
    );
    let later = released(&sandbox, "v2026.03.1");
    for words in ["Ana Example", "\"ana\""] {
        assert_eq!(named(&later, words), Vec::<String>::new(), "{words}");
    }
    // What was released before is verified as it was.
    sandbox
        .run(["verify", "v2026.03.0", "--unsigned"])
        .succeeds();
    roster(&sandbox, &["credit", "ana", "none"])
        .exits_with(2)
        .warns("took her name back");
}

#[test]
fn a_name_that_stands_elsewhere_is_told() {
    let sandbox = settled();
    let config = sandbox.read("narrative/narrative.toml");
    let config = config.replace("name = \"Press desk\"", "name = \"ana\"");
    sandbox.write("narrative/narrative.toml", config);
    sandbox.commit("she is the contact");
    sandbox
        .run(["roster", "forget", "ana"])
        .succeeds()
        .says("it still stands in `narrative.toml`: take it out there");
}

#[test]
fn a_wish_that_names_nobody_is_found() {
    let sandbox = settled();
    let roster = sandbox.read("narrative/roster.toml");
    sandbox.write(
        "narrative/roster.toml",
        format!("{roster}credit = \"role\"\n"),
    );
    sandbox
        .run(["check"])
        .exits_with(1)
        .says("error credit")
        .says("`ana` wishes to be named by her role and has none");
}
