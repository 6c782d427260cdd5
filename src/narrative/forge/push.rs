//! What is pushed where for a proposal, by the kind of forge.

use super::{Kind, Words};

/// How a proposal reaches a forge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As a branch, beside the others.
    Branch,
    /// For a branch, by a ref that is none: read access is enough, and the server knows the proposal by its topic.
    Agit,
}

/// A push of one proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    /// How it gets there.
    pub way: Way,
    /// The ref that is pushed to.
    pub destination: String,
    /// What the server is told besides: one line each.
    pub options: Vec<String>,
}

impl Kind {
    /// The push of `branch` as a proposal for `target`.
    pub fn push(self, target: &str, branch: &str, words: Words<'_>) -> Push {
        let (title, body) = (one_line(words.title), one_line(words.body));
        match self {
            Self::Github | Self::Other => Push::plain(branch),
            Self::Gitlab => Push {
                options: vec![
                    "merge_request.create".to_owned(),
                    format!("merge_request.target={target}"),
                    format!("merge_request.title={title}"),
                    format!("merge_request.description={body}"),
                ],
                ..Push::plain(branch)
            },
            Self::Forgejo => Push {
                way: Way::Agit,
                destination: format!("refs/for/{target}"),
                options: vec![
                    format!("topic={branch}"),
                    format!("title={title}"),
                    format!("description={body}"),
                ],
            },
        }
    }
}

impl Push {
    /// The push of a branch as it is, with nothing said besides.
    pub fn plain(branch: &str) -> Self {
        Self {
            way: Way::Branch,
            destination: format!("refs/heads/{branch}"),
            options: Vec::new(),
        }
    }

    /// The same push in place of what is there; a branch is guarded by a lease instead.
    #[must_use]
    pub fn in_place(mut self) -> Self {
        if self.way == Way::Agit {
            self.options.push("force-push=true".to_owned());
        }
        self
    }
}

/// Makes one line of a text: an option that has several is refused by git itself.
fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: Words<'_> = Words {
        title: "Size,\nby\tBo",
        body: "How\r\nbig\0?\u{1b}[31m",
    };

    #[test]
    fn each_forge_has_its_push() {
        let push = |kind: Kind| kind.push("main", "bo/1-size", WORDS);
        assert_eq!(push(Kind::Github), Push::plain("bo/1-size"));
        assert_eq!(push(Kind::Other).destination, "refs/heads/bo/1-size");
        let gitlab = push(Kind::Gitlab);
        assert_eq!(gitlab.destination, "refs/heads/bo/1-size");
        assert_eq!(
            gitlab.options,
            [
                "merge_request.create",
                "merge_request.target=main",
                "merge_request.title=Size, by Bo",
                "merge_request.description=How big ? [31m",
            ]
        );
        assert_eq!(gitlab.clone().in_place(), gitlab);
        let forgejo = push(Kind::Forgejo);
        assert_eq!(forgejo.destination, "refs/for/main");
        assert_eq!(forgejo.way, Way::Agit);
        assert_eq!(
            forgejo.in_place().options,
            [
                "topic=bo/1-size",
                "title=Size, by Bo",
                "description=How big ? [31m",
                "force-push=true",
            ]
        );
    }
}
