//! Where a platform has its secret key from.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use zeroize::Zeroizing;

use super::start::Purpose;
use crate::config::PlatformConfig;
use crate::error::{AppOsError, Result};
use crate::journal::private_folder;
use crate::record::database_file;
use crate::vault::{Key, SecretKeys};

/// Folder of what a platform makes for itself; no part of a project.
const OWN: &str = ".appos";
/// Name of the file with the key.
const FILE: &str = "secret.key";

/// Where a developer's key is: with the database, if that is a file, so that it goes where that goes.
fn beside_database(config: &PlatformConfig) -> PathBuf {
    let database = database_file(&config.database);
    let folder = database.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    if database.is_some() && folder.ends_with(OWN) { folder.join(FILE) } else { folder.join(OWN).join(FILE) }
}

/// The keys that the configuration gives. Without one, a developer's platform makes itself one,
/// and any other is not started.
///
/// # Errors
/// There is none (code `no_secret_key`), or its file cannot be read or made.
pub(super) fn secret_keys(config: &PlatformConfig, purpose: Purpose) -> Result<SecretKeys> {
    let old = config.security.secret_keys_old.iter().cloned();
    if let Some(key) = &config.security.secret_key {
        return Ok(SecretKeys::new(key.clone(), old));
    }
    if purpose == Purpose::Test {
        return Ok(SecretKeys::new(of_this_process()?, old));
    }
    if config.environment != "dev" {
        return Err(AppOsError::dispatch(format!(
            "there is no secret key, and in the environment `{}` none is made\n  help: set `APPOS_SECRET_KEY` to 32 \
             random bytes as base64, which `cargo appos secrets key` or `openssl rand -base64 32` makes, or \
             `APPOS_SECRET_KEY_FILE` to the name of a file that holds it; the same on every server",
            config.environment
        ))
        .code_is("no_secret_key"));
    }
    Ok(SecretKeys::new(from_file(&beside_database(config))?, old))
}

/// Platforms of tests that share a database share the key, too.
fn of_this_process() -> Result<Key> {
    static KEY: OnceLock<Key> = OnceLock::new();
    let made = Key::random()?;
    Ok(KEY.get_or_init(|| made).clone())
}

fn from_file(path: &Path) -> Result<Key> {
    let failed = |error: io::Error| {
        AppOsError::dispatch(format!("the secret key {} cannot be kept: {error}", path.display()))
            .code_is("no_secret_key")
    };
    loop {
        match fs::read_to_string(path).map(Zeroizing::new) {
            Ok(text) => {
                return text.parse().map_err(|error| {
                    let message = format!("{} holds no secret key: {error}", path.display());
                    AppOsError::dispatch(message).code_is("no_secret_key")
                });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
        let key = Key::random()?;
        match make(path, &key) {
            Ok(()) => {
                tracing::info!(path = %path.display(), key = key.id(), "made a secret key for development");
                return Ok(key);
            }
            // Another program was faster: its key it is.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
    }
}

/// Writes the key: as a whole or not at all, never over another, and for nobody else to read.
fn make(path: &Path, key: &Key) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    private_folder(folder)?;
    let mut file = tempfile::Builder::new().prefix(".secret").tempfile_in(folder)?;
    file.write_all(key.expose().as_bytes())?;
    file.write_all(b"\n")?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{beside_database, from_file};
    use crate::config::PlatformConfig;

    #[test]
    fn a_developers_key_is_with_the_database() {
        for (url, expected) in [
            ("sqlite://.appos/crm.db", ".appos/secret.key"),
            ("sqlite:///srv/data/crm.db", "/srv/data/.appos/secret.key"),
            ("sqlite://crm.db", ".appos/secret.key"),
            ("sqlite::memory:", ".appos/secret.key"),
            ("postgres://host/crm", ".appos/secret.key"),
        ] {
            let mut config = PlatformConfig::default();
            config.database.url = url.into();
            assert_eq!(beside_database(&config), Path::new(expected), "{url}");
        }
    }

    #[test]
    fn a_developers_key_is_made_once_and_closed_to_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own/secret.key");
        let keys: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| from_file(&path).unwrap())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
        assert_eq!(from_file(&path).unwrap(), keys[0]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
        std::fs::write(&path, "no key").unwrap();
        let error = from_file(&path).unwrap_err();
        assert_eq!(error.code(), "no_secret_key");
        assert!(!error.message().contains("no key\n") && error.message().contains("secret.key"));
    }
}
