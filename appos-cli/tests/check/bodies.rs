//! `processes.lock`: a change of a body under its instances is told before it runs, and `doctor` counts those that
//! cannot go on.

use serde_json::Value as Json;

use super::YAML;
use super::project::{Project, err, found, out};

const FILE: &str = "ledger/src/processes/reminders.rs";

const FILES: &[(&str, &str)] = &[
    ("desk/appos.yaml", "server:\n  port: 8080\n"),
    ("ledger/app.yaml", YAML),
    (
        FILE,
        r#"//! Reminders.

/// Reminds somebody.
#[process(use = ["ledger_users"])]
async fn remind(name: String) -> Result<()> {
    step(steps::first(name.clone())).await?;
    sleep(days(3)).await?;
    step(steps::second(name)).await
}

/// Cleans up.
#[process(use = ["ledger_users"], trigger = schedule("0 4 * * *"), run_as = "nightly@example.com")]
async fn clean_up() -> Result<()> {
    step(steps::second("all".to_owned())).await
}

#[step]
async fn first(name: String) {
    let _ = name;
}

#[step]
async fn second(name: String) {
    let _ = name;
}
"#,
    ),
];

/// What is found of bodies: the findings, and the first of them whole.
fn told(project: &Project) -> (Vec<String>, Json) {
    let (_, answer) = project.check(&[]);
    let ours = |line: &&String| ["A0018", "A0019", "A0020"].iter().any(|code| line.starts_with(code));
    let lines = found(project, &answer).iter().filter(ours).cloned().collect();
    let findings = answer["findings"].as_array().expect("findings");
    let first = findings.iter().find(|finding| ours(&&finding["code"].as_str().unwrap_or_default().to_owned()));
    (lines, first.cloned().unwrap_or_default())
}

/// What `doctor` says of processes and their accounts.
fn looked(project: &Project) -> Vec<String> {
    let output = project.run(&["doctor", "--json"], &[]);
    let answer: Json = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no JSON: {}", err(&output)));
    let checks = answer["checks"].as_array().expect("checks").iter();
    let text = |check: &Json, key: &str| check[key].as_str().expect("a text").to_owned();
    let ours = checks.filter(|check| ["processes", "run_as"].contains(&text(check, "name").as_str()));
    ours.map(|check| format!("{} {}", text(check, "status"), text(check, "found"))).collect()
}

#[test]
fn a_body_that_changes_under_its_instances_is_told() {
    let project = Project::new("bodies", FILES);
    let (lines, first) = told(&project);
    assert_eq!(lines, ["A0020"], "there is no file: {first:#}");
    let locked = project.run(&["process", "lock"], &[]);
    assert_eq!(out(&locked), "wrote bodies/desk/processes.lock\n", "{}", err(&locked));
    let lock = project.read("desk/processes.lock");
    let body = "\nledger.processes.remind 1\n  step first\n  sleep\n  step second\n";
    assert!(lock.contains("\nledger.processes.clean_up 1\n  step second\n") && lock.ends_with(body), "{lock}");
    assert_eq!(told(&project).0, Vec::<String>::new());
    let again = project.run(&["process", "lock", "--json"], &[]);
    let again: Json = serde_json::from_slice(&again.stdout).expect("JSON");
    assert_eq!(again["wrote"], false, "{again}");

    // Somebody is being reminded; nobody cleans up.
    let made = project.run(&["migrate", "up"], &[]);
    assert!(made.status.success(), "{}", err(&made));
    let started = project.run(&["process", "start", "remind", "--args", r#"{"name": "Bo"}"#], &[]);
    assert!(started.status.success(), "{}", err(&started));
    let nightly = "warning ledger.processes.clean_up starts by itself as nightly@example.com, and there is no such account: it does not start";
    assert_eq!(looked(&project), ["ok 1 unfinished instance can go on", nightly]);

    // What an instance does not notice is no change.
    project.replace(
        FILE,
        "    step(steps::first(name.clone())).await?;",
        "    let whom = format!(\"{name}!\");\n    step(steps::first(whom)).retries(5).await?;",
    );
    project.replace(FILE, "days(3)", "days(4)");
    assert_eq!(told(&project).0, Vec::<String>::new());

    // What it notices is told at the call, with what to write.
    project.replace(FILE, "    sleep(days(4)).await?;\n    step(steps::second(name)).await\n", "    let _yes: bool = ask(\"ledger_users\", \"Now?\").await?;\n    step(steps::second(name)).await?;\n    sleep(days(4)).await\n");
    let (lines, first) = told(&project);
    assert_eq!(lines, [format!("A0018 {FILE} let _yes: bool = ask(\"ledger_users\", \"Now?\").await?;")]);
    assert_eq!(first["severity"], "warning");
    let (message, help) = (first["message"].as_str().expect("a text"), first["help"].as_str().expect("a text"));
    assert!(message.starts_with("version 1 of ledger.processes.remind"), "{message}");
    assert!(message.ends_with("\n  + ask\n  ~ sleep") || message.ends_with("\n  + ask\n  ~ step second"), "{message}");
    assert!(help.contains("write `version = 2`") && help.contains("earlier_of = processes::remind`"), "{help}");
    let denied = project.run(&["check", "--deny", "warnings"], &[]);
    assert_eq!(denied.status.code(), Some(1));

    // The same beside the old body: nothing is lost, and the file is to have it.
    let new = project.read(FILE);
    let old = "\n/// As it was.\n#[process(version = 1, earlier_of = processes::remind, use = [\"ledger_users\"])]\nasync fn remind_1(name: String) -> Result<()> {\n    step(steps::first(name.clone())).await?;\n    sleep(days(3)).await?;\n    step(steps::second(name)).await\n}\n";
    project.write(FILE, &format!("{new}{old}"));
    project.replace(
        FILE,
        "#[process(use = [\"ledger_users\"])]\nasync fn remind(",
        "#[process(version = 2, use = [\"ledger_users\"])]\nasync fn remind(",
    );
    let (lines, first) = told(&project);
    assert_eq!(lines, ["A0020 desk/processes.lock"]);
    assert!(
        first["message"].as_str().is_some_and(|text| text.ends_with("\n  + ledger.processes.remind 2")),
        "{first:#}"
    );
    assert!(project.run(&["process", "lock"], &[]).status.success());
    assert_eq!(told(&project).0, Vec::<String>::new());
    assert_eq!(looked(&project)[0], "ok 1 unfinished instance can go on");

    // Without the old body the instance could not end.
    project.replace(FILE, old, "");
    let (lines, first) = told(&project);
    assert_eq!(lines, ["A0019 desk/processes.lock ledger.processes.remind 1"]);
    assert!(first["help"].as_str().is_some_and(|help| help.contains("`version = 1, earlier_of")), "{first:#}");
    let stranded =
        "warning 1 unfinished instance of ledger.processes.remind began with version 1, which the code does not have";
    assert_eq!(looked(&project), [stranded, nightly]);

    // The account is shown with what starts as it.
    let account = "nightly@example.com";
    let made = project.run(&["user", "create", account, "--type", "service_account", "--group", "ledger_users"], &[]);
    assert!(made.status.success(), "{}", err(&made));
    assert_eq!(looked(&project), [stranded, "ok 1 process starts as an account that is there"]);
    let why = out(&project.run(&["why", account, "use", "ledger.processes.clean_up"], &[]));
    assert!(why.contains("\n  it starts by itself as nightly@example.com\n"), "{why}");
    assert!(why.ends_with("what starts or runs as this account: ledger.processes.clean_up\n"), "{why}");
    let shown = out(&project.run(&["user", "show", account], &[]));
    assert!(shown.contains("\n  starts    ledger.processes.clean_up\n"), "{shown}");
    let off = project.run(&["user", "deactivate", account], &[]);
    assert!(off.status.success(), "{}", err(&off));
    let switched_off = nightly.replace("and there is no such account", "which is switched off");
    assert_eq!(looked(&project), [stranded, &switched_off]);
    assert!(project.run(&["process", "lock"], &[]).status.success());
    assert_eq!(told(&project).0, Vec::<String>::new(), "that it is gone is accepted");

    // A file that two have changed.
    project.replace("desk/processes.lock", "ledger.processes.remind 2\n", "<<<<<<< mine\nledger.processes.remind 2\n");
    assert_eq!(told(&project).0, ["A0020 desk/processes.lock <<<<<<< mine"]);
}
