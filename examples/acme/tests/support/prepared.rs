//! A platform with users, made once and copied: filling a database and hashing passwords
//! takes longer than most tests.

use serde_json::json;
use tokio::sync::OnceCell;

use super::{Client, Platform, database};

/// The password of every user here.
pub const PASSWORD: &str = "correct horse battery staple";

/// A folder in which a platform has run, and the sessions of its users.
struct Original {
    folder: tempfile::TempDir,
    sessions: [String; 4],
}

/// A running platform and clients who are signed in.
pub struct Prepared {
    pub platform: Platform,
    /// `admin@acme.example`, system administrator.
    pub admin: Client,
    /// `sales@acme.example`, in `crm_users` and `billing_viewers`.
    pub sales: Client,
    /// `finance@acme.example`, in `finance`.
    pub finance: Client,
    /// `outsider@acme.example`, in no group.
    pub outsider: Client,
}

/// A platform of the test's own, with demonstration data and four users.
pub async fn prepared(variables: &[(&str, &str)]) -> Prepared {
    static ORIGINAL: OnceCell<Original> = OnceCell::const_new();
    let original = ORIGINAL.get_or_init(make).await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    database::copy(original.folder.path(), folder.path());
    let platform = Platform::start_in(folder, variables);
    let [admin, sales, finance, outsider] =
        original.sessions.each_ref().map(|session| platform.client().with_session(session));
    Prepared { platform, admin, sales, finance, outsider }
}

async fn make() -> Original {
    let platform = Platform::start();
    let mut admin = platform.client();
    let token = platform.token.clone().expect("a token");
    let body = json!({ "token": token, "email": "admin@acme.example", "name": "Ada", "password": PASSWORD });
    let answer = admin.post("/auth/setup", body).await.is(201);
    admin.keep(&answer);
    let sales = user(&platform, &admin, "sales", &["crm_users", "billing_viewers"]).await;
    let finance = user(&platform, &admin, "finance", &["finance"]).await;
    let outsider = user(&platform, &admin, "outsider", &[]).await;
    let sessions = [admin, sales, finance, outsider].map(|client| client.session.expect("a session"));
    Original { folder: platform.into_folder(), sessions }
}

/// Makes a user with groups and a password, and signs in.
pub async fn user(platform: &Platform, admin: &Client, name: &str, groups: &[&str]) -> Client {
    let email = format!("{name}@acme.example");
    let user = admin.post("/api/platform/v1/users", json!({ "email": email, "name": name })).await.is(201).id();
    for group in groups {
        let found = admin.get(&format!("/api/platform/v1/groups?filter[name]={group}")).await.is(200);
        let group = found.body["rows"][0]["id"].as_i64().expect("the group of an app exists");
        admin.post("/api/platform/v1/memberships", json!({ "user": user, "group": group })).await.is(201);
    }
    let body = json!({ "user": user, "password": PASSWORD });
    admin.post("/api/platform/v1/rules/set_password", body).await.is(200);
    let mut client = platform.client();
    client.sign_in(&email, PASSWORD).await.is(200);
    client
}
