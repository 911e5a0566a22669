//! The address of a database, with its password, once it was judged where it is.

use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};

use super::address::reachable;
use super::settings::Secrets;
use crate::config::SystemSettings;
use crate::error::{AppOsError, Result};
use crate::registry::{Auth, AuthMethod, Login};

/// The whole address.
///
/// # Errors
/// A secret is missing, the address is none, or is one of a network that the system was not given.
pub(super) async fn address(settings: &SystemSettings, auth: &Auth, secrets: Secrets<'_>) -> Result<SecretString> {
    let written = settings.url.as_deref().unwrap_or_default();
    if written.starts_with("sqlite:") {
        return Ok(SecretString::from(written));
    }
    let wrong = || AppOsError::integration("`url` of a connected system is no address").code_is("invalid_address");
    let mut url: Url = written.parse().map_err(|_| wrong())?;
    let host = url.host_str().ok_or_else(wrong)?.to_owned();
    let is_mysql = matches!(url.scheme(), "mysql" | "mariadb");
    let port = url.port().unwrap_or(if is_mysql { 3306 } else { 5432 });
    reachable(&host, port, settings.allow_networks.as_deref().unwrap_or_default()).await?;
    if let AuthMethod::Basic { user, password } = &auth.method {
        if *user != Login::from("") {
            let user = secrets.login(user).await?;
            url.set_username(&user).map_err(|()| wrong())?;
        }
        let password = secrets.value(*password).await?;
        url.set_password(Some(password.expose_secret())).map_err(|()| wrong())?;
    }
    if let Some(file) = settings.ca_file.as_ref().and_then(|file| file.to_str()) {
        let (mode, root) = if is_mysql {
            (("ssl-mode", "VERIFY_IDENTITY"), "ssl-ca")
        } else {
            (("sslmode", "verify-full"), "sslrootcert")
        };
        url.query_pairs_mut().append_pair(mode.0, mode.1).append_pair(root, file);
    }
    Ok(SecretString::from(String::from(url)))
}
