//! Why a remote did not do what it was asked, as git tells it.
//!
//! **Invariant:** what a server said comes out of here without controls and without links to other hosts.

use super::StoreError;
use super::call::Said;
use crate::narrative::forge::{Web, complaint};

/// Gives what a remote said, if it did what it was asked.
pub fn succeeded(remote: &str, said: Said) -> Result<Said, StoreError> {
    if said.ok {
        return Ok(said);
    }
    let damaged = said.damaged();
    Err(damaged.unwrap_or_else(|| {
        let stderr = String::from_utf8_lossy(&said.stderr);
        failure(remote, &stderr, None)
    }))
}

/// Why a remote did not do what it was asked: it let nobody in, or something else.
pub fn failure(remote: &str, stderr: &str, web: Option<&Web>) -> StoreError {
    let remote = remote.to_owned();
    if OFFLINE.iter().any(|sign| stderr.contains(sign)) {
        let why = "its host cannot be found or reached: is this computer online?".to_owned();
        return StoreError::Remote(remote, why);
    }
    let why = complaint(stderr, web);
    if LOGIN.iter().any(|sign| why.contains(sign)) {
        StoreError::NoLogin(remote, why)
    } else {
        StoreError::Remote(remote, why)
    }
}

/// What git says where there is no way to a host.
const OFFLINE: [&str; 4] = [
    "Could not resolve host",
    "Network is unreachable",
    "No route to host",
    "Temporary failure in name resolution",
];

/// What git says of a remote that does not let us in.
const LOGIN: [&str; 4] = [
    "Permission denied",
    "Authentication failed",
    "could not read Username",
    "could not read Password",
];
