//! `migrate`: the verbs of a platform's own program. `cargo appos migrate` calls them, and so
//! does whoever has nothing but the program.

use std::io::Read;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::json;

use crate::config::DatabaseConfig;
use crate::error::{AppOsError, Result};
use crate::migration::{Down, History, Migration, Operation, Runner, State, description};
use crate::record::Migrator;
use crate::registry::Registry;

/// Arguments of `migrate`.
#[derive(Args)]
#[command(
    after_help = "Exit codes: 0 done, 1 it did not work or `drift` found differences, 2 it was not asked for correctly."
)]
pub(super) struct MigrateArguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Apply what the database lacks
    Up {
        /// Until this migration is the last
        #[arg(long, value_name = "NAME", conflicts_with = "sql")]
        to: Option<String>,
        /// Print the statements instead
        #[arg(long)]
        sql: bool,
        /// Read operations as JSON and print their statements too
        #[arg(long, hide = true)]
        operations: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Take migrations back, the last first
    Down {
        /// How many
        #[arg(long, default_value_t = 1, conflicts_with = "to")]
        steps: usize,
        /// Until this migration is the last
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
        /// Also if tables or columns are lost
        #[arg(long)]
        allow_destructive: bool,
        /// Print the statements instead
        #[arg(long)]
        sql: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Say where each migration stands
    Status {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Compare the database with what its migrations have made
    Drift {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print tables and migrations as JSON
    #[command(hide = true)]
    Describe,
}

impl MigrateArguments {
    /// True if no database is needed.
    pub(super) fn is_description(&self) -> bool {
        matches!(self.verb, Verb::Describe)
    }
}

/// Prints the tables that the records need, and the migrations there are.
pub(super) fn describe(migrations: &[Migration]) -> Result<ExitCode, String> {
    let history = History::of(migrations)?;
    let text = serde_json::to_string_pretty(&description(Registry::global(), &history));
    println!("{}", text.map_err(|error| format!("the tables cannot be written as JSON: {error}"))?);
    Ok(ExitCode::SUCCESS)
}

/// Does what is asked for.
pub(super) async fn run(
    settings: &DatabaseConfig,
    migrations: &[Migration],
    arguments: MigrateArguments,
) -> Result<ExitCode> {
    let migrator = Migrator::open(settings, migrations).await?;
    let done = verb(&migrator.runner(), arguments.verb).await;
    migrator.close().await;
    done
}

async fn verb(runner: &Runner<'_>, verb: Verb) -> Result<ExitCode> {
    match verb {
        Verb::Up { to, sql, operations, json } => {
            if sql || operations {
                let more = if operations { read_operations()? } else { Vec::new() };
                return statements(&runner.sql(&more).await?, json);
            }
            up(runner, to.as_deref(), json).await.map(|()| ExitCode::SUCCESS)
        }
        Verb::Down { steps, to, allow_destructive, sql, json } => {
            let how = to.map_or(Down::Steps(steps), Down::To);
            if sql {
                return statements(&runner.down_sql(&how).await?, json);
            }
            down(runner, &how, allow_destructive, json).await.map(|()| ExitCode::SUCCESS)
        }
        Verb::Status { json } => status(runner, json).await.map(|()| ExitCode::SUCCESS),
        Verb::Drift { json } => drift(runner, json).await,
        // Answered before a database is opened.
        Verb::Describe => Ok(ExitCode::SUCCESS),
    }
}

/// Prints statements that are not sent.
fn statements(sql: &str, json: bool) -> Result<ExitCode> {
    if json {
        print_json(&json!({ "sql": sql }))?;
    } else {
        print!("{sql}");
    }
    Ok(ExitCode::SUCCESS)
}

fn print_json(value: &impl Serialize) -> Result<()> {
    println!("{}", serde_json::to_string_pretty(value)?);
    Ok(())
}

async fn up(runner: &Runner<'_>, to: Option<&str>, json: bool) -> Result<()> {
    let applied = runner.up(to).await?;
    if json {
        return print_json(&json!({ "applied": applied }));
    }
    for name in &applied {
        println!("applied {name}");
    }
    if applied.is_empty() {
        println!("nothing to apply");
    }
    Ok(())
}

fn read_operations() -> Result<Vec<Operation>> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| AppOsError::validation("the operations cannot be read").caused_by(error))?;
    serde_json::from_str(&text)
        .map_err(|error| AppOsError::validation(format!("these are no operations: {error}")).caused_by(error))
}

async fn down(runner: &Runner<'_>, how: &Down, allow_destructive: bool, json: bool) -> Result<()> {
    let lost = runner.lost_for_good(how).await?;
    let names = runner.down(how, allow_destructive).await?;
    if json {
        return print_json(&json!({ "taken_back": names, "lost": lost }));
    }
    for name in &names {
        println!("took back {name}");
    }
    if names.is_empty() {
        println!("nothing to take back");
    }
    for what in lost {
        println!("empty now, as its content was lost when the migration was applied: {what}");
    }
    Ok(())
}

async fn status(runner: &Runner<'_>, json: bool) -> Result<()> {
    let states = runner.status().await?;
    if json {
        return print_json(&states);
    }
    for entry in &states {
        let (word, more) = match entry.state {
            State::Applied => ("applied", entry.applied_at.clone().unwrap_or_default()),
            State::Changed => ("changed", "since it was applied".to_owned()),
            State::Unfinished(parts) => ("unfinished", format!("{parts} parts are done")),
            State::Pending => ("pending", String::new()),
            State::Unknown => ("unknown", "this program does not have it".to_owned()),
        };
        println!("{}", format!("{word:<11} {}  {more}", entry.name).trim_end());
    }
    if states.is_empty() {
        println!("there are no migrations");
    }
    Ok(())
}

async fn drift(runner: &Runner<'_>, json: bool) -> Result<ExitCode> {
    let differences = runner.drift().await?;
    if json {
        print_json(&differences)?;
    } else if differences.is_empty() {
        println!("the database is as its migrations have made it");
    } else {
        for difference in &differences {
            println!("{difference}");
        }
    }
    Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
