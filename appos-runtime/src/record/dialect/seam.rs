//! The questions that are answered differently by each database, one function a question.

use std::collections::HashSet;
use std::sync::Arc;

use sea_orm::sea_query::{self, Expr, LikeExpr, SelectStatement};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, QueryResult, RuntimeErr, Statement,
    TransactionTrait,
};

use sqlx::postgres::PgListener;

use super::to_its_end::ToItsEnd;
use super::{Parts, mysql, postgres, sqlite};
use crate::migration;
use crate::model::Direction;
use crate::value::{DateTime, FieldType, Value};

/// A database that records can live in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
    /// MariaDB or MySQL: of connected systems only.
    Mysql,
}

/// What one transaction at a time may do, among all programs on the database.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SetUp {
    /// Create or change tables, and fill them at the first start.
    Schema,
    /// Change rows on which decisions about access depend.
    Access,
    /// Make months of tables, and put them away.
    Months,
    /// Add what was counted to what others have counted.
    #[cfg(feature = "web")]
    Metrics,
}

/// What went wrong in a database, as far as it is told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::record) enum Fault {
    /// Another row has this value: the columns, if the database names them.
    UniqueColumns(Vec<String>),
    /// Another row has this value: the index that says so.
    UniqueIndex(String),
    /// A reference leads nowhere, or would: the constraint, if it is named.
    ForeignKey(Option<String>),
    Check,
    /// A column that must have a value has none.
    NotNull(Option<String>),
    /// Another transaction was in the way; the same one may succeed now.
    Conflict,
    /// The statement took longer than it may.
    Slow,
    /// The connection broke: a new one may do better.
    Broken,
    /// The database does not answer, or takes no work now.
    Unavailable,
    /// There is no room left on its disk.
    Full,
    OutOfRange,
    /// The text has a character that the database does not take.
    Unstorable,
    Other,
}

impl Dialect {
    /// That of a connection.
    pub(crate) fn of(connection: &impl ConnectionTrait) -> Self {
        match connection.get_database_backend() {
            DbBackend::Postgres => Self::Postgres,
            DbBackend::MySql => Self::Mysql,
            _ => Self::Sqlite,
        }
    }

    /// A value as a parameter of a statement. `None`: it does not fit the column.
    pub(in crate::record) fn to_column(self, field_type: &FieldType, value: Value) -> Option<sea_query::Value> {
        match self {
            Self::Sqlite => sqlite::to_column(field_type, value),
            Self::Postgres => postgres::to_column(field_type, value),
            Self::Mysql => mysql::to_column(field_type, value),
        }
    }

    /// Reads the column at a place of a result.
    pub(in crate::record) fn read_column(
        self,
        field_type: &FieldType,
        row: &QueryResult,
        column: usize,
    ) -> Result<Value, DbErr> {
        match self {
            Self::Sqlite => sqlite::from_column(field_type, row, column),
            Self::Postgres => postgres::from_column(field_type, row, column),
            Self::Mysql => mysql::from_column(field_type, row, column),
        }
    }

    /// A moment as a parameter.
    pub(crate) fn moment(self, moment: &DateTime) -> sea_query::Value {
        match self {
            Self::Sqlite => sqlite::moment_text(moment).into(),
            Self::Postgres => postgres::moment(moment),
            Self::Mysql => mysql::moment(moment),
        }
    }

    /// Reads an id, if there is one.
    pub(in crate::record) fn read_id(self, row: &QueryResult, column: usize) -> Result<Option<i64>, DbErr> {
        const ID: FieldType = FieldType::Integer { min: i64::MIN, max: i64::MAX };
        Ok(match self.read_column(&ID, row, column)? {
            Value::Integer(id) => Some(id),
            _ => None,
        })
    }

    /// Reads a moment that is always there.
    pub(in crate::record) fn read_moment(self, row: &QueryResult, column: usize) -> Result<DateTime, DbErr> {
        match self {
            Self::Sqlite => sqlite::read_moment(row, column),
            Self::Postgres => row.try_get_by_index(column),
            Self::Mysql => mysql::read_moment(row, column),
        }
    }

    /// The column matches a pattern, whatever the case of ASCII letters; `\` takes the meaning
    /// from `%`, `_` and itself.
    pub(in crate::record) fn matches(self, column: Expr, pattern: String) -> Expr {
        match self {
            Self::Sqlite => sea_query::ExprTrait::like(column, LikeExpr::new(pattern).escape('\\')),
            Self::Postgres => sea_query::extension::postgres::PgExpr::ilike(column, pattern),
            Self::Mysql => mysql::matches(column, &pattern),
        }
    }

    /// Sorts by a column; no value is smaller than any value.
    pub(in crate::record) fn order(
        self,
        select: &mut SelectStatement,
        column: &'static str,
        direction: Direction,
        nullable: bool,
    ) {
        let order = match direction {
            Direction::Ascending => sea_query::Order::Asc,
            Direction::Descending => sea_query::Order::Desc,
        };
        match (self, direction, nullable) {
            (Self::Sqlite | Self::Mysql, ..) | (_, _, false) => select.order_by(column, order),
            (Self::Postgres, Direction::Ascending, true) => {
                select.order_by_with_nulls(column, order, sea_query::NullOrdering::First)
            }
            (Self::Postgres, Direction::Descending, true) => {
                select.order_by_with_nulls(column, order, sea_query::NullOrdering::Last)
            }
        };
    }

    /// In whose words its tables are made.
    pub(in crate::record) const fn words(self) -> migration::Words {
        match self {
            Self::Sqlite => migration::Words::History(migration::Dialect::Sqlite),
            Self::Postgres => migration::Words::History(migration::Dialect::Postgres),
            Self::Mysql => migration::Words::Mysql,
        }
    }

    /// True if it is a server's, whose connections can break.
    pub(in crate::record) const fn is_server(self) -> bool {
        !matches!(self, Self::Sqlite)
    }

    /// True if a statement that writes can answer with the rows it has written.
    pub(in crate::record) const fn answers_writes(self) -> bool {
        !matches!(self, Self::Mysql)
    }

    /// The sum of whole numbers as a whole number.
    pub(in crate::record) fn whole(self, sum: Expr) -> Expr {
        match self {
            Self::Sqlite | Self::Postgres => sea_query::ExprTrait::cast_as(sum, "bigint"),
            Self::Mysql => mysql::whole(sum),
        }
    }

    /// True if references are added to tables that exist: they may lead in circles. In SQLite
    /// they are part of the table, which need not be there yet.
    pub(in crate::record) const fn adds_references(self) -> bool {
        matches!(self, Self::Postgres | Self::Mysql)
    }

    /// Names of the references there are; only where they are added apart.
    pub(in crate::record) async fn references(
        self,
        connection: &impl ConnectionTrait,
    ) -> Result<HashSet<String>, DbErr> {
        let sql = match self {
            Self::Sqlite | Self::Postgres => {
                "SELECT conname::text FROM pg_constraint \
                 WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
            }
            Self::Mysql => {
                "SELECT CONSTRAINT_NAME FROM information_schema.REFERENTIAL_CONSTRAINTS \
                 WHERE CONSTRAINT_SCHEMA = DATABASE()"
            }
        };
        let rows = connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql)).await?;
        rows.iter().map(|row| row.try_get_by_index::<String>(0)).collect()
    }

    /// What can be done with tables that are parted by month; `None`: there are none.
    pub(crate) const fn parts(self) -> Option<Parts> {
        match self {
            Self::Sqlite | Self::Mysql => None,
            Self::Postgres => Some(Parts),
        }
    }

    /// The text of a statement on the platform's own tables, written with `{id}`, `{integer}`,
    /// `{text}` and `{moment}` for the types of columns, and `{rowid}` for a column that counts
    /// rows in the order they came; `{number}` counts them where no index on it alone may be.
    pub(crate) fn own_table(self, template: &str) -> String {
        let (id, integer, text, moment, rowid) = match self {
            Self::Sqlite => ("INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", "INTEGER", "TEXT", "TEXT", ""),
            Self::Postgres => (
                "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
                "bigint",
                "text COLLATE \"C\"",
                "timestamptz",
                "rowid bigint GENERATED BY DEFAULT AS IDENTITY,",
            ),
            // None of the platform's own tables is there.
            Self::Mysql => ("bigint NOT NULL AUTO_INCREMENT PRIMARY KEY", "bigint", "longtext", "datetime(6)", ""),
        };
        let number = match self {
            Self::Sqlite | Self::Mysql => id,
            Self::Postgres => "bigint NOT NULL DEFAULT nextval('platform_number')",
        };
        template
            .replace("{id}", id)
            .replace("{number}", number)
            .replace("{integer}", integer)
            .replace("{text}", text)
            .replace("{moment}", moment)
            .replace("{rowid}", rowid)
    }

    /// Statements that keep a table from being changed otherwise than by new rows.
    pub(in crate::record) fn append_only(self, table: &str) -> Vec<String> {
        match self {
            Self::Sqlite => sqlite::append_only(table),
            Self::Postgres => postgres::append_only(table),
            Self::Mysql => Vec::new(),
        }
    }

    /// The columns of a table; none: there is no such table.
    pub(crate) async fn columns_of(
        self,
        connection: &impl ConnectionTrait,
        table: &str,
    ) -> Result<HashSet<String>, DbErr> {
        let sql = match self {
            Self::Sqlite => "SELECT name FROM pragma_table_info(?)",
            Self::Postgres => {
                "SELECT column_name::text FROM information_schema.columns \
                 WHERE table_schema = current_schema() AND table_name = $1"
            }
            Self::Mysql => {
                "SELECT COLUMN_NAME FROM information_schema.COLUMNS \
                 WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?"
            }
        };
        let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, [table.into()]);
        let rows = connection.query_all_raw(statement).await?;
        rows.iter().map(|row| row.try_get_by_index::<String>(0)).collect()
    }

    /// The names of all indexes.
    pub(crate) async fn indexes(self, connection: &impl ConnectionTrait) -> Result<HashSet<String>, DbErr> {
        let sql = match self {
            Self::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'index'",
            Self::Postgres => "SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema()",
            Self::Mysql => {
                "SELECT DISTINCT INDEX_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE()"
            }
        };
        let rows = connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql)).await?;
        rows.iter().map(|row| row.try_get_by_index::<String>(0)).collect()
    }

    /// Longest name of a table, column or index, in bytes.
    pub(in crate::record) const fn longest_name(self) -> usize {
        match self {
            Self::Sqlite => usize::MAX,
            Self::Postgres | Self::Mysql => migration::names::LONGEST,
        }
    }

    /// A value that the planner of statements does not look at. SQLite's does in a comparison with an
    /// indexed column of which it has statistics, and plans the statement anew for each value.
    pub(in crate::record) fn unseen(self, value: Expr) -> Expr {
        match self {
            Self::Sqlite => Expr::SubQuery(None, Box::new(sea_query::Query::select().expr(value).take().into())),
            Self::Postgres | Self::Mysql => value,
        }
    }

    /// A connection on which what other programs say is heard.
    pub(in crate::record) async fn listener(self, pool: &DatabaseConnection) -> Result<Option<PgListener>, DbErr> {
        match self {
            Self::Sqlite | Self::Mysql => Ok(None),
            Self::Postgres => postgres::listener(pool).await.map(Some),
        }
    }

    /// The database server's clock, in milliseconds since 1970; a file has none.
    pub(in crate::record) const fn clock(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Mysql => Some("CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS SIGNED)"),
            Self::Postgres => Some("CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS bigint)"),
        }
    }

    /// Begins a transaction that writes.
    pub(in crate::record) async fn begin(self, writer: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
        let writer = writer.clone();
        ToItsEnd::of(async move {
            match self {
                Self::Sqlite => sqlite::begin(&writer).await,
                Self::Postgres | Self::Mysql => writer.begin().await,
            }
        })
        .await
    }

    /// Waits until no other transaction does the same; holds until this one ends. SQLite has
    /// one writer at a time anyway.
    pub(crate) async fn alone(self, what: SetUp, transaction: &impl ConnectionTrait) -> Result<(), DbErr> {
        match self {
            // What MariaDB has for it ends with the connection, not with the transaction; there is none of ours to keep
            // apart but to make tables, each of which is made if it is not there.
            Self::Sqlite | Self::Mysql => Ok(()),
            Self::Postgres => postgres::alone(what, transaction).await,
        }
    }
}

impl Fault {
    /// What an error of the database is about.
    pub(in crate::record) fn of(error: &DbErr) -> Self {
        let (DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
        else {
            return match error {
                DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable,
                _ => Self::Other,
            };
        };
        let cause: &Arc<sqlx::Error> = cause;
        match &**cause {
            sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::Tls(_) => Self::Broken,
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Self::Unavailable,
            sqlx::Error::Database(error) => {
                if let Some(error) = error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
                    return postgres::fault(error);
                }
                match error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>() {
                    Some(error) => mysql::fault(error),
                    None => sqlite::fault(&**error),
                }
            }
            _ => Self::Other,
        }
    }
}
