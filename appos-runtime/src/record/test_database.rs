//! Databases on a server that come and go with a test.

use std::str::FromStr;

use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

use crate::error::{AppOsError, Result};

/// Makes an empty database through another one of the same server, and gives its address.
///
/// # Errors
/// The server cannot be reached, or the user may make none.
pub(crate) async fn create_database(through: &SecretString, name: &str) -> Result<SecretString> {
    run(through, format!("CREATE DATABASE {name}")).await?;
    Ok(with_name(through.expose_secret(), name).into())
}

/// Removes a database, and whoever is still connected to it.
///
/// # Errors
/// The server cannot be reached, or the database is not the user's.
pub(crate) async fn drop_database(through: &SecretString, name: &str) -> Result<()> {
    run(through, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await
}

/// The name is of our own making: letters, digits and underscores.
async fn run(through: &SecretString, statement: String) -> Result<()> {
    // The cause of a wrong address is left out: it may quote the address, and the address the password.
    let options = PgConnectOptions::from_str(through.expose_secret())
        .map_err(|_| AppOsError::validation("the address of the test's server cannot be read").code_is("config"))?;
    let failed = |error: sqlx::Error| {
        AppOsError::dispatch("the test's server does not do it").code_is("database_unavailable").caused_by(error)
    };
    let mut connection: PgConnection = options.connect().await.map_err(failed)?;
    connection.execute(AssertSqlSafe(statement)).await.map_err(failed)?;
    connection.close().await.map_err(failed)
}

/// The address with another database in it.
fn with_name(url: &str, name: &str) -> String {
    let (address, options) = url.split_once('?').map_or((url, ""), |(address, options)| (address, options));
    let begin = address.find("://").map_or(0, |at| at + 3);
    let server = address[begin..].find('/').map_or(address, |at| &address[..begin + at]);
    if options.is_empty() { format!("{server}/{name}") } else { format!("{server}/{name}?{options}") }
}

#[cfg(test)]
mod tests {
    use super::with_name;

    #[test]
    fn only_the_name_of_the_database_is_another() {
        assert_eq!(
            with_name("postgres://ann:pw@host:5432/crm?sslmode=require", "t"),
            "postgres://ann:pw@host:5432/t?sslmode=require"
        );
        assert_eq!(with_name("postgres://host", "t"), "postgres://host/t");
        assert_eq!(with_name("postgres://a@localhost/x?host=/tmp/pg", "t"), "postgres://a@localhost/t?host=/tmp/pg");
    }
}
