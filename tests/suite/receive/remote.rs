//! Remotes that are slow, that lie, that break off, and that change between the look and the merge.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;

use super::{by, proposes, refused, shared};
use crate::sandbox::Sandbox;

/// A server of git's own protocol that does one thing with whoever comes, and its address.
fn server(answer: fn(TcpStream)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback is there");
    let port = listener.local_addr().expect("it is bound").port();
    std::thread::spawn(move || {
        listener.incoming().flatten().for_each(answer);
    });
    format!("git://127.0.0.1:{port}/hub.git")
}

fn at(address: &str) -> Sandbox {
    let sandbox = shared();
    sandbox.git(["remote", "set-url", "origin", address]);
    sandbox
}

#[test]
fn a_remote_that_hangs_is_given_up() {
    let address = server(|mut stream| {
        let mut asked = Vec::new();
        // It reads for ever and says nothing.
        let _ = stream.read_to_end(&mut asked);
    });
    let sandbox = at(&address);
    let run = refused(&sandbox, &["receive", "7", "--timeout", "1"], 2);
    run.warns("`git` did not come to an end");
}

#[test]
fn a_remote_that_breaks_off_is_told() {
    let sandbox = at(&server(drop));
    refused(&sandbox, &["receive"], 2).warns("the remote `origin` could not be asked");
}

#[test]
fn what_a_remote_says_cannot_move_the_cursor() {
    let address = server(|mut stream| {
        let mut asked = [0; 512];
        let _ = stream.read(&mut asked);
        let words = "ERR \u{1b}[2Jgo to https://example.org.evil.example/login";
        let _ = write!(stream, "{:04x}{words}", words.len() + 4);
    });
    let sandbox = at(&address);
    let run = refused(&sandbox, &["receive"], 2);
    let told = run
        .warns("could not be asked")
        .warns("go to (a link to another host)")
        .stderr;
    let obeyed = ["\u{1b}", "evil.example"];
    assert!(!obeyed.iter().any(|words| told.contains(words)), "{told:?}");
}

#[test]
fn a_remote_that_is_not_there_is_told() {
    let sandbox = at("../no-such.git");
    let run = refused(&sandbox, &["receive"], 2);
    run.warns("the remote `origin` could not be asked")
        .warns("git remote --verbose");
}

#[test]
fn what_changes_between_the_look_and_the_merge_is_not_taken_in() {
    let sandbox = shared();
    let old = proposes(&sandbox, "bo", "We are small.\n");
    sandbox.write("../bo/narrative/1-size/drafts/bo.md", "We are large.\n");
    by(
        &sandbox,
        "bo",
        &["commit", "-q", "-a", "-m", "on second thoughts"],
    );
    by(
        &sandbox,
        "bo",
        &["push", "-q", "origin", "HEAD:refs/pull/8/head"],
    );
    let new = by(&sandbox, "bo", &["rev-parse", "HEAD"]);
    // Whoever fetches moves the proposal right after it.
    let git = std::env::split_paths(&std::env::var_os("PATH").expect("there is a path"))
        .map(|folder| folder.join("git"))
        .find(|git| git.is_file())
        .expect("there is git");
    let git = git.display();
    let script = format!(
        "#!/bin/sh\n'{git}' \"$@\"\ncode=$?\ncase \" $* \" in *' fetch '*)\n\
         unset GIT_OBJECT_DIRECTORY; '{git}' -C ../hub.git update-ref refs/pull/7/head {} ;; esac\nexit $code\n",
        new.trim()
    );
    sandbox.write("../bin/git", script);
    let wrapper = sandbox.path().join("../bin/git");
    std::fs::set_permissions(&wrapper, std::fs::Permissions::from_mode(0o755))
        .expect("it is there");
    let path = std::env::var("PATH").expect("there is a path");
    let path = format!("{}:{path}", sandbox.path().join("../bin").display());
    let before = (sandbox.files(), sandbox.git(["rev-parse", "HEAD"]));
    let call = sandbox.onetext(["receive", "7", "--as", "bo", "--yes"]);
    let run = call.with("PATH", &path).run().exits_with(3);
    run.warns(&format!(
        "the proposal changed: review {}..{}",
        &old[..7],
        &new[..7]
    ))
    .warns("next: onetext receive 7 --as bo");
    assert!(before == (sandbox.files(), sandbox.git(["rev-parse", "HEAD"])));
}
