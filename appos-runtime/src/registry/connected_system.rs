//! What the engine knows of a connected system: what it speaks, where it is, and which secrets it needs.

use std::borrow::Cow;

use serde::Serialize;

/// What a connected system speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SystemKind {
    /// HTTP, by integrations.
    Http,
    /// A database on which records live.
    Database,
    /// Sends mail.
    Smtp,
    /// Reads mail.
    Imap,
    /// Keeps files, in plain or with TLS asked for by the client.
    Ftp,
    /// Keeps files, with TLS.
    Ftps,
}

impl SystemKind {
    /// As authors write it: `http`, `database`, `smtp`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Database => "database",
            Self::Smtp => "smtp",
            Self::Imap => "imap",
            Self::Ftp => "ftp",
            Self::Ftps => "ftps",
        }
    }
}

/// What is particular to a connected system.
#[derive(Debug)]
pub struct ConnectedSystemDescriptor {
    /// What it speaks.
    pub kind: SystemKind,
    /// What its author has written of it, by name, in the form in which the platform's settings replace it.
    pub settings: &'static [(&'static str, &'static str)],
    /// How the platform shows it who it is. Holds names of secrets, and no secret.
    pub auth: fn() -> Auth,
}

impl ConnectedSystemDescriptor {
    /// A system of which nothing is said.
    pub const NONE: Self = Self { kind: SystemKind::Http, settings: &[], auth: Auth::none };
}

/// The name of a secret; what it is stands in the platform's store of secrets, or in an environment variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Secret {
    pub(crate) name: &'static str,
}

impl Secret {
    /// Its name, such as `PAYMENTS_KEY`.
    pub const fn name(self) -> &'static str {
        self.name
    }
}

/// A name that is no secret, or one that is kept like one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    /// As written.
    Text(Cow<'static, str>),
    /// Looked up.
    Secret(Secret),
}

impl From<&'static str> for Login {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<Secret> for Login {
    fn from(secret: Secret) -> Self {
        Self::Secret(secret)
    }
}

/// How the platform shows a system who it is. Made by the words of [`auth`], which are in scope of the body of a
/// `#[connected_system]`.
///
/// ```
/// use appos_runtime::codegen_support::auth::*;
/// let auth = bearer(secret("PAYMENTS_KEY")).client_certificate(secret("PAYMENTS_CERT"), secret("PAYMENTS_CERT_KEY"));
/// let names: Vec<_> = auth.secrets().iter().map(|secret| secret.name()).collect();
/// assert_eq!(names, ["PAYMENTS_KEY", "PAYMENTS_CERT", "PAYMENTS_CERT_KEY"]);
/// ```
#[derive(Clone, Debug)]
pub struct Auth {
    pub(crate) method: AuthMethod,
    /// Certificate and key, as PEM.
    pub(crate) certificate: Option<(Secret, Secret)>,
}

/// What is sent.
#[derive(Clone, Debug)]
pub(crate) enum AuthMethod {
    None,
    Basic { user: Login, password: Secret },
    Bearer { user: Option<Login>, token: Secret },
    ApiKey { header: &'static str, key: Secret },
    ClientCredentials { token_url: &'static str, client_id: Login, client_secret: Secret, scopes: Vec<&'static str> },
}

impl Auth {
    fn of(method: AuthMethod) -> Self {
        Self { method, certificate: None }
    }

    pub(crate) fn none() -> Self {
        Self::of(AuthMethod::None)
    }

    /// Shows this certificate as well, to a system that asks for one (mutual TLS). Both are PEM.
    #[must_use]
    pub fn client_certificate(self, certificate: Secret, key: Secret) -> Self {
        Self { certificate: Some((certificate, key)), ..self }
    }

    /// Asks for a token of this scope (OAuth 2 client credentials); several may be named one by one. Of other kinds
    /// of credentials it changes nothing.
    #[must_use]
    pub fn scope(mut self, scope: &'static str) -> Self {
        if let AuthMethod::ClientCredentials { scopes, .. } = &mut self.method {
            scopes.push(scope);
        }
        self
    }

    /// The name of the account for which the token of `bearer` is: SMTP and IMAP (`XOAUTH2`) want it.
    #[must_use]
    pub fn user(mut self, name: impl Into<Login>) -> Self {
        if let AuthMethod::Bearer { user, .. } = &mut self.method {
            *user = Some(name.into());
        }
        self
    }

    /// Every secret that is needed.
    pub fn secrets(&self) -> Vec<Secret> {
        let login = |login: &Login| match login {
            Login::Secret(secret) => Some(*secret),
            Login::Text(_) => None,
        };
        let mut all = Vec::new();
        match &self.method {
            AuthMethod::None => {}
            AuthMethod::Basic { user, password } => all.extend(login(user).into_iter().chain([*password])),
            AuthMethod::Bearer { user, token } => {
                all.extend(user.as_ref().and_then(login).into_iter().chain([*token]));
            }
            AuthMethod::ApiKey { key, .. } => all.push(*key),
            AuthMethod::ClientCredentials { client_id, client_secret, .. } => {
                all.extend(login(client_id).into_iter().chain([*client_secret]));
            }
        }
        if let Some((certificate, key)) = self.certificate {
            all.extend([certificate, key]);
        }
        all
    }
}

/// The words of the body of a `#[connected_system]`.
pub mod auth {
    use super::{Auth, AuthMethod, Login, Secret};

    /// The secret with this name: an administrator enters it (`cargo appos secrets set`), or it is an environment
    /// variable.
    pub const fn secret(name: &'static str) -> Secret {
        Secret { name }
    }

    /// Shows nothing.
    pub fn no_auth() -> Auth {
        Auth::none()
    }

    /// Name and password: `Authorization: Basic` of HTTP, the login of a mailbox or of a file server.
    pub fn basic(user: impl Into<Login>, password: Secret) -> Auth {
        Auth::of(AuthMethod::Basic { user: user.into(), password })
    }

    /// A password alone, for a database whose address names its user.
    pub fn password(password: Secret) -> Auth {
        Auth::of(AuthMethod::Basic { user: Login::from(""), password })
    }

    /// A token: `Authorization: Bearer` of HTTP; with [`Auth::user`] the `XOAUTH2` of mail.
    pub fn bearer(token: Secret) -> Auth {
        Auth::of(AuthMethod::Bearer { user: None, token })
    }

    /// A key in a header of its own (HTTP), such as `X-Api-Key`.
    pub fn api_key(header: &'static str, key: Secret) -> Auth {
        Auth::of(AuthMethod::ApiKey { header, key })
    }

    /// A token that the platform fetches, and fetches again before it ends (OAuth 2 client credentials, HTTP).
    pub fn client_credentials(token_url: &'static str, client_id: impl Into<Login>, client_secret: Secret) -> Auth {
        let client_id = client_id.into();
        Auth::of(AuthMethod::ClientCredentials { token_url, client_id, client_secret, scopes: Vec::new() })
    }
}
