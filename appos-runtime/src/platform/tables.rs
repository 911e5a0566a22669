//! Tables that are no records, because nobody but the platform may ever read them: password
//! hashes, sessions, API keys, attempts to sign in, links that lead to a password; and what nobody but its user
//! may change: how he wants to see things.

use std::collections::BTreeMap;

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};

use super::{access, outbox};
use crate::config::AppConfig;
use crate::error::Result;
use crate::record::{SetUp, Store, database_fault};
use crate::security::{PUBLIC_ACCESS, SYSTEM_ADMIN};

const TABLES: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS platform_password (
        user_id {integer} NOT NULL PRIMARY KEY REFERENCES platform_user (id) ON DELETE CASCADE,
        hash {text} NOT NULL, changed_at {text} NOT NULL)",
    "CREATE TABLE IF NOT EXISTS platform_session (
        id_hash {text} NOT NULL PRIMARY KEY, {rowid}
        user_id {integer} NOT NULL REFERENCES platform_user (id) ON DELETE CASCADE,
        created_at {integer} NOT NULL, used_at {integer} NOT NULL, expires_at {integer} NOT NULL,
        address {text}, data {text} NOT NULL)",
    "CREATE INDEX IF NOT EXISTS platform_session_user_id ON platform_session (user_id)",
    "CREATE TABLE IF NOT EXISTS platform_api_key (
        id {id},
        user_id {integer} NOT NULL REFERENCES platform_user (id) ON DELETE CASCADE,
        name {text} NOT NULL, secret_hash {text} NOT NULL UNIQUE,
        created_at {integer} NOT NULL, expires_at {integer}, used_at {integer})",
    "CREATE TABLE IF NOT EXISTS platform_idempotency_key (
        user_id {integer} NOT NULL REFERENCES platform_user (id) ON DELETE CASCADE,
        request_key {text} NOT NULL, fingerprint {text} NOT NULL, expires_at {integer} NOT NULL,
        answer {text} NOT NULL, PRIMARY KEY (user_id, request_key))",
    "CREATE INDEX IF NOT EXISTS platform_idempotency_key_expires_at ON platform_idempotency_key (expires_at)",
    "CREATE TABLE IF NOT EXISTS platform_sign_in_attempt (
        key_hash {text} NOT NULL PRIMARY KEY, attempts {integer} NOT NULL, ends_at {integer} NOT NULL)",
    "CREATE INDEX IF NOT EXISTS platform_sign_in_attempt_ends_at ON platform_sign_in_attempt (ends_at)",
    "CREATE TABLE IF NOT EXISTS platform_token (
        secret_hash {text} NOT NULL PRIMARY KEY,
        user_id {integer} NOT NULL REFERENCES platform_user (id) ON DELETE CASCADE,
        purpose {text} NOT NULL, password_version {text} NOT NULL, expires_at {integer} NOT NULL)",
    "CREATE INDEX IF NOT EXISTS platform_token_user_id ON platform_token (user_id)",
    "CREATE TABLE IF NOT EXISTS platform_preference (
        user_id {integer} NOT NULL PRIMARY KEY REFERENCES platform_user (id) ON DELETE CASCADE,
        language {text}, time_zone {text}, number_style {text} NOT NULL, date_style {text} NOT NULL,
        theme {text} NOT NULL, density {text} NOT NULL)",
    "CREATE TABLE IF NOT EXISTS platform_saved_view (
        id {id},
        user_id {integer} NOT NULL REFERENCES platform_user (id) ON DELETE CASCADE,
        record {text} NOT NULL, name {text} NOT NULL, query {text} NOT NULL, shared_with {text},
        UNIQUE (user_id, record, name))",
    "CREATE INDEX IF NOT EXISTS platform_saved_view_record ON platform_saved_view (record)",
    "CREATE TABLE IF NOT EXISTS platform_default_view (
        user_id {integer} NOT NULL REFERENCES platform_user (id) ON DELETE CASCADE, record {text} NOT NULL,
        view_id {integer} NOT NULL REFERENCES platform_saved_view (id) ON DELETE CASCADE,
        PRIMARY KEY (user_id, record))",
    "CREATE TABLE IF NOT EXISTS platform_secret (
        name {text} NOT NULL PRIMARY KEY, value {text} NOT NULL,
        changed_at {integer} NOT NULL, changed_by {integer} NOT NULL)",
    "CREATE TABLE IF NOT EXISTS platform_setting (name {text} NOT NULL PRIMARY KEY, value {text} NOT NULL)",
];

/// Name of the setting that says that the platform has filled its database.
const FILLED: &str = "first_start_done";

/// True until [`note_filled`] was called on this database. In a transaction, of several programs
/// that ask at the same time the others wait until the first has answered.
pub(crate) async fn is_first_start(store: &Store) -> Result<bool> {
    store.alone(SetUp::Schema).await?;
    let mut select = Query::select();
    select.column("value").from("platform_setting").and_where(Expr::col("name").eq(FILLED));
    Ok(store.rows(&select).await?.is_empty())
}

/// Notes that the first start has done its work; in the open transaction, together with it.
pub(crate) async fn note_filled(store: &Store) -> Result<()> {
    let mut insert = Query::insert();
    insert
        .into_table("platform_setting")
        .columns(["name", "value"])
        .values_panic([Expr::value(FILLED), Expr::value("true")]);
    store.execute(&insert).await
}

/// Creates the tables, the built-in groups and the groups that apps declare.
pub(crate) async fn prepare(store: &Store, apps: &[AppConfig]) -> Result<()> {
    let dialect = store.dialect();
    for template in TABLES.iter().chain(outbox::TABLES) {
        // Each by itself: PostgreSQL locks the table of an index even if that is there, and whoever holds several such
        // locks and waits for another one is in the way of programs that work, as they are in his.
        let transaction = store.begin_alone().await?;
        dialect.alone(SetUp::Schema, &transaction).await.map_err(database_fault)?;
        transaction.execute_unprepared(&dialect.own_table(template)).await.map_err(database_fault)?;
        transaction.commit().await.map_err(database_fault)?;
    }
    let transaction = store.begin_alone().await?;
    dialect.alone(SetUp::Schema, &transaction).await.map_err(database_fault)?;
    let (table, column, of) = outbox::ADDED;
    if !dialect.columns_of(&transaction, table).await.map_err(database_fault)?.contains(column) {
        let alter = dialect.own_table(&format!("ALTER TABLE {table} ADD COLUMN {column} {of}"));
        transaction.execute_unprepared(&alter).await.map_err(database_fault)?;
    }
    let mut groups =
        BTreeMap::from([(SYSTEM_ADMIN, "May do everything."), (PUBLIC_ACCESS, "Everyone, signed in or not.")]);
    for group in apps.iter().flat_map(|app| &app.groups) {
        groups.entry(&group.name).or_insert(&group.description);
    }
    let now = dialect.moment(&store.now());
    for (name, description) in groups {
        let mut insert = Query::insert();
        insert.into_table("platform_group").columns([
            "created_at",
            "updated_at",
            "version",
            "name",
            "description",
            "active",
        ]);
        let values: [Expr; 6] = [
            Expr::value(now.clone()),
            Expr::value(now.clone()),
            Expr::value(1),
            Expr::value(name),
            Expr::value(Some(description).filter(|text| !text.is_empty())),
            Expr::value(true),
        ];
        insert.values_panic(values);
        insert.on_conflict(OnConflict::column("name").do_nothing().to_owned());
        transaction.execute(&insert).await.map_err(database_fault)?;
    }
    access::begin(&transaction).await?;
    transaction.commit().await.map_err(database_fault)
}
