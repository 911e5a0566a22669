//! The database of one test: made for it, gone with it.

use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;

use crate::error::{AppOsError, Result};
use crate::record::{create_database, drop_database};

/// Names a server on which each test gets a database of its own.
const VARIABLE: &str = "APPOS_TEST_DATABASE";

/// A database that nobody else uses.
pub(super) enum TestDatabase {
    /// A file.
    Sqlite(TempDir),
    /// On a server: its address, and that of the database through which it was made.
    Postgres { url: SecretString, through: SecretString, name: String },
}

impl TestDatabase {
    /// Makes it, still without tables.
    pub(super) async fn make() -> Result<Self> {
        let Some(through) = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) else {
            let folder = TempDir::with_prefix("appos-test-")
                .map_err(|error| AppOsError::execution("no temporary folder can be made").caused_by(error))?;
            return Ok(Self::Sqlite(folder));
        };
        // The value may hold a password: no message shows it.
        let through =
            through.into_string().ok().filter(|url| url.starts_with("postgres://") || url.starts_with("postgresql://"));
        let through = through.map(SecretString::from).ok_or_else(|| {
            let message =
                "is no address of PostgreSQL: write `postgres://user:password@host/database`, or leave it out";
            AppOsError::validation(format!("{VARIABLE} {message}")).code_is("config")
        })?;
        let name = format!("appos_test_{:08x}{:016x}", std::process::id(), fastrand::u64(..));
        let url = create_database(&through, &name).await?;
        Ok(Self::Postgres { url, through, name })
    }

    /// Where it is.
    pub(super) fn url(&self) -> SecretString {
        match self {
            Self::Sqlite(folder) => format!("sqlite://{}", folder.path().join("test.db").display()).into(),
            Self::Postgres { url, .. } => url.expose_secret().into(),
        }
    }

    /// Removes it, after the platform on it has stopped.
    pub(super) async fn remove(self) -> Result<()> {
        match self {
            Self::Sqlite(folder) => {
                folder.close().map_err(|error| AppOsError::execution("the test's folder stays").caused_by(error))
            }
            Self::Postgres { through, name, .. } => drop_database(&through, &name).await,
        }
    }
}
