//! Signatures by SSH keys; the only file that names `ssh_key`.
//!
//! `ssh-key` buys us the check of `sshsig` signatures without a program, so that no setting of a repository has a say in
//! it. It checks what a signature holds against the key inside it; whose key that is, the roster says.

use ssh_key::{HashAlg, PublicKey, SshSig};

/// The purpose that git writes into its signatures.
pub const NAMESPACE: &str = "git";

/// A signature that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Type and digits of the key.
    pub identity: String,
    /// Its fingerprint, as `ssh-keygen -l` tells it.
    pub fingerprint: String,
}

/// Why a signature does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It cannot be read.
    Unreadable,
    /// It was made for another purpose, such as signing files or mails.
    Namespace(String),
    /// What was signed is not what is there.
    Broken,
}

/// Checks a signature over some bytes.
///
/// # Errors
///
/// Why it does not hold.
pub fn check(payload: &[u8], armor: &str) -> Result<Signed, Flaw> {
    let signature = SshSig::from_pem(armor).map_err(|_| Flaw::Unreadable)?;
    if signature.namespace() != NAMESPACE {
        return Err(Flaw::Namespace(signature.namespace().to_owned()));
    }
    let key = PublicKey::from(signature.public_key().clone());
    key.verify(NAMESPACE, payload, &signature)
        .map_err(|_| Flaw::Broken)?;
    let identity = key.to_openssh().map_err(|_| Flaw::Unreadable)?;
    Ok(Signed {
        identity: identity.trim().to_owned(),
        fingerprint: key.fingerprint(HashAlg::Sha256).to_string(),
    })
}

/// The fingerprint of an SSH public key; nothing if it is none.
pub fn fingerprint(key: &str) -> Option<String> {
    let key = PublicKey::from_openssh(key.trim()).ok()?;
    Some(key.fingerprint(HashAlg::Sha256).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssh_key::PrivateKey;
    use ssh_key::private::{Ed25519Keypair, KeypairData};

    fn key() -> PrivateKey {
        let pair = Ed25519Keypair::from_seed(&[7; 32]);
        PrivateKey::new(KeypairData::from(pair), "").unwrap()
    }

    fn signed(namespace: &str, payload: &[u8]) -> String {
        let signature = key().sign(namespace, HashAlg::Sha512, payload).unwrap();
        signature.to_pem(ssh_key::LineEnding::LF).unwrap()
    }

    #[test]
    fn a_signature_holds_for_its_bytes_and_purpose_alone() {
        let armor = signed("git", b"words\n");
        let public = key().public_key().to_openssh().unwrap();
        let holds = check(b"words\n", &armor).unwrap();
        assert_eq!(holds.identity, public.trim());
        assert_eq!(Some(holds.fingerprint), fingerprint(&public));
        assert_eq!(check(b"other\n", &armor), Err(Flaw::Broken));
        let file = signed("file", b"words\n");
        assert_eq!(
            check(b"words\n", &file),
            Err(Flaw::Namespace("file".to_owned()))
        );
        assert_eq!(check(b"words\n", "-----BEGIN"), Err(Flaw::Unreadable));
    }
}
