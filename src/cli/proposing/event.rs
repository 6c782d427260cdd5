//! What a forge states of the proposal that a run of its automation is about.
//!
//! GitHub, Forgejo and Gitea hand a run a file of JSON with the whole event; GitLab sets variables. Both are set by the forge, for
//! runs in the narrative's own project; where somebody else runs this, they are her own words, and so is what `check`
//! then says. The gate is the facilitator's own computer.

use std::env;
use std::path::Path;

use serde::Deserialize;

use crate::cli::error::CommandError;
use crate::narrative::roster::Account;

/// Bytes that the file of an event may have.
const MOST: u64 = 32 * 1024 * 1024;

/// Who proposes what, as a forge states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Whom the forge names.
    pub named: Named,
    /// The newest of the proposed commits.
    pub commit: Option<String>,
}

/// Whom a forge names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// Who opened the proposal, and who has changed it last.
    Author { opened: Account, last: Account },
    /// Who has started the run, which may be somebody who looks after others' proposals.
    Starter(Account),
}

#[derive(Deserialize)]
struct Stated {
    pull_request: Option<PullRequest>,
    sender: Option<User>,
}

#[derive(Deserialize)]
struct PullRequest {
    user: User,
    head: Head,
    html_url: Option<String>,
}

#[derive(Deserialize)]
struct Head {
    sha: String,
}

#[derive(Deserialize)]
struct User {
    login: String,
    id: u64,
}

/// Reads the event, if this is a run of a forge's automation about a proposal.
///
/// # Errors
///
/// The file of the event cannot be read.
pub fn event() -> Result<Option<Event>, CommandError> {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    if let Some(path) = set("GITHUB_EVENT_PATH") {
        let text = text(Path::new(&path))?;
        return of_json(&text, set("GITHUB_SERVER_URL").as_deref())
            .map_err(|why| unreadable(&path).caused_by(Some(&why)));
    }
    if set("CI_MERGE_REQUEST_IID").is_none() {
        return Ok(None);
    }
    let stated = (
        set("CI_SERVER_HOST"),
        set("GITLAB_USER_LOGIN"),
        set("GITLAB_USER_ID"),
    );
    let (Some(host), Some(login), Some(id)) = stated else {
        return Ok(None);
    };
    let id = id.parse().unwrap_or_default();
    Ok(Some(Event {
        named: Named::Starter(Account::new(&host, &login, id)),
        commit: set("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA").or_else(|| set("CI_COMMIT_SHA")),
    }))
}

fn text(path: &Path) -> Result<String, CommandError> {
    let length = std::fs::metadata(path).map_err(|error| CommandError::io(path, &error))?;
    if length.len() > MOST {
        return Err(unreadable(&path.display().to_string()));
    }
    std::fs::read_to_string(path).map_err(|error| CommandError::io(path, &error))
}

fn unreadable(path: &str) -> CommandError {
    let error = CommandError::usage(format!("`{path}` is no event of a forge"));
    error.hint("the forge names the file in `GITHUB_EVENT_PATH`; unset it to check by hand")
}

fn of_json(text: &str, server: Option<&str>) -> Result<Option<Event>, serde_json::Error> {
    let stated: Stated = serde_json::from_str(text)?;
    let Some(proposal) = stated.pull_request else {
        return Ok(None);
    };
    let forge = server.or(proposal.html_url.as_deref()).unwrap_or_default();
    let account = |user: &User| Account::new(forge, &user.login, user.id);
    let last = stated.sender.as_ref().unwrap_or(&proposal.user);
    Ok(Some(Event {
        named: Named::Author {
            opened: account(&proposal.user),
            last: account(last),
        },
        commit: Some(proposal.head.sha),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_names_who_opened_and_who_changed_last() {
        let text = r#"{"action": "synchronize", "sender": {"login": "bo", "id": 34, "type": "User"},
            "pull_request": {"user": {"login": "ana", "id": 12}, "head": {"sha": "abc"},
            "html_url": "https://codeberg.org/alpha/words/pulls/1"}}"#;
        let named = |server| of_json(text, server).unwrap().unwrap().named;
        for (server, host) in [
            (None, "codeberg.org"),
            (Some("https://github.com"), "github.com"),
        ] {
            let opened = Account::new(host, "ana", 12);
            let last = Account::new(host, "bo", 34);
            assert_eq!(named(server), Named::Author { opened, last });
        }
    }

    #[test]
    fn what_is_no_proposal_names_nobody() {
        assert_eq!(
            of_json("{\"ref\": \"refs/heads/main\"}", None).unwrap(),
            None
        );
        assert!(of_json("{\"pull_request\": {\"user\": {}}}", None).is_err());
        assert!(of_json("<html>", None).is_err());
    }
}
