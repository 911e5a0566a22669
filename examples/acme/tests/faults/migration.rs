//! The program is killed in the middle of a migration: the next run says where it stands, and
//! finishes it.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sqlx::{Connection, PgConnection, Row, SqlitePool};
use throwaway_postgres::{Durability, Server};

use super::support::{acme, ended};

const SECOND: &str = "m20261006_141200_contacts_and_payment_days";
const THIRD: &str = "m20261118_093000_gold_tier_and_cents";

fn migrate(folder: &Path, url: &str, arguments: &[&str]) -> Command {
    let mut command = acme(folder);
    command.arg("migrate").args(arguments).env(super::ADDRESS, url);
    command
}

fn done(folder: &Path, url: &str, arguments: &[&str]) -> String {
    let output = ended(migrate(folder, url, arguments));
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn begun(folder: &Path, url: &str) -> Child {
    let mut command = migrate(folder, url, &["up", "--to", THIRD]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
}

/// Kills a program that is still at work.
fn killed(mut child: Child) {
    assert!(matches!(child.try_wait(), Ok(None)), "it is in the middle");
    child.kill().expect("it can be killed");
    child.wait().expect("its end");
}

/// The state of a migration, in the words of `migrate status`.
fn state(folder: &Path, url: &str, name: &str) -> String {
    let status = done(folder, url, &["status"]);
    let line = status.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name} is not in {status}"));
    // Without the name, and the moment at which it was applied.
    let words: Vec<&str> = line.split_whitespace().filter(|word| *word != name && !word.ends_with('Z')).collect();
    words.join(" ")
}

#[tokio::test]
async fn a_migration_that_was_killed_on_sqlite_has_left_nothing_and_is_done_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("old.db");
    let url = format!("sqlite://{}", file.display());
    done(folder.path(), &url, &["up", "--to", SECOND]);
    let pool = SqlitePool::connect(&url).await.expect("the database");
    let rows = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 300000)
                INSERT INTO crm_customer (created_at, updated_at, version, name, email, tier, credit_limit)
                SELECT '2026-10-07T10:00:00.000000Z', '2026-10-07T10:00:00.000000Z', 1, 'Customer ' || n,
                       n || '@example.com', 'silver', n FROM numbers";
    sqlx::query(rows).execute(&pool).await.expect("rows");
    pool.close().await;

    // The table is copied: what is not committed yet stands in the log beside it.
    let log = folder.path().join("old.db-wal");
    let written = || std::fs::metadata(&log).map_or(0, |log| log.len());
    let program = begun(folder.path(), &url);
    while written() < 1 << 20 {
        std::thread::sleep(Duration::from_millis(1));
    }
    killed(program);

    assert_eq!(
        (state(folder.path(), &url, SECOND), state(folder.path(), &url, THIRD)),
        ("applied".into(), "pending".into())
    );
    assert_eq!(done(folder.path(), &url, &["drift"]), "the database is as its migrations have made it\n");
    assert_eq!(done(folder.path(), &url, &["up", "--to", THIRD]), format!("applied {THIRD}\n"));
    assert_eq!(done(folder.path(), &url, &["drift"]), "the database is as its migrations have made it\n");
    let pool = SqlitePool::connect(&url).await.expect("the database");
    let all =
        sqlx::query("SELECT count(*), sum(credit_limit) FROM crm_customer").fetch_one(&pool).await.expect("a row");
    assert_eq!((all.get::<i64, _>(0), all.get::<i64, _>(1)), (300_000, 300_000 * 300_001 / 2 * 100), "each row once");
}

/// Kills the program while it waits for somebody who uses a table, and lets it be done again.
async fn interrupted(used: &'static str, stands: impl Fn(&str) -> bool) {
    let server = Server::start(Durability::None);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = server.database();
    done(folder.path(), &url, &["up", "--to", SECOND]);
    let customer = "INSERT INTO crm_customer (created_at, updated_at, version, name, email, tier, credit_limit) \
                    VALUES (now(), now(), 1, 'Byron', 'office@example.com', 'silver', 2500)";
    server.query(&url, customer).expect("a row");
    let mut user = PgConnection::connect(&url).await.expect("a connection");
    sqlx::query("BEGIN").execute(&mut user).await.expect("a transaction");
    sqlx::query(used).execute(&mut user).await.expect("a lock");

    let program = begun(folder.path(), &url);
    let waits = "SELECT count(*) FROM pg_locks WHERE NOT granted";
    while server.query(&url, waits).expect("a number") == "0" {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    killed(program);
    let said = state(folder.path(), &url, THIRD);
    assert!(stands(&said), "{said}");
    sqlx::query("COMMIT").execute(&mut user).await.expect("the lock is free");

    assert_eq!(done(folder.path(), &url, &["up", "--to", THIRD]), format!("applied {THIRD}\n"));
    assert_eq!(state(folder.path(), &url, THIRD), "applied");
    assert_eq!(done(folder.path(), &url, &["drift"]), "the database is as its migrations have made it\n");
    let row = "SELECT name || ' ' || CAST(credit_limit AS text) FROM crm_customer";
    assert_eq!(server.query(&url, row).expect("a row"), "Byron 2500.00");
}

#[tokio::test]
async fn a_migration_that_was_killed_in_its_transaction_on_postgres_is_done_again() {
    interrupted("LOCK TABLE crm_order IN ACCESS SHARE MODE", |said| said == "pending").await;
}

#[tokio::test]
async fn a_migration_that_was_killed_between_its_parts_on_postgres_goes_on_where_it_ended() {
    let unfinished = |said: &str| said.contains("unfinished");
    interrupted("LOCK TABLE billing_employee IN ROW EXCLUSIVE MODE", unfinished).await;
}
