//! The token of a session: what a page of another site cannot know, because it can read no answer of
//! ours. Made from the secret in the cookie, so that nothing has to be kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What the secret is used for here; another use would have another text.
const PURPOSE: &[u8] = b"appos csrf token v1";

fn mac(secret: &str) -> Option<Hmac<Sha256>> {
    // A key of any length fits.
    Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok().map(|mac| mac.chain_update(PURPOSE))
}

/// The token of the session with this secret.
pub(in crate::web) fn token(secret: &str) -> String {
    mac(secret).map(|mac| URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())).unwrap_or_default()
}

/// True if a token is that of the session with this secret. How long it takes tells nothing.
pub(super) fn fits(token: &str, secret: &str) -> bool {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else { return false };
    mac(secret).is_some_and(|mac| mac.verify_slice(&bytes).is_ok())
}

#[cfg(test)]
mod tests {
    use super::{fits, token};

    #[test]
    fn a_token_fits_the_session_that_it_was_made_for_alone() {
        let made = token("one");
        assert_eq!(made.len(), 43);
        assert!(fits(&made, "one") && !fits(&made, "two"));
        for wrong in ["", "one", &made[1..], &format!("{made}A"), &made.to_lowercase(), "é"] {
            assert!(!fits(wrong, "one"), "{wrong}");
        }
    }
}
