//! `cargo appos check` on projects of its own: one in which everything is wrong, and the same put
//! right, where nothing may be found.

mod bodies;
mod project;

use std::path::Path;
use std::process::Command;

use project::{Project, err, found, out};

const YAML: &str = "\
name: ledger
groups: [ledger_users]
security:
  defaults:
    logic: { view: [ledger_users], use: [ledger_users] }
allowed_crates: [words]
check:
  allow:
    - { code: A0009, reason: read by its name from outside }
";

/// One mistake for each code that a project which compiles can have.
const WRONG: &[(&str, &str)] = &[
    ("desk/appos.yaml", "server:\n  prot: 8080\n"),
    (
        "ledger/app.yaml",
        "\
name: ledger
groups: [ledger_users]
security:
  defaults:
    logic: { view: [ledger_users], use: [ledger_users] }
allowed_crates: [words, numbers]
check:
  allow:
    - { code: A0010, reason: later }
    - { code: A0004, reason: nothing of the sort is there any more }
",
    ),
    (
        "ledger/src/records/things.rs",
        r#"//! Things.

#[choices]
pub enum Colour {
    Red,
}

#[record(view = ["ledger_users"])]
pub struct Thing {
    #[field(sensitive)]
    born_on: Option<Date>,
    api_key: String,
    others: Many<Other>,
}

// appos: allow(A0007)
#[record(plural = "things", display = "name", view = ["ledger_users"])]
pub struct Other {
    name: String,
}

#[record(plural = "rules", display = "name", table = "ledger_other", view = ["ledger_users"])]
pub struct Third {
    name: String,
}
"#,
    ),
    ("ledger/src/constants/rates.rs", "//! Rates.\n\n#[constant]\nfn never_read() -> i64 {\n    1\n}\n"),
    (
        "ledger/src/interfaces/names.rs",
        r#"//! Two for one piece.

#[interface(displays = records::Third.name)]
fn first_name(value: String) -> Element {
    rsx! { "{value}" }
}

#[interface(displays = records::Third.name)]
fn second_name(value: String) -> Element {
    rsx! { "{value}" }
}
"#,
    ),
    ("ledger/src/steps/idle.rs", "//! Idle.\n\n#[step]\nfn never_run() {}\n"),
    (
        "ledger/src/translations/counts.rs",
        r#"//! Plurals.

#[translation_set]
fn counts() -> Translations {
    translations! {
        things: {
            en: { one: "{count} thing", few: "{count} things", other: "{count} things" },
            pl: { one: "{count} rzecz", other: "{count} rzeczy" },
        },
    }
}
"#,
    ),
    (
        "ledger/src/rules/calls.rs",
        r#"//! Calls.

use texts::shout;

#[expression_rule(view = ["ledger_users"])]
async fn never_called() -> Result<String> {
    Ok(shout("a"))
}

// appos: allow(A0003): the crate was used here once
#[expression_rule]
async fn loud() -> Result<String> {
    Ok(format!("{}", words::first("a")))
}

// appos: alow(A0003): a slip
#[expression_rule]
async fn louder() -> Result<String> {
    Ok(format!("{}", texts::shout("a")))
}
"#,
    ),
];

#[test]
fn everything_that_is_wrong_is_found_at_its_place() {
    let project = Project::new("wrong", WRONG);
    let (code, answer) = project.check(&[("APPOS__SERVER__WORKERS", "many")]);
    assert_eq!(code, Some(1));
    let expected = [
        "A0002",
        "A0002 desk/appos.yaml prot: 8080",
        "A0013 ledger/app.yaml - { code: A0010, reason: later }",
        "A0006 ledger/src/records/things.rs others: Many<Other>,",
        "A0013 ledger/src/records/things.rs // appos: allow(A0007)",
        "A0005 ledger/src/records/things.rs pub struct Thing {",
        "A0005 ledger/src/records/things.rs pub struct Third {",
        "A0006 ledger/src/records/things.rs pub struct Third {",
        "A0006 ledger/src/interfaces/names.rs fn second_name(value: String) -> Element {",
        "A0003 ledger/src/rules/calls.rs use texts::shout;",
        "A0013 ledger/src/rules/calls.rs // appos: alow(A0003): a slip",
        "A0003 ledger/src/rules/calls.rs Ok(format!(\"{}\", texts::shout(\"a\")))",
        "A0012",
        "A0015 ledger/app.yaml allowed_crates: [words, numbers]",
        "A0014 ledger/app.yaml - { code: A0004, reason: nothing of the sort is there any more }",
        "A0009 ledger/src/constants/rates.rs fn never_read() -> i64 {",
        "A0009 ledger/src/records/things.rs pub enum Colour {",
        "A0007 ledger/src/records/things.rs pub struct Thing {",
        "A0008 ledger/src/records/things.rs born_on: Option<Date>,",
        "A0008 ledger/src/records/things.rs api_key: String,",
        "A0017 ledger/src/translations/counts.rs fn counts() -> Translations {",
        "A0017 ledger/src/translations/counts.rs fn counts() -> Translations {",
        "A0009 ledger/src/rules/calls.rs async fn never_called() -> Result<String> {",
        "A0014 ledger/src/rules/calls.rs // appos: allow(A0003): the crate was used here once",
        "A0009 ledger/src/steps/idle.rs fn never_run() {}",
    ];
    let mut sorted = (found(&project, &answer), expected.map(str::to_owned).to_vec());
    sorted.0.sort();
    sorted.1.sort();
    assert_eq!(sorted.0, sorted.1, "{answer:#}");
    assert_eq!(
        (&answer["format"], &answer["built"], &answer["allowed"]),
        (&1.into(), &true.into(), &serde_json::json!([]))
    );
    assert_eq!(answer["errors"].as_u64().zip(answer["warnings"].as_u64()), Some((12, 13)));
    let secret = answer["findings"].as_array().unwrap().iter().find(|finding| finding["line"] == 12).unwrap();
    assert_eq!(
        (&secret["object"], &secret["app"], &secret["column"]),
        (&"ledger.records.thing".into(), &"ledger".into(), &5.into())
    );

    let text = out(&project.run(&["check"], &[]));
    let shown = "\
error[A0003]: the crate `texts` is none of AppOS, and `ledger` does not allow it
 --> wrong/ledger/src/rules/calls.rs:3:5
  |
3 | use texts::shout;
  |     ^^^^^
  = help: do without it, or write `allowed_crates: [texts]` in wrong/ledger/app.yaml
";
    assert!(text.contains(shown), "{text}");
    assert!(text.ends_with("\n11 errors, 13 warnings; `cargo appos check --explain A0002` tells more\n"), "{text}");
    assert!(text.contains("unknown key `prot`") && text.contains("= help: write `port`"), "{text}");
}

/// The same forms where they are right or allowed; what looks like a mistake and is none.
const RIGHT: &[(&str, &str)] = &[
    ("ledger/app.yaml", YAML),
    ("desk/appos.yaml", "server:\n  port: 8080\n"),
    (
        "ledger/src/records/things.rs",
        r#"//! Things.

#[choices]
pub enum Colour {
    Red,
}

#[record(display = "name", view = ["ledger_users"])]
pub struct Thing {
    name: String,
    #[field(default = Colour::Red)]
    colour: Colour,
    #[field(sensitive, view = ["ledger_users"])]
    born_on: Option<Date>,
    token_count: i64,
    // appos: allow(A0008): a public key
    api_key: String,
}
"#,
    ),
    (
        "ledger/src/constants/rates.rs",
        "//! Rates.\n\n#[constant]\nfn rate() -> i64 {\n    1\n}\n\n#[constant]\nfn spare() -> i64 {\n    1\n}\n",
    ),
    (
        "ledger/src/interfaces/names.rs",
        "//! A piece.\n\n#[interface(displays = records::Thing.name)]\nfn thing_name(value: String) -> Element {\n    \
         rsx! { \"{value}\" }\n}\n",
    ),
    (
        "ledger/src/translations/counts.rs",
        r#"//! Plurals.

#[translation_set]
fn counts() -> Translations {
    translations! {
        things: {
            en: { one: "{count} thing", other: "{count} things" },
            pl: { one: "{count} rzecz", few: "{count} rzeczy", many: "{count} rzeczy", other: "{count} rzeczy" },
            fr: { one: "{count} chose", other: "{count} choses" },
        },
    }
}
"#,
    ),
    ("ledger/src/words.rs", "//! A module that has the name of a crate.\n\npub(crate) fn own() -> i64 {\n    1\n}\n"),
    (
        "ledger/src/rules/calls.rs",
        r#"//! Calls.

#[expression_rule]
async fn called() -> Result<i64> {
    Ok(constants::rate().await? + crate::words::own())
}

#[expression_rule(view = ["ledger_users"])]
async fn called_by_its_name() -> Result<i64> {
    Ok(::words::first("crm.rules.of_no_app_here").len().try_into().unwrap_or(0))
}

#[expression_rule]
async fn calls() -> Result<Json> {
    engine::dispatch("ledger.rules.called_by_its_name", json!({})).await
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_test_may_name_what_is_not_there() {
        assert!(texts::shout("ledger.rules.nothing") != "");
    }
}
"#,
    ),
];

#[test]
fn nothing_is_found_where_nothing_is_wrong_until_something_is_changed() {
    let project = Project::new("right", RIGHT);
    let locked = project.run(&["permissions", "--lock"], &[]);
    assert_eq!(out(&locked), "wrote right/desk/permissions.lock\n", "{}", err(&locked));
    let lock = project.read("desk/permissions.lock");
    assert!(lock.contains("\nledger.rules.called use ledger_users\n"), "{lock}");
    let (code, answer) = project.check(&[]);
    assert_eq!((code, found(&project, &answer)), (Some(0), Vec::new()), "{answer:#}");
    let reasons = [0, 1].map(|index| answer["allowed"][index]["reason"].as_str());
    assert_eq!(reasons, [Some("a public key"), Some("read by its name from outside")]);
    let again = project.run(&["check", "--deny", "warnings"], &[]);
    assert_eq!((again.status.code(), err(&again)), (Some(0), String::new()), "nobody is asked twice");
    assert_eq!(out(&again), "nothing is wrong with 8 objects of 1 app, 2 allowed\n");

    // Rights, texts and tables change.
    let migrated = project.run(&["migrate", "--write-only", "--name", "first"], &[]);
    assert!(migrated.status.success(), "{}", err(&migrated));
    project.replace("ledger/app.yaml", "use: [ledger_users]", "use: []");
    project.replace("ledger/src/rules/calls.rs", "\"ledger.rules.called_by_its_name\"", "\"ledger.rule.called\"");
    project.replace(
        "ledger/src/rules/calls.rs",
        "    Ok(constants",
        "    let _text = \"ledger.rules.caled\";\n    Ok(constants",
    );
    project.replace(
        "ledger/src/records/things.rs",
        "    token_count: i64,\n",
        "    token_count: i64,\n    size: i64,\n",
    );
    let (code, answer) = project.check(&[]);
    assert_eq!(code, Some(1));
    let changed = found(&project, &answer);
    assert_eq!(
        changed,
        [
            "A0010 desk/migrations/snapshot.json",
            "A0011 desk/permissions.lock ledger.constants.rate use ledger_users",
            "A0004 ledger/src/rules/calls.rs let _text = \"ledger.rules.caled\";",
            "A0004 ledger/src/rules/calls.rs engine::dispatch(\"ledger.rule.called\", json!({})).await",
        ],
        "{answer:#}"
    );
    let said = answer.to_string();
    assert!(said.contains(r"\n  - ledger.rules.called use ledger_users"), "{said}");
    assert!(said.contains("write `\\\"ledger.rules.called\\\"`"), "{said}");
    assert!(said.contains("size"), "the missing column is named: {said}");

    // What does not compile is the compiler's to say.
    project.replace("ledger/src/rules/calls.rs", "constants::rate()", "constants::none_there()");
    let broken = project.run(&["check"], &[]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(err(&broken).contains("cannot find function `none_there`"), "{}", err(&broken));
    assert!(out(&broken).starts_with("error[A0001]: `right_desk` does not compile"), "{}", out(&broken));
    let (_, answer) = project.check(&[]);
    assert_eq!((&answer["built"], found(&project, &answer)), (&false.into(), vec!["A0001".to_owned()]));
}

#[test]
fn the_example_has_no_finding() {
    let program = Path::new(env!("CARGO_BIN_EXE_cargo-appos"));
    let output = Command::new(program)
        .args(["check", "--package", "acme", "--deny", "warnings"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace"))
        .env("CARGO_TARGET_DIR", program.ancestors().nth(2).expect("a target folder"))
        .env_remove("DATABASE_URL")
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
}

#[test]
fn every_code_is_explained_and_others_are_refused() {
    let ask = |code: &str| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-appos"));
        command.args(["check", "--explain", code]).current_dir(folder.path()).output().expect("the command runs")
    };
    for number in 1..=17 {
        let code = format!("A{number:04}");
        let page = out(&ask(&code));
        assert!(page.starts_with(&format!("{code}: ")) && page.contains("\nCorrect:\n"), "{page}");
    }
    assert_eq!(out(&ask("a0007")), out(&ask("A0007")));
    let refused = ask("A0999");
    assert_eq!((refused.status.code(), out(&refused)), (Some(2), String::new()));
    assert!(err(&refused).starts_with("error: there is no code `A0999`"), "{}", err(&refused));
}
