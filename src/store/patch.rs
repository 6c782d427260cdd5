//! The patch that git itself would have printed for a file: what programs get that read a difference.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::call::{Call, PAGER};
use super::git::blob_id;

/// One file's change, as git tells it to an external diff.
#[derive(Clone, Debug)]
pub struct Patch {
    /// The old version.
    pub old: PatchSide,
    /// The new version.
    pub new: PatchSide,
    /// What git says of a renaming; lines of a patch's head.
    pub message: String,
}

/// One version of a file.
#[derive(Clone, Debug)]
pub struct PatchSide {
    /// Its path in the repository.
    pub path: String,
    /// The file that holds it; `/dev/null` if there is none.
    pub file: PathBuf,
    /// Its id, which is all zeros for a file of the work tree.
    pub id: String,
    /// Its mode, or `.`.
    pub mode: String,
}

/// Asks git whether it wants colours, with all of its own settings and its pager taken into account.
pub fn asks_for_colour(dir: &Path) -> bool {
    let said = |call: Call| {
        call.run()
            .is_ok_and(|said| said.stdout.starts_with(b"true"))
    };
    let git = || Call::git(dir).keeping("GIT_DIR");
    let pager = ["config", "--type=bool", "--default=true", "color.pager"];
    let mut asked = git();
    if !said(git().args(pager)) {
        // Git minds this setting itself only when it prints.
        asked = asked.without(PAGER);
    }
    let terminal = io::stdout().is_terminal().to_string();
    said(asked.args(["config", "--get-colorbool", "color.diff", &terminal]))
}

/// Whether git has started its pager.
pub fn pager_is_in_use() -> bool {
    let value = std::env::var(PAGER).unwrap_or_default();
    !["", "0", "false", "no", "off"].contains(&value.to_lowercase().as_str())
}

impl Patch {
    /// The patch, to be applied by `git apply`; the versions' bytes are given where there is a version.
    ///
    /// # Errors
    ///
    /// Git cannot be started.
    pub fn printed(&self, dir: &Path, versions: [Option<&[u8]>; 2]) -> Result<Vec<u8>, StoreError> {
        let compared = Call::git(dir)
            .args(["diff", "--no-index", "--no-ext-diff", "--no-textconv"])
            .args(["--no-color", "--binary", "--"])
            .args([&self.old.file, &self.new.file])
            .run()?;
        let body = body(&compared.stdout);
        let mut out = self.head(versions).into_bytes();
        if body.starts_with(b"@@") {
            out.extend(self.names(versions).into_bytes());
        }
        out.extend(body);
        Ok(out)
    }

    fn head(&self, [old, new]: [Option<&[u8]>; 2]) -> String {
        let (old_mode, new_mode) = (&self.old.mode, &self.new.mode);
        let from = quoted("a/", &self.old.path);
        let to = quoted("b/", &self.new.path);
        let mut head = format!("diff --git {from} {to}\n");
        match (old, new) {
            (None, _) => head += &format!("new file mode {new_mode}\n"),
            (_, None) => head += &format!("deleted file mode {old_mode}\n"),
            _ if old_mode != new_mode => {
                head += &format!("old mode {old_mode}\nnew mode {new_mode}\n");
            }
            _ => {}
        }
        // The message of a renaming may hold the line of ids already.
        let message = self
            .message
            .lines()
            .filter(|line| !line.starts_with("index "));
        message.for_each(|line| head += &format!("{line}\n"));
        let ids = [(&self.old, old), (&self.new, new)].map(|(side, bytes)| side.id(bytes));
        if ids[0] != ids[1] {
            let same = old.is_some() && new.is_some() && old_mode == new_mode;
            let mode = if same {
                format!(" {new_mode}")
            } else {
                String::new()
            };
            head += &format!("index {}..{}{mode}\n", ids[0], ids[1]);
        }
        head
    }

    /// The lines that name the file before its hunks.
    fn names(&self, [old, new]: [Option<&[u8]>; 2]) -> String {
        let name = |there: bool, prefix: &str, path: &str| match there {
            false => "/dev/null".to_owned(),
            true if path.contains(' ') => quoted(prefix, path) + "\t",
            true => quoted(prefix, path),
        };
        let from = name(old.is_some(), "a/", &self.old.path);
        let to = name(new.is_some(), "b/", &self.new.path);
        format!("--- {from}\n+++ {to}\n")
    }
}

impl PatchSide {
    /// The id of what the version holds; zeros if there is none.
    fn id(&self, bytes: Option<&[u8]>) -> String {
        let known = self.id.chars().any(|sign| sign != '0' && sign != '.');
        match bytes {
            _ if known => self.id.clone(),
            Some(bytes) => blob_id(bytes).to_string(),
            None => "0".repeat(40),
        }
    }
}

/// What stands below the head of a patch: its hunks, or what git says of what is no text.
fn body(patch: &[u8]) -> &[u8] {
    let starts: [&[u8]; 2] = [b"@@ ", b"GIT binary patch"];
    let mut at = 0;
    for line in patch.split_inclusive(|&byte| byte == b'\n') {
        if starts.iter().any(|start| line.starts_with(start)) {
            return &patch[at..];
        }
        at += line.len();
    }
    &[]
}

fn is_quoted(path: &str) -> bool {
    path.chars()
        .any(|sign| matches!(sign, '"' | '\\') || sign.is_control())
}

/// A path as git writes it: in quotes, with escapes, if it holds signs that would end it.
fn quoted(prefix: &str, path: &str) -> String {
    if !is_quoted(path) {
        return format!("{prefix}{path}");
    }
    let mut out = format!("\"{prefix}");
    for sign in path.chars() {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            sign if sign.is_control() => out.push_str(&format!("\\{:03o}", u32::from(sign))),
            sign => out.push(sign),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_as_git_does_it() {
        assert_eq!(quoted("a/", "a b.md"), "a/a b.md");
        assert_eq!(quoted("a/", "a\"b\\\t.md"), "\"a/a\\\"b\\\\\\t.md\"");
    }

    #[test]
    fn the_head_of_a_patch_is_left_out() {
        assert_eq!(
            body(b"diff\nindex 1..2\n@@ -1 +1 @@\n-a\n"),
            b"@@ -1 +1 @@\n-a\n"
        );
        assert_eq!(body(b"diff\n"), b"");
    }
}
