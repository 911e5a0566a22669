//! What can be asked of `cargo appos migrate`.

use std::path::Path;

use clap::{Args, Subcommand};

use super::{generate, program};
use crate::project::{build, locate};
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos migrate`.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  cargo appos migrate                                    write what has changed as a migration, and apply it
  cargo appos migrate --dry-run                          print the statements, change nothing
  cargo appos migrate --check                            for CI: fail if records and migrations differ
  cargo appos migrate --empty title_case                 a migration to be filled by hand
  cargo appos migrate --rename crm_customer.fax=telefax  what was `telefax` is `fax` now, and keeps its values
  cargo appos migrate --fill crm_customer.country=CH     what the rows that exist get in a new column
  cargo appos migrate down --to m20261125_101500_first

The database is that of `appos.yaml` and of the variables APPOS__DATABASE__URL or DATABASE_URL.
Exit codes: 0 done, 1 it did not work or something differs, 2 it was not asked for correctly."
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Migrate {
    /// Fail if records and migrations differ; change nothing
    #[arg(long, conflicts_with_all = ["dry_run", "empty", "write_only", "name"])]
    check: bool,
    /// Print the statements; change nothing
    #[arg(long, conflicts_with_all = ["empty", "write_only"])]
    dry_run: bool,
    /// Write a migration that does nothing yet, to be filled by hand
    #[arg(long, value_name = "NAME", conflicts_with_all = ["name", "write_only"])]
    empty: Option<String>,
    /// Write the migration and do not apply it
    #[arg(long)]
    write_only: bool,
    /// Name of the migration, if not from what it does
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Also if tables, columns or digits are lost
    #[arg(long)]
    allow_destructive: bool,
    /// What was renamed: `new_table=old_table` or `table.new_column=old_column`; repeatable
    #[arg(long, value_name = "NEW=OLD")]
    rename: Vec<String>,
    /// What rows that exist get in a column: `table.column=value`; repeatable
    #[arg(long, value_name = "COLUMN=VALUE")]
    fill: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME", global = true)]
    package: Option<String>,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Apply the migrations that the database lacks
    #[command(after_help = "Examples:
  cargo appos migrate up                              all of them
  cargo appos migrate up --to m20261125_101500_first  not those behind it
  cargo appos migrate up --sql > up.sql               the statements, for whoever may send them")]
    Up {
        /// Until this migration is the last
        #[arg(long, value_name = "NAME", conflicts_with = "sql")]
        to: Option<String>,
        /// Print the statements instead
        #[arg(long)]
        sql: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Take migrations back, the last first
    #[command(after_help = "Examples:
  cargo appos migrate down                              the last one
  cargo appos migrate down --steps 2 --allow-destructive
  cargo appos migrate down --to m20261125_101500_first  those behind it
  cargo appos migrate down --sql                        the statements, without sending them")]
    Down {
        /// How many
        #[arg(long, conflicts_with = "to")]
        steps: Option<usize>,
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
    #[command(after_help = "Examples:
  cargo appos migrate status
  cargo appos migrate status --json | jq -r '.[] | select(.state == \"pending\") | .name'")]
    Status {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Compare the database with what its migrations have made
    #[command(after_help = "Examples:
  cargo appos migrate drift
  DATABASE_URL=postgres://reader@db/crm cargo appos migrate drift --json

Exit codes: 0 it is as they made it, 1 it differs or cannot be asked, 2 it was not asked for correctly.")]
    Drift {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// What to do with what has changed.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Wish<'a> {
    pub(super) check: bool,
    pub(super) dry_run: bool,
    pub(super) write_only: bool,
    pub(super) json: bool,
    pub(super) allow_destructive: bool,
    pub(super) name: Option<&'a str>,
    pub(super) renames: &'a [String],
    pub(super) fills: &'a [String],
}

impl Migrate {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let platform = locate::platform(Path::new("."), self.package.as_deref())?;
        let built = build::build(&platform)?;
        if let Some(verb) = &self.verb {
            return program::call(&platform, &built, &verb.arguments());
        }
        if let Some(name) = &self.empty {
            return generate::empty(terminal, &platform, &built, name, self.json);
        }
        let wish = Wish {
            check: self.check,
            dry_run: self.dry_run,
            write_only: self.write_only,
            json: self.json,
            allow_destructive: self.allow_destructive,
            name: self.name.as_deref(),
            renames: &self.rename,
            fills: &self.fill,
        };
        generate::changed(terminal, &platform, &built, &wish)
    }
}

impl Verb {
    /// The same, as the program itself takes it.
    fn arguments(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        let mut flag = |name: &str, set: bool| arguments.extend(set.then(|| name.to_owned()));
        match self {
            Self::Up { to, sql, json } => {
                flag("up", true);
                flag("--sql", *sql);
                flag("--json", *json);
                arguments.extend(to.as_ref().map(|to| format!("--to={to}")));
            }
            Self::Down { steps, to, allow_destructive, sql, json } => {
                flag("down", true);
                flag("--sql", *sql);
                flag("--json", *json);
                flag("--allow-destructive", *allow_destructive);
                arguments.extend(steps.map(|steps| format!("--steps={steps}")));
                arguments.extend(to.as_ref().map(|to| format!("--to={to}")));
            }
            Self::Status { json } => {
                flag("status", true);
                flag("--json", *json);
            }
            Self::Drift { json } => {
                flag("drift", true);
                flag("--json", *json);
            }
        }
        arguments
    }
}
