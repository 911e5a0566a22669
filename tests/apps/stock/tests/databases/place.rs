//! The database in which the records are, and a look past the platform.

use std::sync::LazyLock;

use throwaway_postgres::Durability;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
    Mariadb,
}

/// The servers of this program, each for the tests that look for no faults.
static POSTGRES: LazyLock<throwaway_postgres::Server> =
    LazyLock::new(|| throwaway_postgres::Server::start(Durability::None));
pub static MARIADB: LazyLock<throwaway_mariadb::Server> = LazyLock::new(throwaway_mariadb::Server::start);

/// The statement that makes the table of somebody else, with the types that people use there.
pub fn legacy(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => {
            "CREATE TABLE legacy_parts (id INTEGER PRIMARY KEY, part_no INTEGER NOT NULL, label TEXT, stocked_at TEXT)"
        }
        Kind::Postgres => {
            "CREATE TABLE legacy_parts (id serial PRIMARY KEY, part_no integer NOT NULL, label varchar(40), \
             stocked_at timestamp)"
        }
        Kind::Mariadb => {
            "CREATE TABLE legacy_parts (id int unsigned AUTO_INCREMENT PRIMARY KEY, part_no smallint NOT NULL, \
             label varchar(40), stocked_at datetime)"
        }
    }
}

/// A database with nothing but that table.
pub struct Place {
    kind: Kind,
    url: String,
    name: String,
    _folder: tempfile::TempDir,
}

impl Place {
    pub fn new(kind: Kind) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (name, url) = match kind {
            Kind::Sqlite => {
                let file = folder.path().join("stock.db").display().to_string();
                (file.clone(), format!("sqlite://{file}"))
            }
            Kind::Postgres => {
                let url = POSTGRES.database();
                (url.clone(), url)
            }
            Kind::Mariadb => {
                let made = MARIADB.database();
                (made.name, made.url)
            }
        };
        let place = Self { kind, url, name, _folder: folder };
        place.sql(legacy(kind));
        place
    }

    /// A database of a server that somebody else has.
    pub fn at(kind: Kind, url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { kind, url: url.to_owned(), name: String::new(), _folder: folder }
    }

    /// Its address without a password, and the password.
    pub fn address(&self) -> (String, String) {
        let whole = || (self.url.clone(), "not asked for".to_owned());
        let Some((scheme, rest)) = self.url.split_once("://") else { return whole() };
        let Some((login, place)) = rest.split_once('@') else { return whole() };
        let Some((user, password)) = login.split_once(':') else { return whole() };
        (format!("{scheme}://{user}@{place}"), password.to_owned())
    }

    /// Runs a statement as somebody who asks no platform.
    pub fn try_sql(&self, sql: &str) -> Result<String, String> {
        match self.kind {
            Kind::Sqlite => sqlite(&self.name, sql),
            Kind::Postgres => POSTGRES.query(&self.name, sql).map(|text| text.trim().to_owned()),
            Kind::Mariadb => MARIADB.query(&format!("USE {}; {sql}", self.name)),
        }
    }

    pub fn sql(&self, sql: &str) -> String {
        self.try_sql(sql).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }
}

fn sqlite(file: &str, sql: &str) -> Result<String, String> {
    use sqlx::{Connection as _, Row as _};
    let (url, sql) = (format!("sqlite://{file}?mode=rwc"), sql.to_owned());
    // Not on the test's own thread, which waits for it.
    let asked = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
        runtime.block_on(async {
            let mut connection = sqlx::SqliteConnection::connect(&url).await.map_err(|error| error.to_string())?;
            let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut connection).await;
            let rows = rows.map_err(|error| error.to_string())?;
            Ok(rows.first().map(|row| row.get_unchecked::<String, _>(0)).unwrap_or_default())
        })
    });
    asked.join().expect("nobody panicked")
}
