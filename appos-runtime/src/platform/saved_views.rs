//! Views of lists that users keep: which rows, in which order, with which columns. Each belongs to its
//! maker, who can show it to a group of his own; who sees one sees its rows with his own rights.

use std::future::Future;

use sea_orm::sea_query::{Cond, Expr, ExprTrait, JoinType, OnConflict, Order, Query};
use serde::Serialize;

use super::rules::{platform_rule, resource};
use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::record::{Store, database_fault, transaction};
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
};
use crate::security::{PUBLIC_ACCESS, Permission};
use crate::state::Ctx;

/// Most views that somebody keeps of one record.
const MOST: usize = 100;
/// Longest name, in characters.
const LONGEST_NAME: usize = 80;
/// Longest query string, in bytes.
const LONGEST_QUERY: usize = 4000;

/// A view of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SavedView {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// The query string of the list.
    pub(crate) query: String,
    /// The group that sees it, too.
    pub(crate) shared_with: Option<String>,
    /// True if it is the caller's, who may change it.
    pub(crate) is_own: bool,
    /// True if the caller's list begins with it.
    pub(crate) is_default: bool,
}

platform_rule!(SAVED_VIEWS, SAVED_VIEWS_RULE, "saved_views", "Lists the views that the caller keeps of a record, and those that are shared with him.", "Vec<SavedView>",
    [record: String], saved_views(record), everyone);
platform_rule!(SAVE_VIEW, SAVE_VIEW_RULE, "save_view", "Keeps a view of a record's list: a query string under a name, shared with a group or not.", "i64",
    [record: String, name: String, query: String, shared_with: Option<String>], save_view(record, name, query, shared_with), everyone);
platform_rule!(CHANGE_VIEW, CHANGE_VIEW_RULE, "change_view", "Changes a view of the caller's.", "()",
    [view: i64, name: String, query: String, shared_with: Option<String>], change_view(view, name, query, shared_with), everyone);
platform_rule!(DELETE_VIEW, DELETE_VIEW_RULE, "delete_view", "Deletes a view of the caller's.", "()",
    [view: i64], delete_view(view), everyone);
platform_rule!(DEFAULT_VIEW, DEFAULT_VIEW_RULE, "default_view", "Chooses the view with which the caller's list of a record begins; null: none.", "()",
    [record: String, view: Option<i64>], default_view(record, view), everyone);

/// Views are people's, and programs'; those who are not signed in are nobody.
fn caller(ctx: &Ctx) -> Result<i64> {
    let id = ctx.user.id;
    if id > 0 { Ok(id) } else { Err(AppOsError::security("sign in first").code_is("not_signed_in")) }
}

fn wrong(field: &str, code: &'static str, message: impl Into<String>) -> AppOsError {
    AppOsError::validation("some fields are wrong").code_is("invalid_fields").field(field, code, message.into())
}

fn no_such_view() -> AppOsError {
    AppOsError::dispatch("there is no such view of yours").code_is("view_not_found")
}

/// The record, if the caller may view it.
async fn known(ctx: &Ctx, record: &str) -> Result<()> {
    let rights = ctx.scope().fresh_rights().await?;
    let object = ctx.scope().engine.registry().find(record);
    let known =
        object.is_some_and(|object| object.kind == ObjectKind::Record && rights.allows(object, Permission::View));
    if known { Ok(()) } else { Err(wrong("record", "broken_reference", "is no record that you may view")) }
}

/// What is kept of a view, checked.
async fn checked(ctx: &Ctx, name: &str, query: &str, shared_with: Option<String>) -> Result<(String, Option<String>)> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(wrong("name", "length", format!("must have 1 to {LONGEST_NAME} characters in one line")));
    }
    if query.len() > LONGEST_QUERY || query.chars().any(char::is_control) {
        return Err(wrong("query", "length", format!("must have at most {LONGEST_QUERY} bytes in one line")));
    }
    let shared_with = shared_with.filter(|group| !group.is_empty());
    if let Some(group) = &shared_with {
        let rights = ctx.scope().fresh_rights().await?;
        // What everybody sees is for administrators to say.
        let may = rights.is_system_admin() || (group != PUBLIC_ACCESS && rights.in_any(&[group]));
        if !may {
            return Err(wrong("shared_with", "broken_reference", "is no group of yours"));
        }
    }
    Ok((name.to_owned(), shared_with))
}

fn not_unique() -> AppOsError {
    wrong("name", "not_unique", "is the name of another view of yours")
}

/// The views of a record that the caller sees, by name.
pub(crate) fn saved_views(record: String) -> impl Future<Output = Result<Vec<SavedView>>> + Send {
    let logged = LoggedArguments::begin().argument("record", &record).finish();
    dispatch(&SAVED_VIEWS, logged, move |ctx, _| async move {
        let user = caller(&ctx)?;
        let rights = ctx.scope().fresh_rights().await?;
        let view = |column: &'static str| ("platform_saved_view", column);
        let mut select = Query::select();
        select
            .columns(["id", "name", "query", "shared_with", "user_id"].map(view))
            .column(("platform_default_view", "view_id"))
            .from("platform_saved_view")
            .join(
                JoinType::LeftJoin,
                "platform_default_view",
                Expr::col(("platform_default_view", "view_id"))
                    .equals(view("id"))
                    .and(Expr::col(("platform_default_view", "user_id")).eq(user)),
            )
            .and_where(Expr::col(view("record")).eq(record))
            .cond_where(
                Cond::any()
                    .add(Expr::col(view("user_id")).eq(user))
                    .add(Expr::col(view("shared_with")).is_in(rights.groups())),
            )
            .order_by(view("name"), Order::Asc)
            .order_by(view("id"), Order::Asc);
        let rows = resource::<Store>(&ctx)?.rows(&select).await?;
        rows.iter()
            .map(|row| {
                Ok(SavedView {
                    id: row.try_get_by_index(0)?,
                    name: row.try_get_by_index(1)?,
                    query: row.try_get_by_index(2)?,
                    shared_with: row.try_get_by_index(3)?,
                    is_own: row.try_get_by_index::<i64>(4)? == user,
                    is_default: row.try_get_by_index::<Option<i64>>(5)?.is_some(),
                })
            })
            .collect::<Result<_, sea_orm::DbErr>>()
            .map_err(database_fault)
    })
}

/// Keeps a view.
pub(crate) fn save_view(
    record: String,
    name: String,
    query: String,
    shared_with: Option<String>,
) -> impl Future<Output = Result<i64>> + Send {
    let logged = LoggedArguments::begin().argument("record", &record).argument("name", &name).finish();
    dispatch(&SAVE_VIEW, logged, move |ctx, _| async move {
        let user = caller(&ctx)?;
        known(&ctx, &record).await?;
        let (name, shared_with) = checked(&ctx, &name, &query, shared_with).await?;
        let store = resource::<Store>(&ctx)?;
        let mut own = Query::select();
        own.column("id").from("platform_saved_view");
        own.and_where(Expr::col("user_id").eq(user)).and_where(Expr::col("record").eq(record.as_str()));
        if store.rows(&own).await?.len() >= MOST {
            return Err(wrong("record", "too_many", format!("at most {MOST} views of one record can be kept")));
        }
        let mut insert = Query::insert();
        insert.into_table("platform_saved_view").columns(["user_id", "record", "name", "query", "shared_with"]);
        insert.values_panic([
            Expr::value(user),
            Expr::value(record),
            Expr::value(name),
            Expr::value(query),
            Expr::value(shared_with),
        ]);
        insert.on_conflict(OnConflict::columns(["user_id", "record", "name"]).do_nothing().to_owned());
        insert.returning_col("id");
        let rows = transaction(store.rows(&insert)).await?;
        rows.first().ok_or_else(not_unique)?.try_get_by_index(0).map_err(database_fault)
    })
}

/// Changes a view of the caller's.
pub(crate) fn change_view(
    view: i64,
    name: String,
    query: String,
    shared_with: Option<String>,
) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin().argument("view", &view).argument("name", &name).finish();
    dispatch(&CHANGE_VIEW, logged, move |ctx, _| async move {
        let user = caller(&ctx)?;
        let (name, shared_with) = checked(&ctx, &name, &query, shared_with).await?;
        let mut update = Query::update();
        update
            .table("platform_saved_view")
            .value("name", name.as_str())
            .value("query", query)
            .value("shared_with", shared_with);
        update.and_where(Expr::col("id").eq(view)).and_where(Expr::col("user_id").eq(user));
        let mut others = Query::select();
        others.column(("other", "id")).from_as("platform_saved_view", "other");
        others.inner_join("platform_saved_view", {
            let same = |column| Expr::col(("other", column)).equals(("platform_saved_view", column));
            same("user_id").and(same("record")).and(Expr::col(("platform_saved_view", "id")).eq(view))
        });
        others.and_where(Expr::col(("other", "name")).eq(name.as_str())).and_where(Expr::col(("other", "id")).ne(view));
        let store = resource::<Store>(&ctx)?;
        if !store.rows(&others).await?.is_empty() {
            return Err(not_unique());
        }
        let changed = store.changed(&update).await?;
        if changed == 0 { Err(no_such_view()) } else { Ok(()) }
    })
}

/// Deletes a view of the caller's. Whose list began with it begins with all rows.
pub(crate) fn delete_view(view: i64) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin().argument("view", &view).finish();
    dispatch(&DELETE_VIEW, logged, move |ctx, _| async move {
        let user = caller(&ctx)?;
        let mut delete = Query::delete();
        delete.from_table("platform_saved_view");
        delete.and_where(Expr::col("id").eq(view)).and_where(Expr::col("user_id").eq(user));
        let deleted = resource::<Store>(&ctx)?.changed(&delete).await?;
        if deleted == 0 { Err(no_such_view()) } else { Ok(()) }
    })
}

/// Chooses the view with which the caller's list of a record begins.
pub(crate) fn default_view(record: String, view: Option<i64>) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin().argument("record", &record).argument("view", &view).finish();
    dispatch(&DEFAULT_VIEW, logged, move |ctx, _| async move {
        let user = caller(&ctx)?;
        known(&ctx, &record).await?;
        let store = resource::<Store>(&ctx)?;
        let Some(view) = view else {
            let mut delete = Query::delete();
            delete.from_table("platform_default_view");
            delete.and_where(Expr::col("user_id").eq(user)).and_where(Expr::col("record").eq(record));
            return store.execute(&delete).await;
        };
        if !saved_views(record.clone()).await?.iter().any(|seen| seen.id == view) {
            return Err(no_such_view());
        }
        let mut insert = Query::insert();
        insert.into_table("platform_default_view").columns(["user_id", "record", "view_id"]);
        insert.values_panic([Expr::value(user), Expr::value(record), Expr::value(view)]);
        insert.on_conflict(OnConflict::columns(["user_id", "record"]).update_column("view_id").to_owned());
        store.execute(&insert).await
    })
}
