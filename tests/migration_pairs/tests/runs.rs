//! How migrations run: what fails and what stands then, histories that fork, databases without
//! a history, code in migrations.

use appos_runtime::Result;
use appos_runtime::migration::{Column, Migration, Schema, Table, Trial};
use appos_runtime::record::MigrationTrial;
use throwaway_postgres::{Durability, Server};

const MEMORY: &str = "sqlite::memory:";

fn nothing(_: &mut Schema) {}

const fn migration(
    name: &'static str,
    after: Option<&'static str>,
    up: fn(&mut Schema),
    down: fn(&mut Schema),
) -> Migration {
    Migration { name, after, up, down }
}

const FIRST: Migration = migration(
    "first",
    None,
    |schema| {
        schema.create_table(Table::record("team").column(Column::text("name")));
        schema.create_table(
            Table::record("person")
                .column(Column::text("name"))
                .column(Column::choice("state", ["new", "known", "gone"]).default("new"))
                .column(Column::integer("team").references("team").on_delete_cascade())
                .index(["team"]),
        );
    },
    |schema| {
        schema.drop_table("person");
        schema.drop_table("team");
    },
);

async fn with_rows(url: &str) -> Trial {
    let trial = MigrationTrial::open(url, &[FIRST]).await.expect("a database");
    trial.up().await.expect("the first migration");
    for sql in [
        "INSERT INTO team (created_at, updated_at, version, name) VALUES ('2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z', 1, 'a')",
        "INSERT INTO person (created_at, updated_at, version, name, state, team) VALUES ('2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z', 1, 'ann', 'gone', 1)",
        "INSERT INTO person (created_at, updated_at, version, name, state, team) VALUES ('2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z', 1, 'bob', 'new', 1)",
        "DELETE FROM person WHERE name = 'bob'",
    ] {
        trial.execute(sql).await.expect("a row");
    }
    trial
}

fn refusal<T: std::fmt::Debug>(answer: Result<T>) -> String {
    answer.expect_err("it is refused").to_string()
}

#[tokio::test]
async fn rows_that_do_not_fit_stop_a_migration_before_it_changes_anything() {
    let change = migration(
        "second",
        Some("first"),
        |schema| {
            schema.alter_table("person", |table| {
                table.rename_column("name", "full_name");
                table.change_column(Column::choice("state", ["new", "known"]).default("new"));
            });
        },
        nothing,
    );
    let server = Server::start(Durability::None);
    for url in [MEMORY, &server.database()] {
        let trial = with_rows(url).await;
        let before = trial.fingerprint().await.expect("the tables");
        let changed = trial.with(&[FIRST, change]).expect("a history");
        let said = refusal(changed.up().await);
        assert!(
            said.contains(
                "1 rows of `person` have a value in `state` that is none of its choices any more (new, known)"
            ),
            "{said}"
        );
        assert!(said.contains("The database is as it was before"), "{said}");
        assert_eq!(trial.fingerprint().await.expect("the tables"), before);
        assert_eq!(changed.pending().await.expect("names"), ["second"]);

        trial.execute("UPDATE person SET state = 'known' WHERE state = 'gone'").await.expect("a row");
        assert_eq!(changed.up().await.expect("it works now"), ["second"]);
        assert_eq!(changed.texts("SELECT full_name FROM person").await.expect("rows"), ["ann"]);
    }
}

#[tokio::test]
async fn copying_a_table_on_sqlite_keeps_referring_rows_and_used_numbers() {
    let change = migration(
        "second",
        Some("first"),
        |schema| {
            schema.alter_table("team", |table| table.change_column(Column::text("name").nullable()));
            schema.alter_table("person", |table| table.change_column(Column::text("name").nullable()));
        },
        nothing,
    );
    let trial = with_rows(MEMORY).await.with(&[FIRST, change]).expect("a history");
    trial.up().await.expect("the change");
    assert_eq!(trial.texts("SELECT name FROM person").await.expect("rows"), ["ann"]);
    trial
        .execute("INSERT INTO person (created_at, updated_at, version, team) VALUES ('', '', 1, 1)")
        .await
        .expect("a row");
    let numbers = trial.texts("SELECT CAST(id AS text) FROM person ORDER BY id").await.expect("rows");
    assert_eq!(numbers, ["1", "3"], "2 was bob, and is not given again");
    let orphan =
        trial.execute("INSERT INTO person (created_at, updated_at, version, team) VALUES ('', '', 1, 9)").await;
    assert!(orphan.is_err(), "references are heeded again");
}

#[tokio::test]
async fn a_migration_in_parts_goes_on_where_it_ended() {
    let change = migration(
        "second",
        Some("first"),
        |schema| {
            schema.alter_table("person", |table| table.add_index(["name"]));
            schema.alter_table("person", |table| table.add_column(Column::text("note").nullable()));
            schema.sql("INSERT INTO missing (id) VALUES (1)");
        },
        nothing,
    );
    let server = Server::start(Durability::None);
    let trial = with_rows(&server.database()).await.with(&[FIRST, change]).expect("a history");
    let said = refusal(trial.up().await);
    assert!(said.contains("it failed at `INSERT INTO missing (id) VALUES (1)`"), "{said}");
    assert!(said.contains("Its parts 1 to 1 of 2 are done and stay"), "{said}");
    assert_eq!(trial.pending().await.expect("names"), ["second"]);
    trial.execute("CREATE TABLE missing (id bigint)").await.expect("a table");
    assert_eq!(trial.up().await.expect("it goes on"), ["second"]);
    assert_eq!(trial.drift().await.expect("differences"), Vec::<String>::new());
    assert_eq!(trial.texts("SELECT CAST(id AS text) FROM missing").await.expect("rows"), ["1"]);
}

#[tokio::test]
async fn tables_in_use_on_postgres_are_changed_without_long_locks() {
    let change = migration(
        "second",
        Some("first"),
        |schema| {
            schema.alter_table("person", |table| {
                table.add_column(Column::integer("boss").nullable().references("person"));
                table.add_unique(["name"]);
            });
            schema.alter_table("team", |table| table.change_column(Column::text("name").nullable()));
        },
        nothing,
    );
    let required = migration(
        "third",
        Some("second"),
        |schema| schema.alter_table("team", |table| table.change_column(Column::text("name").fill("?"))),
        nothing,
    );
    let server = Server::start(Durability::None);
    let trial = with_rows(&server.database()).await.with(&[FIRST, change, required]).expect("a history");
    let sql = trial.sql().await.expect("statements");
    for part in [
        "REFERENCES \"person\" (\"id\") ON DELETE RESTRICT NOT VALID;",
        "VALIDATE CONSTRAINT \"person_boss_fkey\";",
        "CREATE UNIQUE INDEX CONCURRENTLY \"person_name_unique\"",
        "ADD CONSTRAINT \"team_name_not_null\" CHECK (\"name\" IS NOT NULL) NOT VALID;",
        "VALIDATE CONSTRAINT \"team_name_not_null\";",
        "ALTER COLUMN \"name\" SET NOT NULL, DROP CONSTRAINT \"team_name_not_null\";",
    ] {
        assert!(sql.contains(part), "{part} is not in\n{sql}");
    }
    trial.up().await.expect("the changes");
    assert_eq!(trial.drift().await.expect("differences"), Vec::<String>::new());
}

#[tokio::test]
async fn code_in_a_migration_reads_and_writes_rows() {
    let change = migration(
        "second",
        Some("first"),
        |schema| {
            schema.code("names in capitals", |rows| {
                Box::pin(async move {
                    for row in rows.query("SELECT id, name FROM person WHERE state = ?", &["gone".into()]).await? {
                        let name: String = row.get(1)?;
                        let values = [name.to_uppercase().into(), row.get::<i64>(0)?.into()];
                        rows.execute("UPDATE person SET name = ? WHERE id = ?", &values).await?;
                    }
                    Ok(())
                })
            });
        },
        nothing,
    );
    let server = Server::start(Durability::None);
    for url in [MEMORY, &server.database()] {
        let trial = with_rows(url).await.with(&[FIRST, change]).expect("a history");
        trial.up().await.expect("the code");
        assert_eq!(trial.texts("SELECT name FROM person").await.expect("rows"), ["ANN"]);
    }
}

#[tokio::test]
async fn two_migrations_beside_each_other_are_refused_by_name() {
    let one = migration("one", Some("first"), nothing, nothing);
    let other = migration("other", Some("first"), nothing, nothing);
    let trial = with_rows(MEMORY).await;
    let Err(error) = trial.with(&[FIRST, one, other]) else { panic!("a fork is no history") };
    let said = error.to_string();
    assert!(said.contains("migrations `one` and `other` both start from `first`"), "{said}");
    assert!(said.contains("write `after: Some(\"one\")` in `other`"), "{said}");
    let Err(error) = trial.with(&[one]) else { panic!("a history has a beginning") };
    assert!(error.to_string().contains("migration `one` follows `first`, which is not there"), "{error}");
}

#[tokio::test]
async fn a_migration_that_was_changed_after_it_was_applied_is_refused() {
    let edited = migration(
        "first",
        None,
        |schema| schema.create_table(Table::record("team").column(Column::text("title"))),
        nothing,
    );
    let trial = with_rows(MEMORY).await.with(&[edited]).expect("a history");
    let said = refusal(trial.up().await);
    assert!(said.contains("migration `first` was changed after it had been applied"), "{said}");
}

#[tokio::test]
async fn a_database_without_a_history_is_taken_over_where_it_fits_or_refused() {
    let second = migration(
        "second",
        Some("first"),
        |schema| schema.alter_table("team", |table| table.add_column(Column::text("note").nullable())),
        nothing,
    );
    let trial = with_rows(MEMORY).await.with(&[FIRST, second]).expect("a history");
    trial.execute("DROP TABLE platform_migration").await.expect("no history");
    assert_eq!(trial.up().await.expect("it fits the first"), ["second"]);
    assert_eq!(trial.texts("SELECT name FROM person").await.expect("rows"), ["ann"]);

    trial.execute("DROP TABLE platform_migration").await.expect("no history");
    trial.execute("ALTER TABLE team ADD COLUMN mood text").await.expect("a column");
    let said = refusal(trial.up().await);
    assert!(said.contains("column `team.mood` is there and should not be"), "{said}");
}

#[tokio::test]
async fn a_way_back_that_leads_elsewhere_is_refused() {
    let change = migration(
        "second",
        Some("first"),
        |schema| schema.alter_table("team", |table| table.add_column(Column::text("note").nullable())),
        nothing,
    );
    let trial = with_rows(MEMORY).await.with(&[FIRST, change]).expect("a history");
    trial.up().await.expect("the change");
    let said = refusal(trial.down().await);
    assert!(
        said.contains("it would not lead back to where it began: column `team.note` is there and should not be"),
        "{said}"
    );
}

#[tokio::test]
async fn operations_that_do_not_fit_the_history_are_refused_without_a_database() {
    type Case = (fn(&mut Schema), &'static str);
    let cases: [Case; 5] = [
        (|schema| schema.drop_table("team"), "table `team` cannot be dropped: `person` refers to it"),
        (|schema| schema.rename_table("teams", "team"), "there is no table `teams` at this point of the history"),
        (|schema| schema.alter_table("team", |table| table.drop_column("nome")), "table `team` has no column `nome`"),
        (
            |schema| schema.create_table(Table::record("a".repeat(64))),
            "is longer than 63 bytes; write a shorter `table` or `column`",
        ),
        (
            |schema| schema.alter_table("person", |table| table.drop_column("team")),
            "column `team` of `person` has an index (team): drop it first",
        ),
    ];
    let trial = with_rows(MEMORY).await;
    for (up, expected) in cases {
        let Err(error) = trial.with(&[FIRST, migration("second", Some("first"), up, nothing)]) else {
            panic!("{expected}")
        };
        assert!(error.to_string().contains(expected), "{error}");
    }
    let unfilled = migration(
        "second",
        Some("first"),
        |schema| schema.alter_table("team", |table| table.add_column(Column::text("note"))),
        nothing,
    );
    let said = refusal(trial.with(&[FIRST, unfilled]).expect("a history").up().await);
    assert!(said.contains("column `team.note` is new and must not be empty"), "{said}");
}

#[tokio::test]
async fn soft_deletion_gives_unique_values_free_and_numbers_follow_a_rename() {
    let soft = migration(
        "second",
        Some("first"),
        |schema| {
            schema.alter_table("team", |table| {
                table.add_column(Column::date_time("deleted_at").nullable());
                table.add_unique_live(["name"]);
            });
        },
        nothing,
    );
    let renamed = migration(
        "third",
        Some("second"),
        |schema| {
            schema.rename_table("team", "crew");
            schema.alter_table("crew", |table| table.rename_column("name", "code"));
        },
        nothing,
    );
    let server = Server::start(Durability::None);
    for url in [MEMORY, &server.database()] {
        let trial = with_rows(url).await.with(&[FIRST, soft]).expect("a history");
        trial.up().await.expect("the change");
        assert_eq!(trial.drift().await.expect("differences"), Vec::<String>::new());
        let again = "INSERT INTO team (created_at, updated_at, version, name) VALUES ('2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z', 1, 'a')";
        assert!(trial.execute(again).await.is_err(), "there is a team `a`");
        trial.execute("UPDATE team SET deleted_at = '2026-01-01T00:00:00.000000Z'").await.expect("a row");
        trial.execute(again).await.expect("the deleted one is out of the way");

        trial.execute("INSERT INTO platform_counter (name, value) VALUES ('team.name', 7)").await.expect("a row");
        let trial = trial.with(&[FIRST, soft, renamed]).expect("a history");
        trial.up().await.expect("the renames");
        assert_eq!(trial.drift().await.expect("differences"), Vec::<String>::new());
        assert_eq!(trial.texts("SELECT name FROM platform_counter").await.expect("rows"), ["crew.code"]);
    }
}
