//! What is taken away on one server is gone on all of them.

use std::time::Duration;

use serde_json::json;
use throwaway_redis::Fault;

use super::cluster::{Cluster, until};
use super::hammer::{Asker, closes};

/// Its readers are fewer than those who reach its app.
const CONTACTS: &str = "/api/crm/v1/contacts?limit=1";
const WITH_NEWS: Duration = Duration::from_secs(1);
const WITHOUT_NEWS: Duration = Duration::from_secs(5);

/// Gives a right, takes it away again in every way there is, and checks each on all servers.
async fn everything_closes(cluster: &Cluster, bound: Duration, by_session: bool) {
    let admin = &cluster.admin;
    let name = if by_session { "ann" } else { "robot" };
    let group = admin.post("/api/platform/v1/groups", json!({ "name": "guests" })).await.is(201).id();
    let (user, askers) = if by_session {
        let body = json!({ "email": "ann@acme.example", "name": name });
        let user = admin.post("/api/platform/v1/users", body).await.is(201).id();
        let body = json!({ "user": user, "password": super::support::PASSWORD });
        admin.rule("set_password", body).await.is(200);
        let clients = cluster.signed_in("ann@acme.example").await;
        (user, clients.into_iter().map(|client| Asker::of(&client)).collect::<Vec<_>>())
    } else {
        let (user, key) = cluster.program(name, &[]).await;
        let asker = |node: &super::support::Platform| Asker::with_key(node.client(), &key);
        (user, cluster.nodes.iter().map(asker).collect())
    };
    let users = admin.group("crm_users").await;
    let grant = || async {
        let body = json!({ "group": group, "pattern": "crm.records.contact", "permission": "view" });
        admin.post("/api/platform/v1/object_permissions", body).await.is(201).id()
    };
    let member = |group: i64| async move {
        admin.post("/api/platform/v1/memberships", json!({ "user": user, "group": group })).await.is(201).id()
    };
    let open = async |what: &str| {
        for asker in &askers {
            until(what, WITHOUT_NEWS, async || asker.ask(CONTACTS).await == 200).await;
        }
    };

    let in_app = member(users).await;
    open("a membership").await;
    closes("the user leaves the group", &askers, CONTACTS, bound, async {
        admin.delete(&format!("/api/platform/v1/memberships/{in_app}")).await.is(204);
    })
    .await;

    // Its members reach the app, and that is all.
    let finance = admin.group("finance").await;
    member(finance).await;
    member(group).await;
    let granted = grant().await;
    open("a grant").await;
    closes("the grant is taken back", &askers, CONTACTS, bound, async {
        admin.delete(&format!("/api/platform/v1/object_permissions/{granted}")).await.is(204);
    })
    .await;
    grant().await;
    open("the grant again").await;
    closes("the group is switched off", &askers, CONTACTS, bound, async {
        admin.change(&format!("/api/platform/v1/groups/{group}"), json!({ "active": false })).await.is(200);
    })
    .await;
    member(users).await;
    open("the app again").await;
    closes("the user is switched off", &askers, CONTACTS, bound, async {
        admin.change(&format!("/api/platform/v1/users/{user}"), json!({ "active": false })).await.is(200);
    })
    .await;
    admin.change(&format!("/api/platform/v1/users/{user}"), json!({ "active": true })).await.is(200);
    open("the user is back").await;
    closes("the sign-in is ended", &askers, CONTACTS, bound, async {
        if by_session {
            admin.rule("end_sessions", json!({ "user": user })).await.is(200);
        } else {
            let keys = admin.rule("list_api_keys", json!({ "user": user })).await.is(200);
            admin.rule("revoke_api_key", json!({ "id": keys.body[0]["id"] })).await.is(200);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_loses_every_right_on_all_servers_within_a_second() {
    let cluster = Cluster::start().await;
    everything_closes(&cluster, WITH_NEWS, true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_key_loses_every_right_on_all_servers_within_a_second() {
    let cluster = Cluster::start().await;
    everything_closes(&cluster, WITH_NEWS, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn without_news_every_right_is_lost_all_the_same() {
    let cluster = Cluster::start().await;
    cluster.breaks(Fault::NoNews);
    everything_closes(&cluster, WITHOUT_NEWS, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn without_redis_every_right_is_lost_all_the_same() {
    let cluster = Cluster::with(&[("APPOS__SESSION__STORE", "database")]).await;
    cluster.redis.stop();
    everything_closes(&cluster, WITHOUT_NEWS, true).await;
}
