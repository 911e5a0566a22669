//! The migrations of a program in their order, and the tables at each point of it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::dialect::Dialect;
use super::operation::Operation;
use super::plan::{Plan, plan};
use super::schema::Schema;
use super::table::Tables;

/// One migration, as its file describes it. `cargo appos migrate` writes these files; everything
/// in them may be edited until they are released.
///
/// ```
/// use appos_runtime::migration::{Column, Migration, Schema};
///
/// pub const MIGRATION: Migration =
///     Migration { name: "m20261125_101500_website", after: Some("m20261101_090000_first"), up, down };
///
/// fn up(schema: &mut Schema) {
///     schema.alter_table("crm_customer", |table| table.add_column(Column::text("website").nullable()));
/// }
///
/// fn down(schema: &mut Schema) {
///     schema.alter_table("crm_customer", |table| table.drop_column("website"));
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Name; that of its file.
    pub name: &'static str,
    /// The migration before it.
    pub after: Option<&'static str>,
    /// What it does.
    pub up: fn(&mut Schema),
    /// What takes it back.
    pub down: fn(&mut Schema),
}

/// All migrations of a program, checked.
#[derive(Debug)]
pub struct History {
    pub(super) steps: Vec<Recorded>,
    /// The tables after all of them.
    pub(super) last: Tables,
}

/// A migration and what it does.
#[derive(Debug)]
pub(super) struct Recorded {
    pub(super) name: &'static str,
    pub(super) after: Option<&'static str>,
    /// The tables before it.
    pub(super) before: Tables,
    pub(super) up: Vec<Operation>,
    pub(super) down: Vec<Operation>,
}

impl History {
    /// Puts migrations in order and follows them from an empty database, in thought.
    ///
    /// # Errors
    /// Two follow the same one, one follows none that is there, or an operation does not fit what
    /// the migrations before it have made.
    pub fn of(migrations: &[Migration]) -> Result<Self, String> {
        let mut tables = Tables::default();
        let mut steps = Vec::new();
        for migration in ordered(migrations)? {
            let up = Schema::recorded(migration.up);
            let before = tables.clone();
            for operation in &up {
                tables.apply(operation).map_err(|error| format!("migration `{}`: {error}", migration.name))?;
            }
            let down = Schema::recorded(migration.down);
            steps.push(Recorded { name: migration.name, after: migration.after, before, up, down });
        }
        Ok(Self { steps, last: tables })
    }

    /// The tables after all migrations.
    pub fn tables(&self) -> &Tables {
        &self.last
    }

    /// The tables after one of them.
    pub(super) fn tables_after(&self, place: usize) -> &Tables {
        self.steps.get(place + 1).map_or(&self.last, |next| &next.before)
    }
}

impl Recorded {
    /// What the migration does to a database.
    pub(super) fn up(&self, dialect: Dialect) -> Result<Plan, String> {
        plan(&mut self.before.clone(), &self.up, dialect).map_err(|error| format!("migration `{}`: {error}", self.name))
    }

    /// What takes the migration back; `after` are the tables it has made.
    pub(super) fn down(&self, after: &Tables, dialect: Dialect) -> Result<Plan, String> {
        let mut tables = after.clone();
        let failed = |error: String| format!("taking back migration `{}`: {error}", self.name);
        let plan = plan(&mut tables, &self.down, dialect).map_err(failed)?;
        let differences = super::drift::between(&self.before, &tables, dialect).map_err(failed)?;
        if differences.is_empty() {
            return Ok(plan.in_one());
        }
        Err(failed(format!("it would not lead back to where it began: {}", differences.join("; "))))
    }

    /// What cannot come back when the migration is taken back.
    pub(super) fn lost_for_good(&self) -> Vec<String> {
        self.up.iter().flat_map(Operation::destroys).collect()
    }

    /// Changes with what the migration does, not with how it is written.
    pub(super) fn checksum(&self) -> String {
        let mut text = String::new();
        for operation in &self.up {
            match operation {
                Operation::Code(code) => text.push_str(&code.description),
                data => text.push_str(&serde_json::to_string(data).unwrap_or_default()),
            }
            text.push('\n');
        }
        URL_SAFE_NO_PAD.encode(&Sha256::digest(text.as_bytes())[..16])
    }
}

/// A migration as `migrate describe` tells it.
#[derive(Debug, Serialize)]
pub(super) struct Described {
    pub(super) name: &'static str,
    pub(super) after: Option<&'static str>,
}

fn ordered(migrations: &[Migration]) -> Result<Vec<&Migration>, String> {
    let follower = |name: Option<&str>| {
        let mut followers = migrations.iter().filter(|migration| migration.after == name);
        let first = followers.next();
        match (first, followers.next()) {
            (Some(one), Some(other)) => Err(format!(
                "migrations `{}` and `{}` both start from {}: they were written beside each other. Put one behind the other: write `after: Some(\"{}\")` in `{}`, then run `cargo appos migrate --check`",
                one.name,
                other.name,
                name.map_or_else(|| "an empty database".to_owned(), |name| format!("`{name}`")),
                one.name,
                other.name
            )),
            (first, _) => Ok(first),
        }
    };
    let mut order: Vec<&Migration> = Vec::new();
    while let Some(next) = follower(order.last().map(|migration| migration.name))? {
        if order.iter().any(|earlier| earlier.name == next.name) {
            return Err(format!("there are two migrations named `{}`", next.name));
        }
        order.push(next);
    }
    match migrations.iter().find(|migration| order.iter().all(|known| known.name != migration.name)) {
        Some(lost) => Err(format!(
            "migration `{}` follows {}, which is not there",
            lost.name,
            lost.after.map_or_else(|| "itself".to_owned(), |name| format!("`{name}`"))
        )),
        None => Ok(order),
    }
}
