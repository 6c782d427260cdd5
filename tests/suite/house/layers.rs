//! A module imports only from modules above it on the map; the pure ones name nothing that reads or changes the
//! world; each heavy crate is named in one file.

use std::fs;
use std::path::Path;

use super::source::{Source, read_all};

/// The modules that may do more than turn values into values.
const IMPURE: [&str; 2] = ["store", "cli"];

/// Parts of the standard library that reach out of the program.
const WORLD: [&str; 7] = ["env", "fs", "io", "net", "os", "process", "thread"];

/// Words that have no place in pure code: clocks, orders that differ from run to run, output.
const IMPURE_WORDS: [&str; 10] = [
    "SystemTime",
    "Instant",
    "HashMap",
    "HashSet",
    "RandomState",
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
    "dbg!",
];

/// Where a pure file names a part that reaches out: it reads and writes memory alone, or waits for what depends on nothing
/// else.
const CONTAINED: [(&str, &str); 3] = [
    ("parallel.rs", "thread"),
    ("render/office/archive.rs", "io"),
    ("reply/document/package.rs", "io"),
];

/// Where each crate is named. A crate that is not here may be named nowhere.
const CRATES: [(&str, &[&str]); 34] = [
    ("anstream", &["cli/terminal/stream.rs"]),
    ("anstyle", &["cli/terminal/style.rs"]),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/plumbing/completions.rs"]),
    ("clap_mangen", &["cli/plumbing/man.rs"]),
    ("comrak", &["prose/markdown.rs"]),
    ("flate2", &["store/git/objects/loose.rs"]),
    ("git2", &["store/git/"]),
    ("html5gum", &["reply/html.rs"]),
    ("indicatif", &["cli/terminal/progress.rs"]),
    ("jiff", &["narrative/time.rs"]),
    ("mail_parser", &["reply/mail.rs"]),
    ("minijinja", &["render/templates.rs"]),
    ("onetext", &["main.rs"]),
    ("quick_xml", &["reply/document/xml.rs"]),
    ("rayon", &["parallel.rs"]),
    ("sentencex", &["prose/sentence.rs"]),
    (
        "serde",
        &[
            "narrative/",
            "merge/",
            "collate/",
            "diff/",
            "agreement/",
            "release/",
            "render/",
            "reply/",
            "cli/",
        ],
    ),
    ("serde_json", &["release/", "render/", "cli/"]),
    ("sha2", &["narrative/digest.rs"]),
    ("similar", &["diff/words.rs"]),
    ("ssh_key", &["release/proof/ssh.rs"]),
    ("strsim", &["narrative/read/nearest.rs"]),
    ("tempfile", &["store/files.rs"]),
    ("terminal_size", &["cli/terminal/style.rs"]),
    ("textwrap", &["render/text.rs"]),
    ("toml", &["narrative/read/toml.rs"]),
    (
        "toml_edit",
        &["narrative/roster/edit.rs", "narrative/quotes.rs"],
    ),
    ("typst", &["render/pdf/world.rs"]),
    ("typst_kit", &["render/pdf/world.rs"]),
    ("typst_layout", &["render/pdf/world.rs"]),
    ("typst_pdf", &["render/pdf/world.rs"]),
    ("unicode_normalization", &["prose/token.rs"]),
    (
        "zip",
        &["render/office/archive.rs", "reply/document/package.rs"],
    ),
];

/// Crates that every file may name.
const EVERYWHERE: [&str; 1] = ["thiserror"];

/// Says what each file does that its place on the map does not allow.
fn violations(map: &[&str], sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        found.extend(imports_from_below(map, source));
        if map.contains(&source.module()) && !IMPURE.contains(&source.module()) {
            found.extend(impure_names(source));
        }
        found.extend(misplaced_crates(source));
    }
    found
}

fn imports_from_below(map: &[&str], source: &Source) -> Vec<String> {
    let Some(place) = map.iter().position(|module| *module == source.module()) else {
        return Vec::new();
    };
    let below = &map[place + 1..];
    let imported = source
        .names_under("crate")
        .into_iter()
        .chain(over_the_root(source));
    let said = |name: &str| {
        format!(
            "{}: `{}` imports `{name}`, which stands below it",
            source.path,
            source.module()
        )
    };
    imported
        .filter(|name| below.contains(name))
        .map(said)
        .collect()
}

/// The names reached by climbing to the root with `super::`; a module of tests stands one step deeper.
fn over_the_root(source: &Source) -> Vec<&str> {
    let steps = "super::"
        .repeat(source.depth())
        .trim_end_matches("::")
        .to_owned();
    let deeper = format!("super::{steps}");
    let mut names = source.names_under(&steps);
    names.extend(source.names_under(&deeper));
    names
}

fn impure_names(source: &Source) -> Vec<String> {
    let world = source
        .names_under("std")
        .into_iter()
        .filter(|name| WORLD.contains(name) && !CONTAINED.contains(&(source.path.as_str(), name)));
    let words = IMPURE_WORDS
        .iter()
        .copied()
        .filter(|word| source.has_word(word));
    let said = |name: &str| {
        format!(
            "{}: `{}` is pure, and names `{name}`",
            source.path,
            source.module()
        )
    };
    world.chain(words).map(said).collect()
}

fn misplaced_crates(source: &Source) -> Vec<String> {
    let misplaced = CRATES.iter().filter(|(name, files)| {
        let allowed = files.iter().any(|file| {
            source.path == *file || (file.ends_with('/') && source.path.starts_with(file))
        });
        !allowed && source.names_crate(name)
    });
    let said = |(name, files): &(&str, &[&str])| {
        format!(
            "{}: names `{name}`, which belongs to {}",
            source.path,
            files.join(", ")
        )
    };
    misplaced.map(said).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn modules_of(lib: &str) -> Vec<&str> {
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect()
}

#[test]
fn the_map_lists_the_modules_in_their_order() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let rows = lib
        .lines()
        .filter_map(|line| line.strip_prefix("//! | [`")?.split('`').next());
    assert_eq!(rows.collect::<Vec<_>>(), modules_of(&lib));
}

#[test]
fn every_file_keeps_to_its_place() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let found = violations(&modules_of(&lib), &read_all(&root().join("src")));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_dependency_has_its_file() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let part = manifest
        .split("\n[dependencies]\n")
        .nth(1)
        .expect("there are dependencies");
    let lines = part.lines().take_while(|line| !line.starts_with('['));
    for name in lines.filter_map(|line| Some(line.split_once(" =")?.0.replace('-', "_"))) {
        let placed = CRATES.iter().any(|(placed, _)| *placed == name);
        assert!(
            placed || EVERYWHERE.contains(&name.as_str()),
            "`{name}` has no row in CRATES"
        );
    }
}

/// Where, what, and how it is told.
const PLANTED: [(&str, &str, &str); 12] = [
    (
        "prose/unit.rs",
        "use crate::merge::Voice;",
        "imports `merge`",
    ),
    (
        "prose/unit.rs",
        "use crate::{prose::x, cli::Page};",
        "imports `cli`",
    ),
    (
        "prose/unit.rs",
        "fn f() { crate::store::clock::now() }",
        "imports `store`",
    ),
    (
        "prose/unit.rs",
        "use super::super::merge::Voice;",
        "imports `merge`",
    ),
    (
        "prose/mod.rs",
        "mod tests { use super::super::merge::Voice; }",
        "imports `merge`",
    ),
    (
        "merge/mod.rs",
        "use std::{collections::BTreeMap, fs};",
        "names `fs`",
    ),
    (
        "merge/mod.rs",
        "let now = std::time::SystemTime::now();",
        "names `SystemTime`",
    ),
    (
        "merge/mod.rs",
        "use std::collections::HashMap;",
        "names `HashMap`",
    ),
    ("merge/mod.rs", "println!(\"told\")", "names `println!`"),
    ("merge/mod.rs", "std::env::var(\"HOME\")", "names `env`"),
    ("store/walk.rs", "use git2::Oid;", "names `git2`"),
    (
        "merge/mod.rs",
        "let hunks = similar::capture_diff();",
        "names `similar`",
    ),
];

#[test]
fn planted_violations_are_found() {
    let map = ["prose", "merge", "store", "cli"];
    for (path, text, expected) in PLANTED {
        let found = violations(&map, &[Source::new(path, text)]);
        assert_eq!(found.len(), 1, "{path}: {text}: {found:?}");
        assert!(found[0].contains(expected), "{found:?}");
    }
}

#[test]
fn what_is_allowed_is_left_alone() {
    let map = ["prose", "merge", "store", "cli"];
    let allowed = [
        ("merge/mod.rs", "use crate::prose::Prose; use super::merge;"),
        (
            "merge/mod.rs",
            "//! As [`crate::cli`] says, no HashMap.\nlet text = \"println\";",
        ),
        ("store/files.rs", "use std::fs; use crate::prose::Prose;"),
        ("store/git/mod.rs", "use git2::Oid;"),
        (
            "cli/read/status.rs",
            "use super::super::session::Session; println!()",
        ),
    ];
    for (path, text) in allowed {
        assert!(
            violations(&map, &[Source::new(path, text)]).is_empty(),
            "{path}: {text}"
        );
    }
}

#[test]
fn every_row_of_crates_is_used() {
    let sources = read_all(&root().join("src"));
    for (name, files) in CRATES {
        let used = sources.iter().any(|source| source.names_crate(name));
        assert!(
            used,
            "`{name}` is named nowhere: take it out of Cargo.toml and CRATES"
        );
        let there = files
            .iter()
            .all(|file| root().join("src").join(file).exists());
        assert!(
            there,
            "`{name}` belongs to {}, which is not there",
            files.join(", ")
        );
    }
}
