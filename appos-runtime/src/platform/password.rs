//! Passwords: argon2id, worked out away from the threads that serve.

#[cfg(feature = "web")]
use std::collections::HashSet;
use std::sync::LazyLock;
#[cfg(feature = "web")]
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::PasswordHasher;
#[cfg(feature = "web")]
use argon2::password_hash::{PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Query};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::error::{AppOsError, Result};
use crate::record::{Store, database_fault};
use crate::value::DateTime;

/// Shortest password.
pub(crate) const MIN_LENGTH: usize = 12;
/// Longest password: hashing longer ones would only cost time.
pub(crate) const MAX_LENGTH: usize = 256;

/// What a hash costs, as OWASP advises for argon2id: the one place. A password that was hashed at
/// another price is hashed anew when its owner signs in.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Hashes worked out at once. Each takes a processor and [`MEMORY_KIB`]; sign-ins beyond that wait,
/// and other requests do not.
static HASHING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(at_once()));

fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().div_ceil(2))
}

/// Those who may wait for each hash that is worked out: about two seconds' worth.
#[cfg(feature = "web")]
const WAITING: usize = 64;
#[cfg(feature = "web")]
static HERE: AtomicUsize = AtomicUsize::new(0);

/// A place among those whose passwords are being checked; given back when it is dropped.
#[cfg(feature = "web")]
pub(crate) struct Place(());

#[cfg(feature = "web")]
impl Place {
    /// # Errors
    /// All are taken: to wait longer helps nobody, and to let everybody wait would fill the memory.
    pub(crate) fn take() -> Result<Self> {
        let most = at_once().saturating_mul(WAITING);
        let took = HERE.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |here| (here < most).then_some(here + 1));
        took.map(|_| Self(())).map_err(|_| {
            AppOsError::dispatch("too many are signing in; try again in a moment").code_is("too_busy").retry_after(2)
        })
    }
}

#[cfg(feature = "web")]
impl Drop for Place {
    fn drop(&mut self) {
        HERE.fetch_sub(1, Ordering::Relaxed);
    }
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .map_err(|error| AppOsError::execution("passwords cannot be hashed").caused_by(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// # Errors
/// The password is too short or too long.
pub(crate) fn strong_enough(password: &SecretString) -> Result<()> {
    if !(MIN_LENGTH..=MAX_LENGTH).contains(&password.expose_secret().chars().count()) {
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
    let argon2 = argon2()?;
    let hash = apart(move || argon2.hash_password(password.expose_secret().as_bytes()).map(|hash| hash.to_string()));
    hash.await?.map_err(|error| AppOsError::execution("the password cannot be hashed").caused_by(error.to_string()))
}

/// True if the password fits the hash: of any sort of argon2, at any price. Without a hash it takes
/// as long and is false, so that an answer's time does not tell who exists.
#[cfg(feature = "web")]
pub(crate) async fn password_fits(password: SecretString, hash: Option<String>) -> Result<bool> {
    static NOBODY: LazyLock<String> = LazyLock::new(|| {
        let hash = argon2().map(|argon2| argon2.hash_password(b"nobody has this password"));
        hash.ok().and_then(Result::ok).map(|hash| hash.to_string()).unwrap_or_default()
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

/// True if a hash is not as one made today.
#[cfg(feature = "web")]
pub(crate) fn is_of_yesterday(hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return true };
    let today = hash.algorithm.as_str() == Algorithm::Argon2id.as_str()
        && hash.version == Some(Version::V0x13.into())
        && Params::try_from(&hash)
            .is_ok_and(|params| (params.m_cost(), params.t_cost(), params.p_cost()) == (MEMORY_KIB, PASSES, LANES));
    !today
}

/// Replaces a hash by a new one of the same password, unless it was replaced meanwhile. The password
/// is the same, so nothing that hangs on it ends.
#[cfg(feature = "web")]
pub(crate) async fn renew_hash(store: &Store, user_id: i64, old: &str, password: SecretString) -> Result<()> {
    let hash = hash_password(password).await?;
    let mut update = Query::update();
    update
        .table("platform_password")
        .value("hash", hash)
        .and_where(Expr::col("user_id").eq(user_id))
        .and_where(Expr::col("hash").eq(old));
    store.execute_alone(&update).await
}

/// Which password a user has: differs after each change of it, not when the same one is hashed
/// anew. "" is none.
pub(crate) async fn password_version(store: &Store, user_id: i64) -> Result<String> {
    let mut select = Query::select();
    select.column("changed_at").from("platform_password").and_where(Expr::col("user_id").eq(user_id));
    let rows = store.rows(&select).await?;
    let version = rows.first().map(|row| row.try_get_by_index(0)).transpose().map_err(database_fault)?;
    Ok(version.unwrap_or_default())
}

/// The stored hash of a user.
#[cfg(feature = "web")]
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
