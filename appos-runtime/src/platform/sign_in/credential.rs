//! What somebody presents to sign in, and whose account it opens. Everything that begins a session of a
//! person goes through here: another way to sign in is another credential, not another door.

use secrecy::SecretString;

use crate::error::Result;
use crate::platform::identity::{Account, account_by_email};
use crate::platform::password::{is_of_yesterday, password_fits, renew_hash, stored_hash};
use crate::record::Store;
use crate::security::UserType;

/// What is presented.
pub(crate) enum Credential {
    /// A password, with the e-mail address of its account.
    Password {
        /// The address, as typed.
        email: String,
        /// The password.
        password: SecretString,
    },
}

/// The account, if it is one that a person may sign in with.
pub(crate) fn person(account: Option<Account>) -> Option<Account> {
    account.filter(|account| account.active && account.user.user_type != UserType::ServiceAccount)
}

impl Credential {
    /// How the security log names it.
    pub(crate) fn as_str(&self) -> &'static str {
        match self {
            Self::Password { .. } => "by password",
        }
    }

    /// The account that it opens. It takes as many questions and as much time when there is none: the
    /// time must not tell who exists.
    ///
    /// # Errors
    /// The database cannot be read.
    pub(crate) async fn account(self, store: &Store) -> Result<Option<Account>> {
        let Self::Password { email, password } = self;
        let account = person(account_by_email(store, &email).await?);
        // No account has the number 0.
        let hash = stored_hash(store, account.as_ref().map_or(0, |account| account.user.id)).await?;
        let fits = password_fits(password.clone(), hash.clone()).await?;
        let Some((account, hash)) = account.zip(hash).filter(|_| fits) else { return Ok(None) };
        if is_of_yesterday(&hash)
            && let Err(error) = renew_hash(store, account.user.id, &hash, password).await
        {
            // The old one is as good as it was; the next sign-in tries again.
            tracing::warn!(%error, "a password could not be hashed anew");
        }
        Ok(Some(account))
    }
}
