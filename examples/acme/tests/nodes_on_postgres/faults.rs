//! Whatever is wrong with Redis: nobody gets in who may not, who may is let in by the database, and
//! it is over by itself when Redis is back.

use std::time::Duration;

use serde_json::json;
use throwaway_redis::Fault;

use super::CUSTOMERS;
use super::cluster::{Cluster, until};
use super::hammer::{Asker, Hammer, closes};
use super::support::{Client, acme};

const PATIENCE: Duration = Duration::from_secs(5);

/// A program that may read customers, one that may not, and a person who is signed in.
struct Cast {
    good: Vec<Asker>,
    bad: Vec<Asker>,
    sales: Vec<Client>,
}

async fn cast(cluster: &Cluster) -> Cast {
    let (_, good) = cluster.program("good", &["crm_users"]).await;
    let (_, bad) = cluster.program("bad", &["finance"]).await;
    let asker = |key: &String| {
        let ask = |node: &super::support::Platform| Asker::with_key(node.client(), key);
        cluster.nodes.iter().map(ask).collect::<Vec<_>>()
    };
    let sales = cluster.signed_in("sales@acme.example").await;
    Cast { good: asker(&good), bad: asker(&bad), sales }
}

/// While it lasts: keys go on from the database, and nobody gets more than before.
async fn goes_on(cast: &Cast, what: &str) {
    let good = Hammer::begin(&cast.good, CUSTOMERS);
    let bad = Hammer::begin(&cast.bad, "/api/platform/v1/users?limit=1");
    tokio::time::sleep(Duration::from_secs(3)).await;
    for (node, asked) in good.end().await.into_iter().enumerate() {
        let wrong = asked.iter().find(|(_, status)| *status != 200);
        assert!(wrong.is_none(), "{what}: server {node} refuses who may: {wrong:?} of {}", asked.len());
    }
    for (node, asked) in bad.end().await.into_iter().enumerate() {
        let wrong = asked.iter().find(|(_, status)| *status != 404);
        assert!(wrong.is_none(), "{what}: server {node} answers who may not: {wrong:?}");
    }
}

/// The person's sessions, at every server.
async fn sessions(cast: &Cast) -> Vec<u16> {
    let mut all = Vec::new();
    for client in &cast.sales {
        all.push(client.get(CUSTOMERS).await.status);
    }
    all
}

async fn recovers(cast: &Cast, what: &str) {
    until(what, PATIENCE, async || sessions(cast).await == [200, 200, 200]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_redis_that_is_stopped_or_hangs_lets_nobody_in_and_recovers() {
    let cluster = Cluster::start().await;
    let cast = cast(&cluster).await;
    recovers(&cast, "at the beginning").await;

    cluster.redis.stop();
    until("unverified sessions are told so", PATIENCE, async || sessions(&cast).await == [503, 503, 503]).await;
    let refused = cast.sales[0].get(CUSTOMERS).await.problem(503, "sessions_unavailable");
    assert!(refused.headers.contains_key("retry-after"));
    goes_on(&cast, "stopped").await;
    // Nobody is signed out by it: also not those who come with a session that holds.
    cluster.redis.resume();
    recovers(&cast, "started again").await;

    cluster.redis.hang();
    until("unverified sessions are told so", PATIENCE, async || sessions(&cast).await == [503, 503, 503]).await;
    goes_on(&cast, "hung").await;
    cluster.redis.go_on();
    recovers(&cast, "goes on").await;

    cluster.breaks(Fault::Cut);
    until("unverified sessions are told so", PATIENCE, async || sessions(&cast).await == [503, 503, 503]).await;
    goes_on(&cast, "cut").await;
    cluster.breaks(Fault::None);
    recovers(&cast, "reachable again").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_slow_redis_slows_down_and_no_more() {
    let cluster = Cluster::start().await;
    let cast = cast(&cluster).await;
    cluster.breaks(Fault::Slow);
    goes_on(&cast, "slow").await;
    for status in sessions(&cast).await {
        assert!([200, 503].contains(&status), "{status}");
    }
    cluster.breaks(Fault::None);
    recovers(&cast, "fast again").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_redis_that_takes_nothing_more_lets_those_in_who_are_in_and_nobody_else() {
    let cluster = Cluster::start().await;
    let cast = cast(&cluster).await;
    recovers(&cast, "at the beginning").await;
    for (refuse, take) in [
        ("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0"),
        ("CONFIG SET min-replicas-to-write 1", "CONFIG SET min-replicas-to-write 0"),
    ] {
        assert!(cluster.redis.ask(refuse).starts_with("+OK"), "{refuse}");
        goes_on(&cast, refuse).await;
        assert_eq!(sessions(&cast).await, [200, 200, 200], "{refuse}: who is signed in stays so");
        let body = json!({ "email": "sales@acme.example", "password": super::support::PASSWORD });
        cluster.nodes[1].client().post("/auth/login", body.clone()).await.problem(503, "sessions_unavailable");
        assert!(cluster.redis.ask(take).starts_with("+OK"), "{take}");
        cluster.nodes[1].client().post("/auth/login", body).await.is(200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_emptied_redis_ends_sessions_and_opens_nothing() {
    let cluster = Cluster::start().await;
    let cast = cast(&cluster).await;
    recovers(&cast, "at the beginning").await;
    cluster.redis.ask("FLUSHALL");
    until("the sessions are gone", PATIENCE, async || sessions(&cast).await == [401, 401, 401]).await;
    goes_on(&cast, "emptied").await;
    let again = cluster.signed_in("sales@acme.example").await;
    for client in &again {
        client.get(CUSTOMERS).await.is(200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_right_that_ends_while_redis_is_away_ends() {
    let cluster = Cluster::start().await;
    for (what, break_it, mend_it) in [
        (
            "stopped",
            (|cluster| cluster.redis.stop()) as fn(&Cluster),
            (|cluster| cluster.redis.resume()) as fn(&Cluster),
        ),
        ("hung", |cluster| cluster.redis.hang(), |cluster| cluster.redis.go_on()),
        ("slow", |cluster| cluster.breaks(Fault::Slow), |cluster| cluster.breaks(Fault::None)),
    ] {
        let (user, key) = cluster.program(what, &["crm_users"]).await;
        let ask = |node: &super::support::Platform| Asker::with_key(node.client(), &key);
        let askers: Vec<Asker> = cluster.nodes.iter().map(ask).collect();
        let admin = cluster.admin.clone();
        for asker in &askers {
            until("known", PATIENCE, async || asker.ask(CUSTOMERS).await == 200).await;
        }
        break_it(&cluster);
        closes(what, &askers, CUSTOMERS, PATIENCE, async {
            // By another program yet, which has no Redis at all.
            let mut command = acme(cluster.nodes[0].folder());
            command.args(["__user", "deactivate", &format!("{what}@acme.example")]);
            let output =
                tokio::task::spawn_blocking(move || command.output()).await.expect("a thread").expect("it runs");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        })
        .await;
        mend_it(&cluster);
        until("the administrator is known again", PATIENCE, async || admin.get("/auth/me").await.status == 200).await;
        let shown = admin.get(&format!("/api/platform/v1/users/{user}")).await.is(200).body;
        assert_eq!(shown["active"], json!(false));
    }
}
