//! What PostgreSQL alone promises: types of columns, an audit log that its own tools cannot
//! change, several programs on one database.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use appos::prelude::{AppOsError, Json, Record, dec, json, transaction};
use appos::testing::{Journal, PlatformConfig, TestPlatform};
use appos::{ErrorKind, Result};
use probe::records::{NewPart, NewThing, Part, Thing, ThingPatch};
use throwaway_postgres::{Durability, Server};
use tokio::sync::Barrier;

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

async fn new_thing(platform: &TestPlatform, name: &str) -> Thing {
    let new = NewThing { name: name.to_owned(), amount: dec!(1), ..NewThing::default() };
    platform.system().await.expect("a scope").run(async move { Thing::create(new).await }).await.expect("a thing")
}

fn flagged() -> ThingPatch {
    ThingPatch { flag: Some(true), ..ThingPatch::default() }
}

/// Waits until a statement on this database waits for another's lock.
async fn until_somebody_waits(address: &str) {
    let waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    while SERVER.query(address, waiting).expect("a number") == "0" {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn of_two_transactions_that_cross_one_is_told_of_the_conflict_and_the_other_is_stored() {
    let platform = TestPlatform::on(&SERVER.database()).await.unwrap();
    let (a, b) = (new_thing(&platform, "a").await, new_thing(&platform, "b").await);
    let both_began = Arc::new(Barrier::new(2));
    let crossing = |first: Thing, second: Thing| {
        let both_began = Arc::clone(&both_began);
        async move {
            transaction(async move {
                first.update(flagged()).await?;
                both_began.wait().await;
                second.update(flagged()).await
            })
            .await
        }
    };
    let (one, two) = (platform.system().await.unwrap(), platform.system().await.unwrap());
    let (one, two) = tokio::join!(one.run(crossing(a.clone(), b.clone())), two.run(crossing(b.clone(), a.clone())));
    let (done, failed) = if one.is_ok() { (one, two) } else { (two, one) };
    done.unwrap();
    let error = failed.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Validation, "write_conflict"));
    let system = platform.system().await.unwrap();
    let stored = system.run(async move { (Thing::get(a.id).await.unwrap(), Thing::get(b.id).await.unwrap()) }).await;
    assert_eq!((stored.0.version, stored.1.version), (2, 2), "each row was changed once");
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_given_up_and_its_connection_is_good_again() {
    let mut config = PlatformConfig::default();
    let address = SERVER.database();
    config.database.url = address.as_str().into();
    config.database.statement_timeout = Duration::from_millis(300);
    config.database.max_connections = 2;
    let platform = TestPlatform::of(&config, Journal::disabled()).await.unwrap();
    let thing = new_thing(&platform, "a").await;
    let (holder, waiter) = (platform.system().await.unwrap(), platform.system().await.unwrap());
    let (held, waiting) = (thing.clone(), thing.clone());
    let answer = holder.run(transaction(async move {
        held.update(flagged()).await?;
        Ok::<_, AppOsError>(waiter.run(async move { tokio_spawned(waiting.update(flagged())).await }).await)
    }));
    let error = answer.await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Timeout, "timeout"));
    let system = platform.system().await.unwrap();
    let slept = system.run(async { Thing::unchecked_sql::<Json>("SELECT 1 AS one FROM pg_sleep(60)", []).await }).await;
    assert_eq!(slept.unwrap_err().kind(), ErrorKind::Timeout);
    let system = platform.system().await.unwrap();
    assert_eq!(system.run(async move { Thing::get(thing.id).await }).await.unwrap().version, 2);
}

/// In a task of its own a write has a connection of its own.
async fn tokio_spawned<T: Send + 'static>(write: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
    appos::prelude::tokio::spawn(write).await.expect("the task ends")
}

#[tokio::test]
async fn a_reference_to_a_row_that_goes_meanwhile_names_its_field() {
    let address = SERVER.database();
    let platform = TestPlatform::on(&address).await.unwrap();
    let thing = new_thing(&platform, "a").await;
    let (one, two) = (platform.system().await.unwrap(), platform.system().await.unwrap());
    let id = thing.id;
    let deleted = Arc::new(Barrier::new(2));
    let ready = Arc::clone(&deleted);
    let deleting = one.run(async move {
        transaction(async {
            thing.delete().await?;
            deleted.wait().await;
            until_somebody_waits(&address).await;
            Ok::<_, AppOsError>(())
        })
        .await
    });
    let referring = two.run(async move {
        ready.wait().await;
        Part::create(NewPart { thing: id.into(), label: "x".to_owned() }).await
    });
    let (deleted, referred) = tokio::join!(deleting, referring);
    deleted.unwrap();
    let error = referred.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Validation, "invalid_fields"));
    let wrong = &error.fields()[0];
    assert_eq!((&*wrong.field, &*wrong.code), ("thing", "broken_reference"));
    let left = platform.system().await.unwrap().run(async { Part::count().await.unwrap() }).await;
    assert_eq!(left, 0);
}
