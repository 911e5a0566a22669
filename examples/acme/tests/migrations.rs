//! The history of Acme's database: a database of version 1 with rows becomes one of today, and
//! nothing is lost on the way.

mod support;

use std::path::Path;
use std::process::{Command, Output};

use sqlx::{Row, SqlitePool};
use support::{Platform, acme, ended};
use throwaway_postgres::{Durability, Server};

const FIRST: &str = "m20260902_081500_first_release";
const SECOND: &str = "m20261006_141200_contacts_and_payment_days";
const THIRD: &str = "m20261118_093000_gold_tier_and_cents";
const FOURTH: &str = "m20261125_014453_activities";
const FIFTH: &str = "m20261125_033330_deliveries";
const SIXTH: &str = "m20261130_131236_documents";

/// Rows of version 1, in words that both databases understand.
const ROWS: [&str; 4] = [
    "INSERT INTO billing_account (created_at, updated_at, version, first_name, last_name, address, city, country, email) \
     VALUES ('2026-09-03T10:00:00.000000Z', '2026-09-03T10:00:00.000000Z', 1, 'Ada', 'Byron', 'Main St 1', 'London', 'UK', 'ada@example.com')",
    "INSERT INTO crm_customer (created_at, updated_at, version, company, email, tier, credit_limit) \
     VALUES ('2026-09-03T10:00:00.000000Z', '2026-09-04T11:30:00.250000Z', 7, 'Byron''s Engines', 'office@example.com', 'silver', 2500)",
    "INSERT INTO crm_person (created_at, updated_at, version, customer, first_name, last_name, position) \
     VALUES ('2026-09-03T10:00:00.000000Z', '2026-09-03T10:00:00.000000Z', 1, 1, 'Charles', 'Babbage', 'Engineer')",
    "INSERT INTO crm_order (created_at, updated_at, version, number, customer, ordered_on, status, total) \
     VALUES ('2026-09-03T10:00:00.000000Z', '2026-09-03T10:00:00.000000Z', 1, 'O-1', 1, '2026-09-03', 'confirmed', 1999)",
];

/// A database to look into past the program.
enum Database<'a> {
    Sqlite(SqlitePool),
    Postgres(&'a Server, String),
}

impl Database<'_> {
    async fn run(&self, sql: &'static str) {
        match self {
            Self::Sqlite(pool) => drop(sqlx::query(sql).execute(pool).await.expect("the statement works")),
            Self::Postgres(server, url) => drop(server.query(url, sql).expect("the statement works")),
        }
    }

    /// The one text that a query answers.
    async fn text(&self, sql: &'static str) -> String {
        match self {
            Self::Sqlite(pool) => sqlx::query(sql).fetch_one(pool).await.expect("a row").get(0),
            Self::Postgres(server, url) => server.query(url, sql).expect("a row"),
        }
    }
}

fn migrate(folder: &Path, url: &str, arguments: &[&str]) -> Output {
    let mut command: Command = acme(folder);
    command.arg("migrate").args(arguments).env("APPOS__DATABASE__URL", url);
    ended(command)
}

fn done(folder: &Path, url: &str, arguments: &[&str]) -> String {
    let output = migrate(folder, url, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

async fn upgrades(folder: &Path, url: &str, database: Database<'_>) {
    assert_eq!(done(folder, url, &["up", "--to", FIRST]), format!("applied {FIRST}\n"));
    for row in ROWS {
        database.run(row).await;
    }

    assert_eq!(done(folder, url, &["up", "--to", SECOND]), format!("applied {SECOND}\n"));
    let customer = "SELECT name || '|' || email || '|' || tier || '|' || version FROM crm_customer WHERE id = 1";
    assert_eq!(database.text(customer).await, "Byron's Engines|office@example.com|silver|7");
    let contact = "SELECT first_name || '|' || title || '|' || customer || '|' || \
                   CASE WHEN main_contact THEN 'yes' ELSE 'no' END FROM crm_contact";
    assert_eq!(database.text(contact).await, "Charles|Engineer|1|no");
    assert_eq!(database.text("SELECT CAST(payment_days AS text) FROM billing_account").await, "30");

    assert_eq!(done(folder, url, &["up", "--to", THIRD]), format!("applied {THIRD}\n"));
    assert_eq!(database.text(customer).await, "Byron's Engines|office@example.com|silver|7");
    assert_eq!(database.text(contact).await, "Charles|Engineer|1|no");
    let (cents, total) = match database {
        // SQLite counts decimals in their smallest unit.
        Database::Sqlite(_) => ("250000", "199900"),
        Database::Postgres(..) => ("2500.00", "1999.00"),
    };
    assert_eq!(database.text("SELECT CAST(credit_limit AS text) FROM crm_customer").await, cents);
    assert_eq!(database.text("SELECT CAST(total AS text) FROM crm_order").await, total);
    database.run("UPDATE crm_customer SET tier = 'gold'").await;

    assert_eq!(done(folder, url, &["up"]), format!("applied {FOURTH}\napplied {FIFTH}\napplied {SIXTH}\n"));
    assert_eq!(done(folder, url, &["up"]), "nothing to apply\n");
    assert_eq!(done(folder, url, &["drift"]), "the database is as its migrations have made it\n");
    let status = done(folder, url, &["status"]);
    assert!(
        [FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH].iter().all(|name| status.contains(&format!("applied     {name}"))),
        "{status}"
    );

    let taken = done(folder, url, &["down", "--to", THIRD, "--allow-destructive"]);
    assert_eq!(taken, format!("took back {SIXTH}\ntook back {FIFTH}\ntook back {FOURTH}\n"));
    // Back: a customer who is gold would have no tier then.
    let refused = migrate(folder, url, &["down"]);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("1 rows of `crm_customer` have a value in `tier`"), "{said}");
    assert!(said.contains("The database is as it was before"), "{said}");
    database.run("UPDATE crm_customer SET tier = 'silver'").await;
    assert_eq!(done(folder, url, &["down"]), format!("took back {THIRD}\n"));
    let refused = migrate(folder, url, &["down", "--to", FIRST]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("column `crm_customer.website` with its values"));
    done(folder, url, &["down", "--to", FIRST, "--allow-destructive"]);
    assert_eq!(database.text("SELECT company FROM crm_customer").await, "Byron's Engines");
    done(folder, url, &["up"]);
}

#[tokio::test]
async fn a_database_of_version_1_is_upgraded_on_sqlite_and_keeps_its_rows() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}/old.db", folder.path().display());
    done(folder.path(), &url, &["status"]);
    let pool = SqlitePool::connect(&url).await.expect("the database");
    upgrades(folder.path(), &url, Database::Sqlite(pool.clone())).await;
    pool.close().await;

    let platform = Platform::start_in(folder, &[("APPOS__DATABASE__URL", &url)]);
    assert!(platform.token.is_some(), "the program of today serves it");
}

#[tokio::test]
async fn a_database_of_version_1_is_upgraded_on_postgres_and_keeps_its_rows() {
    let server = Server::start(Durability::None);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = server.database();
    upgrades(folder.path(), &url, Database::Postgres(&server, url.clone())).await;
}

#[tokio::test]
async fn a_start_with_pending_migrations_is_refused_unless_they_may_be_applied() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = acme(folder.path());
    command.env("APPOS__DATABASE__MIGRATE", "check");
    let refused = ended(command);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr);
    for part in [FIRST, SECOND, THIRD, "cargo appos migrate up", "database.migrate: auto"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[tokio::test]
async fn programs_that_start_at_once_migrate_once() {
    let server = Server::start(Durability::None);
    let url = server.database();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let start = || {
        let mut command = acme(folder.path());
        command.args(["migrate", "up"]).env("APPOS__DATABASE__URL", &url);
        std::thread::spawn(move || ended(command))
    };
    let programs: Vec<_> = (0..4).map(|_| start()).collect();
    let said: Vec<String> = programs
        .into_iter()
        .map(|program| {
            let output = program.join().expect("a program");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8_lossy(&output.stdout).into_owned()
        })
        .collect();
    let applied = said.iter().filter(|text| text.contains(FIRST)).count();
    assert_eq!(applied, 1, "{said:?}");
}

#[tokio::test]
async fn drift_names_what_somebody_has_changed_by_hand() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}/drift.db", folder.path().display());
    done(folder.path(), &url, &["up"]);
    let pool = SqlitePool::connect(&url).await.expect("the database");
    for sql in ["DROP INDEX crm_customer_email_unique", "ALTER TABLE crm_customer ADD COLUMN mood text"] {
        sqlx::query(sql).execute(&pool).await.expect("the statement works");
    }
    pool.close().await;
    let found = migrate(folder.path(), &url, &["drift"]);
    assert_eq!(found.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&found.stdout),
        "column `crm_customer.mood` is there and should not be\n\
         unique index `crm_customer_email_unique` (email) is missing\n"
    );
}
