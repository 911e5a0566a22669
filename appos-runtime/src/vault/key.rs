//! One secret key, and what is derived from it.

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hkdf::Hkdf;
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::{AppOsError, Result};

/// Bytes of a key.
pub(super) const LENGTH: usize = 32;
/// What separates keys of this use from any other use of the same bytes.
const SALT: &[u8] = b"appos secret key, version 1";

/// A secret key of 256 random bits.
///
/// ```
/// use appos_runtime::vault::Key;
/// let key: Key = "3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=".parse().unwrap();
/// assert!(!format!("{key:?}").contains("3q2"));
/// assert!("too short".parse::<Key>().is_err());
/// ```
pub struct Key {
    secret: SecretBox<[u8; LENGTH]>,
    /// What tells it from others, in sealed texts and messages; says nothing about the key.
    id: String,
}

/// A text that is no key. It does not say which text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadKey;

impl fmt::Display for BadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a secret key is 32 random bytes as base64")
    }
}

impl std::error::Error for BadKey {}

/// Both alphabets' users leave the padding away or not.
const PADDED_OR_NOT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

impl std::str::FromStr for Key {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let alphabet = if text.contains(['-', '_']) { &alphabet::URL_SAFE } else { &alphabet::STANDARD };
        let bytes = GeneralPurpose::new(alphabet, PADDED_OR_NOT).decode(text.trim()).map(Zeroizing::new);
        let bytes = bytes.map_err(|_| BadKey)?;
        // A key of one repeated byte was never made by chance.
        if bytes.len() != LENGTH || bytes.iter().all(|byte| Some(byte) == bytes.first()) {
            return Err(BadKey);
        }
        let mut secret = [0; LENGTH];
        secret.copy_from_slice(&bytes);
        let key = Self::of(secret);
        zeroize::Zeroize::zeroize(&mut secret);
        key.map_err(|_| BadKey)
    }
}

impl Key {
    fn of(secret: [u8; LENGTH]) -> Result<Self> {
        let mut key = Self { secret: SecretBox::new(Box::new(secret)), id: String::new() };
        let id = key.expand::<8>(&["id"])?;
        key.id = format!("{:016x}", u64::from_be_bytes(*id));
        Ok(key)
    }

    /// A new key from the system's random numbers.
    ///
    /// # Errors
    /// The system gives none.
    pub fn random() -> Result<Self> {
        let mut secret = Zeroizing::new([0; LENGTH]);
        getrandom::fill(&mut *secret).map_err(|error| {
            AppOsError::execution("the system gives no random numbers").caused_by(error.to_string())
        })?;
        Self::of(*secret)
    }

    /// The key as base64, to be stored outside the platform. The one way to see it.
    pub fn expose(&self) -> Zeroizing<String> {
        Zeroizing::new(base64::engine::general_purpose::STANDARD.encode(self.secret.expose_secret()))
    }

    /// What tells the key from others.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Bytes for one use. The parts of its name are told apart, whatever they hold.
    pub(super) fn expand<const N: usize>(&self, purpose: &[&str]) -> Result<Zeroizing<[u8; N]>> {
        let mut derived = Zeroizing::new([0; N]);
        Hkdf::<Sha256>::new(Some(SALT), self.secret.expose_secret())
            .expand(&joined(purpose), &mut *derived)
            .map_err(|error| AppOsError::execution("no key can be derived").caused_by(error.to_string()))?;
        Ok(derived)
    }
}

impl Clone for Key {
    fn clone(&self) -> Self {
        Self { secret: SecretBox::new(Box::new(*self.secret.expose_secret())), id: self.id.clone() }
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        subtle::ConstantTimeEq::ct_eq(&self.secret.expose_secret()[..], &other.secret.expose_secret()[..]).into()
    }
}

impl Eq for Key {}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.id)
    }
}

/// Texts as bytes from which they can be told again: each with its length before it.
pub(super) fn joined(parts: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}
