//! The first administrator: made by whoever reads the platform's console, or may run its program,
//! once.

use std::sync::{Mutex, PoisonError};

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Cond, DeleteStatement, Expr, ExprTrait, OnConflict, Query, SelectStatement};
use secrecy::SecretString;
use subtle::ConstantTimeEq;

use super::password::{hash_password, keeping, strong_enough};
use super::session::{random_secret, secret_hash};
use crate::error::{AppOsError, Result};
use crate::record::{SetUp, Store, database_fault, is_not_unique};
use crate::security::SYSTEM_ADMIN;

/// The token with which the first administrator is made; `None`: there is one already.
pub(crate) struct Setup(Mutex<Option<String>>);

fn administrators() -> SelectStatement {
    let members = Query::select()
        .column(("platform_membership", "user"))
        .from("platform_membership")
        .inner_join("platform_group", Expr::col(("platform_group", "id")).equals(("platform_membership", "group")))
        .and_where(Expr::col(("platform_group", "name")).eq(SYSTEM_ADMIN))
        .to_owned();
    let mut select = Query::select();
    select
        .expr(Expr::value(1))
        .from("platform_user")
        .limit(1)
        .cond_where(Cond::any().add(Expr::col("user_type").eq(SYSTEM_ADMIN)).add(Expr::col("id").in_subquery(members)));
    select
}

/// Name of the setting with the token of a link that was asked for.
const ASKED_FOR: &str = "setup_token";
/// How long such a link leads anywhere, in seconds.
pub(crate) const LINK_HOLDS: i64 = 24 * 60 * 60;

/// Makes a token of which any program on this database knows.
///
/// # Errors
/// There is an administrator.
pub(crate) async fn new_token(store: &Store) -> Result<String> {
    if !store.rows(&administrators()).await?.is_empty() {
        return Err(AppOsError::validation("there is an administrator already").code_is("has_administrator"));
    }
    let token = random_secret()?;
    let kept = format!("{} {}", secret_hash(&token), store.now().timestamp().saturating_add(LINK_HOLDS));
    let mut insert = Query::insert();
    insert
        .into_table("platform_setting")
        .columns(["name", "value"])
        .values_panic([Expr::value(ASKED_FOR), Expr::value(kept)])
        .on_conflict(OnConflict::column("name").update_column("value").to_owned());
    store.execute(&insert).await?;
    Ok(token)
}

/// True if the token is that of the last link, which still leads somewhere.
async fn was_asked_for(store: &Store, token: &str) -> Result<bool> {
    let mut select = Query::select();
    select.column("value").from("platform_setting").and_where(Expr::col("name").eq(ASKED_FOR));
    let rows = store.rows(&select).await?;
    let Some(row) = rows.first() else { return Ok(false) };
    let kept: String = row.try_get_by_index(0).map_err(database_fault)?;
    let Some((hash, expires)) = kept.split_once(' ') else { return Ok(false) };
    let holds = expires.parse().is_ok_and(|expires: i64| store.now().timestamp() < expires);
    Ok(holds && bool::from(hash.as_bytes().ct_eq(secret_hash(token).as_bytes())))
}

fn forgetting_links() -> DeleteStatement {
    let mut delete = Query::delete();
    delete.from_table("platform_setting").and_where(Expr::col("name").eq(ASKED_FOR));
    delete
}

impl Setup {
    /// Makes a token if there is no administrator yet.
    pub(crate) async fn open(store: &Store) -> Result<Self> {
        let token = if store.rows(&administrators()).await?.is_empty() { Some(random_secret()?) } else { None };
        Ok(Self(Mutex::new(token)))
    }

    /// The token, to be printed on the console and nowhere else.
    pub(crate) fn token(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn fits(&self, token: &str) -> bool {
        let wanted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.as_ref().is_some_and(|wanted| bool::from(wanted.as_bytes().ct_eq(token.as_bytes())))
    }

    /// Makes the first administrator and answers the id.
    ///
    /// # Errors
    /// The token is wrong or used; the e-mail address or password cannot be used.
    pub(crate) async fn run(
        &self,
        store: &Store,
        token: &str,
        email: &str,
        name: &str,
        password: SecretString,
    ) -> Result<i64> {
        let refused = || AppOsError::security("the set-up token is wrong or was used").code_is("bad_setup_token");
        if !self.fits(token) && !was_asked_for(store, token).await? {
            return Err(refused());
        }
        strong_enough(&password)?;
        let email = email.trim().to_lowercase();
        if !validator::ValidateEmail::validate_email(&email) {
            return Err(AppOsError::validation("the account cannot be made").code_is("invalid_fields").field(
                "email",
                "email",
                "must be an e-mail address",
            ));
        }
        let hash = hash_password(password).await?;
        let transaction = store.begin_alone().await?;
        store.dialect().alone(SetUp::Access, &transaction).await.map_err(database_fault)?;
        // Asked again as the only one: of two requests with the token, one makes an account.
        if transaction.query_one(&administrators()).await.map_err(database_fault)?.is_some() {
            return Err(refused());
        }
        let now = store.dialect().moment(&store.now());
        let mut insert = Query::insert();
        insert.into_table("platform_user").columns([
            "created_at",
            "updated_at",
            "version",
            "email",
            "name",
            "user_type",
            "active",
        ]);
        insert.values_panic([
            Expr::value(now.clone()),
            Expr::value(now),
            Expr::value(1),
            Expr::value(email.clone()),
            Expr::value(if name.trim().is_empty() { email.as_str() } else { name.trim() }),
            Expr::value(SYSTEM_ADMIN),
            Expr::value(true),
        ]);
        insert.returning_col("id");
        let occupied = || {
            let error = AppOsError::validation("another account has this e-mail address").code_is("not_unique");
            error.field("email", "not_unique", "is taken by another account")
        };
        let row = transaction
            .query_one(&insert)
            .await
            .map_err(|error| if is_not_unique(&error) { occupied() } else { database_fault(error) })?;
        let row = row.ok_or_else(|| AppOsError::execution("the database gave the new row no id"))?;
        let id: i64 = row.try_get_by_index(0).map_err(database_fault)?;
        transaction.execute(&keeping(id, hash, store.now())).await.map_err(database_fault)?;
        super::access::note_change(&transaction).await?;
        transaction.execute(&forgetting_links()).await.map_err(database_fault)?;
        transaction.commit().await.map_err(database_fault)?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        Ok(id)
    }
}
