//! Accounts as storage knows them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

#[cfg(feature = "web")]
use sea_orm::sea_query::{Condition, LikeExpr, Order};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use super::guard::may_be_granted;
use crate::error::Result;
use crate::record::{Store, database_fault};
use crate::security::{Grant, IdentitySource, Loading, Membership, PUBLIC_ACCESS, UserType};
use crate::state::{ChosenPreferences, DateStyle, Density, NumberStyle, Theme, User};
use crate::value::ChoiceValue;

/// An account with what its sign-in needs.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) user: User,
    pub(crate) active: bool,
    /// What the user has chosen, and the language that an administrator has.
    pub(crate) chosen: ChosenPreferences,
}

/// The account of whoever is not signed in. It is in no table: nobody can sign in as it,
/// change it or delete it.
pub(crate) fn public_account() -> Account {
    let user =
        User { id: 0, email: Arc::from(""), name: Arc::from(PUBLIC_ACCESS), user_type: UserType::ServiceAccount };
    Account { user, active: true, chosen: ChosenPreferences::default() }
}

/// The account as which the platform itself acts: filling an empty database at the first
/// start. Like the public one it is in no table.
pub(crate) fn system_account() -> Account {
    let user = User { id: -1, email: Arc::from(""), name: Arc::from("system"), user_type: UserType::SystemAdmin };
    Account { user, active: true, chosen: ChosenPreferences::default() }
}

/// The account of whoever works on the platform at its machine: with `cargo appos user`. Who reads
/// the settings of a platform can do everything with its database; this way it is checked, logged
/// and audited. Like the system's it is in no table.
pub(crate) fn operator_account() -> Account {
    let user = User { id: -2, email: Arc::from(""), name: Arc::from("operator"), user_type: UserType::SystemAdmin };
    Account { user, active: true, chosen: ChosenPreferences::default() }
}

/// The accounts that are in no table.
pub(crate) fn built_in_accounts() -> [Account; 3] {
    [public_account(), system_account(), operator_account()]
}

/// The account with this id, also one that is in no table. Of one that is gone an account that is switched off.
pub(crate) async fn account_of(store: &Store, id: i64) -> Result<Account> {
    if let Some(account) = built_in_accounts().into_iter().find(|account| account.user.id == id) {
        return Ok(account);
    }
    Ok(account_by_id(store, id).await?.unwrap_or_else(|| Account {
        user: User { id, email: Arc::from(""), name: Arc::from("removed"), user_type: UserType::Basic },
        active: false,
        chosen: ChosenPreferences::default(),
    }))
}

fn accounts() -> SelectStatement {
    let of_user = ["id", "email", "name", "user_type", "active", "language"];
    let chosen = ["language", "time_zone", "number_style", "date_style", "theme", "density"];
    let mut select = Query::select();
    select
        .columns(of_user.map(|column| ("platform_user", column)))
        .columns(chosen.map(|column| ("platform_preference", column)))
        .from("platform_user")
        .left_join(
            "platform_preference",
            Expr::col(("platform_preference", "user_id")).equals(("platform_user", "id")),
        );
    select
}

/// What a row of [`accounts`] tells of preferences. What no version of this program knows was not chosen.
fn chosen(row: &QueryResult) -> Result<ChosenPreferences, DbErr> {
    let text = |index| row.try_get_by_index::<Option<String>>(index);
    let (set, own) = (text(5)?, text(6)?);
    let style = |index| text(index).map(Option::unwrap_or_default);
    Ok(ChosenPreferences {
        language: own.or(set),
        time_zone: text(7)?.and_then(|name| name.parse().ok()),
        number_style: NumberStyle::named(&style(8)?).unwrap_or_default(),
        date_style: DateStyle::named(&style(9)?).unwrap_or_default(),
        theme: Theme::named(&style(10)?).unwrap_or_default(),
        density: Density::named(&style(11)?).unwrap_or_default(),
    })
}

fn account(row: &QueryResult) -> Result<Account, DbErr> {
    let user_type: String = row.try_get_by_index(3)?;
    Ok(Account {
        user: User {
            id: row.try_get_by_index(0)?,
            email: row.try_get_by_index::<String>(1)?.into(),
            name: row.try_get_by_index::<String>(2)?.into(),
            // The column has a CHECK; an unknown type must not become a powerful one.
            user_type: super::records::UserTypeChoice::from_name(&user_type).map_or(UserType::Basic, |choice| choice.0),
        },
        active: row.try_get_by_index(4)?,
        chosen: chosen(row)?,
    })
}

async fn one(store: &Store, select: SelectStatement) -> Result<Option<Account>> {
    let rows = store.rows(&select).await?;
    rows.first().map(account).transpose().map_err(database_fault)
}

/// The one spelling of an e-mail address. What finds an account and what counts the attempts at it
/// agree by this function, so that another spelling is not another budget.
pub(crate) fn spelled(email: &str) -> String {
    email.trim().to_lowercase()
}

pub(crate) async fn account_by_email(store: &Store, email: &str) -> Result<Option<Account>> {
    let mut select = accounts();
    select.and_where(Expr::col("email").eq(spelled(email)));
    one(store, select).await
}

pub(crate) async fn account_by_id(store: &Store, id: i64) -> Result<Option<Account>> {
    let mut select = accounts();
    select.and_where(Expr::col("id").eq(id));
    one(store, select).await
}

/// Accounts that a person may mean: by e-mail address, the part of it before the `@`, name or number.
/// The address alone, if it is one.
#[cfg(feature = "web")]
pub(crate) async fn accounts_named(store: &Store, named: &str) -> Result<Vec<Account>> {
    let named = named.trim();
    if let Some(account) = account_by_email(store, named).await? {
        return Ok(vec![account]);
    }
    if let Ok(id) = named.parse() {
        return Ok(account_by_id(store, id).await?.into_iter().collect());
    }
    let mut select = accounts();
    let escaped = named.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let like = LikeExpr::new(format!("{escaped}@%")).escape('\\');
    select.cond_where(Condition::any().add(Expr::col("name").eq(named)).add(Expr::col("email").like(like))).limit(3);
    let rows = store.rows(&select).await?;
    rows.iter().map(account).collect::<Result<_, _>>().map_err(database_fault)
}

/// Most addresses among which a mistyped one is looked for.
#[cfg(feature = "web")]
const CANDIDATES: u64 = 10_000;
/// How like two names must be, for one to be a mistyped other.
#[cfg(feature = "web")]
const LIKE: f64 = 0.8;

/// The address of the user who was probably meant.
///
/// # Errors
/// The database cannot be read.
#[cfg(feature = "web")]
pub(crate) async fn account_like(store: &Store, named: &str) -> Result<Option<String>> {
    let mut select = accounts();
    select.order_by("id", Order::Asc).limit(CANDIDATES);
    let rows = store.rows(&select).await?;
    let accounts = rows.iter().map(account).collect::<Result<Vec<_>, _>>().map_err(database_fault)?;
    let named = named.trim().to_lowercase();
    let likeness = |account: &Account| {
        let email = account.user.email.to_lowercase();
        let before = email.split('@').next().unwrap_or_default();
        let ways = [email.as_str(), before, &account.user.name.to_lowercase()];
        ways.iter().map(|way| strsim::jaro_winkler(way, &named)).fold(0.0, f64::max)
    };
    let found = accounts.iter().map(|account| (likeness(account), account)).filter(|(like, _)| *like > LIKE);
    let nearest = found.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, account)| account);
    Ok(nearest.map(|account| account.user.email.to_string()).filter(|email| !email.is_empty()))
}

/// Memberships and grants from the platform's tables.
pub(crate) struct StoredIdentity(pub(crate) Arc<Store>);

/// The grant of a row; `None`: it gives nothing.
fn grant(pattern: &str, permission: &str) -> Option<Grant> {
    match (pattern.parse(), permission.parse()) {
        (Ok(pattern), Ok(_)) if !may_be_granted(&pattern, permission) => {
            tracing::warn!(%pattern, "a grant on the platform's own objects gives nothing but `view`");
            None
        }
        (Ok(pattern), Ok(permission)) => Some(Grant { pattern, permission }),
        _ => {
            tracing::warn!(pattern, "a grant cannot be read and gives nothing");
            None
        }
    }
}

/// Active groups with their grants, one row a grant, and one of nothing for a group without.
fn groups_with_grants() -> SelectStatement {
    let mut select = Query::select();
    select
        .column(("platform_group", "name"))
        .columns([("platform_object_permission", "pattern"), ("platform_object_permission", "permission")])
        .from("platform_group")
        .left_join(
            "platform_object_permission",
            Expr::col(("platform_group", "id")).equals(("platform_object_permission", "group")),
        )
        .and_where(Expr::col(("platform_group", "active")).eq(true));
    select
}

type Grants = HashMap<String, Vec<Grant>>;

/// The groups of such rows, and what is granted to them.
fn read(rows: &[QueryResult]) -> Result<(HashSet<String>, Grants), DbErr> {
    let (mut groups, mut grants) = (HashSet::new(), Grants::new());
    for row in rows {
        let group: String = row.try_get_by_index(0)?;
        let granted: (Option<String>, Option<String>) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        if let (Some(pattern), Some(permission)) = granted
            && let Some(grant) = grant(&pattern, &permission)
        {
            grants.entry(group.clone()).or_default().push(grant);
        }
        groups.insert(group);
    }
    Ok((groups, grants))
}

impl IdentitySource for StoredIdentity {
    fn membership(&self, user_id: i64, _: Option<Uuid>) -> Loading<'_, Option<Membership>> {
        Box::pin(async move {
            let built_in = built_in_accounts().into_iter().find(|account| account.user.id == user_id);
            let account = match built_in {
                Some(account) => Some(account),
                None => account_by_id(&self.0, user_id).await?,
            };
            let Some(account) = account else { return Ok(None) };
            let own = Query::select()
                .column("group")
                .from("platform_membership")
                .and_where(Expr::col("user").eq(user_id))
                .to_owned();
            let mut select = groups_with_grants();
            select.and_where(
                Expr::col(("platform_group", "id"))
                    .in_subquery(own)
                    .or(Expr::col(("platform_group", "name")).eq(PUBLIC_ACCESS)),
            );
            let (groups, grants) = read(&self.0.rows(&select).await?).map_err(database_fault)?;
            Ok(Some(Membership { user_type: account.user.user_type, active: account.active, groups, grants }))
        })
    }

    fn grants(&self, _: Option<Uuid>) -> Loading<'_, Grants> {
        Box::pin(async move {
            let (_, grants) = read(&self.0.rows(&groups_with_grants()).await?).map_err(database_fault)?;
            Ok(grants)
        })
    }
}
