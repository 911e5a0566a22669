//! Sessions in a table of the platform's database.

use std::sync::Arc;

use sea_orm::sea_query::{DeleteStatement, Expr, ExprTrait, InsertStatement, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::super::secrets::{opened_session, sealed_session};
use super::kept::Kept;
use crate::error::{AppOsError, Result};
use crate::record::{Store, database_fault, platform_rows};
use crate::vault::SecretKeys;

/// What stands in the column `data`.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Data {
    values: Map<String, Json>,
    mark: u64,
}

impl Data {
    /// What nobody can open any more is as if it had never been there.
    fn read(keys: &SecretKeys, id_hash: &str, sealed: &str) -> Self {
        let text = opened_session(keys, id_hash, sealed);
        text.ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    fn sealed(&self, keys: &SecretKeys, id_hash: &str) -> Result<String> {
        let text = serde_json::to_string(self)
            .map_err(|error| AppOsError::execution("the session cannot be written as JSON").caused_by(error))?;
        sealed_session(keys, id_hash, &text)
    }
}

pub(super) struct InDatabase {
    store: Arc<Store>,
    keys: Arc<SecretKeys>,
}

fn deletion(id_hash: &str) -> DeleteStatement {
    let mut delete = Query::delete();
    delete.from_table("platform_session").and_where(Expr::col("id_hash").eq(id_hash)).to_owned()
}

fn sessions() -> SelectStatement {
    let mut select = Query::select();
    select.columns(["id_hash", "user_id", "created_at", "used_at", "expires_at", "address", "data"]);
    select.from("platform_session").to_owned()
}

fn kept(keys: &SecretKeys, row: &QueryResult) -> Result<(String, Kept), DbErr> {
    let id_hash: String = row.try_get_by_index(0)?;
    let Data { values, mark } = Data::read(keys, &id_hash, &row.try_get_by_index::<String>(6)?);
    let kept = Kept {
        user_id: row.try_get_by_index(1)?,
        created_at: row.try_get_by_index(2)?,
        used_at: row.try_get_by_index(3)?,
        expires_at: row.try_get_by_index(4)?,
        address: row.try_get_by_index(5)?,
        data: values,
        mark,
    };
    Ok((id_hash, kept))
}

fn insertion(keys: &SecretKeys, id_hash: &str, kept: &Kept) -> Result<InsertStatement> {
    let mut insert = Query::insert();
    insert.into_table("platform_session").columns([
        "id_hash",
        "user_id",
        "created_at",
        "used_at",
        "expires_at",
        "address",
        "data",
    ]);
    insert.values_panic([
        Expr::value(id_hash),
        Expr::value(kept.user_id),
        Expr::value(kept.created_at),
        Expr::value(kept.used_at),
        Expr::value(kept.expires_at),
        Expr::value(kept.address.as_deref()),
        Expr::value(Data { values: kept.data.clone(), mark: kept.mark }.sealed(keys, id_hash)?),
    ]);
    Ok(insert)
}

impl InDatabase {
    pub(super) fn new(store: Arc<Store>, keys: Arc<SecretKeys>) -> Self {
        Self { store, keys }
    }

    pub(super) async fn begin(&self, id_hash: &str, kept: &Kept, limit: Option<u32>) -> Result<Vec<String>> {
        let transaction = self.store.begin_alone().await?;
        transaction.execute(&insertion(&self.keys, id_hash, kept)?).await.map_err(database_fault)?;
        let ended = self.beyond_limit(&transaction, kept.user_id, limit).await?;
        transaction.commit().await.map_err(database_fault)?;
        Ok(ended)
    }

    /// Ends the oldest sessions of a user who has too many, and all that have expired.
    async fn beyond_limit(
        &self,
        connection: &impl ConnectionTrait,
        user_id: i64,
        limit: Option<u32>,
    ) -> Result<Vec<String>> {
        let mut expired = Query::delete();
        expired.from_table("platform_session").and_where(Expr::col("expires_at").lte(self.store.now().timestamp()));
        connection.execute(&expired).await.map_err(database_fault)?;
        let Some(limit) = limit else { return Ok(Vec::new()) };
        let mut select = Query::select();
        select.column("id_hash").from("platform_session").and_where(Expr::col("user_id").eq(user_id));
        select
            .order_by("created_at", Order::Desc)
            // Of one second: the order in which they began, never the new one before an older.
            .order_by("rowid", Order::Desc)
            .limit(u64::MAX >> 1)
            .offset(limit.into());
        let rows = platform_rows(connection, &select).await?;
        let ended: Vec<String> =
            rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>().map_err(database_fault)?;
        for id_hash in &ended {
            connection.execute(&deletion(id_hash)).await.map_err(database_fault)?;
        }
        Ok(ended)
    }

    pub(super) async fn find(&self, id_hash: &str) -> Result<Option<Kept>> {
        let mut select = sessions();
        select.and_where(Expr::col("id_hash").eq(id_hash));
        let rows = self.store.rows(&select).await?;
        Ok(rows.first().map(|row| kept(&self.keys, row)).transpose().map_err(database_fault)?.map(|(_, kept)| kept))
    }

    pub(super) async fn note_use(&self, id_hash: &str, now: i64) -> Result<()> {
        let mut update = Query::update();
        update.table("platform_session").value("used_at", now).and_where(Expr::col("id_hash").eq(id_hash));
        Box::pin(self.store.execute(&update)).await
    }

    pub(super) async fn renew(&self, id_hash: &str, (new_hash, kept): (&str, &Kept), until: i64) -> Result<bool> {
        let mut update = Query::update();
        update.table("platform_session").value("expires_at", until).and_where(Expr::col("id_hash").eq(id_hash));
        update.value("data", Data { values: kept.data.clone(), mark: kept.mark }.sealed(&self.keys, id_hash)?);
        let transaction = self.store.begin_alone().await?;
        let changed = transaction.execute(&update).await.map_err(database_fault)?;
        // One that has ended meanwhile has no successor.
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        transaction.execute(&insertion(&self.keys, new_hash, kept)?).await.map_err(database_fault)?;
        transaction.commit().await.map_err(database_fault)?;
        Ok(true)
    }

    pub(super) async fn mark(&self, id_hash: &str, mark: u64) -> Result<()> {
        self.change(id_hash, |data| data.mark = mark).await
    }

    pub(super) async fn keep(&self, id_hash: &str, values: Map<String, Json>) -> Result<()> {
        self.change(id_hash, |data| data.values = values).await
    }

    /// Both halves stand in one column: nobody else may write between the look and the change.
    async fn change(&self, id_hash: &str, change: impl FnOnce(&mut Data)) -> Result<()> {
        let transaction = self.store.begin_alone().await?;
        let mut select = Query::select();
        select.column("data").from("platform_session").and_where(Expr::col("id_hash").eq(id_hash)).lock_exclusive();
        let rows = platform_rows(&transaction, &select).await?;
        let Some(row) = rows.first() else { return Ok(()) };
        let mut data = Data::read(&self.keys, id_hash, &row.try_get_by_index::<String>(0).map_err(database_fault)?);
        change(&mut data);
        let mut update = Query::update();
        update
            .table("platform_session")
            .value("data", data.sealed(&self.keys, id_hash)?)
            .and_where(Expr::col("id_hash").eq(id_hash));
        transaction.execute(&update).await.map_err(database_fault)?;
        transaction.commit().await.map_err(database_fault)
    }

    pub(super) async fn end(&self, id_hash: &str) -> Result<()> {
        self.store.execute_alone(&deletion(id_hash)).await
    }

    pub(super) async fn end_all(&self, user_id: i64) -> Result<()> {
        let mut delete = Query::delete();
        delete.from_table("platform_session").and_where(Expr::col("user_id").eq(user_id));
        self.store.execute(&delete).await
    }

    pub(super) async fn list(&self, user_id: i64) -> Result<Vec<(String, Kept)>> {
        let mut select = sessions();
        select.and_where(Expr::col("user_id").eq(user_id));
        select.order_by("created_at", Order::Asc).order_by("rowid", Order::Asc);
        let rows = self.store.rows(&select).await?;
        rows.iter().map(|row| kept(&self.keys, row)).collect::<Result<_, _>>().map_err(database_fault)
    }
}
