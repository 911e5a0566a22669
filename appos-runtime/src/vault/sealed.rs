//! The form of a sealed text: `sealed:1:`, the key's name, `:`, and nonce and ciphertext as
//! base64. Random nonces of 192 bits never meet (XChaCha20-Poly1305).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::Key;
use super::key::joined;
use crate::error::{AppOsError, Result};

/// What a sealed text begins with; the number is raised when the form changes.
const VERSION: &str = "sealed:1:";
/// Bytes of a nonce.
const NONCE: usize = 24;

/// Where a sealed text stands. It opens nowhere else: who can write to the database cannot put
/// one row's secret into another.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// What it is for; each purpose has a key of its own.
    pub purpose: &'a str,
    /// The row.
    pub row: &'a str,
    /// The column.
    pub field: &'a str,
}

pub(super) fn prefix(key: &Key) -> String {
    format!("{VERSION}{}:", key.id())
}

/// The name of the key of a sealed text.
pub(super) fn key_of(sealed: &str) -> Option<&str> {
    sealed.strip_prefix(VERSION)?.split_once(':').map(|(id, _)| id)
}

fn cipher(key: &Key, place: Place<'_>) -> Result<XChaCha20Poly1305> {
    let derived = key.expand::<32>(&["seal", place.purpose])?;
    Ok(XChaCha20Poly1305::new((&*derived).into()))
}

fn associated(key: &Key, place: Place<'_>) -> Vec<u8> {
    joined(&[VERSION, key.id(), place.purpose, place.row, place.field])
}

pub(super) fn seal(key: &Key, place: Place<'_>, text: &str) -> Result<String> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce)
        .map_err(|error| AppOsError::execution("the system gives no random numbers").caused_by(error.to_string()))?;
    let payload = Payload { msg: text.as_bytes(), aad: &associated(key, place) };
    let sealed = cipher(key, place)?
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| AppOsError::execution("a text is too long to be sealed"))?;
    let mut bytes = nonce.to_vec();
    bytes.extend_from_slice(&sealed);
    Ok(format!("{}{}", prefix(key), URL_SAFE_NO_PAD.encode(&bytes)))
}

pub(super) fn open(keys: &[Key], place: Place<'_>, sealed: &str) -> Result<Zeroizing<String>> {
    let Some(id) = key_of(sealed) else { return Err(unreadable("it is not sealed")) };
    let Some(key) = keys.iter().find(|key| key.id() == id) else {
        return Err(unreadable(format!("its key {id} is not among the secret keys of this program")));
    };
    let bytes = sealed.strip_prefix(&prefix(key)).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
    let split = bytes.as_ref().and_then(|bytes| bytes.split_first_chunk::<NONCE>());
    let Some((nonce, sealed)) = split else { return Err(unreadable("it was cut or changed")) };
    let payload = Payload { msg: sealed, aad: &associated(key, place) };
    let opened = cipher(key, place)?.decrypt(&XNonce::from(*nonce), payload);
    let opened = opened.map_err(|_| unreadable("it was changed, or belongs to another row"))?;
    String::from_utf8(opened).map(Zeroizing::new).map_err(|_| unreadable("it is no text"))
}

fn unreadable(why: impl Into<String>) -> AppOsError {
    AppOsError::execution("a stored secret cannot be read").code_is("unreadable_secret").caused_by(why.into())
}
