//! What a forge and its visitors are given along with a narrative: checks of proposals, words for contributors, and whom to
//! ask for a review.
//!
//! The texts stand in `templates/forge/`. Names in capitals in them are filled in here and nowhere else: they hold what
//! forges and shells read, so nothing that people typed is put into them but a title, questions, an address and logins that
//! were looked at before.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli::error::CommandError;
use crate::narrative::forge::{Address, Forge, Kind, Settings};
use crate::narrative::id::QuestionId;
use crate::store::Repository;

/// The name of a draft file that nobody has yet, and the branch that drafts are proposed for.
const NEW: &str = "your-short-name";
const BRANCH: &str = "main";

/// What is filled in.
#[derive(Clone, Copy, Debug)]
pub struct Filled<'a> {
    /// The narrative's title.
    pub title: &'a str,
    /// The questions as asked.
    pub questions: &'a [(QuestionId, String)],
    /// The address of the tool's git repository; empty if the narrative's repository holds the tool, or if nobody said.
    pub tool: &'a str,
    /// Where it will live; nothing if nobody said.
    pub home: Option<&'a Forge>,
    /// Logins of those who review what only a facilitator changes.
    pub reviewers: &'a [String],
}

const CONTRIBUTING: &str = include_str!("../../../../templates/forge/contributing.md");
const README: &str = include_str!("../../../../templates/forge/readme.md");
const ATTRIBUTES: &str = include_str!("../../../../templates/forge/gitattributes");
const REVIEWERS: &str = include_str!("../../../../templates/forge/codeowners");
const PROPOSAL: &str = include_str!("../../../../templates/forge/pull-request.md");
const GITHUB_CHECK: &str = include_str!("../../../../templates/forge/github-check.yml");
const GITHUB_RELEASE: &str = include_str!("../../../../templates/forge/github-release.yml");
const GITLAB: &str = include_str!("../../../../templates/forge/gitlab-ci.yml");
const FORGEJO_CHECK: &str = include_str!("../../../../templates/forge/forgejo-check.yml");

/// The files for some forges, by path from the repository's root.
///
/// # Errors
///
/// An address or a login has signs that a forge or a shell would read as something else.
pub fn files(
    forges: &[Kind],
    filled: &Filled<'_>,
) -> Result<BTreeMap<String, Vec<u8>>, CommandError> {
    check_plain(filled)?;
    let contributing = CONTRIBUTING.replacen("LINKS", &straight(filled), 1);
    let everywhere = [
        ("README.md", readme(filled)),
        ("CONTRIBUTING.md", contributing),
        (".gitattributes", ATTRIBUTES.to_owned()),
    ];
    let reviewed = REVIEWERS.replace("OWNERS", &mentions(filled.reviewers));
    let mut all = everywhere.to_vec();
    for own in forges.iter().filter_map(|forge| Own::of(*forge)) {
        let checks = own.checks.iter();
        all.extend(checks.map(|(path, text)| (*path, text.replace(TOOL, filled.tool))));
        all.push((own.proposal, PROPOSAL.to_owned()));
        if !filled.reviewers.is_empty() {
            all.push((own.owners, reviewed.clone()));
        }
    }
    let files = all.into_iter();
    Ok(files
        .map(|(path, text)| (path.to_owned(), text.into_bytes()))
        .collect())
}

/// The files that build onetext and were not told from where.
pub fn without_tool(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = &String> {
    let empty = |text: &[u8]| String::from_utf8_lossy(text).contains("ONETEXT_GIT: ''");
    let without = files.iter().filter(move |(_, text)| empty(text));
    without.map(|(path, _)| path)
}

/// What stands for the tool's address in a file that builds it.
const TOOL: &str = "TOOL";

/// The files of one kind of forge.
struct Own {
    /// What checks proposals and releases.
    checks: &'static [(&'static str, &'static str)],
    /// Where the words for a proposal stand.
    proposal: &'static str,
    /// Where those who review stand.
    owners: &'static str,
}

impl Own {
    fn of(forge: Kind) -> Option<Self> {
        Some(match forge {
            Kind::Github => Self {
                checks: &[
                    (".github/workflows/narrative.yml", GITHUB_CHECK),
                    (".github/workflows/release.yml", GITHUB_RELEASE),
                ],
                proposal: ".github/pull_request_template.md",
                owners: ".github/CODEOWNERS",
            },
            Kind::Gitlab => Self {
                checks: &[(".gitlab-ci.yml", GITLAB)],
                proposal: ".gitlab/merge_request_templates/Default.md",
                owners: ".gitlab/CODEOWNERS",
            },
            Kind::Forgejo => Self {
                checks: &[(".forgejo/workflows/narrative.yml", FORGEJO_CHECK)],
                proposal: ".forgejo/pull_request_template.md",
                owners: ".forgejo/CODEOWNERS",
            },
            Kind::Other => return None,
        })
    }
}

/// What is put between quotes in a workflow, or into a list of reviewers, must end nothing there.
fn check_plain(filled: &Filled<'_>) -> Result<(), CommandError> {
    let is_plain = |text: &str, signs: &str| {
        let plain = |sign: char| sign.is_ascii_alphanumeric() || signs.contains(sign);
        text.chars().all(plain)
    };
    if !is_plain(filled.tool, "-._~:/@+%") {
        let message = format!("`{}` is no address of a git repository", filled.tool);
        return Err(CommandError::usage(message).hint("such as https://example.org/tools/onetext"));
    }
    for login in filled.reviewers {
        if login.is_empty() || !is_plain(login, "-._/") {
            let message = format!("`{login}` is no login on a forge");
            return Err(CommandError::usage(message).hint("letters, digits, `-`, `_` and `.`"));
        }
    }
    Ok(())
}

fn mentions(logins: &[String]) -> String {
    let each: Vec<String> = logins.iter().map(|login| format!("@{login}")).collect();
    each.join(" ")
}

fn readme(filled: &Filled<'_>) -> String {
    let row = |(id, asked): &(QuestionId, String)| {
        let asked = asked.split_whitespace().collect::<Vec<_>>().join(" ");
        let write = link(filled, id).map(|link| format!(" [write]({link}) |"));
        let write = write.unwrap_or_default();
        format!("| [{id}](narrative/{id}/) | {} |{write}\n", plain(&asked))
    };
    let (draft, dashes) = match filled
        .questions
        .iter()
        .any(|(id, _)| link(filled, id).is_some())
    {
        true => (" your draft |", " --- |"),
        false => ("", ""),
    };
    let rows: String = filled.questions.iter().map(row).collect();
    README
        .replacen("TITLE", &plain(filled.title), 1)
        .replacen("DRAFT", draft, 1)
        .replacen("DASHES", dashes, 1)
        .replacen("ROWS\n", &rows, 1)
}

/// The page on which a new draft of a question is written.
fn link(filled: &Filled<'_>, id: &QuestionId) -> Option<String> {
    let path = format!("narrative/{id}/drafts/{NEW}.md");
    filled.home?.new_file(BRANCH, &path)
}

/// Links to new drafts, for those who write in a browser; nothing if it is not known where the narrative will live.
fn straight(filled: &Filled<'_>) -> String {
    let links = filled.questions.iter();
    let links = links.filter_map(|(id, _)| Some(format!("[{id}]({})", link(filled, id)?)));
    let links: Vec<String> = links.collect();
    if links.is_empty() {
        return String::new();
    }
    format!(
        "Straight to a new draft, where you put your short name in the place of `{NEW}`: {}. Or step by step:\n\n",
        links.join(", ")
    )
}

/// Words as they are read, wherever Markdown would make something of them.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        if matches!(
            sign,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '~'
        ) {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

/// What `narrative.toml` must say of a forge: its kind, if its host does not tell it, and its address, if the remote does
/// not lead there.
pub fn section(home: &Forge, dir: &Path) -> String {
    let address = home.web().map(ToString::to_string).unwrap_or_default();
    let mut out = String::new();
    if !Forge::of(&address, &Settings::default()).is_some_and(|plain| plain.is_known()) {
        let kind = serde_json::to_string(&home.kind()).unwrap_or_default();
        out += &format!("# The host does not say what kind of forge it is.\nkind = {kind}\n");
    }
    let origin = Repository::origin_of(dir);
    let leads_to = origin.and_then(|origin| Address::read(&origin).web());
    if leads_to.as_ref() != home.web() {
        let url = serde_json::to_string(&address).unwrap_or_default();
        out += &format!(
            "# The pages of this repository, to which the remote's address does not lead.\nurl = {url}\n"
        );
    }
    match out.is_empty() {
        true => out,
        false => format!("\n[forge]\n{out}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given<'a>(questions: &'a [(QuestionId, String)], reviewers: &'a [String]) -> Filled<'a> {
        Filled {
            title: "Co-ops *in* tech",
            questions,
            tool: "https://example.org/tools/onetext",
            home: None,
            reviewers,
        }
    }

    fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
        String::from_utf8(files[path].clone()).expect("they are texts")
    }

    #[test]
    fn each_forge_gets_its_own_and_nothing_stays_to_be_filled_in() {
        let questions = [(
            "1-size".parse().unwrap(),
            "How big | how\nsmall?".to_owned(),
        )];
        let reviewers = ["ana".to_owned(), "group/desk".to_owned()];
        let all = [Kind::Github, Kind::Gitlab, Kind::Forgejo];
        let files = files(&all, &given(&questions, &reviewers)).unwrap();
        assert_eq!(files.len(), 13);
        for (path, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            for name in [
                "TOOL", "OWNERS", "ROWS", "LINKS", "TITLE", "DRAFT", "DASHES",
            ] {
                let words = text.split(|sign: char| !sign.is_ascii_alphabetic());
                assert!(
                    words.into_iter().all(|word| word != name),
                    "{name} in {path}"
                );
            }
        }
        assert!(text(&files, ".github/CODEOWNERS").contains("/templates/ @ana @group/desk\n"));
        let readme = text(&files, "README.md");
        assert!(readme.starts_with("# Co-ops \\*in\\* tech\n"), "{readme}");
        assert!(readme.contains("| [1-size](narrative/1-size/) | How big \\| how small? |\n"));
        let check = text(&files, ".github/workflows/narrative.yml");
        assert!(check.contains("ONETEXT_GIT: 'https://example.org/tools/onetext'\n"));
    }

    #[test]
    fn where_it_lives_leads_to_new_drafts() {
        let questions = [("1-size".parse().unwrap(), "How big?".to_owned())];
        let home = Forge::of("https://codeberg.org/co-ops/story", &Settings::default()).unwrap();
        let filled = Filled {
            home: Some(&home),
            ..given(&questions, &[])
        };
        let files = files(&[], &filled).unwrap();
        let page = "(https://codeberg.org/co-ops/story/_new/main?filename=narrative/1-size/drafts/your-short-name.md)";
        let row = format!(
            "| --- | --- | --- |\n| [1-size](narrative/1-size/) | How big? | [write]{page} |\n"
        );
        assert!(text(&files, "README.md").contains(&row));
        let straight = format!(": [1-size]{page}. Or step by step:\n\n1. Open");
        assert!(text(&files, "CONTRIBUTING.md").contains(&straight));
    }

    #[test]
    fn without_reviewers_nobody_is_named() {
        let github = [Kind::Github];
        let files = files(&github, &given(&[], &[])).unwrap();
        assert!(files.keys().all(|path| !path.ends_with("CODEOWNERS")));
        assert!(files.keys().all(|path| !path.contains("gitlab")));
    }

    #[test]
    fn what_would_end_a_quote_is_refused() {
        let tool = Filled {
            tool: "https://example.org/'; rm -rf /",
            ..given(&[], &[])
        };
        assert!(files(&[], &tool).is_err());
        let login = ["ana\n* @eve".to_owned()];
        assert!(files(&[], &given(&[], &login)).is_err());
    }
}
