//! Forges: which one a remote leads to, and the addresses of its pages for drafts and proposals.
//!
//! A forge is known by its host, or by what `narrative.toml` says under `[forge]`; nothing is asked of it. What its pages
//! are called rests on its documentation and source.
//!
//! ```
//! use onetext::narrative::forge::{Forge, Settings};
//! let forge = Forge::of("git@codeberg.org:co-ops/story.git", &Settings::default()).unwrap();
//! assert_eq!(
//!     forge.new_file("main", "narrative/1-size/drafts/ana.md").unwrap(),
//!     "https://codeberg.org/co-ops/story/_new/main?filename=narrative/1-size/drafts/ana.md"
//! );
//! ```
//!
//! **Invariant:** a link has no sign but those that RFC 3986 allows in one, whatever stood in a name.

mod address;
mod encode;
mod link;
mod push;
mod said;

use serde::{Deserialize, Serialize};

pub use address::{Address, NoWebAddress, Web};
pub use link::{Head, Words};
pub use push::{Push, Way};
pub use said::{complaint, harmless, is_without_options, link, words};

/// What `narrative.toml` says of the forge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Settings {
    /// What kind of forge it is; known for some hosts.
    pub kind: Option<Kind>,
    /// The web address of the repository, if the remote's address does not lead there.
    pub url: Option<Web>,
}

/// What a forge is, as far as its addresses and pushes differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// GitHub.
    Github,
    /// GitLab.
    Gitlab,
    /// Forgejo, as at Codeberg; and Gitea.
    #[serde(alias = "gitea", alias = "codeberg")]
    Forgejo,
    /// Another, or none: a branch is pushed, and no page is known.
    Other,
}

/// Hosts whose kind is known; a host called `gitlab.…` is taken for one of GitLab.
const HOSTS: [(&str, Kind); 11] = [
    ("0xacab.org", Kind::Gitlab),
    ("code.forgejo.org", Kind::Forgejo),
    ("codeberg.org", Kind::Forgejo),
    ("framagit.org", Kind::Gitlab),
    ("git.coop", Kind::Gitlab),
    ("git.disroot.org", Kind::Forgejo),
    ("gitea.com", Kind::Forgejo),
    ("github.com", Kind::Github),
    ("gitlab.com", Kind::Gitlab),
    ("invent.kde.org", Kind::Gitlab),
    ("salsa.debian.org", Kind::Gitlab),
];

impl Kind {
    fn of_host(host: &str) -> Option<Self> {
        let known = HOSTS.iter().find(|(name, _)| *name == host);
        let named = host.starts_with("gitlab.").then_some(Self::Gitlab);
        known.map(|(_, kind)| *kind).or(named)
    }
}

/// The forge that a remote leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forge {
    kind: Kind,
    web: Option<Web>,
    known: bool,
}

impl Forge {
    /// Finds the forge of a remote by its address, as git knows it, and the narrative's settings.
    ///
    /// A remote on this machine, or one whose address cannot be read, has none, unless the settings name one.
    pub fn of(remote: &str, settings: &Settings) -> Option<Self> {
        let web = settings.url.clone().or_else(|| Address::read(remote).web());
        let by_host = web.as_ref().and_then(|web| Kind::of_host(web.host()));
        let kind = settings.kind.or(by_host);
        if web.is_none() && kind.is_none() {
            return None;
        }
        Some(Self {
            kind: kind.unwrap_or(Kind::Other),
            web,
            known: kind.is_some(),
        })
    }

    /// What kind it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether its kind was named, or its host is a known one.
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// The web address of the repository.
    pub fn web(&self) -> Option<&Web> {
        self.web.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forge_is_known_by_its_host_or_by_the_settings() {
        let plain = Settings::default();
        let kind = |remote: &str| Forge::of(remote, &plain).map(|forge| forge.kind());
        assert_eq!(kind("https://github.com/co-ops/story"), Some(Kind::Github));
        assert_eq!(kind("git@gitlab.example.org:a/b"), Some(Kind::Gitlab));
        assert_eq!(kind("https://notgitlab.com/a/b"), Some(Kind::Other));
        assert_eq!(
            kind("https://github.com.example.org/a/b"),
            Some(Kind::Other)
        );
        assert_eq!(kind("/srv/git/story.git"), None);
        let named = Settings {
            kind: Some(Kind::Forgejo),
            url: None,
        };
        let forge = Forge::of("ssh://git@git.example.org/a/b", &named).unwrap();
        assert!(forge.is_known() && forge.kind() == Kind::Forgejo);
        let local = Forge::of("/srv/git/story.git", &named).unwrap();
        assert_eq!((local.kind(), local.web()), (Kind::Forgejo, None));
    }
}
