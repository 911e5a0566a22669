//! What a write of a platform record must satisfy beyond its field types.

use std::collections::HashSet;

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::config::AppConfig;
use crate::error::{AppOsError, Result};
use crate::model::record_of;
use crate::record::{Change, Guarding, Held, WriteGuard, database_fault, platform_rows};
use crate::registry::ObjectDescriptor;
use crate::security::{PUBLIC_ACCESS, Pattern, Permission, SYSTEM_ADMIN, UserType};
use crate::value::Value;

/// What the platform asks of writes to its own records.
pub(crate) struct PlatformGuard {
    /// Groups that the program itself names: they are there as long as it runs.
    declared: HashSet<String>,
}

impl PlatformGuard {
    /// A guard that knows the groups of these apps.
    pub(crate) fn new(apps: &[AppConfig]) -> Self {
        let of_apps = apps.iter().flat_map(|app| &app.groups).map(|group| group.name.clone());
        Self { declared: of_apps.chain([SYSTEM_ADMIN, PUBLIC_ACCESS].map(str::to_owned)).collect() }
    }
}

impl WriteGuard for PlatformGuard {
    fn before(&self, object: &'static ObjectDescriptor, values: &[Option<Value>]) -> Result<()> {
        if object.app == super::APP { check(object, values) } else { Ok(()) }
    }

    fn decides_access(&self, object: &'static ObjectDescriptor) -> bool {
        object.app == super::APP
    }

    fn told_as(&self, object: &'static ObjectDescriptor) -> Option<&'static str> {
        if object.app != super::APP {
            return None;
        }
        Some(match object.name {
            "group" => "group_changed",
            "membership" => "membership_changed",
            "object_permission" => "grant_changed",
            "user" => "user_changed",
            _ => "platform_changed",
        })
    }

    fn note_change<'a>(&'a self, transaction: &'a DatabaseTransaction) -> Guarding<'a, ()> {
        Box::pin(super::access::note_change(transaction))
    }

    fn before_change<'a>(
        &'a self,
        object: &'static ObjectDescriptor,
        id: i64,
        change: Change<'a>,
        transaction: &'a DatabaseTransaction,
    ) -> Guarding<'a, Held> {
        Box::pin(async move {
            match object.name {
                "group" => self.keeps_its_group(object, id, change, transaction).await?,
                "object_permission" => stays_within(object, id, change, transaction).await?,
                _ => {}
            }
            Ok(Held(has_administrator(transaction).await?))
        })
    }

    fn after_change<'a>(&'a self, before: Held, transaction: &'a DatabaseTransaction) -> Guarding<'a, ()> {
        Box::pin(async move {
            // A platform without one is not set up yet; nothing is taken from it.
            if before.0 && !has_administrator(transaction).await? {
                return Err(AppOsError::validation("this is the last system administrator who can sign in")
                    .code_is("last_system_admin"));
            }
            Ok(())
        })
    }
}

impl PlatformGuard {
    /// Groups that code and files name are neither removed, switched off nor renamed: what
    /// they open would close without anyone having decided so, or be open to a new group of
    /// the old name.
    async fn keeps_its_group(
        &self,
        object: &'static ObjectDescriptor,
        id: i64,
        change: Change<'_>,
        transaction: &DatabaseTransaction,
    ) -> Result<()> {
        let mut select = Query::select();
        select.column("name").from("platform_group").and_where(Expr::col("id").eq(id));
        let rows = platform_rows(transaction, &select).await?;
        let Some(row) = rows.first() else { return Ok(()) };
        let name: String = row.try_get_by_index(0).map_err(database_fault)?;
        let ends = match change {
            Change::Delete => true,
            Change::Update(values) => {
                text(object, values, "name").is_some_and(|new| new != name)
                    || matches!(value(object, values, "active"), Some(Value::Bool(false)))
            }
        };
        if ends && self.declared.contains(&name) {
            let message = format!("the group `{name}` belongs to the program: it stays, under its name");
            return Err(AppOsError::validation(message).code_is("builtin_group"));
        }
        Ok(())
    }
}

/// True if a person who may do everything can sign in.
async fn has_administrator(connection: &impl ConnectionTrait) -> Result<bool> {
    let members = Query::select()
        .column(("platform_membership", "user"))
        .from("platform_membership")
        .inner_join("platform_group", Expr::col(("platform_group", "id")).equals(("platform_membership", "group")))
        .and_where(Expr::col(("platform_group", "name")).eq(SYSTEM_ADMIN))
        .and_where(Expr::col(("platform_group", "active")).eq(true))
        .to_owned();
    let with_password = Query::select().column("user_id").from("platform_password").to_owned();
    let mut select = Query::select();
    select
        .expr(Expr::value(1))
        .from("platform_user")
        .and_where(Expr::col("active").eq(true))
        .and_where(Expr::col("user_type").ne(UserType::ServiceAccount.as_str()))
        .and_where(Expr::col("id").in_subquery(with_password))
        .and_where(Expr::col("user_type").eq(UserType::SystemAdmin.as_str()).or(Expr::col("id").in_subquery(members)))
        .limit(1);
    Ok(!platform_rows(connection, &select).await?.is_empty())
}

/// A changed grant, seen whole: a change may name only one of its two halves.
async fn stays_within(
    object: &'static ObjectDescriptor,
    id: i64,
    change: Change<'_>,
    transaction: &DatabaseTransaction,
) -> Result<()> {
    let Change::Update(values) = change else { return Ok(()) };
    let mut select = Query::select();
    select.columns(["pattern", "permission"]).from("platform_object_permission").and_where(Expr::col("id").eq(id));
    let rows = platform_rows(transaction, &select).await?;
    let Some(row) = rows.first() else { return Ok(()) };
    let stored = |place| row.try_get_by_index::<String>(place).map_err(database_fault);
    let (pattern, permission) = (stored(0)?, stored(1)?);
    check_grant(
        text(object, values, "pattern").unwrap_or(&pattern),
        text(object, values, "permission").unwrap_or(&permission),
    )
}

fn value<'a>(object: &'static ObjectDescriptor, values: &'a [Option<Value>], name: &str) -> Option<&'a Value> {
    let (place, _) = record_of(object).field(name)?;
    values.get(place)?.as_ref()
}

fn text<'a>(object: &'static ObjectDescriptor, values: &'a [Option<Value>], name: &str) -> Option<&'a str> {
    match value(object, values, name)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn wrong(field: &str, code: &'static str, message: String) -> Result<()> {
    Err(AppOsError::validation("some fields are wrong").code_is("invalid_fields").field(field, code, message))
}

fn check(object: &'static ObjectDescriptor, values: &[Option<Value>]) -> Result<()> {
    let text = |name: &str| text(object, values, name);
    match object.name {
        "object_permission" => match (text("pattern"), text("permission")) {
            (Some(pattern), Some(permission)) => check_grant(pattern, permission),
            (Some(pattern), None) => check_grant(pattern, Permission::View.as_str()),
            _ => Ok(()),
        },
        "group" => match text("name") {
            Some(SYSTEM_ADMIN | PUBLIC_ACCESS) => wrong("name", "reserved", "is a built-in group".to_owned()),
            Some(name) if !is_group_name(name) => wrong(
                "name",
                "bad_name",
                "must be lower case letters, digits and underscores, beginning with a letter".to_owned(),
            ),
            _ => Ok(()),
        },
        "user" => match text("email") {
            // One spelling for one address, so that signing in and uniqueness agree.
            Some(email) if email != email.to_lowercase() => {
                wrong("email", "bad_email", "must be in lower case".to_owned())
            }
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

fn check_grant(pattern: &str, permission: &str) -> Result<()> {
    match pattern.parse::<Pattern>() {
        Err(error) => wrong("pattern", "bad_pattern", error.to_string()),
        Ok(pattern) if !may_be_granted(&pattern, permission) => wrong(
            "pattern",
            "not_grantable",
            "users, groups and grants are changed by system administrators only; others can be given `view`".to_owned(),
        ),
        Ok(_) => Ok(()),
    }
}

/// Rules that tell numbers, and nothing of a row or a person: programs that watch a platform ask for them.
const NUMBERS: [&str; 2] = ["platform.rules.metrics", "platform.rules.prometheus"];

/// Who may change users, groups or grants can give himself everything: of the platform's own
/// objects only `view` can be given away, and to `use` what tells numbers, by its whole name.
pub(super) fn may_be_granted(pattern: &Pattern, permission: &str) -> bool {
    let tells_numbers = || NUMBERS.contains(&pattern.to_string().as_str());
    pattern.app() != super::APP
        || permission == Permission::View.as_str()
        || (permission == Permission::Use.as_str() && tells_numbers())
}

fn is_group_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
