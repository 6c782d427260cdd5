//! What remotes answer, read with suspicion.

use crate::store::repository::CommitId;

use super::Advertised;

/// Reads what a remote lists of its refs.
pub(super) fn read_refs(text: &str) -> Advertised {
    let mut out = Advertised::default();
    let mut main = None;
    for (first, name) in text.lines().filter_map(|line| line.split_once('\t')) {
        let target = first.strip_prefix("ref: refs/heads/");
        if let (Some(target), "HEAD") = (target, name) {
            main = Some(target.to_owned());
        } else if !first.chars().all(|sign| sign.is_ascii_hexdigit()) {
            continue;
        } else if name == "HEAD" {
            let branch = main.take().unwrap_or_else(|| "main".to_owned());
            out.main = Some((branch, CommitId(first.to_owned())));
        } else if let Some(branch) = name.strip_prefix("refs/heads/") {
            out.branches
                .insert(branch.to_owned(), CommitId(first.to_owned()));
        }
    }
    out
}

/// A line of `push --porcelain` that tells of a ref: its sign and what it says.
pub(super) fn status(line: &str) -> Option<(char, &str)> {
    let mut fields = line.splitn(3, '\t');
    let (sign, _, summary) = (fields.next()?, fields.next()?, fields.next()?);
    let mut signs = sign.chars();
    let first = signs.next().filter(|_| signs.next().is_none())?;
    Some((first, summary))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_remote_has_is_read_with_suspicion() {
        let (one, two) = ("a".repeat(40), "b".repeat(40));
        let text = format!(
            "ref: refs/heads/trunk\tHEAD\n{one}\tHEAD\n{two}\trefs/heads/bo/1-size\n\
             {two}\trefs/remotes/origin/HEAD\nnonsense\trefs/heads/x\nand more\n"
        );
        let read = read_refs(&text);
        assert_eq!(read.main, Some(("trunk".to_owned(), CommitId(one))));
        let branches: Vec<_> = read.branches.into_iter().collect();
        assert_eq!(branches, [("bo/1-size".to_owned(), CommitId(two))]);
    }

    #[test]
    fn a_line_of_a_push_has_a_sign() {
        assert_eq!(status("*\ta:b\t[new branch]"), Some(('*', "[new branch]")));
        assert_eq!(status(" \ta:b\tx..y"), Some((' ', "x..y")));
        assert_eq!(status("To https://git.example.org"), None);
        assert_eq!(status("Done"), None);
    }
}
