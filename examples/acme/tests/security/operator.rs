//! What `cargo appos user` asks of the program: accounts are changed by the operator, with the
//! platform's checks, its audit log and its security log; a platform that serves meanwhile notices.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value as Json, json};

use super::support::{Client, PASSWORD, Platform, acme, ended, lines, prepared};
use super::{USERS, files_with};

/// What the program answers, and whether it did what it was asked for.
fn asked(folder: &Path, arguments: &[&str], input: Option<&str>) -> (bool, Json) {
    asked_of(folder, "__user", arguments, input)
}

fn asked_of(folder: &Path, mode: &str, arguments: &[&str], input: Option<&str>) -> (bool, Json) {
    let mut command = acme(folder);
    command.arg(mode).args(arguments);
    // A start would be refused if the tables had to be changed; nobody asked for that.
    command.env_remove("APPOS__DATABASE__MIGRATE");
    let output = match input {
        None => ended(command),
        Some(input) => {
            let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = piped.spawn().expect("the program starts");
            child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("it reads");
            child.wait_with_output().expect("its output")
        }
    };
    let said = String::from_utf8_lossy(&output.stderr);
    let answer: Json = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{arguments:?}: {said}"));
    assert_eq!(answer["format"], 1);
    (output.status.success(), answer)
}

#[track_caller]
fn done(folder: &Path, arguments: &[&str]) -> Json {
    let (is_done, answer) = asked(folder, arguments, None);
    assert!(is_done, "{arguments:?}: {answer}");
    answer
}

#[track_caller]
fn refused(folder: &Path, arguments: &[&str]) -> (String, String, String) {
    let (is_done, answer) = asked(folder, arguments, None);
    assert!(!is_done, "{arguments:?}: {answer}");
    let text = |key: &str| answer["error"][key].as_str().unwrap_or_default().to_owned();
    (text("code"), text("message"), text("help"))
}

/// Asks until the answer has this status: the platform looks for changes of others now and then.
async fn until(client: &Client, path: &str, status: u16) {
    for _ in 0..600 {
        if client.get(path).await.status == status {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{path} never answers {status}");
}

#[tokio::test]
async fn accounts_are_made_and_changed_while_the_platform_serves() {
    let start = prepared(&[]).await;
    let folder = start.platform.folder().to_owned();
    let create = ["create", "--name=Bo", "--group=crm_users", "--password", "--", "Bo@Acme.example"];
    let (is_done, made) = asked(&folder, &create, Some(&format!("{PASSWORD}\n")));
    assert!(is_done, "{made}");
    let account = &made["user"];
    assert_eq!((&account["email"], &account["name"]), (&json!("bo@acme.example"), &json!("Bo")));
    assert_eq!((&account["groups"], &account["password"]), (&json!(["crm_users"]), &json!(true)));
    let mut bo = start.platform.client();
    bo.sign_in("bo@acme.example", PASSWORD).await.is(200);
    bo.get("/api/crm/v1/customers?limit=1").await.is(200);

    // What the running platform remembers of him does not outlive the change.
    assert_eq!(done(&folder, &["remove-from", "--", "bo", "crm_users"])["changed"], true);
    until(&bo, "/api/crm/v1/customers?limit=1", 404).await;
    assert_eq!(done(&folder, &["remove-from", "--", "bo", "crm_users"])["changed"], false);
    assert_eq!(done(&folder, &["add-to", "--", "bo", "crm_users"])["changed"], true);
    until(&bo, "/api/crm/v1/customers?limit=1", 200).await;
    assert_eq!(done(&folder, &["deactivate", "--", "Bo"])["user"]["active"], false);
    until(&bo, "/auth/me", 401).await;
    assert_eq!(done(&folder, &["activate", "--", "bo@acme.example"])["user"]["active"], true);
    until(&bo, "/auth/me", 200).await;

    // A new password ends the sessions.
    let (is_done, answer) = asked(&folder, &["password", "--", "bo"], Some("another long password"));
    assert!(is_done, "{answer}");
    until(&bo, "/auth/me", 401).await;
    bo.session = None;
    bo.sign_in("bo@acme.example", PASSWORD).await.problem(401, "bad_credentials");
    bo.sign_in("bo@acme.example", "another long password").await.is(200);

    let all = done(&folder, &["list"]);
    let emails: Vec<&str> =
        all["users"].as_array().expect("users").iter().filter_map(|u| u["email"].as_str()).collect();
    assert_eq!(emails.len(), 5, "{all}");
    assert!(emails.contains(&"admin@acme.example") && emails.contains(&"bo@acme.example"), "{all}");
    assert_eq!(done(&folder, &["show", "--", "sales"])["user"]["groups"], json!(["billing_viewers", "crm_users"]));
}

#[tokio::test]
async fn what_the_operator_did_is_logged_and_audited_as_such() {
    let start = prepared(&[]).await;
    let folder = start.platform.folder().to_owned();
    let (is_done, _) = asked(&folder, &["password", "--", "sales"], Some("a secret that no file holds"));
    assert!(is_done);
    done(&folder, &["deactivate", "--", "finance"]);
    let finance = start.admin.id_of("finance").await;
    let audit = start.admin.get(&format!("{USERS}/{finance}/audit")).await.is(200);
    let entry = &audit.body["entries"][0];
    assert_eq!((&entry["user"], &entry["changes"]["active"]["new"]), (&json!(-2), &json!(false)), "{entry}");
    let row = start.admin.get(&format!("{USERS}/{finance}")).await.is(200);
    assert_eq!(row.body["updated_by"], Json::Null, "no user's row can be referred to: {}", row.body);

    let logs = folder.join(".appos/logs");
    let execution = entry["execution_id"].as_str().expect("an execution");
    let executions = lines(&logs, "execution");
    let line = executions.iter().find(|line| line.text("execution_id") == execution).expect("its line");
    assert_eq!((&line.json["user_id"], line.text("user")), (&json!(-2), "operator"), "{line:?}");
    let security = lines(&logs, "security");
    let line = security.iter().find(|line| line.text("action") == "password_set").expect("its line");
    assert_eq!(line.text("user"), "operator", "{line:?}");
    assert_eq!(files_with(&folder, "a secret that no file holds"), Vec::<String>::new());
}

#[tokio::test]
async fn what_an_administrator_may_not_do_the_operator_may_not_either() {
    let start = prepared(&[]).await;
    let folder = start.platform.folder().to_owned();
    let (code, message, _) = refused(&folder, &["deactivate", "--", "admin"]);
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("last_system_admin", "this is the last system administrator who can sign in")
    );
    start.admin.get("/auth/me").await.is(200);

    let (_, message, help) = refused(&folder, &["show", "--", "slaes"]);
    assert_eq!((message.as_str(), help.as_str()), ("there is no user `slaes`", "did you mean `sales`?"));
    let (_, message, help) = refused(&folder, &["add-to", "--", "sales", "crm_user"]);
    assert_eq!((message.as_str(), help.as_str()), ("there is no group `crm_user`", "did you mean `crm_users`?"));
    let (code, ..) = refused(&folder, &["create", "--", "sales@acme.example"]);
    assert_eq!(code, "not_unique");
    // All or nothing: a group that is none leaves no account.
    let (code, ..) = refused(&folder, &["create", "--group=crm_users", "--group=nonsense", "--", "new@acme.example"]);
    assert_eq!(code, "unknown_group");
    for (password, code) in
        [("short\n", "invalid_fields"), ("two lines\nof a long password", "no_password"), ("", "invalid_fields")]
    {
        let create = ["create", "--password", "--", "new@acme.example"];
        let (is_done, answer) = asked(&folder, &create, Some(password));
        assert_eq!((is_done, &answer["error"]["code"]), (false, &json!(code)), "{password:?}: {answer}");
    }
    assert_eq!(refused(&folder, &["show", "--", "new@acme.example"]).0, "unknown_user");
    assert_eq!(refused(&folder, &["setup-link"]).0, "has_administrator");
}

#[tokio::test]
async fn a_link_that_was_asked_for_leads_to_the_first_administrator_once() {
    let platform = Platform::start();
    let folder = platform.folder().to_owned();
    let old = done(&folder, &["setup-link"]);
    let link = done(&folder, &["setup-link"]);
    let token = |answer: &Json| {
        answer["url"].as_str().and_then(|url| url.split_once("/setup?token=")).expect("a link").1.to_owned()
    };
    let client = platform.client();
    let form = |token: &str, email: &str| json!({ "token": token, "email": email, "name": "", "password": PASSWORD });
    client.post("/auth/setup", form(&token(&old), "eve@acme.example")).await.problem(403, "bad_setup_token");
    client.post("/auth/setup", form(&token(&link), "ada@acme.example")).await.is(201);
    client.post("/auth/setup", form(&token(&link), "eve@acme.example")).await.problem(403, "bad_setup_token");
    assert_eq!(refused(&folder, &["setup-link"]).0, "has_administrator");
    assert_eq!(files_with(&folder, &token(&link)), Vec::<String>::new());
}

#[test]
fn without_a_database_nothing_is_made() {
    if super::support::database::on_postgres() {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (code, _, help) = refused(folder.path(), &["list"]);
    assert_eq!(
        (code.as_str(), help.as_str()),
        ("no_database", "start the platform once, or run `cargo appos migrate up`")
    );
    assert!(!folder.path().join(".appos").exists());
}

#[tokio::test]
async fn links_are_made_at_the_machine_and_lead_to_the_platform_that_serves() {
    let start = prepared(&[]).await;
    let folder = start.platform.folder().to_owned();
    let client = start.platform.client();
    done(&folder, &["create", "--", "gwen@acme.example"]);
    let invited = done(&folder, &["invite", "--", "gwen"]);
    assert_eq!(
        (&invited["user"]["email"], &invited["holds_for_seconds"]),
        (&json!("gwen@acme.example"), &json!(604_800))
    );
    let token =
        |answer: &Json| answer["url"].as_str().and_then(|url| url.split_once("?token=")).expect("a link").1.to_owned();
    let body = |token: &str, password: &str| json!({ "token": token, "password": password });
    client.post("/auth/invitation", body(&token(&invited), PASSWORD)).await.is(200);
    client.clone().sign_in("gwen@acme.example", PASSWORD).await.is(200);
    assert_eq!(refused(&folder, &["invite", "--", "gwen"]).1, "there is no such link for this user");
    let link = done(&folder, &["reset-link", "--", "gwen"]);
    assert_eq!(link["holds_for_seconds"], 1800);
    client.post("/auth/reset", body(&token(&link), "another good password")).await.is(204);
    client.clone().sign_in("gwen@acme.example", "another good password").await.is(200);
    assert_eq!(refused(&folder, &["reset-link", "--", "nobody-of-this-name"]).0, "unknown_user");
}

#[tokio::test]
async fn secrets_of_systems_outside_are_entered_at_the_machine_and_shown_to_nobody() {
    const SECRET: &str = "s3cret-of-the-payment-service";
    let start = prepared(&[]).await;
    let folder = start.platform.folder().to_owned();
    let outside = |verb: &str, input: Json| asked_of(&folder, "__outside", &[verb], Some(&input.to_string()));
    let payments = "billing.connected_systems.payments";
    let listed = || {
        let (is_done, answer) = outside("list", json!({}));
        assert!(is_done, "{answer}");
        let systems = answer["systems"].as_array().expect("systems").clone();
        systems.into_iter().find(|system| system["system"] == payments).expect("the payment service")
    };
    assert_eq!(listed()["missing_secrets"], json!(["PAYMENTS_KEY"]));
    assert!(listed()["used_by"].as_array().expect("a list").contains(&json!("billing.integrations.create_charge")));
    let (is_done, tests) = outside("test", json!({ "system": "payments" }));
    assert!(is_done, "{tests}");
    let test = &tests["tests"][0];
    assert_eq!(
        (&test["system"], &test["answers"], &test["failure"]),
        (&json!(payments), &json!(false), &json!("missing_secret"))
    );

    let (is_done, set) = outside("set-secret", json!({ "name": "PAYMENTS_KEY", "value": SECRET }));
    assert!(is_done, "{set}");
    assert_eq!((&set["changed"], &set["needed_by"]), (&json!(true), &json!([payments])));
    assert_eq!(listed()["missing_secrets"], json!([]));
    let (_, secrets) = outside("secrets", json!({}));
    let secret = |name: &str| {
        let all = secrets["secrets"].as_array().expect("secrets").iter();
        all.clone().find(|secret| secret["name"] == name).unwrap_or_else(|| panic!("no {name}: {secrets}")).clone()
    };
    let stored = secret("PAYMENTS_KEY");
    assert_eq!((&stored["source"], &stored["changed_by_name"]), (&json!("stored"), &json!("operator")));
    assert_eq!(secret("RATES_SECRET")["source"], "missing");
    for answer in [&set, &secrets, &outside("list", json!({})).1] {
        assert!(!answer.to_string().contains(SECRET), "{answer}");
    }

    let code = |(is_done, answer): (bool, Json)| {
        assert!(!is_done && !answer.to_string().contains(SECRET), "{answer}");
        answer["error"]["code"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(code(outside("set-secret", json!({ "name": "payments key", "value": SECRET }))), "invalid");
    assert_eq!(code(outside("set-secret", json!({ "name": "PAYMENTS_KEY", "value": "" }))), "invalid");
    assert_eq!(code(outside("test", json!({ "system": "paymnts" }))), "unknown_system");
    assert!(outside("delete-secret", json!({ "name": "PAYMENTS_KEY" })).0);
    assert_eq!(code(outside("delete-secret", json!({ "name": "PAYMENTS_KEY" }))), "unknown_secret");
    assert_eq!(listed()["missing_secrets"], json!(["PAYMENTS_KEY"]));

    // Who did that stands in the security log; what it was stands nowhere.
    let logged = lines(&folder.join(".appos/logs"), "security");
    for action in ["secret_set", "secret_deleted"] {
        let line = logged.iter().find(|line| line.text("action") == action).unwrap_or_else(|| panic!("no {action}"));
        assert_eq!(line.text("user"), "operator", "{line:?}");
    }
    assert_eq!(files_with(&folder, SECRET), Vec::<String>::new());
}
