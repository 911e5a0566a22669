//! Passwords: argon2id, worked out away from the threads that serve.

#[cfg(feature = "web")]
use std::collections::HashSet;
use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Query};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::error::{AppOsError, Result};
use crate::record::{Store, database_fault};
use crate::value::DateTime;

/// Shortest password.
const MIN_LENGTH: usize = 12;
/// Longest password, in bytes: hashing longer ones would only cost time.
const MAX_LENGTH: usize = 256;

/// Hashes worked out at once. Each takes a processor and 19 MiB; sign-ins beyond that wait,
/// and other requests do not.
static HASHING: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(1, |cores| cores.get().div_ceil(2))));

/// # Errors
/// The password is too short or too long.
pub(crate) fn strong_enough(password: &SecretString) -> Result<()> {
    let text = password.expose_secret();
    if text.chars().count() < MIN_LENGTH || text.len() > MAX_LENGTH {
        return Err(AppOsError::validation("the password cannot be used").code_is("invalid_fields").field(
            "password",
            "length",
            format!("must have {MIN_LENGTH} to {MAX_LENGTH} characters"),
        ));
    }
    Ok(())
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let busy = |_| AppOsError::execution("passwords cannot be checked right now");
    let _place = HASHING.acquire().await.map_err(busy)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| AppOsError::execution("passwords cannot be checked right now").caused_by(error))
}

/// The hash of a password, with its parameters and salt.
pub(crate) async fn hash_password(password: SecretString) -> Result<String> {
    let hash = apart(move || {
        Argon2::default().hash_password(password.expose_secret().as_bytes()).map(|hash| hash.to_string())
    });
    hash.await?.map_err(|error| AppOsError::execution("the password cannot be hashed").caused_by(error.to_string()))
}

/// True if the password fits the hash. Without a hash it takes as long and is false, so that
/// an answer's time does not tell who exists.
pub(crate) async fn password_fits(password: SecretString, hash: Option<String>) -> Result<bool> {
    static NOBODY: LazyLock<String> = LazyLock::new(|| {
        Argon2::default().hash_password(b"nobody has this password").map(|hash| hash.to_string()).unwrap_or_default()
    });
    apart(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let fits = PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok());
        known && fits
    })
    .await
}

/// The stored hash of a user.
pub(crate) async fn stored_hash(store: &Store, user_id: i64) -> Result<Option<String>> {
    let mut select = Query::select();
    select.column("hash").from("platform_password").and_where(Expr::col("user_id").eq(user_id));
    let rows = store.rows(&select).await?;
    rows.first().map(|row| row.try_get_by_index(0)).transpose().map_err(database_fault)
}

/// The users who have a password.
#[cfg(feature = "web")]
pub(crate) async fn users_with_password(store: &Store) -> Result<HashSet<i64>> {
    let mut select = Query::select();
    select.column("user_id").from("platform_password");
    let rows = store.rows(&select).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>().map_err(database_fault)
}

/// The statement that keeps a hash as a user's only one, from now on.
pub(crate) fn keeping(user_id: i64, hash: String, now: DateTime) -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table("platform_password").columns(["user_id", "hash", "changed_at"]);
    insert.values_panic([Expr::value(user_id), Expr::value(hash), Expr::value(now.to_rfc3339())]);
    insert.on_conflict(OnConflict::column("user_id").update_columns(["hash", "changed_at"]).to_owned());
    insert
}
