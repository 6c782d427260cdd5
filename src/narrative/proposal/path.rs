//! A path as git has it: names that are bytes, which may be anything.

use std::fmt::{self, Write as _};

use serde::{Serialize, Serializer};

/// The names that lead to a file from the repository's root.
///
/// **Invariant:** at least one name; a name may hold any byte, even `/`, which a tree can have and no file system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RawPath(Vec<Vec<u8>>);

impl RawPath {
    /// A file or folder at the root.
    pub fn of(name: &[u8]) -> Self {
        Self(vec![name.to_vec()])
    }

    /// Something in this folder.
    #[must_use]
    pub fn join(&self, name: &[u8]) -> Self {
        let mut names = self.0.clone();
        names.push(name.to_vec());
        Self(names)
    }

    /// The names, from the root.
    pub fn names(&self) -> &[Vec<u8>] {
        &self.0
    }

    /// The path as text, if every name is UTF-8 and none holds a `/`.
    pub fn text(&self) -> Option<String> {
        let names = self.0.iter().map(|name| {
            let name = std::str::from_utf8(name).ok()?;
            (!name.contains('/')).then_some(name)
        });
        names
            .collect::<Option<Vec<&str>>>()
            .map(|names| names.join("/"))
    }

    /// The folders above it and the path itself, each with how it reads on a disk that does not tell `A` from `a`.
    pub fn folded(&self) -> Vec<(String, Self)> {
        let upto = |length: usize| {
            let path = Self(self.0[..length].to_vec());
            (path.to_string().to_lowercase(), path)
        };
        (1..=self.0.len()).map(upto).collect()
    }
}

impl From<&str> for RawPath {
    fn from(path: &str) -> Self {
        let names = path.split('/').map(|name| name.as_bytes().to_vec());
        Self(names.collect())
    }
}

/// What does not show as itself is spelt out: `a<U+000A>b`, and `a<0xFF>b` for what is no UTF-8.
impl fmt::Display for RawPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, name) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_char('/')?;
            }
            for chunk in name.utf8_chunks() {
                chunk.valid().chars().try_for_each(|sign| spell(f, sign))?;
                let wrong = chunk.invalid().iter();
                wrong
                    .into_iter()
                    .try_for_each(|byte| write!(f, "<0x{byte:02X}>"))?;
            }
        }
        Ok(())
    }
}

fn spell(f: &mut fmt::Formatter<'_>, sign: char) -> fmt::Result {
    let filler = matches!(sign, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
    let shows = sign.is_alphanumeric() || sign.is_ascii_graphic() || sign == ' ';
    if shows && !filler && sign != '/' {
        f.write_char(sign)
    } else {
        write!(f, "<U+{:04X}>", u32::from(sign))
    }
}

impl Serialize for RawPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::RawPath;

    #[test]
    fn what_does_not_show_is_spelt_out() {
        let shown = |name: &[u8]| RawPath::from("a").join(name).to_string();
        assert_eq!(shown(b"b\n\x1b.md"), "a/b<U+000A><U+001B>.md");
        assert_eq!(shown(b"\xff\xc3\xa9"), "a/<0xFF>é");
        assert_eq!(shown(b"b/c"), "a/b<U+002F>c");
        assert_eq!(shown("\u{200c}.git".as_bytes()), "a/<U+200C>.git");
        assert_eq!(RawPath::of(b"b/c").text(), None);
        assert_eq!(RawPath::from("b/c").text().as_deref(), Some("b/c"));
    }
}
