//! Where a remote's address leads, as git writes it: an URL, `user@host:path`, or a folder.

use serde::{Deserialize, Serialize};

use super::encode::{decoded, encoded};

/// Where a remote's address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// To a repository on a host.
    Host(Place),
    /// To a folder on this machine.
    Folder,
    /// Nowhere that could be told.
    Unknown,
}

/// A repository on a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    scheme: Scheme,
    /// The host, in lower case.
    host: String,
    port: Option<u16>,
    /// The parts of the path, without `.git` at its end.
    path: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Https,
    Http,
    Ssh,
    Git,
}

/// Hosts that are there for SSH alone, and those with the pages.
const SSH_ONLY: [(&str, &str); 3] = [
    ("altssh.bitbucket.org", "bitbucket.org"),
    ("altssh.gitlab.com", "gitlab.com"),
    ("ssh.github.com", "github.com"),
];

impl Address {
    /// Reads an address.
    pub fn read(text: &str) -> Self {
        match text.split_once("://") {
            Some((scheme, rest)) => url(&scheme.to_ascii_lowercase(), rest),
            None => like_scp(text),
        }
    }

    /// The web address that belongs to it: that of the same repository on the same host.
    pub fn web(&self) -> Option<Web> {
        let Self::Host(place) = self else {
            return None;
        };
        // The ports of SSH and of git say nothing of the web server's.
        let (scheme, port) = match place.scheme {
            Scheme::Https => ("https", place.port.filter(|port| *port != 443)),
            Scheme::Http => ("http", place.port.filter(|port| *port != 80)),
            Scheme::Ssh | Scheme::Git => ("https", None),
        };
        let seen = SSH_ONLY.iter().find(|(ssh, _)| *ssh == place.host);
        let host = seen.map_or(place.host.as_str(), |(_, web)| web);
        let authority = port.map_or(host.to_owned(), |port| format!("{host}:{port}"));
        Some(Web {
            scheme: scheme.to_owned(),
            authority,
            path: place.path.clone(),
        })
    }
}

fn url(scheme: &str, rest: &str) -> Address {
    let scheme = match scheme {
        "https" => Scheme::Https,
        "http" => Scheme::Http,
        "ssh" | "git+ssh" | "ssh+git" => Scheme::Ssh,
        "git" => Scheme::Git,
        "file" => return Address::Folder,
        _ => return Address::Unknown,
    };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    if authority.contains('\\') {
        // Browsers take it for a slash, and others do not.
        return Address::Unknown;
    }
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (host, None),
    };
    let port = match port.filter(|port| !port.is_empty()).map(str::parse) {
        Some(Ok(port)) => Some(port),
        Some(Err(_)) => return Address::Unknown,
        None => None,
    };
    place(scheme, host, port, path.split('/').map(decoded).collect())
}

/// `user@host:path`: a colon before the first slash, and no drive of Windows before it.
fn like_scp(text: &str) -> Address {
    let bracket = text.find("]:").map(|at| at + 1);
    let colon = bracket.or_else(|| text.find(':'));
    let Some(colon) = colon.filter(|at| !text[..*at].contains('/') && *at > 1) else {
        return Address::Folder;
    };
    let host = text[..colon].rsplit('@').next().unwrap_or_default();
    // With a port, the whole of `host:port` stands in brackets.
    let inner = host.trim_start_matches('[').trim_end_matches(']');
    let host = match inner.split_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name,
        _ if inner.contains(':') => host,
        _ => inner,
    };
    let path = text[colon + 1..].split('/').map(str::to_owned).collect();
    place(Scheme::Ssh, host, None, path)
}

fn place(scheme: Scheme, host: &str, port: Option<u16>, path: Vec<String>) -> Address {
    let host = host.to_ascii_lowercase();
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_');
    let number = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    let fits = match number {
        Some(number) => number
            .chars()
            .all(|sign| sign.is_ascii_hexdigit() || sign == ':' || sign == '.'),
        None => host.chars().all(is_name) && !host.starts_with('-'),
    };
    let mut path: Vec<String> = path.into_iter().filter(|part| !part.is_empty()).collect();
    if let Some(last) = path.last_mut()
        && let Some(plain) = last.strip_suffix(".git").filter(|plain| !plain.is_empty())
    {
        *last = plain.to_owned();
    }
    let climbs = path.iter().any(|part| part == "." || part == "..");
    if host.is_empty() || !fits || climbs || path.is_empty() {
        return Address::Unknown;
    }
    Address::Host(Place {
        scheme,
        host,
        port,
        path,
    })
}

/// The web address of a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Web {
    scheme: String,
    /// The host, with its port if it is an unusual one.
    authority: String,
    path: Vec<String>,
}

/// What stands for a web address is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no web address of a repository, such as `https://codeberg.org/co-ops/story`")]
pub struct NoWebAddress(String);

impl Web {
    /// The host, without a port.
    pub fn host(&self) -> &str {
        match self.authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => host,
            _ => &self.authority,
        }
    }

    /// The host with its port, as it stands in an address.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Whose repository it is: everything before its name.
    pub fn owner(&self) -> String {
        let (_, owner) = self.path.split_last().expect("a repository has a path");
        owner.join("/")
    }

    /// The name of the repository.
    pub fn name(&self) -> &str {
        self.path.last().expect("a repository has a path")
    }
}

impl std::fmt::Display for Web {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)?;
        self.path
            .iter()
            .try_for_each(|part| write!(f, "/{}", encoded(part).replace('/', "%2F")))
    }
}

impl From<Web> for String {
    fn from(web: Web) -> Self {
        web.to_string()
    }
}

impl TryFrom<String> for Web {
    type Error = NoWebAddress;

    fn try_from(text: String) -> Result<Self, NoWebAddress> {
        let scheme = text.split("://").next().unwrap_or_default();
        let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
        let web = Address::read(&text).web().filter(|_| is_web);
        web.ok_or(NoWebAddress(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Remotes as git knows them, and their pages.
    const PAGES: [(&str, &str); 17] = [
        (
            "https://github.com/co-ops/story.git",
            "https://github.com/co-ops/story",
        ),
        (
            "https://GitHub.com/co-ops/story/",
            "https://github.com/co-ops/story",
        ),
        (
            "https://ana:secret@github.com/co-ops/story",
            "https://github.com/co-ops/story",
        ),
        (
            "http://git.example.org:8080/a/b.git",
            "http://git.example.org:8080/a/b",
        ),
        (
            "https://git.example.org:443/a/b",
            "https://git.example.org/a/b",
        ),
        (
            "ssh://git@codeberg.org/co-ops/story.git",
            "https://codeberg.org/co-ops/story",
        ),
        (
            "ssh://git@ssh.github.com:443/a/b.git",
            "https://github.com/a/b",
        ),
        (
            "git+ssh://git@git.example.org:2222/a/b",
            "https://git.example.org/a/b",
        ),
        (
            "git@gitlab.com:co-ops/media/story.git",
            "https://gitlab.com/co-ops/media/story",
        ),
        (
            "gitlab.com:/co-ops/story",
            "https://gitlab.com/co-ops/story",
        ),
        (
            "[git@git.example.org:2222]:a/b.git",
            "https://git.example.org/a/b",
        ),
        ("git@[2001:db8::1]:a/b", "https://[2001:db8::1]/a/b"),
        (
            "https://[2001:db8::1]:8443/a/b",
            "https://[2001:db8::1]:8443/a/b",
        ),
        ("git://git.example.org/a/b", "https://git.example.org/a/b"),
        (
            "https://git.example.org/a%20b/c d",
            "https://git.example.org/a%20b/c%20d",
        ),
        (
            "https://git.example.org/a%2Fb/c",
            "https://git.example.org/a%2Fb/c",
        ),
        (
            "https://github.com/a/.github",
            "https://github.com/a/.github",
        ),
    ];

    #[test]
    fn addresses_lead_to_their_pages() {
        for (remote, web) in PAGES {
            let read = Address::read(remote).web().map(|web| web.to_string());
            assert_eq!(read.as_deref(), Some(web), "{remote}");
        }
    }

    #[test]
    fn what_is_on_this_machine_or_unreadable_has_no_page() {
        for folder in [
            "/srv/a.git",
            "../a",
            "a",
            "C:\\a",
            "c:/a",
            "file:///srv/a",
            "./a:b",
        ] {
            assert_eq!(Address::read(folder), Address::Folder, "{folder}");
        }
        for unknown in [
            "https://github.com",
            "https:///a/b",
            "https://git.example.org:port/a",
            "https://git.example.org/a/../../b",
            "https://git\u{202e}.example.org/a/b",
            "https://git.example.org\\@example.com/a",
            "ext::sh -c true://x/y",
            "-oProxyCommand=x:a/b",
            "s3://bucket/a",
        ] {
            assert_eq!(Address::read(unknown), Address::Unknown, "{unknown}");
        }
    }

    #[test]
    fn only_a_web_address_is_taken_for_one() {
        let read = |text: &str| Web::try_from(text.to_owned());
        assert_eq!(
            read("https://a.org/b/c/").unwrap().to_string(),
            "https://a.org/b/c"
        );
        assert_eq!(read("https://a.org:8443/b/c").unwrap().host(), "a.org");
        for text in [
            "git@a.org:b/c",
            "javascript://a.org/b",
            "a.org/b",
            "https://a.org",
            "",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
