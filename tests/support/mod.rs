//! What the end-to-end tests share: platforms, and the lines of a journal.

use std::path::Path;
use std::sync::LazyLock;

use appos::testing::{Journal, PlatformConfig, TestPlatform};
use serde_json::Value as Json;
use throwaway_postgres::{Durability, Server, is_meant_by};

/// The one server of a test program.
static SERVER: LazyLock<Server> = LazyLock::new(|| Server::start(Durability::None));
/// What programs share besides, in test programs named so.
static REDIS: LazyLock<throwaway_redis::Server> = LazyLock::new(throwaway_redis::Server::start);

/// A platform on an empty database.
#[allow(dead_code, reason = "not every test file has such a platform")]
pub(crate) async fn platform() -> TestPlatform {
    let on_postgres = is_meant_by(env!("CARGO_CRATE_NAME"));
    let started = if on_postgres { another_on(&SERVER.database()).await } else { TestPlatform::start().await };
    started.expect("the platform starts")
}

/// Settings of a platform on a database, and of all others on it.
#[allow(dead_code, reason = "not every test file has several platforms")]
pub(crate) fn settings(database: &str) -> PlatformConfig {
    let mut config = PlatformConfig::default();
    config.database.url = database.into();
    if env!("CARGO_CRATE_NAME").ends_with("_on_redis") {
        config.redis.url = Some(REDIS.url().into());
        // Those on one database hear each other, and nobody else.
        let name = database.split('?').next().and_then(|address| address.rsplit('/').next());
        name.expect("a database has a name").clone_into(&mut config.redis.prefix);
    }
    config
}

/// A platform on a database that others may be on, too.
#[allow(dead_code, reason = "not every test file has several platforms")]
pub(crate) async fn another_on(database: &str) -> appos::Result<TestPlatform> {
    TestPlatform::of(&settings(database), Journal::disabled()).await
}

/// An empty database that several platforms can be on, one after the other or together. A
/// file's lies in the folder.
#[allow(dead_code, reason = "not every test file has several platforms")]
pub(crate) fn database(folder: &Path) -> String {
    let on_postgres = is_meant_by(env!("CARGO_CRATE_NAME"));
    if on_postgres { SERVER.database() } else { format!("sqlite://{}", folder.join("test.db").display()) }
}

/// What a statement answers on a database of [`database`]: a line for each row, its values apart by `|`.
#[allow(dead_code, reason = "not every test file looks at tables")]
pub(crate) async fn sql(url: &str, sql: &str) -> Vec<String> {
    use sqlx::{Connection as _, Row as _};
    if !url.starts_with("sqlite:") {
        let answer = SERVER.query(url, sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        return answer.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
    }
    let mut connection = sqlx::SqliteConnection::connect(url).await.expect("a connection");
    sqlx::query("PRAGMA busy_timeout = 20000").execute(&mut connection).await.expect("a setting");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).fetch_all(&mut connection).await;
    let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let value = |row: &sqlx::sqlite::SqliteRow, at| row.get_unchecked::<Option<String>, _>(at).unwrap_or_default();
    let line = |row| (0..sqlx::Row::len(row)).map(|at| value(row, at)).collect::<Vec<_>>().join("|");
    rows.iter().map(line).collect()
}

/// All lines of a category of the journal: `lines(folder, "rule", "execution")`.
#[allow(dead_code, reason = "not every test file reads the journal")]
pub(crate) fn lines(folder: &Path, object_type: &str, category: &str) -> Vec<Json> {
    let folder = folder.join("logs").join(object_type).join(category);
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut lines = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("a log file of text");
        lines.extend(text.lines().map(|line| serde_json::from_str::<Json>(line).expect("a line of JSON")));
    }
    lines
}

/// The line of one execution.
#[allow(dead_code, reason = "not every test file reads the journal")]
pub(crate) fn line_of<'a>(lines: &'a [Json], execution_id: &str) -> &'a Json {
    let mut found = lines.iter().filter(|line| line["execution_id"] == execution_id);
    let line = found.next().unwrap_or_else(|| panic!("no line of {execution_id}"));
    assert!(found.next().is_none(), "two lines of {execution_id}");
    line
}
