//! Marks entries so that only a server of this platform can have written them.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Bytes of a mark.
const LENGTH: usize = 32;

/// The key of the marks, which all servers of a platform know and Redis does not.
pub(crate) struct SealKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey")
    }
}

impl SealKey {
    pub(crate) fn new(key: Zeroizing<[u8; 32]>) -> Self {
        Self(key)
    }

    fn mark(&self, name: &str, value: &[u8]) -> Hmac<Sha256> {
        // HMAC itself fills a shorter key up with zeros to a block.
        let mut block = Zeroizing::new([0; 64]);
        block.iter_mut().zip(&*self.0).for_each(|(to, from)| *to = *from);
        let mut mac = Hmac::<Sha256>::new((&*block).into());
        mac.update(&(name.len() as u64).to_le_bytes());
        mac.update(name.as_bytes());
        mac.update(value);
        mac
    }

    /// A value as it is stored under a name: an entry moved to another name does not count there.
    pub(crate) fn seal(&self, name: &str, value: &[u8]) -> Vec<u8> {
        let mut sealed = self.mark(name, value).finalize().into_bytes().to_vec();
        sealed.extend_from_slice(value);
        sealed
    }

    /// The value of an entry; `None`: nobody of ours has written it.
    pub(crate) fn open<'a>(&self, name: &str, sealed: &'a [u8]) -> Option<&'a [u8]> {
        let (mark, value) = sealed.split_at_checked(LENGTH)?;
        // Compared in constant time.
        self.mark(name, value).verify_slice(mark).ok().map(|()| value)
    }
}

#[cfg(test)]
mod tests {
    use super::SealKey;

    #[test]
    fn an_entry_counts_under_its_own_name_and_key_only() {
        let key = SealKey::new([7; 32].into());
        let sealed = key.seal("user 1", b"allowed");
        assert_eq!(key.open("user 1", &sealed), Some(&b"allowed"[..]));
        assert_eq!(key.open("user 2", &sealed), None, "moved");
        assert_eq!(SealKey::new([8; 32].into()).open("user 1", &sealed), None, "of another platform");
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert_eq!(key.open("user 1", &changed), None, "changed at {place}");
        }
        assert_eq!(key.open("user 1", &sealed[..20]), None, "cut");
        assert_eq!(key.open("user 1", b""), None, "empty");
    }

    #[test]
    fn its_debug_text_does_not_show_it() {
        assert_eq!(format!("{:?}", SealKey::new([7; 32].into())), "SealKey");
    }
}
