//! The first administrator: made by whoever reads the platform's console, once.

use std::sync::{Mutex, PoisonError};

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Query, SelectStatement};
use secrecy::SecretString;
use subtle::ConstantTimeEq;

use super::password::{hash_password, keeping, strong_enough};
use super::session::random_secret;
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
        if !self.fits(token) {
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
        transaction.commit().await.map_err(database_fault)?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        Ok(id)
    }
}
