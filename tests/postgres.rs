//! What PostgreSQL alone promises: types of columns, an audit log that its own tools cannot
//! change, several programs on one database.

use std::sync::LazyLock;

use appos::prelude::{Json, Record, dec, json};
use appos::testing::TestPlatform;
use probe::records::{NewThing, Thing};
use throwaway_postgres::{Durability, Server};

static SERVER: LazyLock<Server> = LazyLock::new(|| Server::start(Durability::None));

#[tokio::test]
async fn each_field_has_the_column_that_a_person_would_have_made() {
    let address = SERVER.database();
    TestPlatform::on(&address).await.unwrap();
    let columns = "SELECT column_name || ' ' || data_type || coalesce(' ' || collation_name, '') \
                   || coalesce(' ' || nullif(numeric_scale, 0), '') || ' ' || is_nullable || ' ' || is_identity \
                   FROM information_schema.columns WHERE table_name = 'probe_thing' ORDER BY ordinal_position";
    let columns = SERVER.query(&address, columns).unwrap();
    for expected in [
        "id bigint NO YES",
        "created_at timestamp with time zone NO NO",
        "created_by bigint YES NO",
        "version bigint NO NO",
        "name text C NO NO",
        "number bigint NO NO",
        "price numeric 2 YES NO",
        "ratio double precision NO NO",
        "flag boolean NO NO",
        "stage text C NO NO",
        "due date YES NO",
        "seen_at timestamp with time zone YES NO",
        "token uuid YES NO",
        "extra jsonb YES NO",
        "tags jsonb NO NO",
        "parent bigint YES NO",
    ] {
        assert!(columns.lines().any(|line| line == expected), "no `{expected}` in\n{columns}");
    }
    let checks = "SELECT count(*) FROM pg_constraint WHERE contype = 'c' AND conrelid = 'probe_thing'::regclass";
    assert_eq!(SERVER.query(&address, checks).unwrap(), "1", "choices are checked by the database, too");
}

#[tokio::test]
async fn the_audit_log_cannot_be_changed_by_the_databases_own_tools() {
    let address = SERVER.database();
    let platform = TestPlatform::on(&address).await.unwrap();
    platform.user("ann", &["probe_users"]).await.unwrap();
    for sql in
        ["UPDATE platform_audit_log SET action = 'x'", "DELETE FROM platform_audit_log", "TRUNCATE platform_audit_log"]
    {
        let refused = SERVER.query(&address, sql).unwrap_err();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
    }
}

#[tokio::test]
async fn several_programs_start_at_once_on_an_empty_database_and_see_each_others_rows() {
    let address = SERVER.database();
    let (one, two, three) =
        tokio::join!(TestPlatform::on(&address), TestPlatform::on(&address), TestPlatform::on(&address));
    let (one, two) = (one.unwrap(), two.unwrap());
    three.unwrap();
    let ann = one.user("ann", &["probe_users"]).await.unwrap();
    let id = ann.user.id;
    let made = ann.run(async {
        let new = NewThing { name: "x".to_owned(), amount: dec!(1), ..NewThing::default() };
        Thing::create(new).await.unwrap().id
    });
    let made = made.await;
    let there = two.scope_of(id).await.unwrap();
    assert_eq!(there.run(async move { Thing::get(made).await.unwrap().name }).await, "x");
}

#[tokio::test]
async fn a_statement_written_by_hand_answers_each_type_as_json() {
    let platform = TestPlatform::on(&SERVER.database()).await.unwrap();
    let sql = "SELECT CAST(? AS date) AS day, CAST('2026-02-03 04:05:06+01' AS timestamptz) AS moment, \
               CAST('2026-02-03 04:05:06' AS timestamp) AS local, CAST(12345678901234.5 AS numeric(20, 2)) AS sum, \
               CAST('00000000-0000-0000-0000-00000000002a' AS uuid) AS id, CAST(? AS jsonb) -> 'a' AS inside, \
               CAST(1 AS smallint) AS small, CAST(2 AS integer) AS whole, 3.5::real AS real, true AS yes";
    let read = |sql, parameters: [Json; 2]| async move { Thing::unchecked_sql::<Json>(sql, parameters).await };
    let system = platform.system().await.unwrap();
    let rows = system.run(read(sql, [json!("2026-02-03"), json!({ "a": [1] })])).await.unwrap();
    let expected = json!({
        "day": "2026-02-03", "moment": "2026-02-03T03:05:06.000000Z", "local": "2026-02-03T04:05:06.000000",
        "sum": "12345678901234.50", "id": "00000000-0000-0000-0000-00000000002a", "inside": [1],
        "small": 1, "whole": 2, "real": 3.5, "yes": true,
    });
    assert_eq!(rows, [expected]);
    let system = platform.system().await.unwrap();
    let error = system.run(read(sql, [json!("hunter2"), json!({})])).await.unwrap_err();
    assert_eq!((error.code(), error.message().contains("hunter2")), ("wrong_parameter", false));
    let system = platform.system().await.unwrap();
    let error = system.run(read("SELECT '1 day'::interval AS long, ? || ? AS text", [json!("a"), json!("b")])).await;
    assert!(error.unwrap_err().message().ends_with("column `long` is of type INTERVAL: cast it to text"));
}
