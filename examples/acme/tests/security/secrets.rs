//! Secrets at rest: where the key comes from, what it keeps from others, and how it is changed.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use super::support::{Answer, Client, Method, Platform, SECRET_KEY, acme, database, ended, prepared};
use super::{CUSTOMERS, files_with};

/// Another key than that of all tests.
const OTHER_KEY: &str = "YW5vdGhlciBrZXkgb2YgdGhlIHRlc3RzLCAzMiBieXQ=";
const KEY: &str = "APPOS_SECRET_KEY";
const OLD_KEYS: &str = "APPOS_SECRET_KEYS_OLD";

async fn keyed(client: &Client, key: &str, body: &Json) -> Answer {
    client.send(client.request(Method::POST, CUSTOMERS).header("idempotency-key", key).json(body)).await
}

fn is_replay(answer: &Answer) -> bool {
    answer.headers.get("idempotency-replayed").is_some_and(|value| value == "true")
}

fn new(name: &str) -> Json {
    json!({ "name": name, "email": format!("{name}@customer.example") })
}

#[track_caller]
fn refused(command: Command) -> String {
    let output = ended(command);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(output.stdout.is_empty(), "it does not listen");
    for key in [SECRET_KEY, OTHER_KEY] {
        assert!(!text.contains(key.get(..10).expect("a part")), "a key is shown: {text}");
    }
    text
}

#[test]
fn outside_development_a_platform_without_a_key_is_not_started() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = acme(folder.path());
    command.env("APPOS__ENVIRONMENT", "prod").env_remove(KEY);
    let text = refused(command);
    assert!(text.contains("there is no secret key, and in the environment `prod` none is made"), "{text}");
    assert!(text.contains("set `APPOS_SECRET_KEY` to 32 random bytes"), "{text}");
    assert!(!folder.path().join(".appos/acme.db").exists(), "nothing was begun");
}

#[test]
fn a_key_that_is_none_or_stands_in_a_file_of_the_project_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = acme(folder.path());
    command.env(KEY, "a short key");
    let text = refused(command);
    assert!(
        text.contains("environment variable APPOS_SECRET_KEY: a secret key is 32 random bytes as base64"),
        "{text}"
    );
    assert!(!text.contains("a short key"), "{text}");
    for line in [format!("  secret_key: {OTHER_KEY}\n"), format!("  secret_keys_old: {OTHER_KEY}\n")] {
        fs::write(folder.path().join("appos.yaml"), format!("security:\n{line}")).expect("a file");
        let text = refused(acme(folder.path()));
        assert!(text.contains("appos.yaml:2:"), "{text}");
        assert!(text.contains("does not belong in a file of the project"), "{text}");
    }
}

#[tokio::test]
async fn in_development_a_key_is_made_once_and_kept_from_others() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let start = |folder: &Path| {
        let mut command = acme(folder);
        command.env_remove(KEY).args(["secrets", "rotate"]);
        command
    };
    // What the platform itself would do.
    let mut first = acme(folder.path());
    first.env_remove(KEY).args(["migrate", "up"]);
    ended(first);
    told(&ended(start(folder.path())));
    let path = folder.path().join(".appos/secret.key");
    let key = fs::read_to_string(&path).expect("the key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o600);
    }
    told(&ended(start(folder.path())));
    assert_eq!(fs::read_to_string(&path).expect("the key"), key, "it stays");
    // The database is that key's.
    let text = refused(acme(folder.path()));
    assert!(text.contains("the secret key is not that of this database"), "{text}");
    assert!(text.contains("help: set `APPOS_SECRET_KEY` to the key that was used before"), "{text}");
    assert!(!text.contains(key.trim()), "{text}");
    let mut named = acme(folder.path());
    named.env_remove(KEY).env("APPOS_SECRET_KEY_FILE", &path).args(["secrets", "rotate"]);
    told(&ended(named));
}

/// What a rotation says.
#[track_caller]
fn told(output: &Output) -> Json {
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no JSON: {error}"))
}

fn rotation(folder: &Path, keys: [(&str, &str); 2]) -> Output {
    let mut command = acme(folder);
    command.envs(keys).args(["secrets", "rotate"]);
    ended(command)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_changed_while_clients_write_and_no_call_fails() {
    let start = prepared(&[]).await;
    let session = start.sales.session.clone().expect("a session");
    for number in 0..20 {
        keyed(&start.sales, &format!("before-{number}"), &new(&format!("before-{number}"))).await.is(201);
    }
    // The new key seals, the one before still opens.
    let keys = [(KEY, OTHER_KEY), (OLD_KEYS, SECRET_KEY)];
    let platform = Platform::start_in(start.platform.into_folder(), &keys);
    let sales = platform.client().with_session(&session);
    let writing: Vec<_> = (0..4)
        .map(|client| {
            let sales = sales.clone();
            tokio::spawn(async move {
                for number in 0..40 {
                    let name = format!("during-{client}-{number}");
                    assert!(!is_replay(&keyed(&sales, &name, &new(&name)).await.is(201)));
                    assert!(is_replay(&keyed(&sales, &name, &new(&name)).await.is(201)));
                    let name = format!("before-{}", number % 20);
                    assert!(is_replay(&keyed(&sales, &name, &new(&name)).await.is(201)), "sealed with the old key");
                }
            })
        })
        .collect();
    let folder = platform.folder().to_owned();
    let rotated = tokio::task::spawn_blocking(move || told(&rotation(&folder, keys))).await.expect("a rotation");
    for writing in writing {
        writing.await.expect("no call failed");
    }
    assert!(rotated["sealed"].as_u64() >= Some(40), "an answer and a fingerprint each: {rotated}");
    assert_eq!(rotated["unreadable"], 0);
    // The old key is no longer needed, and no longer enough.
    let folder = platform.into_folder();
    let text = refused(acme(folder.path()));
    assert!(text.contains("the secret key is not that of this database"), "{text}");
    let platform = Platform::start_in(folder, &[(KEY, OTHER_KEY)]);
    let sales = platform.client().with_session(&session);
    for name in ["before-0", "before-19", "during-0-0", "during-3-39"] {
        let again = keyed(&sales, name, &new(name)).await.is(201);
        assert!(is_replay(&again) && again.body["name"] == name);
        let other = keyed(&sales, name, &new("other")).await;
        other.problem(422, "idempotency_key_reused");
    }
}

#[tokio::test]
async fn what_is_in_the_archive_is_sealed_with_a_new_key_too() {
    const ONBOARD: &str = "/api/crm/v1/processes/onboard_customer";
    let start = prepared(&[]).await;
    let session = start.sales.session.clone().expect("a session");
    // Whether it was started with other arguments before is known from those that are kept.
    let onboard = async |client: &Client| {
        let request = client.request(Method::POST, ONBOARD).header("idempotency-key", "one");
        client.send(request.json(&json!({ "customer_id": 1 }))).await.is(202).body["id"].clone()
    };
    let id = onboard(&start.sales).await;
    let folder = start.platform.into_folder();
    if database::on_postgres() {
        let part = "CREATE TABLE put_away PARTITION OF platform_process_instance_archive DEFAULT";
        database::execute(folder.path(), part).await;
    }
    let put_away = "INSERT INTO platform_process_instance_archive SELECT * FROM platform_process_instance";
    database::execute(folder.path(), put_away).await;
    database::execute(folder.path(), "DELETE FROM platform_process_instance").await;
    told(&rotation(folder.path(), [(KEY, OTHER_KEY), (OLD_KEYS, SECRET_KEY)]));
    let platform = Platform::start_in(folder, &[(KEY, OTHER_KEY)]);
    let sales = platform.client().with_session(&session);
    assert_eq!(onboard(&sales).await, id);
    let path = format!("{ONBOARD}/instances/{}", id.as_str().expect("an id"));
    assert_eq!(sales.get(&path).await.is(200).body["archived"], true);
    let cancel = sales.request(Method::POST, &format!("{path}/cancel"));
    sales.send(cancel).await.problem(409, "instance_archived");
}

#[tokio::test]
async fn a_sealed_text_that_was_put_into_another_row_is_not_read() {
    let start = prepared(&[]).await;
    let before = start.sales.count(CUSTOMERS).await;
    keyed(&start.sales, "one", &new("one")).await.is(201);
    keyed(&start.sales, "two", &new("two")).await.is(201);
    database::execute(
        start.platform.folder(),
        "UPDATE platform_idempotency_key SET answer = \
         (SELECT answer FROM platform_idempotency_key WHERE request_key = 'two') WHERE request_key = 'one'",
    )
    .await;
    keyed(&start.sales, "one", &new("one")).await.problem(500, "unreadable_secret");
    assert!(is_replay(&keyed(&start.sales, "two", &new("two")).await.is(201)));
    // A text that nobody has sealed is none, either.
    database::execute(
        start.platform.folder(),
        "UPDATE platform_idempotency_key SET answer = '{\"status\":201,\"body\":\"forged\"}' WHERE request_key = 'two'",
    )
    .await;
    let forged = keyed(&start.sales, "two", &new("two")).await.problem(500, "unreadable_secret");
    assert!(!forged.body.to_string().contains("forged"));
    assert_eq!(start.sales.count(CUSTOMERS).await, before + 2, "nothing was done twice");
}

/// A platform that has stopped with one call in its outbox, and the way to tell that it was made.
async fn with_a_call_that_waits() -> (tempfile::TempDir, &'static str) {
    let start = prepared(&[("APPOS__OUTBOX__CONCURRENCY", "0")]).await;
    let order = start.sales.get("/api/crm/v1/orders?limit=1").await.is(200).body["rows"][0].clone();
    let path = format!("/api/crm/v1/orders/{}", order["id"]);
    start.sales.patch(&path, json!({ "note": "changed", "version": order["version"] })).await.is(200);
    let folder = start.platform.into_folder();
    let called = r#""object_ref":"crm.rules.order_changed","object_type":"rule","app":"crm","operation":"call""#;
    assert!(files_with(&folder.path().join(".appos/logs/rule"), called).is_empty(), "it waits");
    (folder, called)
}

async fn until_called(platform: Platform, called: &str) {
    let logs = platform.folder().join(".appos/logs/rule");
    let deadline = Instant::now() + Duration::from_secs(60);
    while files_with(&logs, called).is_empty() {
        assert!(Instant::now() < deadline, "the call was not made");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn arguments(folder: &Path) -> String {
    let found = database::texts(folder, "SELECT arguments FROM platform_outbox").await;
    assert_eq!(found.len(), 1, "{found:?}");
    found.concat()
}

#[tokio::test]
async fn a_call_that_waits_is_made_after_the_key_has_changed() {
    let (folder, called) = with_a_call_that_waits().await;
    let before = arguments(folder.path()).await;
    let keys = [(KEY, OTHER_KEY), (OLD_KEYS, SECRET_KEY)];
    // The call, the values of four sessions, and the text by which a wrong key is found out.
    assert_eq!(told(&rotation(folder.path(), keys)), json!({ "format": 1, "sealed": 6, "unreadable": 0 }));
    assert_eq!(told(&rotation(folder.path(), keys))["sealed"], 0, "once is enough");
    let after = arguments(folder.path()).await;
    assert!(before != after && [before, after].iter().all(|text| text.starts_with("sealed:1:")));
    until_called(Platform::start_in(folder, &[(KEY, OTHER_KEY)]), called).await;
}

#[tokio::test]
async fn what_was_plain_before_there_was_a_key_is_sealed_when_there_is_one_and_never_believed_again() {
    const PLAIN: &str = "UPDATE platform_outbox SET arguments = '{\"order_id\": 1}'";
    let silent = [("APPOS__OUTBOX__CONCURRENCY", "0")];
    let (folder, called) = with_a_call_that_waits().await;
    // As a database of before.
    database::execute(folder.path(), PLAIN).await;
    database::execute(folder.path(), "DELETE FROM platform_setting WHERE name = 'secret_key_check'").await;
    let folder = Platform::start_in(folder, &silent).into_folder();
    assert!(arguments(folder.path()).await.starts_with("sealed:1:"));
    // From now on a plain text is somebody's who has no key.
    database::execute(folder.path(), PLAIN).await;
    let settings = [("APPOS__OUTBOX__MAX_ATTEMPTS", "1")];
    let platform = Platform::start_in(folder, &settings);
    let parked = "SELECT error FROM platform_outbox WHERE parked_at IS NOT NULL";
    let deadline = Instant::now() + Duration::from_secs(60);
    let error = loop {
        let found = database::texts(platform.folder(), parked).await;
        if let Some(error) = found.first() {
            break error.clone();
        }
        assert!(Instant::now() < deadline, "it was not put aside");
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert_eq!(error, "a stored secret cannot be read (unreadable_secret)");
    assert!(files_with(&platform.folder().join(".appos/logs/rule"), called).is_empty(), "it was not called");
}
