//! What `cargo appos why` asks of the program: the same decision as in the running platform, from
//! its database alone, and nothing is written.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::{Value as Json, json};

use super::support::{acme, database, ended, prepared};
use super::{GRANTS, GROUPS, MEMBERSHIPS, USERS};

fn ask(folder: &Path, question: [&str; 3]) -> Output {
    let mut command = acme(folder);
    command.arg("__why").args(["--project", "."]).arg("--").args(question);
    ended(command)
}

fn told(folder: &Path, question: [&str; 3]) -> Json {
    let output = ask(folder, question);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[tokio::test]
async fn the_program_explains_a_decision_from_its_database() {
    let start = prepared(&[]).await;
    let (admin, folder) = (&start.admin, start.platform.folder());
    let user = admin.id_of("outsider").await;
    let group = admin.post(GROUPS, json!({ "name": "helpers" })).await.is(201).id();
    admin.post(MEMBERSHIPS, json!({ "user": user, "group": group })).await.is(201);
    let body = json!({ "group": group, "pattern": "crm.records.*", "permission": "delete" });
    admin.post(GRANTS, body).await.is(201);

    let answer = told(folder, ["sales@acme.example", "view", "crm.records.customer"]);
    assert_eq!(answer["allowed"], true);
    assert_eq!(answer["reason"], json!({ "because": "listed", "group": "crm_users", "list": "view" }));
    assert_eq!(answer["user"]["groups"], json!(["billing_viewers", "crm_users", "public_access"]));
    assert!(answer["fields"].as_array().is_some_and(|fields| fields.contains(&json!("credit_limit"))), "{answer}");

    // By the part before the `@`; rights of an app's defaults; a rule for rows.
    let answer = told(folder, ["sales", "use", "crm.rules.customer_overview"]);
    assert_eq!(answer["reason"]["because"], "tier_default");
    assert_eq!(told(folder, ["sales", "view", "crm.records.activity"])["rows"], true);

    // A grant of an administrator is named among the ways, though this user is not in the app.
    let answer = told(folder, ["outsider", "delete", "crm.records.customer"]);
    assert_eq!((&answer["allowed"], &answer["reason"]["because"]), (&json!(false), &json!("outside_app")));
    assert!(answer["givers"].as_array().is_some_and(|givers| givers.contains(&json!("helpers"))), "{answer}");
    assert!(answer["app_groups"].as_array().is_some_and(|groups| groups.contains(&json!("crm_users"))), "{answer}");
    let body = json!({ "user": user, "permission": "delete", "object": "crm.records.customer" });
    let same = admin.rule("why", body).await.is(200);
    assert_eq!((&same.body["allowed"], &same.body["reason"]), (&answer["allowed"], &answer["reason"]));

    assert_eq!(told(folder, ["admin", "delete", "billing.records.invoice"])["reason"]["because"], "system_admin");
    let public = told(folder, ["public_access", "view", "crm.records.customer"]);
    assert_eq!((&public["allowed"], &public["user"]["id"]), (&json!(false), &json!(0)));
    admin.change(&format!("{USERS}/{user}"), json!({ "active": false })).await;
    assert_eq!(told(folder, ["outsider", "view", "crm.records.customer"])["reason"]["because"], "inactive");
}

#[tokio::test]
async fn questions_that_are_none_are_refused_in_words() {
    let start = prepared(&[]).await;
    let folder = start.platform.folder();
    let refused = |question: [&str; 3]| {
        let output = ask(folder, question);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{question:?}");
        String::from_utf8(output.stderr).expect("text").trim().to_owned()
    };
    assert_eq!(refused(["nobody", "view", "crm.records.customer"]), "there is no user `nobody`");
    let mistyped = refused(["saels", "view", "crm.records.customer"]);
    assert_eq!(mistyped, "there is no user `saels`\n  help: write `sales@acme.example`");
    // Signs that mean anything to a database are looked for as they are.
    for odd in ["%", "_", "sales_", "' OR 1=1 --", "\\", "", "-1", "99999999999999999999"] {
        assert!(refused([odd, "view", "crm.records.customer"]).starts_with("there is no user `"), "{odd}");
    }
    let said = refused(["sales", "view", "crm.records.custmer"]);
    assert_eq!(said, "`crm.records.custmer` is not an object of this platform");
    assert!(refused(["sales", "read", "crm.records.customer"]).contains("view"));
}

#[test]
fn a_question_makes_no_database_and_no_log() {
    if database::on_postgres() {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = ask(folder.path(), ["sales", "view", "crm.records.customer"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("there is no database yet: start the platform once"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}
