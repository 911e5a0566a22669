//! Sessions that are kept in Redis hold on every server, and end on every server.

use std::time::Duration;

use super::CUSTOMERS;
use super::cluster::{Cluster, until};
use super::hammer::{Asker, closes};
use super::support::{Client, Method, PASSWORD};

async fn delete(client: &Client, path: &str) -> u16 {
    client.send(client.request(Method::DELETE, path)).await.status
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_holds_on_every_server_and_ends_on_every_server() {
    let cluster = Cluster::start().await;
    let sales = cluster.signed_in("sales@acme.example").await;
    for client in &sales {
        client.get(CUSTOMERS).await.is(200);
    }
    // Only the hash of the id is in Redis, and nothing of it in the database.
    let secret = sales[0].session.as_deref().and_then(|cookie| cookie.split_once('=')).expect("a cookie").1.to_owned();
    assert!(cluster.redis.keys("*").iter().any(|key| key.starts_with("appos:session:")));
    let bytes: Vec<u8> = std::fs::read_dir(cluster.redis.folder())
        .into_iter()
        .flatten()
        .flatten()
        .flat_map(|entry| folder_bytes(&entry.path()))
        .collect();
    assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "the id itself is in Redis");
    let askers: Vec<Asker> = sales.iter().map(Asker::of).collect();
    closes("signed out at the second server", &askers, CUSTOMERS, Duration::from_secs(1), async {
        sales[1].post("/auth/logout", serde_json::json!({})).await.is(204);
    })
    .await;
}

fn folder_bytes(path: &std::path::Path) -> Vec<u8> {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
        return entries.flat_map(|entry| folder_bytes(&entry.path())).collect();
    }
    std::fs::read(path).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_user_sees_and_ends_their_own_sessions_and_nobody_elses() {
    let cluster = Cluster::start().await;
    let here = cluster.signed_in("sales@acme.example").await;
    let there = cluster.signed_in("sales@acme.example").await;
    let other = cluster.signed_in("finance@acme.example").await;
    let listed = here[2].get("/auth/sessions").await.is(200).body;
    let rows = listed["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 2, "{listed}");
    let id = |current: bool| {
        let row = rows.iter().find(|row| row["current"] == current).expect("a session");
        row["id"].as_str().expect("an id").to_owned()
    };
    // Not those of others, by any id.
    assert_eq!(delete(&other[0], &format!("/auth/sessions/{}", id(false))).await, 404);
    there[0].get(CUSTOMERS).await.is(200);
    assert_eq!(delete(&here[0], &format!("/auth/sessions/{}", id(false))).await, 204);
    until("ended everywhere", Duration::from_secs(1), async || {
        let mut ended = true;
        for client in &there {
            ended &= client.get(CUSTOMERS).await.status == 401;
        }
        ended
    })
    .await;
    here[1].get(CUSTOMERS).await.is(200);
    other[1].get("/auth/me").await.is(200);
    // All others at once; an id cannot be used to sign in.
    let third = cluster.signed_in("sales@acme.example").await;
    assert_eq!(delete(&here[0], "/auth/sessions").await, 204);
    until("ended", Duration::from_secs(1), async || third[2].get(CUSTOMERS).await.status == 401).await;
    here[2].get(CUSTOMERS).await.is(200);
    let name = here[0].session.as_deref().and_then(|cookie| cookie.split_once('=')).expect("a cookie").0;
    let forged = here[0].with_session(&format!("{name}={}", id(true)));
    forged.get(CUSTOMERS).await.is(401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_beyond_the_limit_ends_the_oldest_on_every_server() {
    let cluster = Cluster::with(&[("APPOS__SESSION__MAX_PER_USER", "2")]).await;
    let first = cluster.signed_in("sales@acme.example").await;
    let second = cluster.signed_in("sales@acme.example").await;
    first[1].get(CUSTOMERS).await.is(200);
    let mut third = cluster.nodes[1].client();
    third.sign_in("sales@acme.example", PASSWORD).await.is(200);
    until("the oldest ends", Duration::from_secs(1), async || first[1].get(CUSTOMERS).await.status == 401).await;
    second[2].get(CUSTOMERS).await.is(200);
    third.get(CUSTOMERS).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_that_has_ended_by_itself_takes_no_place() {
    let cluster = Cluster::with(&[("APPOS__SESSION__MAX_PER_USER", "2")]).await;
    let first = cluster.signed_in("sales@acme.example").await;
    let before = cluster.redis.keys("appos:session:*");
    let second = cluster.signed_in("sales@acme.example").await;
    let key = cluster.redis.keys("appos:session:*").into_iter().find(|key| !before.contains(key)).expect("its entry");
    // As it goes when its time is over.
    cluster.redis.ask(&format!("DEL {key}"));
    until("the second has ended", Duration::from_secs(1), async || second[0].get(CUSTOMERS).await.status == 401).await;
    let third = cluster.signed_in("sales@acme.example").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    for client in first.iter().chain(&third) {
        client.get(CUSTOMERS).await.is(200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_that_is_not_used_ends_and_one_that_is_used_does_not() {
    let cluster = Cluster::with(&[("APPOS__SESSION__TIMEOUT", "3s"), ("APPOS__SESSION__ABSOLUTE_TIMEOUT", "9s")]).await;
    let used = cluster.signed_in("sales@acme.example").await;
    let idle = cluster.signed_in("finance@acme.example").await;
    let begun = std::time::Instant::now();
    while begun.elapsed() < Duration::from_secs(5) {
        for client in &used {
            client.get(CUSTOMERS).await.is(200);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    idle[0].get("/auth/me").await.is(401);
    // Used or not: after this time it ends.
    until("the absolute end", Duration::from_secs(10), async || used[1].get(CUSTOMERS).await.status == 401).await;
    used[2].get(CUSTOMERS).await.is(401);
}
