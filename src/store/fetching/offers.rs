//! What a remote or a bundle says that it has, read with suspicion.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::store::repository::CommitId;

/// What a remote is asked for.
pub const PATTERNS: [&str; 4] = [
    "HEAD",
    "refs/heads/*",
    "refs/pull/*",
    "refs/merge-requests/*",
];

/// Branches that nobody means by a proposal.
const MAIN: [&str; 2] = ["main", "master"];

/// Characters that git allows in no name of a ref.
const BARRED: [char; 9] = [' ', '~', '^', ':', '?', '*', '[', '\\', '\u{7f}'];

/// Where a proposal is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A pull or merge request of a forge, by its number.
    Request(u64),
    /// A branch.
    Branch(String),
    /// A branch in a bundle.
    Bundled(String),
}

/// Something that may be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Where it is.
    pub source: Source,
    /// The whole name of its ref there.
    pub reference: String,
    /// The commit that it has now.
    pub commit: CommitId,
    /// Whether the forge would take it in as it is: some keep a trial merge of each request that is open.
    pub trial: Trial,
}

/// Whether a forge keeps a trial merge of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// It does.
    There,
    /// It does of others and not of this one, which is closed or collides.
    Missing,
    /// It keeps none.
    Unknown,
}

impl Source {
    /// Its name below the refs of proposals.
    pub fn path(&self) -> String {
        match self {
            Self::Request(number) => format!("request/{number}"),
            Self::Branch(name) => format!("branch/{name}"),
            Self::Bundled(name) => format!("bundle/{name}"),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(number) => write!(f, "{number}"),
            Self::Branch(name) | Self::Bundled(name) => f.write_str(name),
        }
    }
}

/// A line of what git lists: the id and the name of a ref.
fn refs(said: &str) -> BTreeMap<&str, CommitId> {
    let line = |line: &'_ str| -> Option<(usize, CommitId)> {
        let (id, name) = line.split_once(['\t', ' '])?;
        let whole = id.len() == 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        (whole && is_sound(name)).then(|| (id.len() + 1, CommitId(id.to_owned())))
    };
    let lines = said.lines().filter_map(|text| {
        let (at, id) = line(text)?;
        Some((&text[at..], id))
    });
    lines.collect()
}

/// Whether a name is one that git allows; what a stranger sends is looked at again. A part that begins with `-` could be
/// read as an option when the name is typed.
fn is_sound(name: &str) -> bool {
    let barred = |sign: char| sign.is_control() || BARRED.contains(&sign);
    let part =
        |part: &str| !part.is_empty() && !part.starts_with(['.', '-']) && !part.ends_with(".lock");
    !name.contains(barred)
        && !name.contains("..")
        && !name.contains("@{")
        && name.split('/').all(part)
}

/// The requests and branches of a remote, without what is no proposal: the main branch and the one that is checked out.
pub fn of_remote(said: &str, checked_out: &str) -> Vec<Offer> {
    let refs = refs(said);
    let main = said
        .lines()
        .find_map(|line| line.strip_prefix("ref: ")?.strip_suffix("\tHEAD"));
    let request = |name: &str| {
        let rest = name
            .strip_prefix("refs/pull/")
            .or_else(|| name.strip_prefix("refs/merge-requests/"))?;
        rest.strip_suffix("/head")?.parse::<u64>().ok()
    };
    let trials: BTreeSet<&str> = refs
        .keys()
        .filter_map(|name| name.strip_suffix("/merge"))
        .filter(|name| !name.starts_with("refs/heads/"))
        .collect();
    let offer = |(name, commit): (&&str, &CommitId)| {
        let source = match (request(name), name.strip_prefix("refs/heads/")) {
            (Some(number), _) => Source::Request(number),
            (None, Some(branch)) if !MAIN.contains(&branch) => Source::Branch(branch.to_owned()),
            _ => return None,
        };
        let trial = match name.strip_suffix("/head") {
            Some(name) if trials.contains(name) => Trial::There,
            Some(_) if !trials.is_empty() => Trial::Missing,
            _ => Trial::Unknown,
        };
        Some(Offer {
            source,
            reference: (*name).to_owned(),
            commit: commit.clone(),
            trial,
        })
    };
    let own = |offer: &Offer| Some(&*offer.reference) == main || offer.reference == checked_out;
    let mut out: Vec<Offer> = refs.iter().filter_map(offer).collect();
    out.retain(|offer| !own(offer));
    without_twins(out)
}

/// A branch of which there is a request says nothing new.
fn without_twins(mut offers: Vec<Offer>) -> Vec<Offer> {
    offers.sort_by(|a, b| a.source.cmp(&b.source));
    let requests = offers
        .iter()
        .filter(|offer| matches!(offer.source, Source::Request(_)));
    let commits: BTreeSet<CommitId> = requests.map(|offer| offer.commit.clone()).collect();
    offers.retain(|offer| match offer.source {
        Source::Branch(_) => !commits.contains(&offer.commit),
        _ => true,
    });
    offers
}

/// The branches of a bundle.
pub fn of_bundle(said: &str) -> Vec<Offer> {
    let offer = |(name, commit): (&str, CommitId)| {
        let branch = name.strip_prefix("refs/heads/")?;
        Some(Offer {
            source: Source::Bundled(branch.to_owned()),
            reference: name.to_owned(),
            commit,
            trial: Trial::Unknown,
        })
    };
    refs(said).into_iter().filter_map(offer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(at: char, name: &str) -> String {
        format!("{}\t{name}\n", at.to_string().repeat(40))
    }

    #[test]
    fn a_remote_offers_requests_and_branches() {
        let said = "ref: refs/heads/trunk\tHEAD\n".to_owned()
            + &line('a', "HEAD")
            + &line('a', "refs/heads/trunk")
            + &line('a', "refs/heads/main")
            + &line('b', "refs/heads/bo/size")
            + &line('c', "refs/heads/chi/size")
            + &line('d', "refs/heads/work")
            + &line('c', "refs/pull/12/head")
            + &line('e', "refs/pull/12/merge")
            + &line('f', "refs/pull/9/head")
            + &line('f', "refs/pull/x/head");
        let offers = of_remote(&said, "refs/heads/work");
        let told = |offer: &Offer| (offer.source.to_string(), offer.trial);
        let told: Vec<_> = offers.iter().map(told).collect();
        let expected = [
            ("9".to_owned(), Trial::Missing),
            ("12".to_owned(), Trial::There),
            ("bo/size".to_owned(), Trial::Unknown),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn names_that_git_would_not_allow_are_passed_over() {
        for name in [
            "a..b",
            "a b",
            "a:b",
            "a*",
            "../x",
            ".x",
            "x.lock",
            "a\u{1b}[31m",
            "a//b",
        ] {
            let said = line('a', &format!("refs/heads/{name}"));
            assert_eq!(of_remote(&said, "refs/heads/main"), [], "{name}");
        }
        let short = "abc\trefs/heads/bo\n";
        assert_eq!(of_remote(short, "refs/heads/main"), []);
    }
}
