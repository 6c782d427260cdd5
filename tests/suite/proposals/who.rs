//! Whose a proposal is: by the forge's account or a signature, never by what a commit says of itself.

use ssh_key::{HashAlg, LineEnding};

use super::{event, narrative, on_github, proposed};
use crate::sandbox::Sandbox;
use crate::trust::keys::{key, public};

const BO: &str = "narrative/1-size/drafts/bo.md";

fn with_draft() -> Sandbox {
    let sandbox = narrative();
    proposed(&sandbox, &[(BO, "We are tiny.\n")]);
    sandbox
}

#[test]
fn an_address_is_no_proof() {
    let sandbox = with_draft();
    let run = sandbox.run(["check", "--proposal", "main"]).exits_with(1);
    run.says("by somebody who is not known")
        .says("the commit says bo <bo@example.org>, 1 March 2026")
        .says("refused  narrative/1-size/drafts/bo.md")
        .says("no forge names the author, and the commit is not signed");
    let amend = sandbox.git_call(["commit", "-q", "--amend", "--reset-author", "--no-edit"]);
    let address = "34+bo@users.noreply.github.com";
    amend.with("GIT_AUTHOR_EMAIL", address).run().succeeds();
    sandbox
        .run(["check", "--proposal", "main"])
        .exits_with(1)
        .says("the commit's address is that of `bo`, which anybody can write");
}

#[test]
fn an_account_is_known_by_login_and_number() {
    let sandbox = with_draft();
    on_github(&sandbox, &event(&sandbox, ("bo", 34), ("bo", 34)))
        .succeeds()
        .says("by `bo`, known by the account `bo`, number 34, on github.com");
    on_github(&sandbox, &event(&sandbox, ("zed", 9), ("zed", 9)))
        .exits_with(1)
        .says("nobody in the roster has the account `zed`, number 9, on github.com")
        .says("onetext roster account ID github.com zed 9");
    on_github(&sandbox, &event(&sandbox, ("bob", 34), ("bob", 34)))
        .succeeds()
        .says("`bo` was `bo` on github.com and is `bob` now");
    // What is no proposal, such as a push, names nobody.
    on_github(&sandbox, "{\"ref\": \"refs/heads/main\"}").exits_with(1);
    on_github(&sandbox, "no event")
        .exits_with(2)
        .warns("is no event of a forge");
}

#[test]
fn an_event_about_another_commit_says_nothing_of_this_one() {
    let sandbox = with_draft();
    let earlier = event(&sandbox, ("bo", 34), ("bo", 34));
    on_github(&sandbox, &earlier.replace("\"sha\":\"", "\"sha\":\"0"))
        .exits_with(1)
        .says("the forge's event is about another commit");
}

#[test]
fn a_facilitators_rights_end_where_somebody_else_has_pushed() {
    let sandbox = narrative();
    proposed(&sandbox, &[("narrative/roster.toml", "schema = 1\n")]);
    let by = |opened, last| on_github(&sandbox, &event(&sandbox, opened, last));
    by(("ana", 12), ("ana", 12)).says("allowed  narrative/roster.toml");
    by(("ana", 12), ("bo", 34))
        .exits_with(1)
        .says("refused  narrative/roster.toml");
    by(("bo", 34), ("ana", 12))
        .exits_with(1)
        .says("refused  narrative/roster.toml");
}

#[test]
fn gitlab_names_who_has_started_the_run() {
    let sandbox = with_draft();
    let roster = sandbox.read("narrative/roster.toml");
    sandbox.git(["switch", "-q", "main"]);
    sandbox.write(
        "narrative/roster.toml",
        roster.replace("github.com", "gitlab.com"),
    );
    sandbox.commit("elsewhere");
    let check = |login: &str, number: &str| {
        sandbox
            .onetext(["check", "--proposal", "main", "--at", "proposal"])
            .with("CI_MERGE_REQUEST_IID", "1")
            .with("CI_SERVER_HOST", "gitlab.com")
            .with("GITLAB_USER_LOGIN", login)
            .with("GITLAB_USER_ID", number)
            .run()
    };
    check("bo", "34")
        .succeeds()
        .says("known by the account `bo`, number 34, on gitlab.com");
    check("bo", "35").exits_with(1).says("identity changed");
    // A facilitator starts runs of others' proposals.
    check("ana", "12")
        .exits_with(1)
        .says("no forge names the author");
}

/// The proposed commit once more, signed with somebody's key, and with something in its message that is not signed.
fn signed(sandbox: &Sandbox, who: &str, after: &str) {
    let commit = sandbox.git(["cat-file", "commit", "proposal"]);
    let signature = key(who).sign("git", HashAlg::Sha512, commit.as_bytes());
    let armor = signature.and_then(|signature| signature.to_pem(LineEnding::LF));
    let armor = armor
        .expect("a key can sign")
        .trim_end()
        .replace('\n', "\n ");
    let (head, message) = commit.split_once("\n\n").expect("a commit has a message");
    let whole = format!("{head}\ngpgsig {armor}\n\n{message}{after}");
    let write = sandbox.git_call(["hash-object", "-t", "commit", "-w", "--stdin"]);
    let id = write.given(whole).run().succeeds().stdout;
    sandbox.git(["branch", "-f", "proposal", id.trim()]);
}

#[test]
fn a_signature_tells_an_author_by_the_key() {
    let sandbox = with_draft();
    sandbox.git(["switch", "-q", "main"]);
    let check = || sandbox.run(["check", "--proposal", "main", "--at", "proposal"]);
    signed(&sandbox, "bo", "");
    check()
        .exits_with(1)
        .says("signed by a key that nobody in the roster has:\n  SHA256:");
    sandbox
        .run([
            "roster",
            "key",
            "bo",
            &public("bo"),
            "--until",
            "2026-03-02",
        ])
        .succeeds();
    check()
        .succeeds()
        .says("by `bo`, known by a signature with the key SHA256:");
    sandbox.days_pass(2);
    check()
        .exits_with(1)
        .says("signed by a key of `bo` that held until 2 March 2026");
}

#[test]
fn a_signature_over_other_bytes_tells_nobody() {
    let sandbox = with_draft();
    sandbox.git(["switch", "-q", "main"]);
    sandbox
        .run(["roster", "key", "bo", &public("bo")])
        .succeeds();
    signed(&sandbox, "bo", "and more\n");
    sandbox
        .run(["check", "--proposal", "main", "--at", "proposal"])
        .exits_with(1)
        .says("the commit's signature does not hold for it");
}
