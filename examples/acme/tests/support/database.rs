//! The database of a platform under test: a file in its folder, or, in test programs named
//! so, a database of PostgreSQL whose address stands in a file there.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Row};
use throwaway_clock::Clock;
use throwaway_postgres::{Durability, Server, is_meant_by};

/// The time of day of all programs and of the server, in the test programs that set it.
pub static CLOCK: LazyLock<Option<Clock>> =
    LazyLock::new(|| env!("CARGO_CRATE_NAME").starts_with("onboarding").then(Clock::start));
/// The one server of a test program.
pub static SERVER: LazyLock<Server> = LazyLock::new(|| Server::start_with(Durability::None, time()));

/// What a program has in its environment to go by the clock of the test.
pub fn time() -> Vec<(&'static str, String)> {
    CLOCK.as_ref().map(Clock::variables).unwrap_or_default()
}

/// True if this test program runs on PostgreSQL.
pub fn on_postgres() -> bool {
    is_meant_by(env!("CARGO_CRATE_NAME"))
}

/// The address of the database of a folder; it is made if there is none.
pub fn address(folder: &Path) -> String {
    if !on_postgres() {
        // Without a setting the database would be named after the folder.
        return "sqlite://.appos/acme.db".to_owned();
    }
    let file = folder.join(".database");
    fs::read_to_string(&file).unwrap_or_else(|_| {
        let address = SERVER.database();
        fs::write(file, &address).expect("a file");
        address
    })
}

/// Copies the database of a folder in which no platform runs.
pub fn copy(from: &Path, to: &Path) {
    if on_postgres() {
        fs::write(to.join(".database"), SERVER.copy_of(&address(from))).expect("a file");
        return;
    }
    let (from, to) = (from.join(".appos"), to.join(".appos"));
    fs::create_dir_all(&to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        // Only the database: logs of the preparation are of no interest.
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
        }
    }
}

/// True if a text stands in the database of a folder, also as the name of a table.
pub fn holds(folder: &Path, text: &str) -> bool {
    if on_postgres() {
        return SERVER.dump(&address(folder)).contains(text);
    }
    let files = fs::read_dir(folder.join(".appos")).into_iter().flatten().flatten();
    let mut bytes = files.filter_map(|file| fs::read(file.path()).ok());
    bytes.any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
}

/// Runs a statement on the database of a folder, also while a platform runs in it.
pub async fn execute(folder: &Path, sql: &'static str) {
    if on_postgres() {
        SERVER.query(&address(folder), sql).expect("the statement is right");
        return;
    }
    let options = SqliteConnectOptions::new().filename(folder.join(".appos/acme.db"));
    let mut connection = options.connect().await.expect("the database opens");
    sqlx::query(sql).execute(&mut connection).await.expect("the statement is right");
    connection.close().await.expect("it closes");
}

/// The texts of the one column that a statement asks a folder's database for.
pub async fn texts(folder: &Path, sql: &'static str) -> Vec<String> {
    if on_postgres() {
        let options: sqlx::postgres::PgConnectOptions = address(folder).parse().expect("an address");
        let mut connection = options.connect().await.expect("the database opens");
        let rows = sqlx::query(sql).fetch_all(&mut connection).await.expect("the statement is right");
        return rows.iter().map(|row| row.get(0)).collect();
    }
    let options = SqliteConnectOptions::new().filename(folder.join(".appos/acme.db"));
    let mut connection = options.connect().await.expect("the database opens");
    let rows = sqlx::query(sql).fetch_all(&mut connection).await.expect("the statement is right");
    connection.close().await.expect("it closes");
    rows.iter().map(|row| row.get(0)).collect()
}

/// The first column of the first row of a question, as text; "" if there is none.
pub async fn read(folder: &Path, sql: &'static str) -> String {
    if on_postgres() {
        return SERVER.query(&address(folder), sql).expect("the question is right").trim().to_owned();
    }
    let options = SqliteConnectOptions::new().filename(folder.join(".appos/acme.db"));
    let mut connection = options.connect().await.expect("the database opens");
    let sql = Box::leak(format!("SELECT CAST(answer AS TEXT) FROM ({sql})").into_boxed_str()) as &'static str;
    let row: Option<(String,)> = sqlx::query_as(sql).fetch_optional(&mut connection).await.expect("it is right");
    connection.close().await.expect("it closes");
    row.map(|(answer,)| answer).unwrap_or_default()
}
