//! Files and words by which somebody claims to be more than she is.

use super::{Entry, blob, committed, planted, proposes, refused};
use crate::proposals::{event, narrative, on_github, proposed};
use crate::sandbox::Sandbox;
use crate::trust::inert::{booby_trapped, forget_marker, unmarked};

const CHI: &str = "narrative/1-size/drafts/chi.md";

const ATTRIBUTES: &str = "* merge=union\n* merge=evil\n* filter=evil\n* diff=evil\n*.md -diff\n* export-ignore\n\
                          * export-subst\n* working-tree-encoding=UTF-16\n* text eol=crlf\n";

#[test]
fn attributes_are_refused_and_change_nothing() {
    let sandbox = narrative();
    let id = blob(&sandbox, ATTRIBUTES);
    for (folders, path) in [
        (&[][..], ".gitattributes"),
        (&["narrative"], "narrative/.gitattributes"),
    ] {
        let entry = Entry {
            mode: "100644",
            name: b".gitattributes",
            id: &id,
        };
        proposes(&sandbox, &planted(&sandbox, folders, &entry));
        refused(&sandbox, "bo").says(&format!("{path}: error proposal-path"));
    }
}

/// The files of a merge and of a release that were made in a repository whose attributes are set by hand.
fn made(set: impl Fn(&Sandbox)) -> Vec<(String, Vec<u8>)> {
    let sandbox = crate::editions::narrative();
    let draft = "Tech co-ops are many: the list has 171 entries [@list]. It grows.\n";
    sandbox.write("narrative/1-size/drafts/bo.md", draft);
    sandbox.commit("a draft by bo");
    booby_trapped(&sandbox);
    set(&sandbox);
    forget_marker(&sandbox);
    sandbox.run(["merge"]).says("1-size");
    let release = ["release", "v2026.03.0", "--draft", "--no-tag"];
    sandbox.run(release).succeeds();
    unmarked(&sandbox);
    let mut files = sandbox.files();
    files.retain(|(name, _)| name != ".gitattributes");
    files
}

/// Commits a file of attributes past every check, with the bytes that it has.
fn commits(sandbox: &Sandbox, folders: &[&str], attributes: &str) {
    let entry = Entry {
        mode: "100644",
        name: b".gitattributes",
        id: &blob(sandbox, attributes),
    };
    let commit = committed(sandbox, &planted(sandbox, folders, &entry));
    sandbox.git(["update-ref", "refs/heads/main", &commit]);
    sandbox.write(
        &[folders, &[".gitattributes"]].concat().join("/"),
        attributes,
    );
}

#[test]
fn attributes_change_no_merge_and_no_release() {
    let own = |attributes: &'static str| {
        made(|sandbox| {
            sandbox.write(".git/info/attributes", attributes);
        })
    };
    assert!(own(ATTRIBUTES) == own(""), "attributes of the clone count");
    // A commit with another file has another id, and these tell which commit was released.
    let telling = ["CITATION.cff", "SHA256SUMS", "manifest.json"];
    let committed = |attributes: &'static str| {
        let mut files = made(|sandbox| commits(sandbox, &[], attributes));
        files.retain(|(name, _)| !telling.iter().any(|end| name.ends_with(end)));
        files
    };
    let files = committed(ATTRIBUTES);
    assert!(files.len() > 10, "a release has more files than these");
    assert!(
        files == committed("# none\n"),
        "attributes of a commit count"
    );
}

#[test]
fn attributes_within_a_narrative_are_no_part_of_it() {
    let sandbox = narrative();
    commits(&sandbox, &["narrative"], ATTRIBUTES);
    for command in [&["status"][..], &["merge"], &["release", "v2026.03.0"]] {
        crate::receive::refused(&sandbox, command, 1)
            .warns("`narrative/.gitattributes` is a name that git keeps for itself");
    }
}

#[test]
fn a_mailmap_makes_nobody_a_facilitator() {
    let sandbox = narrative();
    let map = "ana <ana@example.org> bo <bo@example.org>\n";
    proposed(&sandbox, &[(".mailmap", map)]);
    let run = on_github(&sandbox, &event(&sandbox, ("bo", 34), ("bo", 34))).exits_with(1);
    run.says("by `bo`, known by the account `bo`, number 34")
        .says("the commit says bo <bo@example.org>")
        .says(".mailmap: error proposal-path");
}

#[test]
fn a_login_with_another_number_has_no_rights() {
    let sandbox = narrative();
    proposed(&sandbox, &[("narrative/roster.toml", "schema = 1\n")]);
    let run = on_github(&sandbox, &event(&sandbox, ("ana", 99), ("ana", 99))).exits_with(1);
    run.says("identity changed: `ana` on github.com was number 12 and is number 99 now")
        .says("refused  narrative/roster.toml");
}

#[test]
fn trailers_and_dates_give_no_rights() {
    for (seconds, told) in [("0", "1 January 1970"), ("4291747200", "1 January 2106")] {
        let sandbox = narrative();
        proposed(&sandbox, &[(CHI, "Not mine.\n")]);
        let message = "by others\n\nCo-authored-by: chi <chi@example.org>\nSigned-off-by: ana <ana@example.org>";
        let date = format!("@{seconds} +0000");
        sandbox
            .git_call(["commit", "-q", "--amend", "-m", message, "--date", &date])
            .by("bo")
            .with("GIT_COMMITTER_DATE", &date)
            .run()
            .succeeds();
        let run = on_github(&sandbox, &event(&sandbox, ("bo", 34), ("bo", 34))).exits_with(1);
        run.says(&format!("{CHI}: error proposal-path"))
            .says("the file belongs to `chi`, and the proposal is by `bo`")
            .says("narrative: warning proposal-date")
            .says(&format!("the commit says that it is of {told}"));
    }
}
