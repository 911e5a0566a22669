//! The verbs: up, down, status, drift, and the statements of what is pending.

use std::fmt::Write;

use chrono::Utc;
use sea_orm::DatabaseConnection;

use super::apply::{self, Limits, Outcome};
use super::ledger::{self, Entry};
use super::lock;
use super::status::{MigrationState, State, states};
use crate::error::{AppOsError, Result};
use crate::migration::drift::differences;
use crate::migration::history::{History, Recorded};
use crate::migration::operation::Operation;
use crate::migration::plan::plan;
use crate::migration::{Dialect, fault, live};

/// Runs the migrations of a program on a database.
///
/// The connection must be one, not several: PostgreSQL's lock belongs to it.
pub(crate) struct Runner<'a> {
    connection: &'a DatabaseConnection,
    history: &'a History,
    dialect: Dialect,
    limits: Limits,
    /// Statements that make tables of the platform's own, which renames concern too.
    own_tables: Vec<String>,
}

/// How far back.
#[derive(Clone, Debug)]
pub(crate) enum Down {
    /// So many migrations.
    Steps(usize),
    /// Until this one is the last; it stays.
    To(String),
}

fn refused(message: String) -> AppOsError {
    AppOsError::dispatch(message).code_is("migration_refused")
}

/// This moment, as the ledger writes it.
fn now() -> String {
    Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What the database has must be what this program has.
fn refuse_strangers(states: &[MigrationState]) -> Result<()> {
    if let Some(changed) = states.iter().find(|state| state.state == State::Changed) {
        return Err(refused(format!(
            "migration `{}` was changed after it had been applied. Undo the change and write another migration: `cargo appos migrate --empty <name>`",
            changed.name
        )));
    }
    let unknown: Vec<&str> =
        states.iter().filter(|state| state.state == State::Unknown).map(|state| state.name.as_str()).collect();
    let pending = states.iter().find(|state| matches!(state.state, State::Pending | State::Unfinished(_)));
    match (unknown.as_slice(), pending) {
        ([], _) => Ok(()),
        (unknown, Some(pending)) => Err(refused(format!(
            "the database has migrations that this program does not know ({}), and lacks `{}`: it belongs to another branch of the history",
            unknown.join(", "),
            pending.name
        ))),
        // A newer program has been here already, as it is while nodes are replaced one by one.
        (unknown, None) => {
            tracing::warn!(migrations = unknown.join(", "), "the database is newer than this program");
            Ok(())
        }
    }
}

impl<'a> Runner<'a> {
    pub(crate) fn new(
        connection: &'a DatabaseConnection,
        history: &'a History,
        limits: Limits,
        own_tables: Vec<String>,
    ) -> Self {
        let dialect = Dialect::of(connection);
        Self { connection, history, dialect, limits, own_tables }
    }

    async fn entries(&self) -> Result<Vec<Entry>> {
        if !ledger::exists(self.connection, self.dialect).await.map_err(fault)? {
            return Ok(Vec::new());
        }
        ledger::read(self.connection).await.map_err(fault)
    }

    /// Where each migration stands. Changes nothing.
    pub(crate) async fn status(&self) -> Result<Vec<MigrationState>> {
        Ok(states(self.history, &self.entries().await?))
    }

    /// Names of the migrations that the database lacks. Changes nothing.
    pub(crate) async fn pending(&self) -> Result<Vec<String>> {
        let states = self.status().await?.into_iter();
        Ok(states
            .filter(|state| matches!(state.state, State::Pending | State::Unfinished(_)))
            .map(|state| state.name)
            .collect())
    }

    /// Applies what is pending, at most up to a migration; answers the names.
    ///
    /// # Errors
    /// There is no such migration.
    /// A migration was changed after it was applied, the database has others, or one fails.
    pub(crate) async fn up(&self, to: Option<&str>) -> Result<Vec<String>> {
        if let Some(to) = to.filter(|to| self.history.steps.iter().all(|step| step.name != *to)) {
            return Err(refused(format!("this program has no migration `{to}`")));
        }
        // Nothing to do is the common case, and needs no lock.
        if self.pending().await?.is_empty() && !self.entries().await?.is_empty() {
            refuse_strangers(&self.status().await?)?;
            return Ok(Vec::new());
        }
        self.locked(async {
            ledger::create(self.connection).await.map_err(fault)?;
            for sql in &self.own_tables {
                ledger::prepare(self.connection, sql).await.map_err(fault)?;
            }
            if self.entries().await?.is_empty() {
                self.adopt().await?;
            }
            refuse_strangers(&self.status().await?)?;
            let mut applied = Vec::new();
            let last = to.and_then(|to| self.history.steps.iter().position(|step| step.name == to));
            for step in self.history.steps.iter().take(last.map_or(usize::MAX, |last| last + 1)) {
                let entry = self.entries().await?.into_iter().find(|entry| entry.name == step.name);
                if entry.as_ref().is_some_and(|entry| entry.applied_at.is_some()) {
                    continue;
                }
                self.apply(step, entry).await?;
                applied.push(step.name.to_owned());
            }
            Ok(applied)
        })
        .await
    }

    /// Work that only one node does at a time. SQLite has one writer anyway.
    async fn locked<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        if self.dialect == Dialect::Sqlite {
            return work.await;
        }
        lock::take(self.connection).await.map_err(fault)?;
        let done = work.await;
        let free = lock::give_back(self.connection).await.map_err(fault);
        let done = done?;
        free.map(|()| done)
    }

    async fn apply(&self, step: &Recorded, begun: Option<Entry>) -> Result<()> {
        let plan = step.up(self.dialect).map_err(refused)?;
        let checksum = step.checksum();
        let parts = match begun {
            Some(entry) if entry.checksum != checksum => {
                return Err(refused(format!(
                    "migration `{}` was changed after {} of its parts had been done. Undo the change, or take the done parts back by hand and delete its row from `platform_migration`",
                    step.name, entry.parts
                )));
            }
            Some(entry) => entry.parts,
            None => 0,
        };
        let entry = Entry { name: step.name.to_owned(), applied_at: Some(now()), parts, checksum };
        apply::plan(self.connection, self.dialect, &plan, &Outcome::Up(entry), self.limits).await
    }

    /// A database that was made without migrations, or by them but without a history, is taken
    /// over at the point that it fits.
    async fn adopt(&self) -> Result<()> {
        let names: Vec<&str> = self.history.tables().iter().map(|table| table.name.as_str()).collect();
        let seen = self.seen(names.into_iter()).await?;
        if seen.is_empty() {
            return Ok(());
        }
        let mut nearest = Vec::new();
        for place in (0..self.history.steps.len()).rev() {
            let tables = self.history.tables_after(place);
            let found = differences(tables, &seen, self.dialect).map_err(refused)?;
            if found.is_empty() && seen.len() == tables.iter().count() {
                for step in &self.history.steps[..=place] {
                    let entry = Entry {
                        name: step.name.to_owned(),
                        applied_at: Some(now()),
                        parts: 0,
                        checksum: step.checksum(),
                    };
                    ledger::write(self.connection, &entry).await.map_err(fault)?;
                    tracing::info!(migration = step.name, "the database has it already");
                }
                return Ok(());
            }
            if nearest.is_empty() || found.len() < nearest.len() {
                nearest = found;
            }
        }
        Err(refused(format!(
            "the database has tables but no history of migrations, and fits none of them; nearest it differs in: {}. Make it fit by hand, or begin with an empty database",
            nearest.join("; ")
        )))
    }

    async fn seen<'b>(
        &self,
        names: impl Iterator<Item = &'b str>,
    ) -> Result<std::collections::BTreeMap<String, crate::migration::drift::Seen>> {
        live::tables(self.connection, self.dialect, names).await.map_err(fault)
    }

    /// Differences between the database and what it should be after the migrations it has.
    /// Changes nothing.
    pub(crate) async fn drift(&self) -> Result<Vec<String>> {
        let states = self.status().await?;
        let applied = states.iter().take_while(|state| matches!(state.state, State::Applied | State::Changed)).count();
        let Some(last) = applied.checked_sub(1) else { return Ok(Vec::new()) };
        let tables = self.history.tables_after(last);
        let seen = self.seen(tables.iter().map(|table| table.name.as_str())).await?;
        differences(tables, &seen, self.dialect).map_err(refused)
    }

    /// The statements of what is pending, and of operations that are no migration yet. Changes
    /// nothing.
    pub(crate) async fn sql(&self, more: &[Operation]) -> Result<String> {
        let mut text = String::new();
        let pending = self.pending().await?;
        for step in self.history.steps.iter().filter(|step| pending.iter().any(|name| name == step.name)) {
            let _ = write!(text, "-- {}\n{}\n", step.name, step.up(self.dialect).map_err(refused)?);
        }
        if !more.is_empty() {
            let mut tables = self.history.tables().clone();
            let plan = plan(&mut tables, more, self.dialect).map_err(refused)?;
            let _ = write!(text, "-- a new migration\n{plan}\n");
        }
        Ok(text)
    }

    /// Takes migrations back, the last first; answers their names.
    ///
    /// # Errors
    /// There is no such migration, it would destroy what is there, or it fails.
    pub(crate) async fn down(&self, how: &Down, allow_destructive: bool) -> Result<Vec<String>> {
        self.locked(async {
            let steps = self.to_take_back(how).await?;
            let destroyed: Vec<String> =
                steps.iter().flat_map(|(step, _)| step.down.iter().flat_map(Operation::destroys)).collect();
            if !destroyed.is_empty() && !allow_destructive {
                return Err(refused(format!(
                    "taking back {} would destroy {}. If that is meant, add `--allow-destructive`",
                    steps.iter().map(|(step, _)| format!("`{}`", step.name)).collect::<Vec<_>>().join(", "),
                    destroyed.join(", ")
                )));
            }
            let mut names = Vec::new();
            for (step, after) in steps {
                let plan = step.down(after, self.dialect).map_err(refused)?;
                let outcome = Outcome::Down(step.name.to_owned());
                apply::plan(self.connection, self.dialect, &plan, &outcome, self.limits).await?;
                names.push(step.name.to_owned());
            }
            Ok(names)
        })
        .await
    }

    /// What will not come back with `down`. Changes nothing.
    pub(crate) async fn lost_for_good(&self, how: &Down) -> Result<Vec<String>> {
        Ok(self.to_take_back(how).await?.iter().flat_map(|(step, _)| step.lost_for_good()).collect())
    }

    /// The statements of a `down`. Changes nothing.
    pub(crate) async fn down_sql(&self, how: &Down) -> Result<String> {
        let mut text = String::new();
        for (step, after) in self.to_take_back(how).await? {
            let _ = write!(text, "-- {}\n{}\n", step.name, step.down(after, self.dialect).map_err(refused)?);
        }
        Ok(text)
    }

    /// Migrations, the last first, each with the tables after it.
    async fn to_take_back(&self, how: &Down) -> Result<Vec<(&'a Recorded, &'a crate::migration::Tables)>> {
        let states = self.status().await?;
        if let Some(unfinished) = states.iter().find(|state| matches!(state.state, State::Unfinished(_))) {
            return Err(refused(format!(
                "migration `{}` is not finished: run `migrate up` first, so that it can be taken back as a whole",
                unfinished.name
            )));
        }
        if let Some(unknown) = states.iter().find(|state| state.state == State::Unknown) {
            return Err(refused(format!(
                "this program does not know migration `{}` and cannot go behind it",
                unknown.name
            )));
        }
        let applied = states.iter().take_while(|state| state.state != State::Pending).count();
        let keep = match how {
            Down::Steps(count) => applied.saturating_sub(*count),
            Down::To(name) => {
                let place = states.iter().take(applied).position(|state| state.name == *name);
                place.ok_or_else(|| refused(format!("the database has no migration `{name}`")))? + 1
            }
        };
        let history = self.history;
        let steps = (keep..applied).rev();
        Ok(steps.filter_map(|place| Some((history.steps.get(place)?, history.tables_after(place)))).collect())
    }
}
