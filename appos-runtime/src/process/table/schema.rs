//! How the tables are made, and what becomes of those of an earlier program. All that hangs on an instance has its id,
//! by which PostgreSQL parts the tables by month; what was put away has the same tables once more.

use std::fmt::Write;

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use super::{ATTRIBUTES, ENTRIES, INSTANCES, KEYS, MINUTES, SCALES, SCHEDULES, SIGNALS, TASKS, VARIABLES, WORKERS};
use crate::error::Result;
use crate::process::keep::make_months;
use crate::record::{Dialect, Month, Monthly, Parts, SetUp, Store, database_fault};

/// A table with what hangs on an instance.
#[derive(Debug)]
pub(in super::super) struct Table {
    pub(in super::super) monthly: Monthly,
    /// Name and type of each column.
    columns: &'static [(&'static str, &'static str)],
    primary_key: &'static str,
    /// The end of its name, what is in it, and whether it is for what was put away, too.
    indexes: &'static [(&'static str, &'static str, bool)],
}

const fn monthly(table: &'static str, archive: &'static str, key: &'static str) -> Monthly {
    Monthly { table, archive, key }
}

const TEXT: &str = "{text} NOT NULL";
const NUMBER: &str = "{integer} NOT NULL";
const MAYBE_TEXT: &str = "{text}";
const MAYBE_NUMBER: &str = "{integer}";

/// Instances first: whoever changes several tables begins with them.
pub(in super::super) const TABLES: [Table; 6] = [
    Table {
        monthly: monthly(INSTANCES, "platform_process_instance_archive", "id"),
        columns: &[
            ("id", TEXT),
            ("process", TEXT),
            ("within", TEXT),
            ("version", NUMBER),
            ("name", TEXT),
            ("state", TEXT),
            ("arguments", TEXT),
            ("shown", TEXT),
            ("result", TEXT),
            ("shown_result", TEXT),
            ("error", TEXT),
            ("start_key", MAYBE_TEXT),
            ("user_id", NUMBER),
            ("language", TEXT),
            ("root_id", TEXT),
            ("parent_id", TEXT),
            ("parent", MAYBE_TEXT),
            ("parent_place", MAYBE_TEXT),
            ("started_at", NUMBER),
            ("ended_at", MAYBE_NUMBER),
            ("deadline_at", MAYBE_NUMBER),
            ("due_at", MAYBE_NUMBER),
            ("worker", MAYBE_TEXT),
            ("fence", NUMBER),
            ("claims", NUMBER),
            ("wakes", NUMBER),
            ("cancelled_by", MAYBE_NUMBER),
            ("trace", MAYBE_TEXT),
        ],
        primary_key: "id",
        indexes: &[
            ("next", "(due_at, id) WHERE due_at IS NOT NULL", false),
            ("within", "(state, within)", true),
            ("process", "(process, started_at)", true),
            ("user", "(user_id, started_at)", true),
            ("parent", "(parent) WHERE parent IS NOT NULL", true),
        ],
    },
    Table {
        monthly: monthly(ENTRIES, "platform_process_entry_archive", "instance"),
        columns: &[
            ("instance", TEXT),
            ("place", TEXT),
            ("kind", TEXT),
            ("name", TEXT),
            ("state", TEXT),
            ("attempts", NUMBER),
            ("arguments", TEXT),
            ("shown", TEXT),
            ("result", TEXT),
            ("shown_result", TEXT),
            ("error", TEXT),
            ("execution_id", MAYBE_TEXT),
            ("worker", TEXT),
            ("started_at", NUMBER),
            ("ended_at", MAYBE_NUMBER),
            ("due_at", MAYBE_NUMBER),
        ],
        primary_key: "instance, place",
        indexes: &[],
    },
    Table {
        monthly: monthly(VARIABLES, "platform_process_variable_archive", "instance"),
        columns: &[("instance", TEXT), ("name", TEXT), ("visibility", TEXT), ("value", TEXT)],
        primary_key: "instance, name",
        indexes: &[],
    },
    Table {
        monthly: monthly(ATTRIBUTES, "platform_process_attribute_archive", "instance"),
        columns: &[("instance", TEXT), ("source", TEXT), ("name", TEXT), ("value", TEXT)],
        primary_key: "instance, source, name",
        indexes: &[("value", "(name, value)", true)],
    },
    Table {
        monthly: monthly(SIGNALS, "platform_process_signal_archive", "instance"),
        columns: &[
            ("id", "{number}"),
            ("signal", TEXT),
            ("instance", TEXT),
            ("name", TEXT),
            ("payload", TEXT),
            ("sent_at", NUMBER),
            ("sent_by", NUMBER),
            ("taken_at_place", MAYBE_TEXT),
        ],
        primary_key: "instance, signal",
        indexes: &[],
    },
    Table {
        monthly: monthly(TASKS, "platform_process_task_archive", "instance"),
        columns: &[
            ("id", TEXT),
            ("instance", TEXT),
            ("place", TEXT),
            ("within", TEXT),
            ("title", TEXT),
            ("description", TEXT),
            ("about", MAYBE_TEXT),
            ("about_row", MAYBE_NUMBER),
            ("assigned_group", MAYBE_TEXT),
            ("assigned_user", MAYBE_NUMBER),
            ("form", TEXT),
            ("state", TEXT),
            ("answer", TEXT),
            ("answered_by", MAYBE_NUMBER),
            ("answered_at", MAYBE_NUMBER),
            ("created_at", NUMBER),
            ("due_at", MAYBE_NUMBER),
            ("ends_at", MAYBE_NUMBER),
        ],
        primary_key: "instance, place",
        indexes: &[
            ("group", "(assigned_group, state)", false),
            ("user", "(assigned_user, state)", false),
            ("within", "(state, within)", false),
            ("id", "(id)", true),
        ],
    },
];

/// Tables of their own: what tells one start from another holds over all months, and programs belong to none.
const OTHERS: [(&str, &str); 5] = [
    (
        SCHEDULES,
        "CREATE TABLE platform_process_schedule (
            process {text} NOT NULL, times {text} NOT NULL, last_tick {integer} NOT NULL, error {text} NOT NULL,
            PRIMARY KEY (process, times))",
    ),
    (
        KEYS,
        "CREATE TABLE platform_process_key (
            process {text} NOT NULL, start_key {text} NOT NULL, instance {text} NOT NULL,
            PRIMARY KEY (process, start_key));
         CREATE INDEX platform_process_key_instance ON platform_process_key (instance)",
    ),
    (
        WORKERS,
        "CREATE TABLE platform_process_worker (
            id {text} NOT NULL PRIMARY KEY, host {text} NOT NULL, pid {integer} NOT NULL, role {text} NOT NULL,
            version {text} NOT NULL, configured {integer} NOT NULL, concurrency {integer} NOT NULL,
            running {integer} NOT NULL, stopping {integer} NOT NULL, started_at {integer} NOT NULL,
            beat_at {integer} NOT NULL, lease {integer} NOT NULL)",
    ),
    (
        SCALES,
        "CREATE TABLE platform_process_scale (
            worker {text} NOT NULL PRIMARY KEY, concurrency {integer} NOT NULL, set_at {integer} NOT NULL,
            set_by {integer} NOT NULL)",
    ),
    (
        MINUTES,
        "CREATE TABLE platform_process_minute (
            minute {integer} NOT NULL, process {text} NOT NULL, worker {text} NOT NULL, started {integer} NOT NULL,
            completed {integer} NOT NULL, failed {integer} NOT NULL, cancelled {integer} NOT NULL,
            parked {integer} NOT NULL, steps {integer} NOT NULL, PRIMARY KEY (minute, process, worker))",
    ),
];

const CREATE_INDEX: &str = "CREATE INDEX IF NOT EXISTS ";

impl Table {
    /// Names of the columns, as they stand in statements.
    pub(in super::super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|(name, _)| *name)
    }

    /// Statements that make it, or the one with what was put away.
    fn statements(&self, dialect: Dialect, is_archive: bool) -> Vec<String> {
        let Monthly { table, archive, key } = self.monthly;
        let table = if is_archive { archive } else { table };
        let counts_rows = |column: &str| column == "{number}";
        // SQLite's numbers are a primary key, and a number that was given already is no more than that.
        let is_counted = dialect.parts().is_none() && !is_archive;
        let mut columns: Vec<String> = self
            .columns
            .iter()
            .map(|(name, of)| match of {
                of if counts_rows(of) && is_archive => format!("{name} {NUMBER}"),
                of => format!("{name} {of}"),
            })
            .collect();
        let is_key_taken = is_counted && self.columns.iter().any(|(_, of)| counts_rows(of));
        let word = if is_key_taken { "UNIQUE" } else { "PRIMARY KEY" };
        columns.push(format!("{word} ({})", self.primary_key));
        let parted = if dialect.parts().is_some() { format!(" PARTITION BY RANGE ({key})") } else { String::new() };
        let mut all = vec![format!("CREATE TABLE {table} ({}){parted}", columns.join(", "))];
        for (name, what, also_archived) in self.indexes {
            if *also_archived || !is_archive {
                all.push(format!("{CREATE_INDEX}{table}_{name} ON {table} {what}"));
            }
        }
        if dialect.parts().is_some() && !is_archive {
            all.push(format!("CREATE TABLE {} PARTITION OF {table} DEFAULT", Parts::rest(table)));
        }
        all.iter().map(|statement| dialect.own_table(statement)).collect()
    }
}

/// The tables that have months.
pub(in super::super) fn monthlies() -> [Monthly; 6] {
    TABLES.each_ref().map(|table| table.monthly)
}

/// Creates the tables, and the months that are soon wanted.
///
/// # Errors
/// The database cannot be written.
pub(crate) async fn prepare(store: &Store) -> Result<()> {
    let transaction = store.begin_alone().await?;
    let dialect = store.dialect();
    dialect.alone(SetUp::Schema, &transaction).await.map_err(database_fault)?;
    create(dialect, &transaction).await.map_err(database_fault)?;
    transaction.commit().await.map_err(database_fault)?;
    if let Err(error) = make_months(store, store.now().timestamp_millis()).await {
        tracing::warn!(%error, "the months of processes are made later: until then their rows lie together");
    }
    Ok(())
}

async fn create(dialect: Dialect, transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    let is_there = async |name| Ok::<_, DbErr>(!dialect.columns_of(transaction, name).await?.is_empty());
    let (had_instances, had_keys) = (is_there(INSTANCES).await?, is_there(KEYS).await?);
    for table in &TABLES {
        add_missing(dialect, transaction, table).await?;
    }
    let mut whole = Vec::new();
    if let Some(parts) = dialect.parts() {
        parts.count(transaction).await?;
        for table in &TABLES {
            if parts.is_whole(transaction, table.monthly.table).await? {
                set_aside(transaction, table).await?;
                whole.push(table);
            }
        }
    }
    let indexes = dialect.indexes(transaction).await?;
    for table in &TABLES {
        for (name, is_archive) in [(table.monthly.table, false), (table.monthly.archive, true)] {
            let is_there = is_there(name).await?;
            for statement in table.statements(dialect, is_archive) {
                // An index may have come later than its table. To ask for one that is there would wait for all who
                // write to the table, and they for each other.
                let index = statement.strip_prefix(CREATE_INDEX).and_then(|rest| rest.split(' ').next());
                if index.map_or(!is_there, |index| !indexes.contains(index)) {
                    transaction.execute_unprepared(&statement).await?;
                }
            }
        }
    }
    // What was found by it was sorted each time.
    let replaced = format!("{INSTANCES}_due");
    if indexes.contains(&replaced) {
        transaction.execute_unprepared(&format!("DROP INDEX IF EXISTS {replaced}")).await?;
    }
    for (name, template) in OTHERS {
        if !is_there(name).await? {
            transaction.execute_unprepared(&dialect.own_table(template)).await?;
        }
    }
    if let Some(parts) = dialect.parts().filter(|_| !whole.is_empty()) {
        move_in(transaction, parts, &whole).await?;
    }
    if had_instances && !had_keys {
        let keys = format!(
            "INSERT INTO {KEYS} (process, start_key, instance) \
             SELECT process, start_key, id FROM {INSTANCES} WHERE start_key IS NOT NULL"
        );
        transaction.execute_unprepared(&keys).await?;
    }
    Ok(())
}

/// Gives tables of an earlier program the columns that they lack. What came later may be missing in a row.
async fn add_missing(dialect: Dialect, transaction: &DatabaseTransaction, table: &Table) -> Result<(), DbErr> {
    for name in [table.monthly.table, table.monthly.archive] {
        let columns = dialect.columns_of(transaction, name).await?;
        let optional = table.columns.iter().filter(|(_, of)| [MAYBE_TEXT, MAYBE_NUMBER].contains(of));
        for (column, of) in optional.filter(|(column, _)| !columns.is_empty() && !columns.contains(*column)) {
            let alter = dialect.own_table(&format!("ALTER TABLE {name} ADD COLUMN {column} {of}"));
            transaction.execute_unprepared(&alter).await?;
        }
    }
    Ok(())
}

/// The name of a table of an earlier program while its rows move.
fn before(table: &str) -> String {
    format!("{table}_before")
}

/// Makes room for a table that is parted. Its indexes have the names of the new ones.
async fn set_aside(transaction: &DatabaseTransaction, table: &Table) -> Result<(), DbErr> {
    let name = table.monthly.table;
    let mut sql = format!("ALTER TABLE {name} RENAME TO {}", before(name));
    for (index, ..) in table.indexes {
        let _ = write!(sql, ";\nDROP INDEX IF EXISTS {name}_{index}");
    }
    transaction.execute_unprepared(&sql).await.map(drop)
}

/// Moves the rows of an earlier program into their months.
async fn move_in(transaction: &DatabaseTransaction, parts: Parts, whole: &[&Table]) -> Result<(), DbErr> {
    let mut months = parts.months(transaction, INSTANCES).await?;
    if whole.iter().any(|table| table.monthly.table == INSTANCES) {
        for month in months_of(transaction, &before(INSTANCES), "id").await? {
            if !months.contains(&month) {
                parts.make(transaction, &monthlies(), month).await?;
                months.push(month);
            }
        }
    }
    for table in whole {
        let (name, columns) = (table.monthly.table, table.names().collect::<Vec<_>>().join(", "));
        let before = before(name);
        let sql = format!("INSERT INTO {name} ({columns}) SELECT {columns} FROM {before};\nDROP TABLE {before}");
        transaction.execute_unprepared(&sql).await?;
    }
    parts.count_on(transaction, SIGNALS).await
}

/// The months of the rows of a table, the oldest first.
pub(in super::super) async fn months_of(
    connection: &impl ConnectionTrait,
    table: &str,
    key: &'static str,
) -> Result<Vec<Month>, DbErr> {
    let mut months = Vec::new();
    let mut from = String::new();
    loop {
        let mut select = Query::select();
        select.expr(Expr::col(key).min()).from(table.to_owned()).and_where(Expr::col(key).gte(from.as_str()));
        let rows = connection.query_all(&select).await?;
        let first = rows.first().map(|row| row.try_get_by_index::<Option<String>>(0)).transpose()?.flatten();
        let Some(month) = first.as_deref().and_then(Month::of_id) else { return Ok(months) };
        months.push(month);
        from = month.next().first_id();
    }
}
