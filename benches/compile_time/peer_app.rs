//! The same application by hand: an entity per record, generic routes, plain async functions.
//! It does less: no permissions, no logs, no validation, no versions, no API document.

use std::fmt::Write as _;

use super::Source;
use super::appos_app::{called, manifest, numbered};

const DEPENDENCIES: &str = r#"actix-web = { workspace = true }
chrono = { workspace = true }
futures-util = { workspace = true }
rust_decimal = { workspace = true }
sea-orm = { workspace = true, features = ["macros"] }
serde = { workspace = true }
serde_json = { workspace = true }"#;

/// Its crates: the application, and a server around it.
pub(crate) fn sources(records: usize) -> Vec<Source> {
    let (mut entities, mut rules) = (String::new(), String::from(RULES));
    let (mut routes, mut table) = (String::new(), String::new());
    for number in 0..records {
        writeln!(entities, "pub mod thing_{number};").ok();
        writeln!(rules, "mod rule_{number};\npub use rule_{number}::*;").ok();
        writeln!(routes, "    routes::<crate::entities::thing_{number}::Entity>(config, \"/things_{number}\");").ok();
        let call = format!("rule_{number}(&db, input.parent, input.above)");
        writeln!(table, "    (\"rule_{number}\", |db, input| Box::pin(async move {{ answer({call}.await?) }})),").ok();
    }
    let mut sources = vec![
        ("peer/Cargo.toml".to_owned(), manifest("bench_peer", DEPENDENCIES)),
        ("peer/src/lib.rs".to_owned(), LIB.to_owned()),
        ("peer/src/entities/mod.rs".to_owned(), entities),
        ("peer/src/rules/mod.rs".to_owned(), rules.replace("ENTRIES", &table)),
        ("peer/src/routes.rs".to_owned(), ROUTES.replace("ROUTES", &routes)),
        (
            "server/Cargo.toml".to_owned(),
            manifest(
                "bench_server",
                "actix-web = { workspace = true }\nbench_peer = { path = \"../peer\" }\nsea-orm = { workspace = true }",
            ),
        ),
        ("server/src/main.rs".to_owned(), SERVER.to_owned()),
    ];
    for number in 0..records {
        sources.push((format!("peer/src/entities/thing_{number}.rs"), numbered(ENTITY, number)));
        sources.push((format!("peer/src/rules/rule_{number}.rs"), rule(number)));
    }
    sources
}

fn rule(number: usize) -> String {
    let call = called(number).map_or_else(|| "share(parent)".to_owned(), |rule| format!("{rule}(db, parent, above)"));
    numbered(RULE, number).replace("CALL", &call)
}

const LIB: &str = "//! A generated application.

pub mod entities;
pub mod routes;
pub mod rules;
";

const ENTITY: &str = r#"//! Things, and how far they are.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How far a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Open,
    Done,
    Late,
}

/// A thing.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "bench_thing_NUMBER")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    #[sea_orm(unique)]
    pub code: String,
    pub note: Option<String>,
    pub amount: i64,
    pub ratio: f64,
    pub active: bool,
    pub due: Option<Date>,
    pub price: Decimal,
    pub status: Status,
    pub parent: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "crate::entities::thing_PARENT::Entity",
        from = "Column::Parent",
        to = "crate::entities::thing_PARENT::Column::Id"
    )]
    Parent,
}

impl ActiveModelBehavior for ActiveModel {}
"#;

const RULE: &str = r"//! What things are worth.

use sea_orm::{ColumnTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use rust_decimal::Decimal;

use super::*;
use crate::entities::thing_NUMBER::{Column, Entity, Status};

/// The price of the open things of a parent, and what follows from it.
pub async fn rule_NUMBER(db: &DatabaseConnection, parent: i64, above: Decimal) -> Result<Decimal, DbErr> {
    let rows = Entity::find()
        .filter(Column::Price.gt(above))
        .filter(Column::Status.eq(Status::Open))
        .order_by_asc(Column::Name)
        .limit(50)
        .all(db)
        .await?;
    let own: Decimal = rows.iter().map(|row| row.price).sum();
    Ok(own + CALL.await?)
}
";

const RULES: &str = r"//! What things are worth.

use futures_util::future::BoxFuture;
use rust_decimal::Decimal;
use sea_orm::{DatabaseConnection, DbErr};
use serde::Deserialize;
use serde_json::Value as Json;

/// The arguments of a rule.
#[derive(Deserialize)]
pub struct Input {
    parent: i64,
    above: Decimal,
}

fn answer(value: Decimal) -> Result<Json, DbErr> {
    serde_json::to_value(value).map_err(|error| DbErr::Json(error.to_string()))
}

/// The share of a parent.
pub async fn share(parent: i64) -> Result<Decimal, DbErr> {
    Ok(Decimal::from(parent))
}

/// A rule with its arguments and answer as JSON.
pub type Rule = fn(DatabaseConnection, Input) -> BoxFuture<'static, Result<Json, DbErr>>;

/// Every rule by its name.
pub static TABLE: &[(&str, Rule)] = &[
ENTRIES];

";

const ROUTES: &str = r#"//! One set of routes for every record.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError, web};
use sea_orm::sea_query::{ColumnType, Value};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, DatabaseConnection, DbErr, EntityTrait, IdenStatic,
    IntoActiveModel, Iterable, Order, PrimaryKeyTrait, QueryFilter, QueryOrder, QuerySelect, TryIntoModel,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// Why a request fails.
#[derive(Debug)]
pub enum Failure {
    Bad(String),
    Missing,
    Database(DbErr),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bad(what) => write!(f, "{what} is wrong"),
            Self::Missing => f.write_str("there is no such row"),
            Self::Database(error) => error.fmt(f),
        }
    }
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::Json(what) => Self::Bad(what),
            DbErr::RecordNotUpdated => Self::Missing,
            error => Self::Database(error),
        }
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::Missing => StatusCode::NOT_FOUND,
            Self::Database(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

fn column<E: EntityTrait>(name: &str) -> Result<E::Column, Failure> {
    E::Column::iter().find(|column| column.as_str() == name).ok_or_else(|| Failure::Bad(name.to_owned()))
}

fn parameter(column: &ColumnType, text: &str) -> Result<Value, Failure> {
    let bad = || Failure::Bad(text.to_owned());
    Ok(match column {
        ColumnType::BigInteger => text.parse::<i64>().map_err(|_| bad())?.into(),
        ColumnType::Double => text.parse::<f64>().map_err(|_| bad())?.into(),
        ColumnType::Boolean => text.parse::<bool>().map_err(|_| bad())?.into(),
        ColumnType::Decimal(_) => text.parse::<rust_decimal::Decimal>().map_err(|_| bad())?.into(),
        ColumnType::Date => text.parse::<chrono::NaiveDate>().map_err(|_| bad())?.into(),
        _ => text.into(),
    })
}

async fn list<E>(
    db: web::Data<DatabaseConnection>,
    query: web::Query<HashMap<String, String>>,
) -> Result<HttpResponse, Failure>
where
    E: EntityTrait,
    E::Model: Serialize + Send + Sync,
{
    let mut select = E::find();
    let mut limit = 20;
    for (name, value) in query.iter() {
        if let Some(field) = name.strip_prefix("filter[").and_then(|rest| rest.strip_suffix(']')) {
            let column = column::<E>(field)?;
            select = select.filter(column.eq(parameter(column.def().get_column_type(), value)?));
        } else if name == "sort" {
            let (field, order) = match value.strip_prefix('-') {
                Some(field) => (field, Order::Desc),
                None => (value.as_str(), Order::Asc),
            };
            select = select.order_by(column::<E>(field)?, order);
        } else if name == "limit" {
            limit = value.parse().map_err(|_| Failure::Bad(value.clone()))?;
        } else {
            return Err(Failure::Bad(name.clone()));
        }
    }
    Ok(HttpResponse::Ok().json(select.limit(limit).all(db.get_ref()).await?))
}

async fn get<E>(db: web::Data<DatabaseConnection>, id: web::Path<i64>) -> Result<HttpResponse, Failure>
where
    E: EntityTrait,
    E::Model: Serialize,
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<i64>,
{
    let row = E::find_by_id(id.into_inner()).one(db.get_ref()).await?.ok_or(Failure::Missing)?;
    Ok(HttpResponse::Ok().json(row))
}

async fn create<E>(db: web::Data<DatabaseConnection>, body: web::Json<Json>) -> Result<HttpResponse, Failure>
where
    E: EntityTrait,
    E::Model: Serialize + DeserializeOwned + IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelBehavior + TryIntoModel<E::Model> + Send,
{
    let row = E::ActiveModel::from_json(body.into_inner())?.insert(db.get_ref()).await?;
    Ok(HttpResponse::Created().json(row))
}

async fn update<E>(
    db: web::Data<DatabaseConnection>,
    id: web::Path<i64>,
    body: web::Json<Json>,
) -> Result<HttpResponse, Failure>
where
    E: EntityTrait,
    E::Model: Serialize + DeserializeOwned + IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelBehavior + TryIntoModel<E::Model> + Send,
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<i64>,
{
    let row = E::find_by_id(id.into_inner()).one(db.get_ref()).await?.ok_or(Failure::Missing)?;
    let mut row = row.into_active_model();
    row.set_from_json(body.into_inner())?;
    Ok(HttpResponse::Ok().json(row.update(db.get_ref()).await?))
}

async fn delete<E>(db: web::Data<DatabaseConnection>, id: web::Path<i64>) -> Result<HttpResponse, Failure>
where
    E: EntityTrait,
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<i64>,
{
    let done = E::delete_by_id(id.into_inner()).exec(db.get_ref()).await?;
    if done.rows_affected == 0 { Err(Failure::Missing) } else { Ok(HttpResponse::NoContent().finish()) }
}

async fn rule(
    db: web::Data<DatabaseConnection>,
    name: web::Path<String>,
    input: web::Json<crate::rules::Input>,
) -> Result<HttpResponse, Failure> {
    let found = crate::rules::TABLE.iter().find(|(own, _)| *own == name.as_str());
    let (_, rule) = found.ok_or(Failure::Missing)?;
    Ok(HttpResponse::Ok().json(rule(db.get_ref().clone(), input.into_inner()).await?))
}

fn routes<E>(config: &mut web::ServiceConfig, path: &str)
where
    E: EntityTrait + 'static,
    E::Model: Serialize + DeserializeOwned + IntoActiveModel<E::ActiveModel> + Send + Sync + 'static,
    E::ActiveModel: ActiveModelBehavior + TryIntoModel<E::Model> + Send + 'static,
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<i64>,
{
    config.service(
        web::scope(path)
            .route("", web::get().to(list::<E>))
            .route("", web::post().to(create::<E>))
            .route("/{id}", web::get().to(get::<E>))
            .route("/{id}", web::patch().to(update::<E>))
            .route("/{id}", web::delete().to(delete::<E>)),
    );
}

/// All routes.
pub fn configure(config: &mut web::ServiceConfig) {
    config.route("/rules/{name}", web::post().to(rule));
ROUTES}
"#;

const SERVER: &str = r#"//! The server.

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let db = sea_orm::Database::connect("sqlite::memory:").await.map_err(std::io::Error::other)?;
    let db = actix_web::web::Data::new(db);
    actix_web::HttpServer::new(move || {
        actix_web::App::new().app_data(db.clone()).configure(bench_peer::routes::configure)
    })
    .bind("127.0.0.1:8080")?
    .run()
    .await
}
"#;
