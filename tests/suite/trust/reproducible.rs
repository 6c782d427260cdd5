//! The same commit gives the same bytes in any folder, for any user, in any zone, locale and number of threads.

use super::keys::{VERSION, keyed, released};
use crate::sandbox::Sandbox;

/// Worlds in which a release must come out alike.
const WORLDS: [[(&str, &str); 5]; 3] = [
    [
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "tr_TR.UTF-8"),
        ("USER", "fay"),
        ("RAYON_NUM_THREADS", "1"),
    ],
    [
        ("TZ", "America/St_Johns"),
        ("LC_ALL", "C"),
        ("LANG", "de_DE.UTF-8"),
        ("USER", "gil"),
        ("RAYON_NUM_THREADS", "2"),
    ],
    [
        ("TZ", "UTC"),
        ("LC_ALL", "ar_EG.UTF-8"),
        ("LANG", "C"),
        ("USER", "root"),
        ("RAYON_NUM_THREADS", "5"),
    ],
];

/// A clone of a repository in another folder, with its released files.
fn cloned(source: &Sandbox) -> Sandbox {
    let sandbox = Sandbox::new();
    let from = source.path().display().to_string();
    sandbox.git(["clone", "-q", "--no-local", &from, "."]);
    for (name, bytes) in source.files() {
        if name.starts_with("dist/") {
            sandbox.write(&name, bytes);
        }
    }
    sandbox
}

#[test]
fn the_same_tag_gives_the_same_bytes_anywhere() {
    let source = keyed("");
    released(&source, "ana");
    let untagged = ["release", "v2026.04.0", "--no-tag", "--out", "out"];
    source.run(untagged).succeeds();
    let expected: Vec<_> = source
        .files()
        .into_iter()
        .filter(|(name, _)| name.starts_with("out/"))
        .collect();
    assert!(expected.len() > 10, "{}", expected.len());
    for (world, days) in WORLDS.iter().zip([1, 400, 4000]) {
        let sandbox = cloned(&source);
        sandbox.days_pass(days);
        for arguments in [&["verify", VERSION][..], &untagged[..]] {
            let call = sandbox.onetext(arguments).by("gil");
            let call = world
                .iter()
                .fold(call, |call, (name, value)| call.with(name, value));
            call.run().succeeds();
        }
        for (name, bytes) in &expected {
            let path = sandbox.path().join(name);
            assert!(
                std::fs::read(path).expect("it is there") == *bytes,
                "{name} {world:?}"
            );
        }
    }
}
