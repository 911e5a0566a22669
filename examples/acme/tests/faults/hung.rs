//! The database server is there and does not answer, or has no connection left.

use std::sync::Arc;

use serde_json::json;
use throwaway_postgres::{Durability, Server};

use super::support::{Answer, Client, PASSWORD, Platform};
use super::{ADDRESS, GROUPS, administrator};

/// What a client may be told who has to wait too long: to come again, and nothing of the reason.
fn is_put_off(answer: &Answer) {
    assert!([503, 504].contains(&answer.status), "{answer:?}");
    assert!(
        ["database_unavailable", "timeout"].contains(&answer.body["code"].as_str().unwrap_or_default()),
        "{answer:?}"
    );
    if answer.status == 503 {
        assert!(answer.headers.contains_key("retry-after"), "{answer:?}");
    }
}

async fn ask(client: &Client, number: usize) -> Answer {
    match number % 3 {
        0 => client.get("/api/crm/v1/customers").await,
        1 => client.post(GROUPS, json!({ "name": format!("hung_{number}") })).await,
        _ => client.get("/auth/me").await,
    }
}

async fn together(client: &Client, many: usize) -> Vec<Answer> {
    let asked = (0..many).map(|number| {
        let client = client.clone();
        tokio::spawn(async move { ask(&client, number).await })
    });
    let mut answers = Vec::new();
    for task in asked.collect::<Vec<_>>() {
        answers.push(task.await.expect("it is answered"));
    }
    answers
}

#[tokio::test]
async fn a_server_that_hangs_keeps_nobody_waiting_for_ever_and_all_is_well_when_it_goes_on() {
    let server = Server::start(Durability::None);
    let address = server.database();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let limits = [("APPOS__ENGINE__TIMEOUT", "2s"), ("APPOS__DATABASE__ACQUIRE_TIMEOUT", "1s")];
    // It fills its database in its own time first.
    let platform = Platform::start_in(folder, &[(ADDRESS, &*address)]);
    let mut admin = administrator(&platform).await;
    let folder = platform.into_folder();
    let mut platform = Platform::start_in(folder, &[&[(ADDRESS, &*address)], &limits[..]].concat());
    admin = platform.client().with_session(admin.session.as_deref().expect("a session"));
    for _ in 0..2 {
        server.hang();
        let answers = together(&admin, 30).await;
        // Who is asking may still be known from memory; rows are not.
        for (number, answer) in answers.iter().enumerate() {
            if number % 3 != 2 || answer.status != 200 {
                is_put_off(answer);
            }
        }
        is_put_off(&platform.client().sign_in("ada@acme.example", PASSWORD).await);
        platform.client().get("/health").await.is(200);
        // Who is asking may be known from memory or not: it is answered either way.
        let answer = platform.client().get("/login").await;
        assert!(answer.status == 200 || answer.status == 503, "{answer:?}");
        // Whoever watches is told that it is up, and that nothing is to be sent to it.
        let ready = platform.client().get("/ready").await.is(503);
        assert_eq!(
            ready.body,
            json!({ "status": "not_ready", "checks": [
            { "name": "database", "state": "failed" },
            { "name": "security_log", "state": "ok" },
            { "name": "connected_systems", "state": "ok" },
        ] })
        );
        server.go_on();
        for number in 0..6 {
            let mut answer = ask(&admin, 100 + number).await;
            // Connections that hung are given up one by one.
            let mut asked = 1;
            while answer.status >= 500 {
                is_put_off(&answer);
                asked += 1;
                assert!(asked < 100, "it is still away: {answer:?}");
                answer = ask(&admin, 100 + number).await;
            }
            assert!([200, 201, 409].contains(&answer.status), "{answer:?}");
        }
    }
    assert!(platform.is_running());
}

#[tokio::test]
async fn when_no_connection_is_left_requests_are_put_off_and_the_rest_of_the_program_answers() {
    let server = Server::start(Durability::None);
    let address = server.database();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let variables = [
        (ADDRESS, &*address),
        ("APPOS__DATABASE__MAX_CONNECTIONS", "3"),
        ("APPOS__DATABASE__ACQUIRE_TIMEOUT", "1s"),
        ("APPOS__ENGINE__TIMEOUT", "5s"),
    ];
    let mut platform = Platform::start_in(folder, &variables);
    let admin = administrator(&platform).await;
    // Somebody else holds the table until he is told to stop, and whoever reads it waits for him.
    let (server, holder) = (Arc::new(server), address.clone());
    let held = tokio::task::spawn_blocking({
        let server = Arc::clone(&server);
        move || server.query(&holder, "BEGIN; LOCK TABLE crm_customer; SELECT pg_sleep(60); COMMIT")
    });
    let locks = "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted \
                 AND relation = 'crm_customer'::regclass";
    while server.query(&address, locks).as_deref() != Ok("1") {
        tokio::task::yield_now().await;
    }
    let asked = (0..12).map(|_| {
        let admin = admin.clone();
        tokio::spawn(async move { admin.get("/api/crm/v1/customers").await })
    });
    for task in asked.collect::<Vec<_>>() {
        is_put_off(&task.await.expect("it is answered"));
    }
    platform.client().get("/health").await.is(200);
    platform.client().get("/login").await.is(200);
    assert!(!held.is_finished(), "the table was held all the time");
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'BEGIN; LOCK TABLE%'";
    server.query(&address, end).expect("it ends");
    assert!(held.await.expect("it ends").is_err());
    let mut answer = admin.get("/api/crm/v1/customers").await;
    while answer.status >= 500 {
        is_put_off(&answer);
        answer = admin.get("/api/crm/v1/customers").await;
    }
    answer.is(200);
    assert!(platform.is_running());
}
