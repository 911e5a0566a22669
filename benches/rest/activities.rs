//! The hand-written server's writes: one transaction holds the checks, the row and its entry of
//! the audit log.

#![allow(
    clippy::clone_on_copy,
    clippy::needless_borrows_for_generic_args,
    reason = "a moment is a text on one database and a number on the other"
)]

use actix_web::{HttpRequest, HttpResponse, web};
use appos::prelude::Decimal;
use chrono::{Datelike, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use sqlx::Row;
use uuid::Uuid;

use super::super::{AnyRow, BEGIN, Connection, Day, Moment, Sum, decimal, locked, now, sum};
use super::State;

#[derive(Serialize)]
struct Activity {
    id: i64,
    number: String,
    customer: i64,
    kind: String,
    subject: String,
    owner: i64,
    due_on: Option<Day>,
    minutes: i64,
    hourly_rate: Decimal,
    cost: Decimal,
    created_at: Moment,
    created_by: Option<i64>,
    updated_at: Moment,
    updated_by: Option<i64>,
    version: i64,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Call,
    Meeting,
    Email,
    Task,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Meeting => "meeting",
            Self::Email => "email",
            Self::Task => "task",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct New {
    customer: i64,
    kind: Option<Kind>,
    subject: String,
    owner: i64,
    due_on: Option<Day>,
    minutes: Option<i64>,
    hourly_rate: Option<Decimal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    version: i64,
    kind: Option<Kind>,
    subject: Option<String>,
    minutes: Option<i64>,
}

fn is_subject(text: &str) -> bool {
    (1..=200).contains(&text.chars().count()) && !text.contains('\0')
}

fn cost(minutes: i64, hourly_rate: Decimal) -> Decimal {
    (hourly_rate * Decimal::from(minutes) / Decimal::from(60)).round_dp(2)
}

macro_rules! columns {
    () => {
        "id, number, customer, kind, subject, owner, due_on, minutes, hourly_rate, created_at, created_by, \
         updated_at, updated_by, version"
    };
}

fn activity(row: &AnyRow) -> Result<Activity, sqlx::Error> {
    let (minutes, hourly_rate) = (row.try_get(7)?, decimal(row.try_get::<Sum, _>(8)?));
    Ok(Activity {
        id: row.try_get(0)?,
        number: row.try_get(1)?,
        customer: row.try_get(2)?,
        kind: row.try_get(3)?,
        subject: row.try_get(4)?,
        owner: row.try_get(5)?,
        due_on: row.try_get(6)?,
        minutes,
        hourly_rate,
        cost: cost(minutes, hourly_rate),
        created_at: row.try_get(9)?,
        created_by: row.try_get(10)?,
        updated_at: row.try_get(11)?,
        updated_by: row.try_get(12)?,
        version: row.try_get(13)?,
    })
}

/// The fields that differ, as the audit log keeps them.
fn changes(old: Option<&Activity>, new: &Activity) -> String {
    let mut changes = Map::new();
    macro_rules! note {
        ($($field:ident),*) => {$(
            let before = old.map(|old| &old.$field);
            if before != Some(&new.$field) && json!(new.$field) != Json::Null {
                changes.insert(stringify!($field).to_owned(), json!({ "old": before, "new": new.$field }));
            }
        )*};
    }
    note!(number, customer, kind, subject, owner, due_on, minutes, hourly_rate);
    Json::Object(changes).to_string()
}

async fn audit(
    connection: &mut Connection,
    action: &str,
    user: i64,
    old: Option<&Activity>,
    new: &Activity,
) -> Result<(), sqlx::Error> {
    let insert = sqlx::query(
        "INSERT INTO platform_audit_log (at, object, row_id, version, action, user_id, execution_id, changes) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let insert = insert.bind(&new.updated_at).bind("crm.records.activity").bind(new.id).bind(new.version).bind(action);
    let insert = insert.bind(user).bind(Uuid::now_v7().to_string()).bind(changes(old, new));
    insert.execute(connection).await.map(drop)
}

fn done(written: Result<Option<HttpResponse>, sqlx::Error>) -> HttpResponse {
    match written {
        Ok(Some(answer)) => answer,
        Ok(None) => HttpResponse::Conflict().finish(),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

/// `POST`.
pub(super) async fn create(state: web::Data<State>, request: HttpRequest, new: web::Json<New>) -> HttpResponse {
    let Some(user) = state.user(&request) else { return HttpResponse::Unauthorized().finish() };
    let new = new.into_inner();
    let (minutes, rate) = (new.minutes.unwrap_or(0), new.hourly_rate.unwrap_or(Decimal::from(60)));
    let (true, true, Some(cents)) = (
        is_subject(&new.subject) && (0..=100_000).contains(&minutes),
        rate >= Decimal::ZERO && rate.scale() <= 2,
        sum(rate),
    ) else {
        return HttpResponse::UnprocessableEntity().finish();
    };
    let written = async {
        let mut transaction = state.writer.begin_with(BEGIN).await?;
        for (table, id) in [
            ("SELECT 1 FROM crm_customer WHERE id = $1", new.customer),
            ("SELECT 1 FROM platform_user WHERE id = $1", new.owner),
        ] {
            if sqlx::query(table).bind(id).fetch_optional(&mut *transaction).await?.is_none() {
                return Ok(Some(HttpResponse::UnprocessableEntity().finish()));
            }
        }
        let number = sqlx::query(
            "INSERT INTO platform_counter (name, value) VALUES ($1, $2) \
             ON CONFLICT (name) DO UPDATE SET value = platform_counter.value + 1 RETURNING value",
        );
        let number = number.bind("crm_activity.number").bind(1_i64).fetch_one(&mut *transaction).await?;
        let at = now();
        let mut row = Activity {
            id: 0,
            number: format!("A-{:04}-{:05}", Utc::now().year(), number.try_get::<i64, _>(0)?),
            customer: new.customer,
            kind: new.kind.unwrap_or(Kind::Call).as_str().to_owned(),
            subject: new.subject,
            owner: new.owner,
            due_on: new.due_on,
            minutes,
            hourly_rate: rate.normalize(),
            cost: cost(minutes, rate),
            created_at: at.clone(),
            created_by: Some(user),
            updated_at: at,
            updated_by: Some(user),
            version: 1,
        };
        let insert = sqlx::query(
            "INSERT INTO crm_activity (created_at, created_by, updated_at, updated_by, version, number, customer, \
             kind, subject, owner, due_on, minutes, hourly_rate) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
        );
        let insert = insert.bind(&row.created_at).bind(user).bind(&row.updated_at).bind(user).bind(row.version);
        let insert = insert.bind(&row.number).bind(row.customer).bind(&row.kind).bind(&row.subject).bind(row.owner);
        let insert = insert.bind(&row.due_on).bind(row.minutes).bind(cents);
        row.id = insert.fetch_one(&mut *transaction).await?.try_get(0)?;
        audit(&mut transaction, "create", user, None, &row).await?;
        transaction.commit().await?;
        Ok(Some(HttpResponse::Created().json(row)))
    };
    done(written.await)
}

/// `PATCH`.
pub(super) async fn update(
    state: web::Data<State>,
    request: HttpRequest,
    id: web::Path<i64>,
    change: web::Json<Change>,
) -> HttpResponse {
    let Some(user) = state.user(&request) else { return HttpResponse::Unauthorized().finish() };
    let change = change.into_inner();
    if change.subject.as_deref().is_some_and(|subject| !is_subject(subject))
        || change.minutes.is_some_and(|minutes| !(0..=100_000).contains(&minutes))
    {
        return HttpResponse::UnprocessableEntity().finish();
    }
    let written = async {
        let mut transaction = state.writer.begin_with(BEGIN).await?;
        let before = sqlx::query(locked!(concat!("SELECT ", columns!(), " FROM crm_activity WHERE id = $1")));
        let Some(before) = before.bind(*id).fetch_optional(&mut *transaction).await? else {
            return Ok(Some(HttpResponse::NotFound().finish()));
        };
        let before = activity(&before)?;
        let update = sqlx::query(concat!(
            "UPDATE crm_activity SET updated_at = $1, updated_by = $2, version = version + 1, \
             kind = COALESCE($3, kind), subject = COALESCE($4, subject), minutes = COALESCE($5, minutes) \
             WHERE id = $6 AND deleted_at IS NULL AND version = $7 RETURNING ",
            columns!()
        ));
        let update = update.bind(now()).bind(user).bind(change.kind.map(Kind::as_str)).bind(change.subject);
        let update = update.bind(change.minutes).bind(*id).bind(change.version);
        let Some(after) = update.fetch_optional(&mut *transaction).await? else { return Ok(None) };
        let after = activity(&after)?;
        audit(&mut transaction, "update", user, Some(&before), &after).await?;
        transaction.commit().await?;
        Ok(Some(HttpResponse::Ok().json(after)))
    };
    done(written.await)
}
