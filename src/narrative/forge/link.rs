//! The addresses of a forge's pages: to write a draft in the browser, and to open a proposal.

use super::encode::encoded;
use super::{Forge, Kind, Web};

/// The longest link that is made: servers answer longer ones with 414, and people cannot paste them.
const LONGEST: usize = 2000;

/// A branch with a proposal, and the repository that it was pushed to.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The repository, if it is another one than the forge's own: a fork.
    pub fork: Option<&'a Web>,
    /// The branch.
    pub branch: &'a str,
}

/// What a proposal is called, and what is said of it.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// One line.
    pub title: &'a str,
    /// A paragraph.
    pub body: &'a str,
}

impl Forge {
    /// The page that makes a file on a branch, or a branch with it for who may not write there.
    pub fn new_file(&self, branch: &str, path: &str) -> Option<String> {
        let web = self.web()?;
        let (branch, path) = (encoded(branch), encoded(path));
        Some(match self.kind() {
            Kind::Github => format!("{web}/new/{branch}?filename={path}"),
            Kind::Gitlab => format!("{web}/-/new/{branch}?file_name={path}"),
            Kind::Forgejo => format!("{web}/_new/{branch}?filename={path}"),
            Kind::Other => return None,
        })
    }

    /// The page that edits a file of a branch.
    pub fn edit_file(&self, branch: &str, path: &str) -> Option<String> {
        let web = self.web()?;
        let (branch, path) = (encoded(branch), encoded(path));
        Some(match self.kind() {
            Kind::Github => format!("{web}/edit/{branch}/{path}"),
            Kind::Gitlab => format!("{web}/-/edit/{branch}/{path}"),
            Kind::Forgejo => format!("{web}/_edit/{branch}/{path}"),
            Kind::Other => return None,
        })
    }

    /// The page that opens a proposal of a branch that was pushed, for `target`.
    pub fn open_proposal(&self, target: &str, head: Head<'_>, words: Words<'_>) -> Option<String> {
        let web = self.web()?;
        let kind = self.kind();
        let (start, title, body) = match kind {
            Kind::Other => return None,
            Kind::Gitlab => {
                let source = head.fork.unwrap_or(web);
                let part = |name| format!("merge_request%5B{name}%5D=");
                let (from, to) = (part("source_branch"), part("target_branch"));
                let branch = encoded(head.branch);
                let page = format!(
                    "{source}/-/merge_requests/new?{from}{branch}&{to}{}",
                    encoded(target)
                );
                (page, part("title"), part("description"))
            }
            Kind::Github | Kind::Forgejo => {
                let range = format!("{}...{}", encoded(target), of_fork(web, head));
                let quick = if kind == Kind::Github {
                    "?quick_pull=1"
                } else {
                    "?"
                };
                let page = format!("{web}/compare/{range}{quick}");
                (page, "title=".to_owned(), "body=".to_owned())
            }
        };
        let fields = [title + &encoded(words.title), body + &encoded(words.body)];
        Some(fields.into_iter().fold(start, with_field))
    }
}

/// A branch as the other repository names it: `owner:branch`, or `owner:name:branch` of a fork with a name of its own.
fn of_fork(web: &Web, head: Head<'_>) -> String {
    let branch = encoded(head.branch);
    match head.fork {
        None => branch,
        Some(fork) if fork.name() == web.name() => format!("{}:{branch}", encoded(&fork.owner())),
        Some(fork) => format!(
            "{}:{}:{branch}",
            encoded(&fork.owner()),
            encoded(fork.name())
        ),
    }
}

/// Adds a field to a link, unless that makes it too long.
fn with_field(link: String, field: String) -> String {
    let between = if link.ends_with('?') { "" } else { "&" };
    if link.len() + between.len() + field.len() <= LONGEST {
        link + between + &field
    } else {
        link
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Address, Settings};
    use super::*;

    const FILE: &str = "narrative/1-size/drafts/ana.md";

    const MERGE_REQUEST: &str = "/-/merge_requests/new\
        ?merge_request%5Bsource_branch%5D=bo/1-size&merge_request%5Btarget_branch%5D=main\
        &merge_request%5Btitle%5D=A%20%26%20B&merge_request%5Bdescription%5D=c%0Ad";

    fn forge(remote: &str) -> Forge {
        Forge::of(remote, &Settings::default()).unwrap()
    }

    #[test]
    fn each_forge_has_its_pages_for_files() {
        for (remote, new, edit) in [
            (
                "git@github.com:co-ops/story.git",
                "https://github.com/co-ops/story/new/main?filename=narrative/1-size/drafts/ana.md",
                "https://github.com/co-ops/story/edit/main/narrative/1-size/drafts/ana.md",
            ),
            (
                "https://gitlab.com/co-ops/media/story.git",
                "https://gitlab.com/co-ops/media/story/-/new/main?file_name=narrative/1-size/drafts/ana.md",
                "https://gitlab.com/co-ops/media/story/-/edit/main/narrative/1-size/drafts/ana.md",
            ),
            (
                "ssh://git@codeberg.org/co-ops/story",
                "https://codeberg.org/co-ops/story/_new/main?filename=narrative/1-size/drafts/ana.md",
                "https://codeberg.org/co-ops/story/_edit/main/narrative/1-size/drafts/ana.md",
            ),
        ] {
            let forge = forge(remote);
            assert_eq!(forge.new_file("main", FILE).as_deref(), Some(new));
            assert_eq!(forge.edit_file("main", FILE).as_deref(), Some(edit));
        }
        let other = forge("https://git.example.org/a/b");
        assert_eq!(other.new_file("main", FILE), None);
        assert_eq!(other.edit_file("main", FILE), None);
        let odd = forge("https://github.com/a/b").new_file("the main/branch", "a&b=c/ü.md");
        let expected = "https://github.com/a/b/new/the%20main/branch?filename=a%26b%3Dc/%C3%BC.md";
        assert_eq!(odd.as_deref(), Some(expected));
    }

    fn opened(remote: &str, fork: Option<&str>) -> String {
        let fork = fork.and_then(|fork| Address::read(fork).web());
        let head = Head {
            fork: fork.as_ref(),
            branch: "bo/1-size",
        };
        let words = Words {
            title: "A & B",
            body: "c\nd",
        };
        forge(remote).open_proposal("main", head, words).unwrap()
    }

    #[test]
    fn each_forge_has_its_page_for_proposals() {
        let github = "https://github.com/co-ops/story";
        let words = "title=A%20%26%20B&body=c%0Ad";
        for (fork, head) in [
            (None, "bo/1-size"),
            (Some("git@github.com:bo/story.git"), "bo:bo/1-size"),
            (Some("git@github.com:bo/ours.git"), "bo:ours:bo/1-size"),
        ] {
            let page = format!("{github}/compare/main...{head}?quick_pull=1&{words}");
            assert_eq!(opened(github, fork), page);
        }
        let forgejo = "https://codeberg.org/co-ops/story";
        let page = format!("{forgejo}/compare/main...bo/1-size?{words}");
        assert_eq!(opened(forgejo, None), page);
        let gitlab = "https://gitlab.com/co-ops/story";
        assert_eq!(opened(gitlab, None), format!("{gitlab}{MERGE_REQUEST}"));
        let fork = "https://gitlab.com/bo/story";
        assert_eq!(opened(gitlab, Some(fork)), format!("{fork}{MERGE_REQUEST}"));
    }

    #[test]
    fn a_link_stays_short() {
        let forge = forge("https://github.com/a/b");
        let head = Head {
            fork: None,
            branch: "bo/1-size",
        };
        let long = "ü".repeat(400);
        let words = Words {
            title: "Size",
            body: &long,
        };
        let link = forge.open_proposal("main", head, words).unwrap();
        assert!(link.ends_with("&title=Size"), "{link}");
        let words = Words {
            title: &long,
            body: "all",
        };
        let link = forge.open_proposal("main", head, words).unwrap();
        assert!(link.ends_with("?quick_pull=1&body=all"), "{link}");
    }
}
