//! Reads Rust source as far as the tests of the house need it: code without comments and texts, and the paths in it.

use std::fs;
use std::path::Path;

/// One source file.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path below `src/`.
    pub path: String,
    /// The code; comments and the insides of string literals are blanked.
    pub code: String,
}

impl Source {
    /// Takes a path below `src/` and the text of the file.
    pub fn new(path: &str, text: &str) -> Self {
        let path = path.to_owned();
        Self {
            path,
            code: blanked(text),
        }
    }

    /// The top-level module that the file belongs to.
    pub fn module(&self) -> &str {
        self.path
            .split('/')
            .next()
            .unwrap_or("")
            .trim_end_matches(".rs")
    }

    /// How many `super::` lead from the file to the crate's root.
    pub fn depth(&self) -> usize {
        let path = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        path.split('/').count()
    }

    /// The names that follow `root::` in the file, groups in braces included.
    pub fn names_under(&self, root: &str) -> Vec<&str> {
        let pattern = format!("{root}::");
        let mut names = Vec::new();
        for (at, _) in self.code.match_indices(&pattern) {
            let rest = &self.code[at + pattern.len()..];
            if !starts_a_path(&self.code, at) {
                continue;
            }
            match rest.strip_prefix('{') {
                Some(group) => names.extend(group_heads(group)),
                None => names.push(word(rest)),
            }
        }
        names
    }

    /// Whether an external crate is named: in a path or a `use`, and not a module of ours of that name.
    pub fn names_crate(&self, name: &str) -> bool {
        let ours = [
            format!("mod {name};"),
            format!("::{name};"),
            format!("{name} {{"),
        ];
        if ours
            .iter()
            .any(|module| self.code.contains(module.as_str()))
        {
            return false;
        }
        let used = format!("use {name};");
        !self.names_under(name).is_empty() || self.code.contains(&used)
    }

    /// Whether a word stands in the code by itself.
    pub fn has_word(&self, sought: &str) -> bool {
        self.code.match_indices(sought).any(|(at, _)| {
            let after = self.code[at + sought.len()..].chars().next();
            starts_a_word(&self.code, at) && !after.is_some_and(is_name)
        })
    }
}

/// Reads every source file below a folder, in the order of their paths.
pub fn read_all(root: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the sources can be listed") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source is UTF-8");
                let below = path.strip_prefix(root).expect("it is below the root");
                sources.push(Source::new(&below.to_string_lossy(), &text));
            }
        }
    }
    sources.sort_by(|left, right| left.path.cmp(&right.path));
    sources
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn starts_a_word(code: &str, at: usize) -> bool {
    !code[..at].chars().next_back().is_some_and(is_name)
}

fn starts_a_path(code: &str, at: usize) -> bool {
    starts_a_word(code, at) && !code[..at].ends_with("::")
}

fn word(text: &str) -> &str {
    let end = text
        .find(|character| !is_name(character))
        .unwrap_or(text.len());
    &text[..end]
}

/// Gives the first name of each part of a group, whose opening brace has been read.
fn group_heads(group: &str) -> Vec<&str> {
    let mut heads = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                heads.push(word(group[start..at].trim_start()));
                start = at + 1;
                if character == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

/// Blanks comments and the insides of string literals, and keeps every line where it is.
fn blanked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let length = blank_length(rest);
        let taken = if length == 0 {
            character.len_utf8()
        } else {
            length
        };
        let (piece, after) = rest.split_at(taken);
        if length == 0 {
            out.push_str(piece);
        } else {
            out.extend(
                piece
                    .chars()
                    .map(|character| if character == '\n' { '\n' } else { ' ' }),
            );
        }
        rest = after;
    }
    out
}

/// How many bytes at the start of the rest are a comment or a literal: 0 if it is code.
fn blank_length(rest: &str) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return rest.find("*/").map_or(rest.len(), |end| end + 2);
    }
    if let Some(hashes) = rest
        .strip_prefix('r')
        .map(|raw| raw.len() - raw.trim_start_matches('#').len())
        && rest[1 + hashes..].starts_with('"')
    {
        let close = format!("\"{}", "#".repeat(hashes));
        let open = hashes + 2;
        return rest[open..]
            .find(&close)
            .map_or(rest.len(), |end| open + end + close.len());
    }
    match rest.as_bytes() {
        [b'"', ..] => string_length(rest),
        [b'\'', b'\\', _, b'\'', ..] => 4,
        [b'\'', _, b'\'', ..] => 3,
        _ => 0,
    }
}

fn string_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[test]
fn comments_and_texts_are_no_code() {
    let text = "// crate::cli\nlet a = \"crate::\\\"cli\"; /* crate::cli */ let q = '\"'; crate::prose::x();\n\
                let raw = r#\"crate::store\"#; fn f<'a>(b: &'a str) {}";
    let source = Source::new("merge/mod.rs", text);
    assert_eq!(source.names_under("crate"), ["prose"]);
    assert!(source.code.contains("fn f<'a>(b: &'a str)"));
}

#[test]
fn groups_are_read_to_their_ends() {
    let source = Source::new(
        "a.rs",
        "use crate::{prose::{Prose, unit::Unit}, diff, merge::Voice};",
    );
    assert_eq!(source.names_under("crate"), ["prose", "diff", "merge"]);
}

#[test]
fn a_module_of_ours_is_no_crate() {
    assert!(Source::new("a.rs", "let a = toml::from_str(b);").names_crate("toml"));
    assert!(Source::new("a.rs", "use toml::Value;").names_crate("toml"));
    let ours = "use crate::narrative::read::toml;\nlet a = toml::read(b);";
    assert!(!Source::new("a.rs", ours).names_crate("toml"));
    assert!(!Source::new("a.rs", "let a = toml_edit::read(b);").names_crate("toml"));
}
