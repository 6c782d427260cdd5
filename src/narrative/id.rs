//! Names that files and people are known by, each checked where it is made.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::file_name::is_device;

/// Why a name was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The name is empty, too long, or has a character other than `a` to `z`, `0` to `9` and `-`.
    #[error("`{0}` is not a name of 1 to 40 characters from `a-z`, `0-9` and `-`")]
    Characters(String),
    /// The name is one that Windows keeps for a device, and no file there can have it.
    #[error("`{0}` is a name that Windows keeps for a device: no draft can be called so there")]
    Device(String),
    /// The name of a question's folder is not a number, a hyphen and a short name.
    #[error("`{0}` is not the folder of a question, such as `3-drivers`")]
    Folder(String),
    /// Not forty hexadecimal digits.
    #[error("`{0}` is not the id of a git blob")]
    Blob(String),
}

fn check(name: &str) -> Result<(), IdError> {
    let fits = !name.is_empty()
        && name.len() <= 40
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && !name.starts_with('-');
    if fits {
        Ok(())
    } else {
        Err(IdError::Characters(name.to_owned()))
    }
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// **Invariant:** 1 to 40 characters from `a-z`, `0-9` and `-`, not starting with `-`; a file on any system can have
        /// it.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(name: &str) -> Result<Self, IdError> {
                check(name)?;
                match is_device(name) {
                    true => Err(IdError::Device(name.to_owned())),
                    false => Ok(Self(name.to_owned())),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(name: String) -> Result<Self, IdError> {
                name.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// The id of a contributor: the name of her draft files.
    ContributorId
}
name! {
    /// The id of a member.
    MemberId
}

/// A question's number and short name: the name of its folder, `3-drivers`.
///
/// Ordered by number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QuestionId {
    number: u32,
    name: String,
}

impl QuestionId {
    /// Makes the id of question `number` with a short name.
    ///
    /// # Errors
    ///
    /// The name has characters that a folder's name may not have.
    pub fn new(number: u32, name: &str) -> Result<Self, IdError> {
        check(name)?;
        Ok(Self {
            number,
            name: name.to_owned(),
        })
    }

    /// The number, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The short name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl FromStr for QuestionId {
    type Err = IdError;
    fn from_str(folder: &str) -> Result<Self, IdError> {
        let refused = || IdError::Folder(folder.to_owned());
        let (number, name) = folder.split_once('-').ok_or_else(refused)?;
        let plain = !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().ok().filter(|_| plain).ok_or_else(refused)?;
        Self::new(number, name).map_err(|_| refused())
    }
}

impl TryFrom<String> for QuestionId {
    type Error = IdError;
    fn try_from(folder: String) -> Result<Self, IdError> {
        folder.parse()
    }
}

impl From<QuestionId> for String {
    fn from(id: QuestionId) -> String {
        id.to_string()
    }
}

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.number, self.name)
    }
}

/// The id of a git blob: the exact bytes of a text.
///
/// **Invariant:** forty lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BlobId(String);

impl BlobId {
    /// The forty digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first seven digits, for people.
    pub fn short(&self) -> &str {
        &self.0[..7]
    }
}

impl FromStr for BlobId {
    type Err = IdError;
    fn from_str(digits: &str) -> Result<Self, IdError> {
        let fits = digits.len() == 40
            && digits
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if fits {
            Ok(Self(digits.to_owned()))
        } else {
            Err(IdError::Blob(digits.to_owned()))
        }
    }
}

impl TryFrom<String> for BlobId {
    type Error = IdError;
    fn try_from(digits: String) -> Result<Self, IdError> {
        digits.parse()
    }
}

impl From<BlobId> for String {
    fn from(id: BlobId) -> String {
        id.0
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
