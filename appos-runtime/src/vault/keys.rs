//! The keys of a platform: one that seals, and those that it took over from.

use zeroize::Zeroizing;

use super::Key;
use super::key::LENGTH;
use super::sealed::{self, Place};
use crate::error::{AppOsError, Result};

/// The secret keys of a platform.
///
/// ```
/// use appos_runtime::vault::{Key, Place, SecretKeys};
/// let keys = SecretKeys::new(Key::random()?, []);
/// let place = Place { purpose: "example", row: "7", field: "text" };
/// let sealed = keys.seal(place, "a secret")?;
/// assert!(!sealed.contains("secret"));
/// assert_eq!(*keys.open(place, &sealed)?, "a secret");
/// assert!(keys.open(Place { row: "8", ..place }, &sealed).is_err());
/// # Ok::<(), appos_runtime::AppOsError>(())
/// ```
#[derive(Clone, Debug)]
pub struct SecretKeys {
    /// The one that seals first, then those that only open.
    keys: Vec<Key>,
}

impl SecretKeys {
    /// The key that seals, and older ones, whose texts can still be opened.
    pub fn new(current: Key, old: impl IntoIterator<Item = Key>) -> Self {
        let mut keys = vec![current];
        for key in old {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        Self { keys }
    }

    fn current(&self) -> Result<&Key> {
        self.keys.first().ok_or_else(|| AppOsError::execution("there is no secret key"))
    }

    /// Names of the keys, the one that seals first.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(Key::id)
    }

    /// A key for one purpose, such as a MAC, from the key that seals: the same on every program
    /// that has the same secret key.
    ///
    /// # Errors
    /// None that is known: the length is right.
    pub fn derive(&self, purpose: &str) -> Result<Zeroizing<[u8; LENGTH]>> {
        self.current()?.expand(&["derive", purpose])
    }

    /// The same from every key, the one that seals first: while keys change, what another
    /// program has made with an older one is still to be recognised.
    ///
    /// # Errors
    /// None that is known: the length is right.
    pub fn derive_all(&self, purpose: &str) -> Result<Vec<Zeroizing<[u8; LENGTH]>>> {
        self.keys.iter().map(|key| key.expand(&["derive", purpose])).collect()
    }

    /// Makes a text that only these keys open, and only at this place.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub fn seal(&self, place: Place<'_>, text: &str) -> Result<String> {
        sealed::seal(self.current()?, place, text)
    }

    /// Opens a sealed text.
    ///
    /// # Errors
    /// None of the keys has sealed it, it was sealed for another place, or was changed (code
    /// `unreadable_secret`).
    pub fn open(&self, place: Place<'_>, sealed: &str) -> Result<Zeroizing<String>> {
        sealed::open(&self.keys, place, sealed)
    }

    /// True if the text was sealed with the key that seals now.
    pub fn is_current(&self, sealed: &str) -> bool {
        self.keys.first().is_some_and(|key| sealed::key_of(sealed) == Some(key.id()))
    }

    /// How texts begin that were sealed with the key that seals now.
    ///
    /// # Errors
    /// None that is known.
    pub(crate) fn prefix(&self) -> Result<String> {
        Ok(sealed::prefix(self.current()?))
    }
}
