//! `cargo appos migrate` on a project of its own: a program that describes the tables it is
//! told to, so that the test builds nothing large. That the text it writes compiles and runs is
//! shown by `tests/migration_pairs`.

mod page;

use std::fs;
use std::process::{Command, Output};

use serde_json::{Value as Json, json};

/// A platform as far as this command can see: describes what a file says, and tells how it was
/// called otherwise.
const PROGRAM: &str = r#"
use std::io::Read;
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == ["migrate", "describe"] {
        print!("{}", std::fs::read_to_string(std::env::var("DESCRIBED").unwrap()).unwrap());
        return;
    }
    if arguments == ["migrate", "up", "--json"] {
        println!("{{ \"applied\": [\"m_of_a_test\"] }}");
        return;
    }
    if arguments == ["migrate", "up", "--operations", "--json"] {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).unwrap();
        println!("{{ \"sql\": {:?} }}", format!("statements of {text}\n"));
        return;
    }
    println!("called with {}", arguments.join(" "));
    if arguments.iter().any(|argument| argument == "--operations") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).unwrap();
        println!("{text}");
    }
    if arguments.iter().any(|argument| argument == "drift") {
        std::process::exit(1);
    }
}
"#;

struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    fn new() -> Self {
        let project = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        project.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"acme\", \"appos\"]\n");
        project.write("appos/Cargo.toml", "[package]\nname = \"appos\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
        project.write("appos/src/lib.rs", "");
        project.write(
            "acme/Cargo.toml",
            "[package]\nname = \"acme\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nappos = { path = \"../appos\" }\n",
        );
        project.write("acme/src/main.rs", PROGRAM);
        project
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("the path lies in the folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    /// The tables that the records need, those that the migrations make, and the migrations.
    fn describes(&self, tables: &Json, made: &Json, migrations: &[&str]) {
        let migrations: Vec<Json> = migrations.iter().map(|name| json!({ "name": name })).collect();
        let text = json!({ "format": 1, "tables": tables, "made": made, "migrations": migrations }).to_string();
        self.write("described.json", &text);
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_cargo-appos"))
            .arg("migrate")
            .args(arguments)
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", self.folder.path().join("target"))
            .env("CARGO_NET_OFFLINE", "true")
            .env("DESCRIBED", self.folder.path().join("described.json"))
            .output()
            .expect("the command runs")
    }

    /// The files of migrations.
    fn migrations(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path().join("acme/migrations")).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.starts_with('m'))
            .collect();
        names.retain(|name| name != "mod.rs");
        names.sort();
        names
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join("acme/migrations").join(path)).expect("the file is there")
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

fn customers(columns: &Json) -> Json {
    let mut all = vec![json!({ "name": "id", "kind": "id" })];
    all.extend(columns.as_array().expect("columns").iter().cloned());
    json!([{ "object": "crm.records.customer", "name": "crm_customer", "columns": all }])
}

#[test]
fn changed_records_become_a_file_and_are_applied() {
    let project = Project::new();
    project.describes(&customers(&json!([{ "name": "name", "kind": "text" }])), &json!([]), &[]);
    let output = project.run(&[]);
    assert!(output.status.success(), "{}", err(&output));
    let files = project.migrations();
    assert_eq!(files.len(), 1, "{files:?}");
    assert!(files[0].ends_with("_create_crm_customer.rs"), "{files:?}");
    assert!(out(&output).ends_with("  create table crm_customer\ncalled with migrate up\n"), "{}", out(&output));
    let name = files[0].trim_end_matches(".rs");
    let text = project.read(&files[0]);
    for part in [
        "//! Creates `crm_customer`.",
        "schema.create_table(",
        ".column(Column::text(\"name\"))",
        "schema.drop_table(\"crm_customer\");",
        &format!("name: \"{name}\""),
        "after: None",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    let list = project.read("mod.rs");
    let listed = list.split_once("&[Migration] = &[").map(|(_, after)| after).unwrap_or_default();
    assert!(list.contains(&format!("mod {name};")) && listed.contains(&format!("{name}::MIGRATION")), "{list}");
    // As `cargo fmt --check` wants it, the list as well as the migration.
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--edition", "2024", "--check"]).arg(project.folder.path().join("acme/migrations/mod.rs"));
    let formatted = rustfmt.output().expect("rustfmt runs");
    assert!(formatted.status.success(), "{}", out(&formatted));
    let snapshot: Json = serde_json::from_str(&project.read("snapshot.json")).expect("JSON");
    assert_eq!(snapshot["last"], name);

    // Nothing has changed since: the same command only applies.
    let made = customers(&json!([{ "name": "name", "kind": "text" }]));
    project.describes(&made, &made, &[name]);
    let output = project.run(&[]);
    assert_eq!(out(&output), "the migrations make what the records need\ncalled with migrate up\n");
    assert_eq!(project.run(&["--check"]).status.code(), Some(0));
    assert_eq!(project.migrations().len(), 1);
}

#[test]
fn as_json_it_tells_what_was_written_and_applied() {
    let project = Project::new();
    project.describes(&customers(&json!([])), &json!([]), &[]);
    let json = |arguments: &[&str]| {
        let output = project.run(arguments);
        serde_json::from_slice::<Json>(&output.stdout).unwrap_or_else(|_| panic!("{}", err(&output)))
    };
    let empty = json(&["--empty", "by_hand", "--json"]);
    assert!(empty["wrote"].as_str().is_some_and(|file| file.ends_with("_by_hand.rs")), "{empty}");
    assert_eq!((&empty["changes"], &empty["applied"]), (&json!([]), &json!([])));
    fs::remove_dir_all(project.folder.path().join("acme/migrations")).expect("the folder is there");

    let written = json(&["--json", "--write-only"]);
    page::holds("cargo appos migrate", std::slice::from_ref(&written));
    assert_eq!((&written["changes"], &written["applied"]), (&json!(["create table crm_customer"]), &json!([])));
    let file = written["wrote"].as_str().expect("a file");
    assert!(project.folder.path().join(file).is_file(), "{file}");

    let name = file.rsplit('/').next().expect("a name").trim_end_matches(".rs");
    project.describes(&customers(&json!([])), &customers(&json!([])), &[name]);
    let applied = json(&["--json"]);
    page::holds("cargo appos migrate", std::slice::from_ref(&applied));
    assert_eq!((&applied["wrote"], &applied["applied"]), (&Json::Null, &json!(["m_of_a_test"])));
}

#[test]
fn check_fails_when_records_and_migrations_differ_and_writes_nothing() {
    let project = Project::new();
    project.describes(&customers(&json!([])), &json!([]), &[]);
    let output = project.run(&["--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("the records have changed since the last migration:\n  create table crm_customer\n  help: run `cargo appos migrate`"),
        "{}",
        err(&output)
    );
    let output = project.run(&["--check", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let json: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["changes"], json!(["create table crm_customer"]));
    assert_eq!(project.migrations(), Vec::<String>::new());
}

#[test]
fn a_dry_run_hands_the_operations_to_the_program_and_writes_nothing() {
    let project = Project::new();
    project.describes(&customers(&json!([])), &json!([]), &[]);
    let output = project.run(&["--dry-run"]);
    assert!(output.status.success(), "{}", err(&output));
    let expected = "-- create table crm_customer\nstatements of [{\"create_table\":{\"name\":\"crm_customer\"";
    assert!(out(&output).starts_with(expected), "{}", out(&output));
    let json: Json = serde_json::from_slice(&project.run(&["--dry-run", "--json"]).stdout).expect("JSON");
    page::holds("cargo appos migrate --dry-run", std::slice::from_ref(&json));
    assert_eq!(json["changes"], json!(["create table crm_customer"]));
    assert_eq!(project.migrations(), Vec::<String>::new());
}

#[test]
fn what_would_be_lost_needs_a_word_and_a_rename_is_suggested() {
    let project = Project::new();
    let made = customers(&json!([{ "name": "fax", "kind": "text" }]));
    project.describes(&customers(&json!([{ "name": "telefax", "kind": "text", "nullable": true }])), &made, &["m1"]);
    let output = project.run(&["--write-only"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("this would destroy column `crm_customer.fax` with its values"), "{}", err(&output));

    project.describes(&customers(&json!([{ "name": "telefax", "kind": "text" }])), &made, &["m1"]);
    let output = project.run(&["--write-only", "--allow-destructive"]);
    let said = err(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("field `telefax` of `crm.records.customer` is new and must not be empty"), "{said}");
    assert!(said.contains("`--fill crm_customer.telefax=..`"), "{said}");

    let output = project.run(&["--write-only", "--rename", "crm_customer.telefax=fax"]);
    assert!(output.status.success(), "{}", err(&output));
    let files = project.migrations();
    assert!(project.read(&files[0]).contains("table.rename_column(\"fax\", \"telefax\")"), "{files:?}");
}

#[test]
fn a_renamed_key_and_a_fill_are_written_down() {
    let project = Project::new();
    let made = customers(&json!([{ "name": "fax", "kind": "text" }]));
    let mut wanted = customers(&json!([
        { "name": "telefax", "kind": "text" },
        { "name": "country", "kind": "text" },
    ]));
    wanted[0]["renamed_columns"] = json!({ "telefax": "fax" });
    project.describes(&wanted, &made, &["m1"]);
    let output = project.run(&["--write-only", "--fill", "crm_customer.country=CH", "--name", "telefax"]);
    assert!(output.status.success(), "{}", err(&output));
    let text = project.read(&project.migrations()[0]);
    assert!(text.contains("table.rename_column(\"fax\", \"telefax\")"), "{text}");
    assert!(text.contains("Column::text(\"country\").fill(\"CH\")"), "{text}");
    assert!(text.contains("after: Some(\"m1\")"), "{text}");
}

#[test]
fn a_kind_that_loses_digits_counts_as_a_loss() {
    let project = Project::new();
    let made = customers(&json!([{ "name": "limit", "kind": { "decimal": { "scale": 4 } } }]));
    project.describes(&customers(&json!([{ "name": "limit", "kind": { "decimal": { "scale": 2 } } }])), &made, &["m1"]);
    let output = project.run(&["--write-only"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("parts of the values of `crm_customer.limit`"), "{}", err(&output));
    let output = project.run(&["--write-only", "--allow-destructive"]);
    assert!(output.status.success(), "{}", err(&output));
    assert!(project.read(&project.migrations()[0]).contains("/// Cannot bring back: parts of the values"));
}

#[test]
fn a_kind_without_a_conversion_is_refused_with_what_to_do() {
    let project = Project::new();
    let made = customers(&json!([{ "name": "born", "kind": "date" }]));
    project.describes(&customers(&json!([{ "name": "born", "kind": "bool" }])), &made, &["m1"]);
    let output = project.run(&["--write-only", "--allow-destructive"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("field `born` of `crm.records.customer` changes from date to bool"),
        "{}",
        err(&output)
    );
}

#[test]
fn an_empty_migration_is_to_be_filled_by_hand() {
    let project = Project::new();
    project.describes(&json!([]), &json!([]), &[]);
    let output = project.run(&["--empty", "title_case"]);
    assert!(output.status.success(), "{}", err(&output));
    let files = project.migrations();
    assert!(files[0].ends_with("_title_case.rs"), "{files:?}");
    assert!(project.read(&files[0]).contains("fn up(_schema: &mut Schema) {}"), "{}", project.read(&files[0]));

    let output = project.run(&["--empty", "Title Case"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("`Title Case` is no name of a migration"), "{}", err(&output));
}

#[test]
fn a_snapshot_that_the_migrations_do_not_make_is_refused_and_can_be_made_anew() {
    let project = Project::new();
    let made = customers(&json!([{ "name": "name", "kind": "text" }]));
    project.describes(&made, &made, &["m1", "m2"]);
    project.write("acme/migrations/snapshot.json", "{ \"last\": \"m1\", \"tables\": [] }");
    let output = project.run(&["--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("does not say what the migrations make: create table crm_customer"),
        "{}",
        err(&output)
    );
    assert!(err(&output).contains("delete the snapshot"), "{}", err(&output));

    project.write("acme/migrations/snapshot.json", "<<<<<<< a merge\n");
    assert!(err(&project.run(&["--check"])).contains("delete it and call this command again"));

    fs::remove_file(project.folder.path().join("acme/migrations/snapshot.json")).expect("the file is there");
    assert!(project.run(&["--write-only"]).status.success());
    let snapshot: Json = serde_json::from_str(&project.read("snapshot.json")).expect("JSON");
    assert_eq!(snapshot["last"], "m2");
}

#[test]
fn verbs_are_the_programs_and_so_is_the_exit_code() {
    let project = Project::new();
    for (arguments, called) in [
        (&["up", "--to", "m1"][..], "migrate up --to=m1"),
        (&["status", "--json"], "migrate status --json"),
        (&["down", "--steps", "2", "--allow-destructive"], "migrate down --allow-destructive --steps=2"),
        (&["down", "--to", "m1", "--sql"], "migrate down --sql --to=m1"),
        (&["down", "--json"], "migrate down --json"),
    ] {
        let output = project.run(arguments);
        assert_eq!((output.status.code(), out(&output)), (Some(0), format!("called with {called}\n")));
    }
    let output = project.run(&["drift"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!err(&output).contains("error:"), "the program has said everything: {}", err(&output));
}

#[test]
fn what_is_written_wrongly_is_exit_code_2() {
    let project = Project::new();
    project.describes(&customers(&json!([])), &json!([]), &[]);
    for (arguments, said) in [
        (&["--rename", "fax"][..], "`--rename fax` is not understood"),
        (&["--fill", "crm_custome.name=x"], "there is no table `crm_custome`\n  help: write `crm_customer`"),
        (&["--fill", "crm_customer.idd=x"], "has no column `idd`\n  help: write `id`"),
        (&["--fill", "crm_customer.name=x"], "table `crm_customer` has no column `name`"),
        (&["--check", "--dry-run"], "cannot be used with"),
    ] {
        let output = project.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(said), "{arguments:?}: {}", err(&output));
    }
    let output = Project::new().run(&["--help"]);
    assert!(
        out(&output).contains("Exit codes: 0 done") && out(&output).contains("--allow-destructive"),
        "{}",
        out(&output)
    );
}
