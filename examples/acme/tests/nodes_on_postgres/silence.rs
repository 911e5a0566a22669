//! A database that does not tell whether anything has changed.

use std::time::Duration;

use serde_json::json;
use throwaway_postgres::{Durability, Server};

use super::cluster::until;
use super::support::{PASSWORD, Platform};

const PATIENCE: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_remembered_is_not_believed_for_long_when_the_database_is_silent() {
    let (database, redis) = (Server::start(Durability::Full), throwaway_redis::Server::start());
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join(".database"), database.database()).expect("a file");
    let platform = Platform::start_in(folder, &[("REDIS_URL", &redis.url())]);
    let mut admin = platform.client();
    let token = platform.token.clone().expect("a token");
    let body = json!({ "token": token, "email": "admin@acme.example", "name": "Ada", "password": PASSWORD });
    let answer = admin.post("/auth/setup", body).await.is(201);
    admin.keep(&answer);
    // Session and rights are known: nobody asks the database.
    admin.get("/auth/me").await.is(200);

    database.stop();
    until("nobody is let in from memory any more", PATIENCE, async || admin.get("/auth/me").await.status == 503).await;
    for _ in 0..20 {
        admin.get("/auth/me").await.problem(503, "database_unavailable");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    database.resume();
    until("all is well again", PATIENCE, async || admin.get("/auth/me").await.status == 200).await;
}
