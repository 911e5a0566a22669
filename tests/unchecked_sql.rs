//! SQL written by hand: one SELECT, for those who may administer the record, which writes nothing.

mod support;

use std::sync::Arc;

use appos::prelude::{AppOsError, Decimal, Json, Record, RecordQuery, dec, transaction};
use appos::testing::{Journal, JournalSettings, PlatformConfig, Scope, TestPlatform};
use appos::{ErrorKind, Result};
use probe::records::{NewThing, Stage, Thing};
use serde_json::json;
use support::{database, lines, platform};

async fn with_things(platform: &TestPlatform) -> Arc<Scope> {
    let system = platform.system().await.expect("a scope");
    Arc::clone(&system)
        .run(async {
            for (name, number, stage) in [("a", 1, Stage::Open), ("b", 2, Stage::Open), ("c?", 3, Stage::Done)] {
                let amount = Decimal::from(number);
                let new = NewThing { name: name.to_owned(), number, stage, amount, ..NewThing::default() };
                Thing::create(new).await.expect("a thing");
            }
        })
        .await;
    system
}

async fn code(scope: &Arc<Scope>, sql: &'static str, parameters: Vec<Json>) -> String {
    let answer: Result<Vec<Json>> =
        Arc::clone(scope).run(async move { Thing::unchecked_sql(sql, parameters).await }).await;
    answer.map_or_else(|error| error.code().to_owned(), |rows| format!("{} rows", rows.len()))
}

#[tokio::test]
async fn rows_come_as_json_or_as_what_reads_from_it() {
    let platform = platform().await;
    let system = with_things(&platform).await;
    system
        .run(async {
            let sql = "SELECT stage, count(*) AS things, max(name) AS last, NULL AS missing, CAST(1.5 AS double precision) * 2 AS three \
                       FROM probe_thing WHERE number >= ? AND name <> ? GROUP BY stage ORDER BY stage DESC";
            let rows: Vec<Json> = Thing::unchecked_sql(sql, [json!(1), json!("a")]).await.unwrap();
            assert_eq!(
                rows,
                [
                    json!({ "stage": "open", "things": 1, "last": "b", "missing": null, "three": 3.0 }),
                    json!({ "stage": "done", "things": 1, "last": "c?", "missing": null, "three": 3.0 }),
                ]
            );
            // A `?` in a text is no parameter.
            let sql = "SELECT number AS id FROM probe_thing WHERE name = 'c?' AND flag = ? OR name = ?";
            let rows: Vec<std::collections::BTreeMap<String, i64>> =
                Thing::unchecked_sql(sql, [json!(false), json!("it's; --")]).await.unwrap();
            assert_eq!(rows.iter().map(|row| row["id"]).collect::<Vec<_>>(), [3]);
            let wrong: Result<Vec<String>> = Thing::unchecked_sql("SELECT 1 AS one", []).await;
            assert_eq!(wrong.unwrap_err().code(), "wrong_sql");
        })
        .await;
}

#[tokio::test]
async fn a_text_is_a_value_whatever_it_holds() {
    let platform = platform().await;
    let system = with_things(&platform).await;
    let hostile = json!("' OR 1 = 1; DROP TABLE probe_thing; --");
    assert_eq!(code(&system, "SELECT id FROM probe_thing WHERE name = ?", vec![hostile]).await, "0 rows");
    assert_eq!(system.run(async { Thing::count().await.unwrap() }).await, 3);
}

#[tokio::test]
async fn only_who_may_administer_the_record_may_and_neither_view_nor_update_is_enough() {
    let platform = platform().await;
    with_things(&platform).await;
    let ann = platform.user("ann", &["probe_users", "probe_admins", "finance"]).await.unwrap();
    assert_eq!(code(&ann, "SELECT id FROM probe_thing", vec![]).await, "denied");
    assert_eq!(code(&ann, "nonsense", vec![]).await, "denied", "who may not is told nothing else");
    platform
        .system()
        .await
        .unwrap()
        .run(async {
            use appos::prelude::platform::records::{Group, NewObjectPermission, ObjectPermission, PermissionChoice};
            let group = Group::query().name("finance").first().await.unwrap().unwrap().id.into();
            let (pattern, permission) = ("probe.records.thing".to_owned(), PermissionChoice::of("admin"));
            ObjectPermission::create(NewObjectPermission { group, pattern, permission }).await.unwrap();
        })
        .await;
    assert_eq!(code(&ann, "SELECT id FROM probe_thing", vec![]).await, "3 rows");
}

#[tokio::test]
async fn what_writes_or_is_not_one_select_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let in_memory_or_server = platform().await;
    // A file has connections for reading alone; in memory there is one for all.
    let on_disk = TestPlatform::on(&database(folder.path())).await.unwrap();
    for platform in [&in_memory_or_server, &on_disk] {
        let system = with_things(platform).await;
        for sql in [
            "DELETE FROM probe_thing",
            "UPDATE probe_thing SET name = 'x'",
            "DROP TABLE probe_thing",
            "SELECT 1 AS one; DELETE FROM probe_thing",
            "SELECT 1 AS one) AS q; DELETE FROM probe_thing; SELECT * FROM (SELECT 1",
            "WITH gone AS (DELETE FROM probe_thing RETURNING id) SELECT id FROM gone",
            "WITH a AS (SELECT 1) DELETE FROM probe_thing",
            "SELECT id INTO other FROM probe_thing",
            "SELECT nextval('probe_thing_id_seq') AS next",
            "SELECT id FROM probe_thing FOR UPDATE",
            "PRAGMA query_only = OFF",
            "SELECT 1 AS one -- a comment",
            "SELECT no_such_column FROM probe_thing",
            "SELECT 1 AS a, 2 AS a",
            "VACUUM",
            "",
        ] {
            assert_eq!(code(&system, sql, vec![]).await, "wrong_sql", "{sql}");
            let inside = Arc::clone(&system).run(async move {
                transaction(async move {
                    let answer: Result<Vec<Json>> = Thing::unchecked_sql(sql, []).await;
                    // The transaction is whole: it can be read and written.
                    assert_eq!(Thing::count().await?, 3, "{sql}");
                    Thing::create(NewThing { name: "d".to_owned(), ..NewThing::default() }).await?;
                    Err::<(), AppOsError>(answer.err().unwrap_or_else(|| "it was sent".into()))
                })
                .await
            });
            assert_eq!(inside.await.unwrap_err().code(), "wrong_sql", "{sql}");
        }
        let rows = system.run(async { Thing::count().await.unwrap() }).await;
        assert_eq!(rows, 3);
    }
}

#[tokio::test]
async fn parameters_must_be_as_many_and_fit() {
    let platform = platform().await;
    let system = with_things(&platform).await;
    let sql = "SELECT id FROM probe_thing WHERE number = ?";
    assert_eq!(code(&system, sql, vec![]).await, "wrong_sql");
    assert_eq!(code(&system, sql, vec![json!(1), json!(2)]).await, "wrong_sql");
    assert_eq!(code(&system, sql, vec![json!(u64::MAX)]).await, "out_of_range");
    assert_eq!(code(&system, sql, vec![json!(1)]).await, "1 rows");
    let named = "SELECT id FROM probe_thing WHERE number = :number";
    assert_eq!(code(&system, named, vec![]).await, "wrong_sql");
}

#[tokio::test]
async fn in_a_transaction_it_reads_what_that_has_written() {
    let platform = platform().await;
    let system = with_things(&platform).await;
    let seen = system.run(async {
        transaction(async {
            Thing::create(NewThing { name: "new".to_owned(), amount: dec!(1), ..NewThing::default() }).await?;
            let sql = "SELECT name FROM probe_thing WHERE name = ?";
            let rows: Vec<Json> = Thing::unchecked_sql(sql, [json!("new")]).await?;
            Thing::create(NewThing { name: "newer".to_owned(), amount: dec!(1), ..NewThing::default() }).await?;
            Ok::<_, AppOsError>((rows.len(), Thing::count().await?))
        })
        .await
    });
    assert_eq!(seen.await.unwrap(), (1, 5));
}

#[tokio::test]
async fn more_rows_than_fit_are_refused_and_not_cut_off() {
    let platform = platform().await;
    let system = platform.system().await.unwrap();
    let series = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) SELECT i FROM n";
    assert_eq!(code(&system, series, vec![]).await, "10000 rows");
    let longer = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10001) SELECT i FROM n";
    assert_eq!(code(&system, longer, vec![]).await, "wrong_sql");
}

#[tokio::test]
async fn the_log_has_the_statement_and_not_its_parameters_or_rows() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::start(folder.path(), &JournalSettings::default()).unwrap();
    let mut config = PlatformConfig::default();
    config.database.url = database(folder.path()).into();
    let platform = TestPlatform::of(&config, journal).await.unwrap();
    let system = platform.system().await.unwrap();
    let sql = "SELECT id, 'in ' || 'a row' AS text FROM platform_group WHERE name <> ?";
    assert!(code(&system, sql, vec![json!("hunter2")]).await.ends_with("rows"));
    let sql = "SELECT id FROM platform_group WHERE CAST(? AS integer) = 1 AND no_such_column = 1";
    assert_eq!(code(&system, sql, vec![json!("hunter2")]).await, "wrong_sql");
    platform.flush_journal();
    let lines = lines(folder.path(), "record", "execution");
    let sent: Vec<_> = lines.iter().filter(|line| line["operation"] == "unchecked_sql").collect();
    assert_eq!(sent.len(), 2);
    assert!(sent[0].to_string().contains("FROM platform_group WHERE name"), "{}", sent[0]);
    assert!(sent[1].to_string().contains("no_such_column"), "{}", sent[1]);
    for line in sent {
        assert!(!line.to_string().contains("hunter2") && !line.to_string().contains("in a row"), "{line}");
    }
}

#[tokio::test]
async fn it_is_for_no_client() {
    let platform = platform().await;
    let system = platform.system().await.unwrap();
    let arguments = json!({ "sql": "SELECT 1 AS one" });
    let by_name = system.run(appos::prelude::engine::dispatch("probe.records.thing", arguments)).await.unwrap_err();
    assert_eq!((by_name.kind(), by_name.code()), (ErrorKind::Dispatch, "not_callable"));
}
