//! Secrets that other systems and this platform share.

use secrecy::SecretString;

use crate::error::{AppOsError, Result};

/// The secret with this name: the value of the environment variable `APPOS_SECRET__<NAME>`.
///
/// # Errors
/// There is none, or it is empty (code `secret_missing`).
///
/// ```
/// let missing = appos_runtime::web_api::secret("NOBODY_HAS_SET_IT").unwrap_err();
/// assert_eq!(missing.code(), "secret_missing");
/// ```
pub fn secret(name: &str) -> Result<SecretString> {
    std::env::var(format!("APPOS_SECRET__{name}"))
        .ok()
        .filter(|value| !value.is_empty())
        .map(SecretString::from)
        .ok_or_else(|| {
            AppOsError::execution(format!("the secret {name} is not set: APPOS_SECRET__{name}"))
                .code_is("secret_missing")
        })
}
