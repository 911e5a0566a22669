//! `cargo appos why`, `routes` and `permissions` on a project of its own: a platform that answers
//! with written texts, so that the test builds nothing large.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const MANIFEST: &str = r#"{
  "format": 1,
  "apps": [{ "name": "crm", "version": "0.1.0", "groups": ["crm_users"],
             "defaults": { "2": { "view": ["crm_users"], "use": ["crm_users", "finance"] }, "3": {} } }],
  "objects": [
    { "reference": "crm.records.customer", "kind": "record", "app": "crm", "tier": 1, "public_access": false,
      "permissions": { "view": ["crm_users"], "delete": [] }, "file": "a.rs", "line": 1,
      "routes": ["GET /api/crm/v1/customers", "DELETE /api/crm/v1/customers/{id}"],
      "fields": [{ "name": "name", "type": "text" }, { "name": "credit_limit", "type": "decimal(2)", "view": ["finance"] }] },
    { "reference": "crm.records.notice", "kind": "record", "app": "crm", "tier": 1, "public_access": true,
      "permissions": { "create": ["crm_users"] }, "file": "a.rs", "line": 9 },
    { "reference": "crm.rules.ltv", "kind": "rule", "app": "crm", "tier": 2, "public_access": false, "permissions": {},
      "file": "a.rs", "line": 20, "routes": ["POST /api/crm/v1/rules/ltv"] },
    { "reference": "crm.steps.mail", "kind": "step", "app": "crm", "tier": 1, "public_access": false, "permissions": {},
      "file": "a.rs", "line": 30 }
  ]
}"#;

/// A platform as far as these commands can see. It explains what it was asked.
const PLATFORM: &str = r##"
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments[0] == "__manifest" {
        print!("{}", include_str!("manifest.json"));
        return;
    }
    assert_eq!(arguments[0], "__why");
    assert_eq!(arguments[1], "--project");
    assert!(std::path::Path::new(&arguments[2]).join("Cargo.toml").is_file());
    assert_eq!(arguments[3], "--");
    let [user, permission, object] = [&arguments[4], &arguments[5], &arguments[6]];
    let reason = match user.as_str() {
        "ann" => r#"{ "because": "listed", "group": "crm_users", "list": "view" }"#,
        "bob" => r#"{ "because": "outside_app", "app": "crm" }"#,
        "eve" => r#"{ "because": "of_a_later_version", "x": 1 }"#,
        _ => {
            eprintln!("there is no user `{user}`");
            std::process::exit(2);
        }
    };
    println!(r#"{{ "user": {{ "id": 1, "email": "{user}@a.example", "name": "A", "groups": ["public_access"] }},
        "permission": "{permission}", "object": "{object}", "allowed": {}, "reason": {reason},
        "givers": ["crm_users", "system_admin"], "app_groups": ["crm_users"], "rows": true, "fields": ["credit_limit"] }}"#,
        user == "ann");
}
"##;

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"acme\", \"appos\"]\n");
    write("appos/Cargo.toml", "[package]\nname = \"appos\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    write("appos/src/lib.rs", "");
    let package = "[package]\nname = \"acme\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nappos = { path = \"../appos\" }\n";
    write("acme/Cargo.toml", package);
    write("acme/src/main.rs", PLATFORM);
    write("acme/src/manifest.json", MANIFEST);
    folder
}

fn cargo_appos(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-appos"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .expect("the command runs")
}

fn out(folder: &Path, arguments: &[&str]) -> String {
    let output = cargo_appos(folder, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn refused(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = cargo_appos(folder, arguments);
    (output.status.code(), String::from_utf8(output.stderr).expect("text"))
}

#[test]
fn a_decision_is_explained_in_words_and_as_json() {
    let project = project();
    let folder = project.path();
    assert_eq!(
        out(folder, &["why", "ann", "view", "crm.records.customer"]),
        "\
ann@a.example may view crm.records.customer
  because the group crm_users is in the `view` list of the object
  groups of the user: public_access
  groups that may: crm_users, system_admin
  of the rows, those that its rule `rows` answers
  fields with lists of their own: credit_limit
"
    );
    let denied = out(folder, &["why", "bob", "delete", "crm.records.customer"]);
    assert!(denied.starts_with("bob@a.example may not delete crm.records.customer\n"), "{denied}");
    assert!(denied.contains("no group of the user reaches the app crm; these do: crm_users"), "{denied}");
    assert!(!denied.contains("rows"), "what a denied user would see is no matter: {denied}");
    let later = out(folder, &["why", "eve", "view", "crm.rules.ltv"]);
    assert!(later.contains("a reason that this command does not know"), "{later}");
    let json: serde_json::Value =
        serde_json::from_str(&out(folder, &["why", "eve", "view", "crm.rules.ltv", "--json"])).unwrap();
    assert_eq!(json["reason"]["x"], 1, "fields that are not known are kept");
}

#[test]
fn wrong_questions_are_answered_with_the_nearest() {
    let project = project();
    let folder = project.path();
    for (question, expected) in [
        (["why", "ann", "veiw", "crm.rules.ltv"], "there is no permission `veiw`\n  help: write `view`"),
        (["why", "ann", "xyz", "crm.rules.ltv"], "help: permissions are view, use, create, update, delete, admin"),
        (
            ["why", "ann", "use", "crm.steps.mail"],
            "crm.steps.mail has no permissions of its own: it is run with those of its process\n  help: ask for the process; \
             `cargo appos impact crm.steps.mail` tells which run it",
        ),
        (["why", "ann", "view", "crm.rules.lvt"], "there is no object `crm.rules.lvt`\n  help: write `crm.rules.ltv`"),
    ] {
        let (code, said) = refused(folder, &question);
        assert_eq!(code, Some(2));
        assert!(said.contains(expected), "{said}");
    }
    let (code, said) = refused(folder, &["why", "zoe", "view", "crm.rules.ltv"]);
    assert_eq!(code, Some(1));
    assert!(said.ends_with("error: there is no user `zoe`\n"), "{said}");
    let (code, said) = refused(folder, &["permissions", "crm.steps.mail"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("crm.steps.mail has no permissions of its own"), "{said}");
    let (code, said) = refused(folder, &["permissions", "crm.records.custommer"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("help: write `crm.records.customer`"), "{said}");
    let (code, said) = refused(folder, &["routs"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("a similar subcommand exists: 'routes'"), "{said}");
}

#[test]
fn routes_are_listed_by_path() {
    let project = project();
    assert_eq!(
        out(project.path(), &["routes"]),
        "\
Method  Path                        Object
GET     /api/crm/v1/customers       crm.records.customer
DELETE  /api/crm/v1/customers/{id}  crm.records.customer
POST    /api/crm/v1/rules/ltv       crm.rules.ltv
"
    );
    let json: serde_json::Value = serde_json::from_str(&out(project.path(), &["routes", "--json"])).unwrap();
    let last = serde_json::json!({ "method": "POST", "path": "/api/crm/v1/rules/ltv", "object": "crm.rules.ltv" });
    assert_eq!(json[2], last);
}

#[test]
fn permissions_tell_where_they_are_written() {
    let project = project();
    assert_eq!(
        out(project.path(), &["permissions"]),
        "\
Object                             Permission  Groups              From
crm.records.customer               view        crm_users           list of the object
crm.records.customer               delete      nobody              list of the object
crm.records.customer.credit_limit  view        finance             list of the field
crm.records.notice                 view        public_access       public access
crm.records.notice                 create      crm_users           list of the object
crm.rules.ltv                      view        crm_users           default of the app
crm.rules.ltv                      use         crm_users, finance  default of the app
"
    );
    let json = out(project.path(), &["permissions", "crm.rules.ltv", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let second = serde_json::json!({ "object": "crm.rules.ltv", "permission": "use", "groups": ["crm_users", "finance"], "from": "app" });
    assert_eq!((json.as_array().map(Vec::len), &json[1]), (Some(2), &second));
}

#[test]
fn the_second_answer_needs_no_build_and_a_changed_file_does() {
    let project = project();
    let folder = project.path();
    assert!(refused(folder, &["routes"]).1.contains("Compiling acme"));
    assert_eq!(refused(folder, &["routes"]).1, "", "nothing has changed");
    let main = folder.join("acme/src/main.rs");
    fs::write(&main, PLATFORM.replace("fn main()", "fn main( )")).expect("a file");
    assert!(refused(folder, &["routes"]).1.contains("Compiling acme"));
}
