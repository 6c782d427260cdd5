//! The guides, one page for each kind of reader: their commands, run in a world that each page takes for granted.

use std::path::Path;

use tempfile::TempDir;

use crate::console::{Reader, holds, shell};

const FAY: Reader<'_> = Reader {
    name: "Fay",
    now: 1_772_524_800,
};
const MESSAGE: &str = "Hi all, can you help me with these?\n1. How big is the movement?\n\
                       2. Why do people join?\n";

fn world() -> TempDir {
    let folder = TempDir::new().expect("a folder can be made");
    std::fs::write(folder.path().join("message.txt"), MESSAGE).expect("it can be written");
    folder
}

/// Runs what comes before a page, as the facilitator.
fn before(dir: &Path, lines: &[&str]) {
    for line in lines {
        let said = shell(&format!("{line} && echo :well"), dir, FAY);
        assert!(said.trim_end().ends_with(":well"), "{line}: {said}");
    }
}

/// A narrative with one agreed text, under a rule that asks members; ana speaks for alpha.
fn agreed(dir: &Path) {
    before(
        dir,
        &[
            "onetext init press --from message.txt --title 'Tech co-ops'",
            "cd press && onetext roster add fay --name Fay --email fay@example.org --facilitator",
            "cd press && onetext roster member alpha --name 'Alpha Co-op'",
            "cd press && onetext roster add ana --name Ana --email ana@example.org --member alpha",
            "cd press && onetext roster delegate ana --for alpha",
            "cd press && sed -i 's/^rule = .*/rule = \"consent\"\\ndays = 0/' narrative/narrative.toml",
            "cd press && sed -i '/^headline/d; s/^# \\[\\[contacts\\]\\]/[[contacts]]/; s/^# name = \"Press desk\"/name = \"Press desk\"/; s/^# email = \"press/email = \"press/' narrative/narrative.toml",
            "cd press && git rm -rq narrative/2-join && git commit -qam 'one question'",
            "cd press && echo 'About forty firms take part.' | onetext draft 1 --as ana --stdin",
            "cd press && onetext merge 1",
        ],
    );
}

/// A narrative whose facilitator shares it by a repository on this machine, and a clone of it that is ana's.
fn shared(dir: &Path) {
    before(
        dir,
        &[
            "onetext init origin --from message.txt --title 'Tech co-ops'",
            "cd origin && onetext roster add ana --name Ana --email ana@example.org",
            "git clone -q --bare origin shared.git",
            "git clone -q shared.git press",
            "cd press && git remote set-url origin ../shared.git",
        ],
    );
}

#[test]
fn the_contributors_page_shows_what_is_printed() {
    let folder = world();
    shared(folder.path());
    let ana = Reader { name: "Ana", ..FAY };
    holds("templates/guide/contributor.md", folder.path(), ana);
}

// It counts the files of a release, PDF among them.
#[cfg(feature = "pdf")]
#[test]
fn the_facilitators_page_shows_what_is_printed() {
    let folder = world();
    holds("templates/guide/facilitator.md", folder.path(), FAY);
}

#[test]
fn the_members_page_shows_what_is_printed() {
    let folder = world();
    agreed(folder.path());
    let ana = Reader { name: "Ana", ..FAY };
    holds("templates/guide/member.md", folder.path(), ana);
}

#[test]
fn the_readers_page_shows_what_is_printed() {
    let folder = world();
    agreed(folder.path());
    before(
        folder.path(),
        &[
            "cd press && onetext release v2026.03.0 --unsigned",
            "cd press && echo 'About fifty firms take part.' | onetext draft 1 --as ana --stdin",
            "cd press && onetext merge 1",
            "cd press && onetext release v2026.03.1 --unsigned",
        ],
    );
    holds("templates/guide/reader.md", folder.path(), FAY);
}
