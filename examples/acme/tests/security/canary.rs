//! Secrets are planted by using the program as everybody does, and then looked for wherever it
//! leaves something: log files, what it prints, answers, pages, documents, and the database.

use std::fs;
use std::process::Stdio;

use serde_json::json;

use super::support::{Client, Method, SECRET_KEY, acme, database, ended, prepared};
use super::{CUSTOMERS, MEMBERSHIPS, USERS, files_with};

/// Texts that nobody may find again, each with what it is.
#[derive(Default)]
struct Planted(Vec<(&'static str, String)>);

impl Planted {
    fn plant(&mut self, what: &'static str, text: impl Into<String>) -> String {
        let text = text.into();
        assert!(text.len() >= 12, "{what} is too short to be found by chance only");
        self.0.push((what, text.clone()));
        text
    }

    /// Fails if a text holds any of them.
    #[track_caller]
    fn are_not_in(&self, place: &str, text: &str) {
        for (what, secret) in &self.0 {
            assert!(!text.contains(secret.as_str()), "{what} is in {place}");
        }
    }
}

/// What a client may be shown whatever it asks for.
async fn answers(client: &Client, bodies: &mut Vec<(String, String)>, path: &str) {
    let answer = client.get(path).await;
    bodies.push((path.to_owned(), format!("{} {:?}", answer.body, answer.headers)));
}

#[tokio::test]
async fn what_is_secret_is_found_nowhere() {
    let mut planted = Planted::default();
    planted.plant("the secret key", SECRET_KEY);
    let start = prepared(&[]).await;
    let (admin, mut bodies) = (start.admin.clone(), Vec::new());
    let secret_of = |session: &str| session.split_once('=').expect("a cookie").1.to_owned();
    for (what, client) in [("a session of the administrator", &admin), ("a session of a user", &start.sales)] {
        planted.plant(what, secret_of(client.session.as_deref().expect("a session")));
    }
    let folder = start.platform.folder().to_owned();

    // Passwords: set, right, wrong, too weak, in the wrong place.
    let user = admin.post(USERS, json!({ "email": "cy@acme.example", "name": "Cy" })).await.is(201).id();
    let password = planted.plant("a password", "canary-password-4711-set");
    admin.rule("set_password", json!({ "user": user, "password": password })).await.is(200);
    let wrong = planted.plant("a wrong password", "canary-password-4711-wrong");
    let refused = start.platform.client().sign_in("cy@acme.example", &wrong).await.is(401);
    bodies.push(("a refused sign-in".to_owned(), refused.body.to_string()));
    let misplaced = planted.plant("a password as a number of a user", "canary-password-4711-misplaced");
    let refused = admin.rule("set_password", json!({ "user": 999_999, "password": misplaced })).await;
    bodies.push(("a refused password".to_owned(), refused.body.to_string()));
    let mut cy = start.platform.client();
    cy.sign_in("cy@acme.example", &password).await.is(200);
    planted.plant("a session that began here", secret_of(cy.session.as_deref().expect("a session")));
    let page = planted.plant("a password on the page", "canary-password-4711-page");
    let shown = start.platform.client().form("/login", &[("email", "cy@acme.example"), ("password", &page)]).await;
    bodies.push(("the page of the sign-in".to_owned(), shown.body.to_string()));

    // API keys: one that counts, one that does not.
    let robot = json!({ "email": "robot@acme.example", "name": "Robot", "user_type": "service_account" });
    let robot = admin.post(USERS, robot).await.is(201).id();
    let group = admin.group("crm_users").await;
    admin.post(MEMBERSHIPS, json!({ "user": robot, "group": group })).await.is(201);
    let made = admin.rule("create_api_key", json!({ "user": robot, "name": "nightly" })).await.is(200);
    let key = planted.plant("an API key", made.body.as_str().expect("a key"));
    start.platform.client().get_by_key(CUSTOMERS, &key).await.is(200);
    let bad = planted.plant("a wrong API key", "appos_canary-key-4711-that-is-wrong-and-long-enough");
    let refused = start.platform.client().get_by_key(CUSTOMERS, &bad).await.is(401);
    bodies.push(("a refused key".to_owned(), refused.body.to_string()));
    // A cookie and a token that lead nowhere.
    let cookie = planted.plant("a wrong session", "canary-session-4711-aaaaaaaaaaaaaaaaaaaaaaaa");
    let name = admin.session.as_deref().and_then(|session| session.split_once('=')).expect("a cookie").0.to_owned();
    let stranger = start.platform.client().with_session(&format!("{name}={cookie}"));
    bodies.push(("a wrong session".to_owned(), stranger.get(CUSTOMERS).await.is(401).body.to_string()));
    let token = planted.plant("a wrong token", "canary-token-4711-of-a-set-up");
    let account = json!({ "token": token, "email": "x@acme.example", "password": password });
    bodies.push(("a refused set-up".to_owned(), admin.post("/auth/setup", account).await.is(403).body.to_string()));

    // What stands in the database only as long as its row has it: copies are sealed.
    let mut copies = Planted::default();
    let kept = copies.plant("a kept answer", "Canary Copy 4711 Ltd");
    let body = json!({ "name": kept, "email": "canary@customer.example" });
    let post = || admin.request(Method::POST, CUSTOMERS).header("idempotency-key", "canary").json(&body);
    let row = admin.send(post()).await.is(201);
    admin.send(post()).await.is(201);

    // A sensitive field, which few may read: changed, refused, filtered by.
    let employee = admin.get("/api/billing/v1/employees?limit=1").await.is(200).body["rows"][0].clone();
    let path = format!("/api/billing/v1/employees/{}", employee["id"]);
    let birth = "1901-02-03";
    admin.patch(&path, json!({ "birth_date": birth, "version": employee["version"] })).await.is(200);
    admin.patch(&path, json!({ "birth_date": "canary-birth-4711-wrong", "version": 2 })).await.is(422);
    for path in [CUSTOMERS, "/api/billing/v1/employees", "/api/platform/v1/users", "/auth/me"] {
        answers(&start.sales, &mut bodies, path).await;
    }

    // Documents and pages.
    for path in ["/api/openapi.json", "/api/docs/", "/login", "/", "/setup", "/health", "/nowhere"] {
        answers(&admin, &mut bodies, path).await;
        answers(&start.platform.client(), &mut bodies, path).await;
    }
    for (place, body) in &bodies {
        planted.are_not_in(place, body);
    }
    assert!(!bodies.iter().any(|(_, body)| body.contains(birth)), "a field is shown to whoever may not read it");

    let mut platform = start.platform;
    assert!(platform.terminate().success());
    let logs = folder.join(".appos/logs");
    for (what, secret) in planted.0.iter().chain(&copies.0) {
        assert_eq!(files_with(&logs, secret), [""; 0], "{what} is in a log file");
    }
    for text in [birth, "canary-birth-4711-wrong"] {
        assert_eq!(files_with(&logs, text), [""; 0], "the value of a sensitive field is in a log file");
    }
    // All of the database: its file and what stands beside it, or a dump.
    for (what, secret) in &planted.0 {
        assert!(!database::holds(&folder, secret), "{what} is in the database");
    }
    // A copy is not: when the row is gone, only its own pages and its audit log can have it.
    let answers = database::texts(&folder, "SELECT answer FROM platform_idempotency_key").await;
    assert_eq!(answers.len(), 1);
    assert!(answers.iter().all(|answer| answer.starts_with("sealed:1:")), "{answers:?}");
    copies.are_not_in("a kept answer", &answers.concat());
    let prints = database::texts(&folder, "SELECT fingerprint FROM platform_idempotency_key").await;
    copies.are_not_in("a fingerprint", &prints.concat());
    let audit = database::texts(&folder, "SELECT changes FROM platform_audit_log").await.concat();
    planted.are_not_in("the audit log", &audit);
    assert!(!audit.contains(birth), "the value of a sensitive field is in the audit log");
    assert!(row.id() > 0);
}

#[test]
fn what_a_start_prints_has_no_secret_but_the_link_that_is_meant_for_the_console() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let address = "postgres://canary_user:canary-database-4711@127.0.0.1:1/canary";
    for (name, value) in [("APPOS__DATABASE__URL", address), ("APPOS__LOGGING__LEVEL", "trace")] {
        let mut command = acme(folder.path());
        command.env("APPOS__DATABASE__URL", address).env(name, value).env("APPOS__DATABASE__CONNECT_TIMEOUT", "1s");
        let output = ended(command);
        let text = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
        assert!(!output.status.success(), "{text}");
        for secret in ["canary-database-4711", SECRET_KEY] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[tokio::test]
async fn what_a_running_program_prints_has_no_secret() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let print = |name: &str| fs::File::create(folder.path().join(name)).expect("a file");
    let mut command = acme(folder.path());
    command.env("APPOS__LOGGING__LEVEL", "trace").stdout(Stdio::from(print("out"))).stderr(Stdio::from(print("err")));
    let mut child = command.spawn().expect("the program starts");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap_or_default();
    let begun = std::time::Instant::now();
    while !read("out").contains("/setup?token=") {
        assert!(begun.elapsed() < std::time::Duration::from_secs(120), "{}", read("err"));
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let out = read("out");
    let url = out.lines().find_map(|line| line.strip_prefix("Listening on ")).expect("an address").to_owned();
    let token = out.split("/setup?token=").nth(1).and_then(|rest| rest.lines().next()).expect("a token").to_owned();
    let mut admin = Client::new(&url);
    let password = "canary-password-4711-first";
    let account = json!({ "token": token, "email": "ada@acme.example", "name": "Ada", "password": password });
    let made = loop {
        match admin.request(Method::POST, "/auth/setup").json(&account).send().await {
            Ok(_) => break admin.sign_in("ada@acme.example", password).await.is(200),
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
        }
    };
    let session = made.headers["set-cookie"].to_str().expect("a cookie").split(';').next().expect("a cookie");
    let session = session.split_once('=').expect("a value").1.to_owned();
    let new = json!({ "name": "Canary", "email": "canary@customer.example" });
    admin.send(admin.request(Method::POST, CUSTOMERS).header("idempotency-key", "canary").json(&new)).await.is(201);
    super::support::signal(&child, "TERM");
    assert!(child.wait().expect("its end").success());
    let printed = read("out").replace(&format!("/setup?token={token}"), "");
    for (place, text) in [("stdout", printed), ("stderr", read("err"))] {
        for secret in [&*token, password, &session, SECRET_KEY] {
            assert!(!text.contains(secret), "{secret} is on {place}");
        }
    }
}
