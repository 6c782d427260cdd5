//! Names that a file may not have: some nowhere, since git or a file system takes them for something else, and some not in
//! a narrative.

/// Characters that some file systems pass over, so that a name with them is `.git` there.
///
/// Source: git's `utf8.c`, `next_hfs_char`.
const PASSED_OVER: [std::ops::RangeInclusive<char>; 4] = [
    '\u{200c}'..='\u{200f}',
    '\u{202a}'..='\u{202e}',
    '\u{206a}'..='\u{206f}',
    '\u{feff}'..='\u{feff}',
];

/// Names that Windows keeps for its devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Why nothing may have a name, wherever it stands.
pub fn harm(name: &[u8]) -> Option<&'static str> {
    let Ok(text) = std::str::from_utf8(name) else {
        return Some("a name that is not UTF-8");
    };
    match () {
        () if text.is_empty() || text == "." || text == ".." => {
            Some("a name that means another folder")
        }
        () if is_git(text) => Some("a name that git keeps for itself"),
        () if text.contains(['/', '\\']) => Some("a name with a `/` or a `\\` in it"),
        () if text.chars().any(char::is_control) => Some("a name with control characters"),
        () if text.len() > 255 => Some("a name of more than 255 bytes"),
        () => None,
    }
}

/// Why nothing in a narrative may have a name.
pub fn flaw(name: &str) -> Option<&'static str> {
    let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.');
    match () {
        () if name.ends_with(['.', ' ']) => Some("a name that ends in a dot or a blank"),
        () if name.starts_with('-') => Some("a name that starts with `-`"),
        () if is_device(name) => Some("a name that Windows keeps for a device"),
        () if name.len() > 100 => Some("a name of more than 100 bytes"),
        () if !name.chars().all(plain) => {
            Some("a name with characters other than letters, digits, `-`, `_` and `.`")
        }
        () => None,
    }
}

/// Whether a name is git's folder on some file system: in any case, with what is passed over, by its short name.
fn is_git(name: &str) -> bool {
    let passed_over = |sign: &char| PASSED_OVER.iter().any(|range| range.contains(sign));
    let seen: String = name.chars().filter(|sign| !passed_over(sign)).collect();
    // What follows a colon names a stream of the file on NTFS.
    let seen = seen.split(':').next().unwrap_or_default().to_lowercase();
    let seen = seen.trim_end_matches(['.', ' ']);
    let short = |rest: &str| !rest.is_empty() && rest.chars().all(|sign| sign.is_ascii_digit());
    seen == ".git" || seen.strip_prefix("git~").is_some_and(short)
}

/// Whether Windows keeps a name for a device, whatever follows the first dot.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let stem = stem.trim_end_matches(' ');
    let port = |rest: &str| matches!(rest.as_bytes(), [b'1'..=b'9']);
    let ports = ["com", "lpt"];
    DEVICES.contains(&stem)
        || ports
            .iter()
            .any(|kind| stem.strip_prefix(kind).is_some_and(port))
}

#[cfg(test)]
mod tests {
    use super::{flaw, harm};

    #[test]
    fn names_that_mean_something_else_are_refused_everywhere() {
        let git = [
            ".git",
            ".GIT",
            "git~1",
            "GIT~2",
            ".git\u{200c}",
            ".g\u{feff}it",
            ".git. .",
            ".git ",
            ".git::$INDEX_ALLOCATION",
        ];
        for name in git {
            assert_eq!(
                harm(name.as_bytes()),
                Some("a name that git keeps for itself"),
                "{name}"
            );
        }
        let long = "a".repeat(256);
        for name in ["", ".", "..", "a\\b", "a/b", "a\nb", "\u{1b}[31m", &long] {
            assert!(harm(name.as_bytes()).is_some(), "{name}");
        }
        assert!(harm(b"\xff.md").is_some());
        for name in [".github", "git", ".gitignore", "gitt~1", "é.md"] {
            assert_eq!(harm(name.as_bytes()), None, "{name}");
        }
    }

    #[test]
    fn names_that_not_every_disk_has_are_refused_in_a_narrative() {
        for name in [
            "a.",
            "a ",
            "-a.md",
            "con.md",
            "NUL",
            "lpt1.md",
            "com9",
            "aux.tar.md",
            ":(glob)",
            "é.md",
            "\"a\".md",
            "a b.md",
        ] {
            assert!(flaw(name).is_some(), "{name}");
        }
        for name in ["ana.md", "1-size", "console.md", "com10.md", "co-op.md"] {
            assert_eq!(flaw(name), None, "{name}");
        }
    }
}
