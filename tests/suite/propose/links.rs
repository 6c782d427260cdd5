//! Where drafts are written in the browser.

use crate::sandbox::Sandbox;
use crate::servers::{Server, WEB};

use super::{DRAFT, with_draft};

#[test]
fn each_question_has_a_page_to_begin_or_to_change_a_draft() {
    let sandbox = with_draft();
    let server = Server::forgejo(&sandbox);
    let links = |arguments: &[&str]| {
        let all = ["status", "--links"].iter().chain(arguments);
        sandbox.onetext(all).by("bo").run().succeeds()
    };
    // What only she has, the forge cannot open.
    links(&[])
        .says(&format!("{WEB}/_new/main?filename={DRAFT}"))
        .says(&format!(
            "{WEB}/_new/main?filename=narrative/2-values/drafts/bo.md"
        ));
    sandbox.commit("a draft by bo");
    sandbox.git(["push", "-q", "origin", "main"]);
    links(&["1"]).says(&format!(
        "`bo` changes her draft here\n  {WEB}/_edit/main/{DRAFT}\n"
    ));
    let report = links(&["--as", "chi", "--json", "1"]).json();
    assert_eq!(report["contributor"], "chi");
    assert_eq!(report["questions"][0]["does"], "new");
    let page = format!("{WEB}/_new/main?filename=narrative/1-size/drafts/chi.md");
    assert_eq!(report["questions"][0]["link"], page);
    drop(server);
}

#[test]
fn the_remote_tells_the_forge_without_being_asked() {
    let sandbox = Sandbox::with_narrative();
    let none = || sandbox.run(["status", "--links"]).exits_with(2);
    none().warns("[forge]");
    sandbox.git(["remote", "add", "origin", "git@gitlab.com:co-ops/story.git"]);
    sandbox.run(["status", "--links", "2"]).succeeds().says(
        "https://gitlab.com/co-ops/story/-/new/main?file_name=narrative/2-values/drafts/ana.md",
    );
    sandbox.git([
        "remote",
        "set-url",
        "origin",
        "https://git.example.org/co-ops/story",
    ]);
    none().warns("`kind = \"github\"`");
}

#[test]
fn an_unknown_kind_or_address_of_a_forge_is_told_with_its_line() {
    for (lines, told) in [
        ("kind = \"sourceforge\"", "narrative.toml:4:8: "),
        (
            "url = \"git@example.org:a/b\"",
            "is no web address of a repository",
        ),
        ("host = \"example.org\"", "unknown key `host`"),
    ] {
        let sandbox = Sandbox::with_narrative();
        let config = format!("schema = 1\ntitle = \"Tech co-ops\"\n[forge]\n{lines}\n");
        sandbox.write("narrative/narrative.toml", config);
        sandbox.run(["status", "--links"]).exits_with(1).warns(told);
    }
}
