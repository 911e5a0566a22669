//! Somebody who can write into Redis gains nothing by it.

use std::time::Duration;

use serde_json::json;

use super::CUSTOMERS;
use super::cluster::{Cluster, until};
use super::support::lines;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn entries_that_somebody_else_has_written_are_ignored_and_told() {
    let cluster = Cluster::start().await;
    let outsider = cluster.signed_in("outsider@acme.example").await;
    let sales = cluster.signed_in("sales@acme.example").await;
    let id = cluster.admin.id_of("outsider").await;
    for client in outsider.iter().chain(&sales) {
        client.get("/auth/me").await.is(200);
    }
    outsider[0].get(CUSTOMERS).await.is(404);
    until("rights are in Redis", Duration::from_secs(5), async || {
        outsider[1].get(CUSTOMERS).await.is(404);
        cluster.redis.keys("appos:access:*").iter().any(|key| key.ends_with(&format!(":user:{id}")))
    })
    .await;

    // Rights made by hand, and those of somebody else copied.
    let places: Vec<String> =
        cluster.redis.keys("appos:access:*").into_iter().filter(|key| key.ends_with(&format!(":user:{id}"))).collect();
    let made =
        json!({ "user_type": "system_admin", "active": true, "groups": ["system_admin", "crm_users"] }).to_string();
    let sales_id = cluster.admin.id_of("sales").await;
    let poison = || {
        for place in &places {
            cluster.redis.put(place, made.as_bytes());
            cluster.redis.put(place, &[&[7; 32][..], made.as_bytes()].concat());
            let other = place.replace(&format!(":user:{id}"), &format!(":user:{sales_id}"));
            cluster.redis.ask(&format!("COPY {other} {place} REPLACE"));
        }
    };
    // For the state that holds now, and for a server that knows nothing yet.
    poison();
    let node = cluster.nodes[2].client().with_session(outsider[0].session.as_deref().expect("a session"));
    for _ in 0..20 {
        node.get(CUSTOMERS).await.is(404);
        poison();
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    // A session made by hand, under the hash of an id that its maker knows.
    let secret = "A".repeat(43);
    let hash = {
        use base64::Engine;
        use sha2::Digest;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(&secret))
    };
    let session = json!({
        "user_id": 1, "created_at": 0, "used_at": 9_999_999_999_i64, "expires_at": 9_999_999_999_i64,
        "address": null, "data": {},
    });
    cluster.redis.put(&format!("appos:session:{hash}"), session.to_string().as_bytes());
    let forged = cluster.nodes[1].client().with_session(&format!("appos_session={secret}"));
    forged.get("/auth/me").await.problem(401, "session_expired");
    // The good entry of somebody else, under that id.
    let good = cluster.redis.keys("appos:session:*").into_iter().find(|key| !key.ends_with(&hash)).expect("a session");
    cluster.redis.ask(&format!("COPY {good} appos:session:{hash} REPLACE"));
    forged.get("/auth/me").await.problem(401, "session_expired");

    let folder = cluster.nodes[1].folder().join(".appos/logs");
    until("the security log tells of it", Duration::from_secs(5), async || {
        lines(&folder, "security").iter().any(|line| line.text("action") == "forged_entry")
    })
    .await;
}
