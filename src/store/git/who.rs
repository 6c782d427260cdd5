//! Who is writing, by the environment or git's settings.

use git2::{Signature, Time};

use super::{Git, failed};
use crate::narrative::time::Moment;
use crate::store::StoreError;
use crate::store::repository::Identity;

impl Git {
    /// The name and address in the environment or git's settings.
    pub fn identity(&self) -> Result<Identity, StoreError> {
        identity(self.0.config().ok())
    }
}

/// The name and address in the environment or in git's settings for every repository.
pub fn identity_by_default() -> Result<Identity, StoreError> {
    identity(git2::Config::open_default().ok())
}

fn identity(config: Option<git2::Config>) -> Result<Identity, StoreError> {
    let variable = |name: &str| {
        std::env::var(name)
            .ok()
            .filter(|value| !value.trim().is_empty())
    };
    let config = config.and_then(|mut config| config.snapshot().ok());
    let set = |key: &str| {
        config
            .as_ref()
            .and_then(|config| config.get_string(key).ok())
    };
    let name = variable("GIT_AUTHOR_NAME").or_else(|| set("user.name"));
    let email = variable("GIT_AUTHOR_EMAIL").or_else(|| set("user.email"));
    match (name, email) {
        (Some(name), Some(email)) => Ok(Identity { name, email }),
        _ => Err(StoreError::NoIdentity),
    }
}

/// A name, an address and a moment, as git signs objects with them.
pub fn signature(identity: &Identity, at: Moment) -> Result<Signature<'static>, StoreError> {
    let time = Time::new(at.unix(), 0);
    Signature::new(&identity.name, &identity.email, &time).map_err(failed("write who you are"))
}
