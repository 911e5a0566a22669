//! How the platform shows a system who it is: what an author's `Auth` has become once its secrets were looked up.

use secrecy::SecretString;

/// Credentials with their secrets; `Debug` shows none of them.
#[derive(Clone, Debug, Default)]
pub(crate) enum Credential {
    /// None at all.
    #[default]
    None,
    /// Name and password.
    Basic {
        /// The account's name, which is no secret.
        user: String,
        /// Its password.
        password: SecretString,
    },
    /// A token that says who its bearer is (HTTP; `XOAUTH2` of SMTP and IMAP with a user).
    Bearer {
        /// The account's name, where the protocol wants one beside the token.
        user: Option<String>,
        /// The token.
        token: SecretString,
    },
    /// A key in a header of its own (HTTP).
    ApiKey {
        /// Name of the header.
        header: String,
        /// The key.
        key: SecretString,
    },
}
