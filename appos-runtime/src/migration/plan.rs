//! Operations made into statements for one database.

use std::fmt;

use super::alteration::Altered;
use super::dialect::{Dialect, quoted, quoted_text};
use super::operation::{Code, Operation};
use super::table::{Index, Table, Tables};
use super::{names, postgres, sqlite};

/// One thing to do.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A statement.
    Sql(String),
    /// A statement that counts the rows which stand in the way: any of them ends the migration.
    Check {
        /// Counts rows.
        sql: String,
        /// What is wrong with them; `{count}` stands for their number.
        message: String,
    },
    /// Code of the project.
    Code(Code),
}

/// Steps that are done together or not at all.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// False for the few statements that cannot be part of a transaction. Such a unit has one step
    /// that does something, and can be done again.
    pub(super) transaction: bool,
    pub(super) steps: Vec<Step>,
}

/// What a migration does to one database. SQLite's are always one unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) units: Vec<Unit>,
    /// Work on tables that are in use: done after the rest, without stopping their users.
    pub(super) deferred: Vec<(String, Unit)>,
}

impl Plan {
    pub(super) fn step(&mut self, step: Step) {
        match self.units.last_mut() {
            Some(unit) if unit.transaction => unit.steps.push(step),
            _ => self.units.push(Unit { transaction: true, steps: vec![step] }),
        }
    }

    pub(super) fn sql(&mut self, sql: impl Into<String>) {
        self.step(Step::Sql(sql.into()));
    }

    pub(super) fn defer(&mut self, table: &str, transaction: bool, statements: Vec<String>) {
        let steps = statements.into_iter().map(Step::Sql).collect();
        self.deferred.push((table.to_owned(), Unit { transaction, steps }));
    }

    /// What was deferred is done before its table changes again.
    fn settle(&mut self, concerns: impl Fn(&str) -> bool) {
        if self.deferred.iter().any(|(table, _)| concerns(table)) {
            self.finish();
        }
    }

    /// The same as one unit, all or nothing. Who uses the tables meanwhile has to wait.
    pub(super) fn in_one(self) -> Self {
        let steps = self.units.into_iter().flat_map(|unit| {
            unit.steps.into_iter().filter(move |step| match step {
                // What an attempt outside of a transaction may have left.
                Step::Sql(sql) => unit.transaction || !sql.starts_with("DROP INDEX CONCURRENTLY"),
                _ => true,
            })
        });
        let steps = steps.map(|step| match step {
            Step::Sql(sql) => Step::Sql(sql.replacen(" INDEX CONCURRENTLY ", " INDEX ", 1)),
            other => other,
        });
        Self { units: vec![Unit { transaction: true, steps: steps.collect() }], deferred: Vec::new() }
    }

    fn finish(&mut self) {
        self.units.extend(self.deferred.drain(..).map(|(_, unit)| unit));
    }
}

impl fmt::Display for Plan {
    /// The statements as a script.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for unit in &self.units {
            if unit.transaction {
                writeln!(f, "BEGIN;")?;
            }
            for step in &unit.steps {
                match step {
                    Step::Sql(sql) => writeln!(f, "{sql};")?,
                    Step::Check { sql, .. } => writeln!(f, "-- must answer 0: {sql};")?,
                    Step::Code(code) => writeln!(f, "-- code: {}", code.description)?,
                }
            }
            if unit.transaction {
                writeln!(f, "COMMIT;")?;
            }
        }
        Ok(())
    }
}

/// Makes a plan, and takes the description of the tables along.
///
/// # Errors
/// An operation does not fit the tables as they are then.
pub(super) fn plan(tables: &mut Tables, operations: &[Operation], dialect: Dialect) -> Result<Plan, String> {
    let mut plan = Plan::default();
    // Nobody uses a table that this migration makes.
    let mut new = Vec::new();
    for operation in operations {
        let before = tables.clone();
        tables.apply(operation)?;
        match operation {
            Operation::CreateTable(table) => {
                new.push(table.name.clone());
                create(&mut plan, table, dialect)?;
            }
            Operation::DropTable { name } => {
                plan.settle(|table| table == name);
                plan.sql(format!("DROP TABLE {}", quoted(name)));
            }
            Operation::RenameTable { from, to } => {
                plan.settle(|table| table == from);
                for name in new.iter_mut().filter(|name| *name == from) {
                    to.clone_into(name);
                }
                let table = before.get(from)?;
                if table.indexes.iter().any(Index::may_count) {
                    plan.sql(counters(from, to, ""));
                }
                match dialect {
                    Dialect::Sqlite => sqlite::rename(&mut plan, table, tables.get(to)?),
                    Dialect::Postgres => postgres::rename(&mut plan, table, to),
                }
            }
            Operation::AlterTable { table, changes } => {
                plan.settle(|other| other == table);
                let altered = Altered::of(before.get(table)?, tables.get(table)?, changes)?;
                for (old, new) in altered.renamed().filter(|(old, _)| is_counted(altered.before, &old.name)) {
                    plan.sql(counters(&format!("{table}.{}", old.name), &format!("{table}.{}", new.name), " "));
                }
                match dialect {
                    Dialect::Sqlite => sqlite::alter(&mut plan, &altered)?,
                    Dialect::Postgres => postgres::alter(&mut plan, &altered, new.contains(table))?,
                }
            }
            Operation::Sql { sql, dialect: wanted } => {
                if wanted.is_none_or(|wanted| wanted == dialect) {
                    plan.sql(sql.trim().trim_end_matches(';'));
                }
            }
            Operation::Code(code) => plan.step(Step::Code(code.clone())),
        }
    }
    plan.finish();
    Ok(plan)
}

fn create(plan: &mut Plan, table: &Table, dialect: Dialect) -> Result<(), String> {
    plan.sql(dialect.create_table(table, &table.name)?);
    for index in &table.indexes {
        plan.sql(dialect.create_index(table, index, ""));
    }
    Ok(())
}

/// Rows may be numbered in a column that is unique by itself.
fn is_counted(table: &Table, column: &str) -> bool {
    table.indexes.iter().any(|index| index.may_count() && index.columns.iter().any(|name| name == column))
}

/// What counts the rows of a numbered column bears the names of table and column. `end` is empty
/// if all columns of a table are meant.
fn counters(from: &str, to: &str, end: &str) -> String {
    let (set, which) = if end.is_empty() {
        let length = from.chars().count() + 1;
        let old = quoted_text(&format!("{from}."));
        (format!("{} || substr(name, {length})", quoted_text(to)), format!("substr(name, 1, {length}) = {old}"))
    } else {
        (quoted_text(to), format!("name = {}", quoted_text(from)))
    };
    format!("UPDATE platform_counter SET name = {set} WHERE {which}")
}

/// Drops an index by its name.
pub(super) fn drop_index(table: &str, index: &Index) -> String {
    format!("DROP INDEX {}", quoted(&names::index(table, index)))
}
