//! The servers, and the line of each to Redis.

use std::time::{Duration, Instant};

use serde_json::json;
use throwaway_redis::{Fault, Line, Server};

use super::support::{Client, PASSWORD, Platform, database, prepared};

/// Three servers.
pub struct Cluster {
    pub nodes: Vec<Platform>,
    pub lines: Vec<Line>,
    pub redis: Server,
    /// `admin@acme.example`, at the first server.
    pub admin: Client,
}

impl Cluster {
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    pub async fn with(variables: &[(&str, &str)]) -> Self {
        let redis = Server::start();
        let lines: Vec<Line> = (0..3).map(|_| Line::to(redis.address())).collect();
        let settings = |line: &Line| [vec![("REDIS_URL".to_owned(), line.url())], owned(variables)].concat();
        let first = prepared(&borrowed(&settings(&lines[0]))).await.platform;
        let address = database::address(first.folder());
        let mut nodes = vec![first];
        for line in &lines[1..] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            std::fs::write(folder.path().join(".database"), &address).expect("a file");
            nodes.push(Platform::start_in(folder, &borrowed(&settings(line))));
        }
        let mut admin = nodes[0].client();
        admin.sign_in("admin@acme.example", PASSWORD).await.is(200);
        Self { nodes, lines, redis, admin }
    }

    /// Breaks, or mends, the line of every server.
    pub fn breaks(&self, fault: Fault) {
        self.lines.iter().for_each(|line| line.breaks(fault));
    }

    /// Someone who signs in at the first server, at every server.
    pub async fn signed_in(&self, email: &str) -> Vec<Client> {
        let mut client = self.nodes[0].client();
        client.sign_in(email, PASSWORD).await.is(200);
        let session = client.session.expect("a session");
        self.nodes.iter().map(|node| node.client().with_session(&session)).collect()
    }

    /// A program in these groups, and its key.
    pub async fn program(&self, name: &str, groups: &[&str]) -> (i64, String) {
        let body = json!({ "email": format!("{name}@acme.example"), "name": name, "user_type": "service_account" });
        let id = self.admin.post("/api/platform/v1/users", body).await.is(201).id();
        for group in groups {
            let group = self.admin.group(group).await;
            let body = json!({ "user": id, "group": group });
            self.admin.post("/api/platform/v1/memberships", body).await.is(201);
        }
        let arguments = json!({ "user": id, "name": "key", "expires_at": null });
        let key = self.admin.rule("create_api_key", arguments).await.is(200);
        (id, key.body.as_str().expect("a key").to_owned())
    }
}

fn owned(variables: &[(&str, &str)]) -> Vec<(String, String)> {
    variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn borrowed(variables: &[(String, String)]) -> Vec<(&str, &str)> {
    variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Asks again until it is so.
pub async fn until(what: &str, limit: Duration, mut is_so: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < limit, "not within {limit:?}: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
