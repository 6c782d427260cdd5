//! Proposals: whose they are, what of them may come in, and how it is told.

mod accounts;
mod gitlab;
mod outputs;
mod rules;
mod who;

use crate::sandbox::{Call, Run, Sandbox};

/// A narrative in which bo has an account on GitHub and speaks for beta, and ana one.
pub fn narrative() -> Sandbox {
    let sandbox = Sandbox::with_narrative();
    let roster = sandbox.read("narrative/roster.toml");
    let account = |who: &str, number: u32| {
        let entry = format!("{{ forge = \"github.com\", login = \"{who}\", id = {number} }}");
        (
            format!("name = \"{who}\"\n"),
            format!("name = \"{who}\"\naccounts = [{entry}]\n"),
        )
    };
    let delegate = "schema = 1\n\n[[delegates]]\nmember = \"beta\"\ncontributor = \"bo\"\n";
    let mut roster = roster.replacen("schema = 1\n", delegate, 1);
    for (bare, with) in [account("ana", 12), account("bo", 34)] {
        roster = roster.replace(&bare, &with);
    }
    sandbox.write("narrative/roster.toml", roster);
    sandbox.write("narrative/1-size/agreed.md", "We are small. We are many.\n");
    sandbox.commit("accounts");
    sandbox
}

/// Commits files on a branch of their own, which is then at hand.
pub fn proposed(sandbox: &Sandbox, files: &[(&str, &str)]) {
    sandbox.git(["switch", "-q", "-c", "proposal"]);
    for (path, text) in files {
        sandbox.write(path, text);
    }
    sandbox.git(["add", "-A"]);
    let commit = sandbox.git_call(["commit", "-q", "-m", "a proposal"]);
    commit.by("bo").run().succeeds();
}

/// What `check` says of the proposal if it is taken for somebody's; nothing is ever written.
pub fn checked(sandbox: &Sandbox, who: &str) -> Run {
    looked(
        sandbox,
        sandbox.onetext(["check", "--proposal", "main", "--as", who]),
    )
}

/// Makes a look at a proposal, and insists that nothing is written.
fn looked(sandbox: &Sandbox, look: Call) -> Run {
    let state = |sandbox: &Sandbox| {
        let refs = sandbox.git(["for-each-ref"]);
        let status = sandbox.git(["status", "--porcelain"]);
        (sandbox.files(), refs, status)
    };
    let before = state(sandbox);
    let run = look.run();
    assert_eq!(state(sandbox), before, "something was written");
    run
}

/// The event of a forge about the commit at hand: who opened it, and who has changed it last.
pub fn event(sandbox: &Sandbox, opened: (&str, u32), last: (&str, u32)) -> String {
    let user = |(login, id): (&str, u32)| serde_json::json!({"login": login, "id": id});
    let commit = sandbox.git(["rev-parse", "HEAD"]).trim().to_owned();
    let event = serde_json::json!({
        "action": "synchronize",
        "pull_request": {"user": user(opened), "head": {"sha": commit}},
        "sender": user(last),
    });
    event.to_string()
}

/// Runs `check --proposal main` as a run of GitHub's about an event.
pub fn on_github(sandbox: &Sandbox, event: &str) -> Run {
    let file = sandbox.path().join(".git/event.json");
    std::fs::write(&file, event).expect("a file can be written");
    let call = sandbox.onetext(["check", "--proposal", "main"]);
    let file = file.to_string_lossy();
    let call = call
        .with("GITHUB_EVENT_PATH", &file)
        .with("GITHUB_SERVER_URL", "https://github.com");
    looked(sandbox, call)
}
