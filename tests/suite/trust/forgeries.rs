//! Each forgery is told as what it is; git's own check would pass several of them.

use super::keys::{VERSION, armor, keyed, point, publish, released, roster, store};
use crate::receive::state;
use crate::release::draft;
use crate::sandbox::{Run, Sandbox};

/// Whoever only looks changes nothing, whatever she finds.
fn verified(sandbox: &Sandbox) -> Run {
    looked(sandbox, &["verify", VERSION])
}

fn looked(sandbox: &Sandbox, command: &[&str]) -> Run {
    let before = state(sandbox);
    let run = sandbox.run(command);
    assert!(before == state(sandbox), "something was written\n{run:?}");
    run
}

#[test]
fn a_release_that_a_facilitator_signed_is_good() {
    let sandbox = keyed("");
    released(&sandbox, "ana");
    let run = verified(&sandbox).succeeds();
    run.says("signed by ana  SHA256:")
        .says("same release.tag.sig")
        .says("is release 2026.03.0, byte for byte");
    let json = sandbox.run(["verify", VERSION, "--json"]).succeeds().json();
    assert_eq!(json["verdict"], "good");
    assert_eq!(json["signed-by"], "ana");
    let id = sandbox.git(["rev-parse", VERSION]);
    assert_eq!(json["swhid"], format!("swh:1:rel:{}", id.trim()));
}

#[test]
fn files_that_are_not_there_are_made_again() {
    let sandbox = keyed("");
    released(&sandbox, "ana");
    std::fs::remove_dir_all(sandbox.path().join("dist")).expect("they were made");
    sandbox
        .run(["verify", VERSION])
        .exits_with(2)
        .warns("there are no files of 2026.03.0 in `dist/2026.03.0`")
        .warns("next: onetext release v2026.03.0 --again");
    sandbox.run(["release", VERSION, "--again"]).succeeds();
    verified(&sandbox).succeeds();
    let never = sandbox.run(["verify", "v2026.09.1"]).exits_with(2);
    never.warns("there is no release `v2026.09.1`");
}

#[test]
fn a_contributor_cannot_sign_in_a_facilitators_name() {
    let sandbox = keyed("");
    released(&sandbox, "bo");
    verified(&sandbox).exits_with(5).says(
        "bad signed by `bo`, not by a facilitator; the tag names <ana@example.org> as its tagger",
    );
}

#[test]
fn a_facilitator_cannot_sign_in_anothers_name() {
    let sandbox = keyed("");
    released(&sandbox, "dee");
    verified(&sandbox)
        .exits_with(5)
        .says("bad signed by `dee`, but the tag names <ana@example.org> as its tagger");
}

#[test]
fn nobody_makes_herself_a_facilitator_by_what_she_tags() {
    let sandbox = keyed("");
    let own = roster("").replace("facilitator = false", "facilitator = true");
    sandbox.write("narrative/roster.toml", own);
    sandbox.commit("me too");
    sandbox.run(["release", VERSION, "--unsigned"]).succeeds();
    let payload = sandbox
        .git(["cat-file", "tag", VERSION])
        .replace("ana", "bo");
    publish(&sandbox, &payload, &armor("bo", "git", &payload));
    verified(&sandbox)
        .exits_with(5)
        .says("bad signed by `bo`, not by a facilitator\n");
}

#[test]
fn an_old_tag_under_a_new_name_is_told() {
    let sandbox = keyed("");
    released(&sandbox, "ana");
    let old = sandbox.git(["rev-parse", VERSION]);
    point(&sandbox, "v2026.03.1", old.trim());
    looked(&sandbox, &["verify", "v2026.03.1", "dist/2026.03.0"])
        .exits_with(5)
        .says("calls itself `v2026.03.0`: an old tag under a new name");
}

#[test]
fn a_moved_tag_is_told_with_both_ids() {
    let sandbox = keyed("");
    released(&sandbox, "ana");
    let was = sandbox.git(["rev-parse", VERSION]);
    let payload = sandbox.git(["cat-file", "tag", VERSION]);
    let payload = payload
        .split("-----BEGIN")
        .next()
        .expect("a text")
        .to_owned();
    let old = sandbox.git(["rev-parse", "HEAD"]);
    draft(&sandbox, "It is tiny, and it grows.\n\nNobody counts it.\n");
    sandbox.run(["merge", "1"]).succeeds();
    let new = sandbox.git(["rev-parse", "HEAD"]);
    let payload = payload.replace(old.trim(), new.trim());
    let now = store(
        &sandbox,
        &format!("{payload}{}", armor("ana", "git", &payload)),
    );
    point(&sandbox, VERSION, &now);
    let run = verified(&sandbox).exits_with(5);
    run.says(&format!(
        "came with the tag object {}, and the ref leads to {now}",
        was.trim()
    ))
    .says(&format!(
        "made from the commit {}, and the tag names {}",
        old.trim(),
        new.trim()
    ))
    .says("differs media.md");
    point(&sandbox, "kept", was.trim());
    verified(&sandbox)
        .exits_with(5)
        .says("the tag has a rival: `refs/tags/kept`");
}

#[test]
fn a_remote_that_has_another_tag_is_told() {
    let sandbox = keyed("");
    released(&sandbox, "ana");
    sandbox.git(["init", "-q", "--bare", "../remote.git"]);
    sandbox.git(["remote", "add", "origin", "../remote.git"]);
    let asked = ["verify", VERSION, "--remote", "origin"];
    looked(&sandbox, &asked)
        .exits_with(5)
        .says("`origin` has no such tag");
    sandbox.git(["push", "-q", "origin", "main", VERSION]);
    sandbox.run(asked).succeeds();
    let theirs = sandbox.git(["rev-parse", VERSION]);
    let payload = sandbox.git(["cat-file", "tag", VERSION]);
    let payload = payload
        .split("-----BEGIN")
        .next()
        .expect("a text")
        .to_owned()
        + "More.\n";
    publish(&sandbox, &payload, &armor("ana", "git", &payload));
    let run = looked(&sandbox, &asked).exits_with(5);
    run.says(&format!("`origin` has the tag object {}", theirs.trim()));
    sandbox
        .run(["verify", VERSION, "--remote", "nowhere"])
        .exits_with(2)
        .warns("`nowhere`");
}

#[test]
fn a_commit_that_is_not_on_the_main_branch_is_told() {
    let sandbox = keyed("");
    sandbox.git(["switch", "-q", "-c", "aside"]);
    sandbox.commit("aside");
    let refused = sandbox
        .run(["release", VERSION, "--unsigned"])
        .exits_with(4);
    refused
        .warns("is not on the main branch")
        .warns("merge the branch");
    assert!(!sandbox.has("dist"));
    let commit = sandbox.git(["rev-parse", "HEAD"]);
    sandbox.git(["switch", "-q", "main"]);
    sandbox.run(["release", VERSION, "--unsigned"]).succeeds();
    let main = sandbox.git(["rev-parse", "HEAD"]);
    let payload = sandbox.git(["cat-file", "tag", VERSION]);
    let payload = payload.replace(main.trim(), commit.trim());
    publish(&sandbox, &payload, &armor("ana", "git", &payload));
    let told = format!("the commit {} is not on the main branch", commit.trim());
    verified(&sandbox).exits_with(5).says(&told);
}

#[test]
fn altered_files_sums_and_manifests_are_named_with_what_differs() {
    let sandbox = keyed("");
    released(&sandbox, "ana");
    let alter = |name: &str, from: &str, to: &str| {
        let path = format!("dist/2026.03.0/{name}");
        let text = sandbox.read(&path);
        assert!(text.contains(from), "{text}");
        sandbox.write(&path, text.replacen(from, to, 1));
        let run = verified(&sandbox).exits_with(5);
        sandbox.write(&path, text);
        run
    };
    alter("media.md", "small", "tall")
        .says("differs media.md")
        .says("tall, and it grows")
        .says("same media.html");
    alter("SHA256SUMS", "  media.md", "  media.md.old")
        .says("differs SHA256SUMS")
        .says("media.md.old`, released as");
    alter("manifest.json", "settled", "agreed").says("differs manifest.json");
    alter("release.tag.sig", "BEGIN SSH", "BEGIN  SSH").says("differs release.tag.sig");
    verified(&sandbox).succeeds();
    sandbox.write("dist/2026.03.0/notes.txt", "more\n");
    verified(&sandbox).exits_with(5).says("extra notes.txt");
    std::fs::remove_file(sandbox.path().join("dist/2026.03.0/notes.txt")).expect("it is there");
    std::fs::remove_file(sandbox.path().join("dist/2026.03.0/media.txt")).expect("it is there");
    verified(&sandbox).exits_with(5).says("missing media.txt");
}

#[test]
fn what_was_changed_after_it_was_signed_does_not_fit() {
    let sandbox = keyed("");
    released(&sandbox, "ana");
    let object = sandbox.git(["cat-file", "tag", VERSION]);
    let at = object.find("-----BEGIN").expect("it is signed");
    let (payload, armor) = object.split_at(at);
    publish(&sandbox, &payload.replace("Settled", "Agreed"), armor);
    verified(&sandbox)
        .exits_with(5)
        .says("the signature does not fit: the tag was changed after it was signed");
}

#[test]
fn a_lightweight_tag_and_one_that_is_no_tag_are_told() {
    let sandbox = keyed("");
    released(&sandbox, "ana");
    sandbox.git(["update-ref", "refs/tags/v2026.03.0", "HEAD"]);
    verified(&sandbox)
        .exits_with(5)
        .warns("the tag `v2026.03.0` is lightweight: it names a commit, and nobody signed it");
}

/// Whoever can write into the folder of objects, or name another one to borrow from, could put a roster of her own in the
/// place of the true one.
#[test]
fn an_object_that_is_not_what_its_id_says_is_not_believed() {
    let sandbox = keyed("");
    released(&sandbox, "bo");
    let id = |revision: &str| sandbox.git(["rev-parse", revision]).trim().to_owned();
    let of = |id: &str| format!("{}/{}", &id[..2], &id[2..]);
    let own = id("HEAD:narrative/roster.toml");
    let roster = sandbox.read("narrative/roster.toml");
    let forged = roster.replace("facilitator = false", "facilitator = true");
    let hashed = sandbox.git_call(["hash-object", "-w", "--stdin"]);
    let forged = hashed.given(forged).run().succeeds().stdout;
    let bytes = std::fs::read(
        sandbox
            .path()
            .join(format!(".git/objects/{}", of(forged.trim()))),
    );
    let bytes = bytes.expect("git wrote it");
    let place = sandbox.path().join(format!(".git/objects/{}", of(&own)));
    std::fs::remove_file(&place).expect("it was there");
    // In its place, and in a folder that the repository borrows from.
    sandbox.write(&format!(".git/objects/{}", of(&own)), &bytes);
    verified(&sandbox).exits_with(5).warns(&own);
    std::fs::remove_file(&place).expect("it was there");
    sandbox.write(&format!("../borrowed/{}", of(&own)), &bytes);
    let borrowed = sandbox.path().join("../borrowed");
    sandbox.write(
        ".git/objects/info/alternates",
        format!("{}\n", borrowed.display()),
    );
    verified(&sandbox).exits_with(5).warns(&own);
}
