//! `roster account`: the accounts by which authors of proposals are known.

use crate::sandbox::Sandbox;

#[test]
fn an_account_is_added_once_and_is_one_persons() {
    let sandbox = Sandbox::with_narrative();
    let account = |arguments: &[&str]| sandbox.run([&["roster", "account"], arguments].concat());
    let before = sandbox.files();
    let dry = account(&["bo", "github.com", "bo", "34", "--dry-run"]).succeeds();
    dry.says("nothing is written");
    assert_eq!(sandbox.files(), before);
    account(&["bo", "https://github.com", "@bo", "34"])
        .succeeds()
        .says("added `bo's account on github.com`");
    let roster = sandbox.read("narrative/roster.toml");
    let entry = "accounts = [{ forge = \"github.com\", login = \"bo\", id = 34 }]";
    assert!(roster.contains(entry), "{roster}");
    account(&["chi", "github.com", "BO", "35"])
        .exits_with(2)
        .warns("is one of `bo` already");
    account(&["chi", "github.com", "chi", "34"]).exits_with(2);
    account(&["zed", "github.com", "zed", "1"])
        .exits_with(2)
        .warns("`zed` is not on the roster");
    account(&["chi", "github.com", "chi", "0"])
        .exits_with(2)
        .warns("has no number");
    sandbox.run(["check"]).succeeds();
    sandbox.run(["status"]).succeeds();
}

#[test]
fn accounts_of_two_people_are_found_by_check() {
    let sandbox = Sandbox::with_narrative();
    let entry = "accounts = [{ forge = \"github.com\", login = \"ana\", id = 12 }]\n";
    let roster = sandbox.read("narrative/roster.toml");
    let shared = roster.replace("name = \"ana\"\n", &format!("name = \"ana\"\n{entry}"));
    let shared = shared.replace("name = \"bo\"\n", &format!("name = \"bo\"\n{entry}"));
    sandbox.write("narrative/roster.toml", &shared);
    sandbox
        .run(["check"])
        .exits_with(1)
        .says("error account")
        .says("the account `ana`, number 12, on github.com of `bo` is one of `ana` already");
    let wrong = roster.replace(
        "name = \"bo\"\n",
        "name = \"bo\"\naccounts = [{ forge = \"\", login = \"b\", id = 1 }]\n",
    );
    sandbox.write("narrative/roster.toml", wrong);
    sandbox
        .run(["check"])
        .exits_with(1)
        .says("names no forge such as `github.com`");
}
