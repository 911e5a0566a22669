//! The settings of a system with all defaults: what its author has written, under what the platform's settings say.

use std::time::Duration;

use ipnet::IpNet;

use super::credential::Credential;
use super::trust::{ClientCertificate, Trust};
use crate::config::SystemSettings;
use crate::error::{AppOsError, Result};
use crate::platform::stored_secrets::secret_value;
use crate::record::Store;
use crate::registry::{Auth, AuthMethod, Login, Secret};
use crate::vault::SecretKeys;

/// Failures in a row after which a system is left alone.
const BREAKER: u32 = 10;
/// For how long.
const BREAKER_WAIT: Duration = Duration::from_secs(30);

/// What every kind of client needs.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    pub(crate) pool_size: u32,
    pub(crate) idle_timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) timeout: Duration,
    pub(crate) max_response: usize,
    pub(crate) networks: Vec<IpNet>,
}

impl Limits {
    pub(crate) fn of(settings: &SystemSettings) -> Self {
        Self {
            pool_size: settings.pool_size.unwrap_or(10),
            idle_timeout: settings.idle_timeout.unwrap_or(Duration::from_secs(90)),
            connect_timeout: settings.connect_timeout.unwrap_or(Duration::from_secs(5)),
            timeout: settings.timeout.unwrap_or(Duration::from_secs(10)),
            max_response: settings.max_response.unwrap_or(10 << 20),
            networks: settings.allow_networks.clone().unwrap_or_default(),
        }
    }
}

/// After how many failures a system is left alone, and for how long.
pub(super) fn breaker(settings: &SystemSettings) -> (u32, Duration) {
    (settings.breaker.unwrap_or(BREAKER), settings.breaker_wait.unwrap_or(BREAKER_WAIT))
}

/// Where secrets are looked up.
#[derive(Clone, Copy)]
pub(crate) struct Secrets<'a> {
    pub(crate) store: &'a Store,
    pub(crate) keys: &'a SecretKeys,
}

impl Secrets<'_> {
    pub(crate) async fn value(self, secret: Secret) -> Result<secrecy::SecretString> {
        secret_value(self.store, self.keys, secret.name()).await
    }

    /// A name that may be a secret.
    pub(crate) async fn login(self, login: &Login) -> Result<String> {
        use secrecy::ExposeSecret;
        match login {
            Login::Text(text) => Ok(text.clone().into_owned()),
            Login::Secret(secret) => Ok(self.value(*secret).await?.expose_secret().to_owned()),
        }
    }

    /// What is shown to a system; tokens that have to be fetched are none of it.
    pub(crate) async fn credential(self, auth: &Auth) -> Result<Credential> {
        Ok(match &auth.method {
            AuthMethod::None | AuthMethod::ClientCredentials { .. } => Credential::None,
            AuthMethod::Basic { user, password } => {
                Credential::Basic { user: self.login(user).await?, password: self.value(*password).await? }
            }
            AuthMethod::Bearer { user, token } => {
                let user = match user {
                    Some(user) => Some(self.login(user).await?),
                    None => None,
                };
                Credential::Bearer { user, token: self.value(*token).await? }
            }
            AuthMethod::ApiKey { header, key } => {
                Credential::ApiKey { header: (*header).to_owned(), key: self.value(*key).await? }
            }
        })
    }

    /// Whose certificates are believed, and which one is shown.
    pub(crate) async fn trust(self, auth: &Auth, settings: &SystemSettings) -> Result<Trust> {
        use secrecy::ExposeSecret;
        let ca = match &settings.ca_file {
            None => None,
            Some(file) => Some(tokio::fs::read_to_string(file).await.map_err(|error| {
                let message = format!("`ca_file` {} of a connected system cannot be read", file.display());
                AppOsError::integration(message).code_is("invalid_certificate").caused_by(error)
            })?),
        };
        let client = match auth.certificate {
            None => None,
            Some((certificate, key)) => Some(ClientCertificate {
                certificate: self.value(certificate).await?.expose_secret().to_owned(),
                key: self.value(key).await?,
            }),
        };
        Ok(Trust { ca, client })
    }
}
