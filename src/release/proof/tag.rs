//! A tag object as git stores it: what it names, who made it, what it says, and the signature below.
//!
//! It is read byte by byte here, so that what is checked is what was signed, whatever replace refs, mailmaps or settings
//! a repository has.
//!
//! **Invariant:** `payload` and `armor` one after the other are the object.

use crate::narrative::time::Moment;

/// A tag object that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagObject {
    /// The id of what it names.
    pub target: String,
    /// What kind of thing that is: `commit`.
    pub kind: String,
    /// The name that it has itself.
    pub name: String,
    /// Who made it, as the object says.
    pub tagger: Tagger,
    /// What it says.
    pub message: String,
    /// What was signed.
    pub payload: Vec<u8>,
    /// The signature in armour; empty if there is none.
    pub armor: String,
}

/// Who made a tag, as it says itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagger {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// When.
    pub at: Moment,
}

/// How armour begins, and what it holds.
const ARMORS: [(&str, Scheme); 3] = [
    ("-----BEGIN SSH SIGNATURE-----", Scheme::Ssh),
    ("-----BEGIN PGP SIGNATURE-----", Scheme::OpenPgp),
    ("-----BEGIN PGP MESSAGE-----", Scheme::OpenPgp),
];

/// The kind of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// By an SSH key.
    Ssh,
    /// By an OpenPGP key.
    OpenPgp,
}

/// What kind of signature some armour is; nothing if it is none.
pub fn scheme(armor: &str) -> Option<Scheme> {
    let starts = |(start, _): &&(&str, Scheme)| armor.starts_with(start);
    ARMORS.iter().find(starts).map(|(_, scheme)| *scheme)
}

impl TagObject {
    /// Reads the bytes of a tag object; nothing if they are none.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (payload, armor) = bytes.split_at(armor_start(bytes).unwrap_or(bytes.len()));
        let text = std::str::from_utf8(payload).ok()?;
        let (head, message) = text.split_once("\n\n").or(Some((text, "")))?;
        let mut lines = head.lines();
        let mut field = |name: &str| {
            let line = lines.next()?.strip_prefix(name)?;
            line.strip_prefix(' ').map(str::to_owned)
        };
        let tag = Self {
            target: field("object")?,
            kind: field("type")?,
            name: field("tag")?,
            tagger: tagger(&field("tagger")?)?,
            message: message.to_owned(),
            payload: payload.to_vec(),
            armor: std::str::from_utf8(armor).ok()?.to_owned(),
        };
        lines.next().is_none().then_some(tag)
    }

    /// What kind of signature it has.
    pub fn scheme(&self) -> Option<Scheme> {
        scheme(&self.armor)
    }

    /// The digest of the manifest that its message names.
    pub fn manifest(&self) -> Option<&str> {
        let mut lines = self.message.lines();
        lines
            .find_map(|line| line.strip_prefix("Manifest: "))
            .map(str::trim)
    }
}

/// The bytes of a tag object on a commit, without a signature.
pub fn unsigned(name: &str, target: &str, tagger: &Tagger, message: &str) -> Vec<u8> {
    let plain = |text: &str| text.replace(['<', '>', '\n', '\0'], "");
    let (who, address) = (plain(&tagger.name), plain(&tagger.email));
    let at = tagger.at.unix();
    let head = format!("object {target}\ntype commit\ntag {name}\n");
    format!("{head}tagger {who} <{address}> {at} +0000\n\n{message}").into_bytes()
}

/// Where the last line stands that begins armour, as git looks for it.
fn armor_start(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut found = None;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if ARMORS
            .iter()
            .any(|(start, _)| line.starts_with(start.as_bytes()))
        {
            found = Some(at);
        }
        at += line.len();
    }
    found
}

fn tagger(line: &str) -> Option<Tagger> {
    let (who, when) = line.rsplit_once('>')?;
    let (name, email) = who.split_once('<')?;
    let seconds = when.split_whitespace().next()?.parse().ok()?;
    Some(Tagger {
        name: name.trim().to_owned(),
        email: email.to_owned(),
        at: Moment::from_unix(seconds)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ana() -> Tagger {
        Tagger {
            name: "Ana".to_owned(),
            email: "ana@example.org".to_owned(),
            at: Moment::from_unix(1_772_366_400).unwrap(),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let target = "a".repeat(40);
        let bytes = unsigned("v2026.03.0", &target, &ana(), "T\n\nManifest: abc\n");
        let tag = TagObject::parse(&bytes).unwrap();
        assert_eq!(
            (tag.name.as_str(), tag.manifest()),
            ("v2026.03.0", Some("abc"))
        );
        assert_eq!((tag.target, tag.tagger), (target, ana()));
        assert_eq!(tag.payload, bytes);
        assert_eq!(TagObject::parse(&bytes).unwrap().scheme(), None);
    }

    #[test]
    fn the_last_armour_is_the_signature() {
        let mut bytes = unsigned("v2026.03.0", &"a".repeat(40), &ana(), "T\n");
        bytes.extend(b"-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n");
        let inner = bytes.len();
        bytes.extend(b"-----BEGIN SSH SIGNATURE-----\ny\n-----END SSH SIGNATURE-----\n");
        let tag = TagObject::parse(&bytes).unwrap();
        assert_eq!(tag.payload.len(), inner);
        assert_eq!(tag.scheme(), Some(Scheme::Ssh));
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        let bytes = unsigned("v1", &"a".repeat(40), &ana(), "T\n");
        let text = String::from_utf8(bytes).unwrap();
        assert!(TagObject::parse(text.replace("tag v1\n", "").as_bytes()).is_none());
        assert!(
            TagObject::parse(text.replace("tag v1\n", "tag v1\ntag v2\n").as_bytes()).is_none()
        );
        assert!(TagObject::parse(text.replace(" <ana", " ana").as_bytes()).is_none());
        assert!(TagObject::parse(b"\xff").is_none());
    }
}
