//! `cargo appos user` and `doctor` on a project of its own: a platform that answers with written
//! texts, so that the test builds nothing large. What the real one does is shown in `examples/acme`.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;

/// A platform as far as these commands can see. It says how it was asked.
const PLATFORM: &str = r##"
use std::io::Read;
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments[0] != "__manifest" {
        // Its settings, wherever the command is called.
        assert!(std::path::Path::new(&std::env::var("APPOS_PROJECT").unwrap()).join("Cargo.toml").is_file());
    }
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let user = |state: &str| format!(r#"{{ "id": 7, "email": "ann@a.example", "name": "Ann", "user_type": "basic",
        "groups": ["crm_users", "finance"], "language": null, "created_at": "2026-01-01T00:00:00Z", {state} }}"#);
    match words.as_slice() {
        ["__manifest"] => print!(r#"{{ "format": 1, "apps": [], "objects": [] }}"#),
        ["__doctor"] => print!(r#"{{ "format": 1, "checks": [
            {{ "name": "settings", "status": "ok", "found": "can be read", "help": "" }},
            {{ "name": "folder", "status": "{}", "found": ".appos is open", "help": "`chmod o-rwx .appos`" }} ] }}"#,
            std::env::var("FOUND").unwrap()),
        ["__process", verb] => {
            let mut input = String::new();
            std::io::stdin().read_to_string(&mut input).unwrap();
            let input = input.replace(' ', "");
            let expected = match *verb {
                "list" => r#"{"wanted":{"archived":true,"filter":{"id":"7","tier":"a=b"},"limit":2,"process":"board","state":"failed"}}"#,
                "start" => r#"{"arguments":{"customer_id":7},"key":"k7","process":"board"}"#,
                "signal" => r#"{"instance":"019acb72-4e80-7a3c-9f43-0242ac120002","name":"paid","payload":null}"#,
                "stats" => r#"{"wanted":{"process":"board"}}"#,
                "workers" => "{}",
                "scale" => r#"{"worker":"all","concurrency":null}"#,
                _ => r#"{"instance":"019acb72-4e80-7a3c-9f43-0242ac120002"}"#,
            };
            assert_eq!(input, expected);
            let listed = r#""id": "019acb72-4e80-7a3c-9f43-0242ac120002", "process": "crm.processes.board", "version": 1,
                "name": "Onboarding of 7", "user": 7, "started_at": "2026-11-29T10:00:00.5Z", "due_at": null, "worker": null"#;
            let history = r#"[
                { "place": "1", "kind": "step", "name": "crm.steps.make", "state": "completed", "attempts": 2, "error": null,
                  "execution_id": null, "started_at": "2026-11-29T10:00:01Z", "ended_at": "2026-11-29T10:00:02.5Z", "due_at": null },
                { "place": "2", "kind": "step", "name": "crm.steps.tell", "state": "completed", "attempts": 1, "error": null,
                  "execution_id": null, "started_at": "2026-11-29T10:00:03Z", "ended_at": "2026-11-29T10:00:04Z", "due_at": null },
                { "place": "3.1.1", "kind": "step", "name": "crm.steps.mail", "state": "completed", "attempts": 1, "error": null,
                  "execution_id": null, "started_at": "2026-11-29T10:00:03Z", "ended_at": "2026-11-29T10:00:03.012Z", "due_at": null },
                { "place": "3.2.1", "kind": "step", "name": "crm.steps.find", "state": "completed", "attempts": 1, "error": null,
                  "execution_id": null, "started_at": "2026-11-29T10:00:03Z", "ended_at": "2026-11-29T10:00:03Z", "due_at": null },
                { "place": "3.2.2", "kind": "step", "name": "crm.steps.call", "state": "failed", "attempts": 1, "error": { "code": "integration", "message": "torn" },
                  "execution_id": "e1", "started_at": "2026-11-29T10:00:03.5Z", "ended_at": null, "due_at": null },
                { "place": "~1", "kind": "compensation", "name": "crm.steps.drop", "state": "completed", "attempts": 1, "error": null,
                  "execution_id": null, "started_at": null, "ended_at": null, "due_at": null } ]"#;
            match *verb {
                "list" => print!(r#"{{ "format": 1, "instances": [
                    {{ {listed}, "state": "failed", "ended_at": "2026-11-29T11:00:00Z", "error": {{ "code": "integration", "message": "torn\u001b[2J" }}, "waits": [] }},
                    {{ {listed}, "state": "running", "ended_at": null, "error": null,
                       "waits": [{{ "place": "3", "kind": "signal", "name": "paid", "state": "waiting", "due_at": null }}] }} ] }}"#),
                "stats" => print!(r#"{{ "format": 1, "stats": {{ "processes": [{{ "process": "crm.processes.board", "due": 2, "oldest_due_s": 9,
                    "running": 3, "waiting": 4, "open_tasks": 1, "failed": 5, "parked": 6,
                    "last_hour": {{ "started": 7, "completed": 8, "failed": 0, "steps": 0 }} }}],
                    "minutes": [{{ "started": 1, "completed": 1, "failed": 0, "steps": 5 }}, {{ "started": 2, "completed": 0, "failed": 0, "steps": 0 }},
                        {{ "started": 99, "completed": 99, "failed": 99, "steps": 99 }}] }} }}"#),
                "workers" | "scale" => print!(r#"{{ "format": 1, "all": 8, "workers": [{{ "id": "4711-a", "host": "one\u001b[2J", "pid": 4711, "role": "worker",
                    "version": "1.0.0", "state": "working", "concurrency": 16, "wanted": 8, "running": 2,
                    "started_at": "2026-11-29T10:00:00Z", "beat_at": "2026-11-29T11:00:00Z" }}] }}"#),
                "show" => print!(r#"{{ "format": 1, "instance": {{ {listed}, "state": "failed", "user_name": "Ann", "ended_at": null,
                    "error": {{ "code": "integration", "message": "torn", "execution_id": "e1" }}, "waits": [], "arguments": {{ "customer_id": 7 }},
                    "variables": [{{ "name": "code", "visibility": "sensitive", "value": "[redacted]" }}], "history": {history} }} }}"#),
                "retry" => {
                    print!(r#"{{ "format": 1, "error": {{ "code": "not_failed", "message": "the instance has not failed", "help": "", "fields": [] }} }}"#);
                    std::process::exit(1);
                }
                _ => print!(r#"{{ "format": 1, "instance": {{ {listed}, "state": "running", "ended_at": null, "error": null }} }}"#),
            }
        }
        ["__outside", verb] => {
            let mut input = String::new();
            std::io::stdin().read_to_string(&mut input).unwrap();
            let expected = match *verb {
                "set-secret" => r#"{"name":"PAYMENTS_KEY","value":"k3y\nof two lines"}"#,
                "delete-secret" => r#"{"name":"PAYMENTS_KEY"}"#,
                "test" => r#"{"system":"payments"}"#,
                _ => "{}",
            };
            assert!(input == expected || input == r#"{"system":null}"#, "{input}");
            let payments = r#""system": "billing.connected_systems.payments""#;
            match *verb {
                "list" => print!(r#"{{ "format": 1, "systems": [
                    {{ {payments}, "kind": "http", "place": "https://pay.example\u001b[2J", "secrets": ["PAYMENTS_KEY", "PAYMENTS_CERT"],
                       "missing_secrets": ["PAYMENTS_KEY"], "breaker_open": false, "answered_at": null, "failed_at": null, "failure": null,
                       "used_by": ["billing.integrations.create_charge"] }},
                    {{ "system": "crm.connected_systems.open", "kind": "smtp", "place": "mail.example:587", "secrets": [], "missing_secrets": [],
                       "breaker_open": false, "answered_at": null, "failed_at": null, "failure": null, "used_by": [] }} ] }}"#),
                "test" if input == expected => print!(r#"{{ "format": 1, "tests": [
                    {{ {payments}, "answers": true, "took_ms": 12, "failure": null, "message": null, "help": null }} ] }}"#),
                "test" => print!(r#"{{ "format": 1, "tests": [
                    {{ {payments}, "answers": false, "took_ms": 3, "failure": "remote_unauthorized", "message": "the system does not accept the platform's credentials",
                       "help": "enter the right ones" }} ] }}"#),
                "secrets" => print!(r#"{{ "format": 1, "secrets": [
                    {{ "name": "PAYMENTS_CERT", "source": "missing", "needed_by": ["billing.connected_systems.payments"] }},
                    {{ "name": "PAYMENTS_KEY", "source": "stored", "needed_by": [], "changed_at": "2026-11-29T10:00:00Z", "changed_by": 7, "changed_by_name": "Ann" }} ] }}"#),
                "set-secret" => print!(r#"{{ "format": 1, "changed": true, "needed_by": ["billing.connected_systems.payments"] }}"#),
                _ => {
                    print!(r#"{{ "format": 1, "error": {{ "code": "unknown_secret", "message": "no secret `PAYMENTS_KEY` is stored", "help": "", "fields": [] }} }}"#);
                    std::process::exit(1);
                }
            }
        }
        ["__user", "list"] => print!(r#"{{ "format": 1, "users": [{}, {}] }}"#,
            user(r#""active": true, "password": true"#), user(r#""active": false, "password": true"#)),
        ["__user", "show", "--", "-odd"] => print!(r#"{{ "format": 1, "user": {} }}"#, user(r#""active": true, "password": false"#)),
        ["__user", "password", "--", "ann"] => {
            let mut input = String::new();
            std::io::stdin().read_to_string(&mut input).unwrap();
            assert_eq!(input, "a long password\n");
            print!(r#"{{ "format": 1, "changed": true, "user": {} }}"#, user(r#""active": true, "password": true"#));
        }
        ["__user", "create", "--type=basic", "--name=ann", "--group=crm_users", "--group=finance", "--", "ann@a.example"] =>
            print!(r#"{{ "format": 1, "changed": true, "user": {} }}"#, user(r#""active": true, "password": false"#)),
        ["__user", "add-to", "--", "ann", "finance"] =>
            print!(r#"{{ "format": 1, "changed": false, "user": {} }}"#, user(r#""active": true, "password": true"#)),
        ["__user", "setup-link"] => print!(r#"{{ "format": 1, "url": "http://127.0.0.1:8080/setup?token=t0k3n", "holds_for_seconds": 86400 }}"#),
        ["__user", "invite", "--", "ann"] => print!(r#"{{ "format": 1, "user": {}, "url": "http://127.0.0.1:8080/invitation?token=t0k3n", "holds_for_seconds": 604800 }}"#,
            user(r#""active": true, "password": false"#)),
        ["__user", "reset-link", "--", "ann"] => print!(r#"{{ "format": 1, "user": {}, "url": "http://127.0.0.1:8080/reset?token=t0k3n", "holds_for_seconds": 1800 }}"#,
            user(r#""active": true, "password": true"#)),
        ["__user", "deactivate", "--", "anm"] => {
            print!(r#"{{ "format": 1, "error": {{ "code": "unknown_user", "message": "there is no user `anm`",
                "help": "did you mean `ann@a.example`?", "fields": [] }} }}"#);
            std::process::exit(1);
        }
        ["__user", "activate", "--", "ann"] => {
            print!(r#"{{ "format": 1, "error": {{ "code": "invalid_fields", "message": "some fields are wrong", "help": "",
                "fields": [{{ "field": "email", "code": "email", "message": "must be an e-mail address" }}] }} }}"#);
            std::process::exit(1);
        }
        other => {
            eprintln!("asked {other:?}");
            std::process::exit(2);
        }
    }
}
"##;

fn project(program: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"acme\", \"appos\"]\n");
    write("appos/Cargo.toml", "[package]\nname = \"appos\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    write("appos/src/lib.rs", "");
    let package = "[package]\nname = \"acme\"\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.85\"\n\n[dependencies]\nappos = { path = \"../appos\" }\n";
    write("acme/Cargo.toml", package);
    write("acme/src/main.rs", program);
    folder
}

fn called(folder: &Path, arguments: &[&str], input: Option<&str>, variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-appos"));
    command.args(arguments).current_dir(folder).env("CARGO_TARGET_DIR", folder.join("target"));
    command.env("CARGO_NET_OFFLINE", "true").env_remove("APPOS_PROJECT").envs(variables.iter().copied());
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command runs");
    if let Some(input) = input {
        child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("it reads");
    }
    child.wait_with_output().expect("its output")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

#[test]
fn accounts_are_shown_and_changed_by_the_program() {
    let folder = project(PLATFORM);
    let done = |arguments: &[&str], input: Option<&str>| {
        let output = called(folder.path(), arguments, input, &[]);
        assert!(output.status.success(), "{arguments:?}: {}", err(&output));
        out(&output)
    };
    let list = done(&["user", "list"], None);
    let rows = [
        "7   ann@a.example  Ann   active        crm_users, finance",
        "7   ann@a.example  Ann   switched off  crm_users, finance",
    ];
    assert_eq!(list.lines().skip(1).collect::<Vec<_>>(), rows, "{list}");
    let shown = done(&["user", "show", "--", "-odd"], None);
    assert!(shown.starts_with("ann@a.example (Ann)\n  id        7\n") && shown.contains("  password  no\n"), "{shown}");
    let password = ["user", "password", "ann", "--password-stdin"];
    assert_eq!(
        done(&password, Some("a long password\n")),
        "ann@a.example has a new password; its sessions have ended\n"
    );
    let create = ["user", "create", "ann", "--email", "ann@a.example", "--group", "crm_users", "--group", "finance"];
    let made = done(&create, None);
    assert!(made.starts_with("ann@a.example made\n  it cannot sign in before it has a password"), "{made}");
    assert_eq!(done(&["user", "add-to", "ann", "finance"], None), "ann@a.example was already in finance\n");
    assert!(
        done(&["user", "setup-link"], None)
            .starts_with("Set up the first administrator: http://127.0.0.1:8080/setup?token=t0k3n\n")
    );
    assert_eq!(
        done(&["user", "invite", "ann"], None),
        "Invitation: http://127.0.0.1:8080/invitation?token=t0k3n\nIt holds for 7 days, once.\n"
    );
    assert_eq!(
        done(&["user", "reset-link", "ann"], None),
        "A new password: http://127.0.0.1:8080/reset?token=t0k3n\nIt holds for 30 minutes, once.\n"
    );
    let json: Json = serde_json::from_str(&done(&["user", "list", "--json"], None)).expect("JSON");
    assert_eq!(json["users"][1]["active"], false);
}

#[test]
fn instances_are_listed_shown_and_steered_by_the_program() {
    let folder = project(PLATFORM);
    let id = "019acb72-4e80-7a3c-9f43-0242ac120002";
    let done = |arguments: &[&str], input: Option<&str>| {
        let output = called(folder.path(), arguments, input, &[]);
        assert!(output.status.success(), "{arguments:?}: {}", err(&output));
        out(&output)
    };
    let wanted = [
        "--process",
        "board",
        "--state",
        "failed",
        "--limit",
        "2",
        "--archived",
        "--where",
        "tier=a=b",
        "--where",
        "id=7",
    ];
    let list = done(&[&["process", "list"], &wanted[..]].concat(), None);
    let rows = [
        format!("failed   Onboarding of 7  2026-11-29 11:00:00  integration: torn\\u{{1b}}[2J  {id}"),
        format!("running  Onboarding of 7  2026-11-29 10:00:00  signal paid                 {id}"),
    ];
    assert_eq!(list.lines().skip(1).collect::<Vec<_>>(), rows, "{list}");
    let shown = done(&["process", "show", id], None);
    let history = "\
History
  ├─ 1      step make  completed  1.5 s  2 tries
  └─ side by side
     ├─ 2      step tell  completed  1.0 s
     ├─ 3.1.1  step mail  completed  12 ms
     └─ branch
        ├─ 3.2.1  step find  completed  0 ms
        └─ 3.2.2  step call  failed  integration: torn (execution e1)
  undone:
  ~ ~1     compensation drop  completed
";
    assert!(shown.ends_with(history), "{shown}");
    let told = ["  started   2026-11-29 10:00:00 by Ann (7)\n", "  execution e1\n", "  customer_id = 7\n"];
    for told in told.into_iter().chain(["  code (sensitive) = [redacted]\n"]) {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    let start = ["process", "start", "board", "--args", "-", "--key", "k7"];
    let next = format!("  cargo appos process show {id}\n");
    assert_eq!(done(&start, Some("{ \"customer_id\": 7 }")), format!("Onboarding of 7 is started\n{next}"));
    assert_eq!(done(&["process", "signal", id, "paid"], None), format!("Onboarding of 7 was told\n{next}"));
    assert_eq!(done(&["process", "cancel", id], None), format!("Onboarding of 7 is being ended\n{next}"));
    let stats = done(&["process", "stats", "--process", "board"], None);
    for told in [
        "2 (oldest 9 s)",
        "4 (1 tasks)",
        "5 / 6",
        "7 / 8",
        "over the last 2: 1.5 started, 0.5 completed, 0.0 failed, 2.5 steps",
    ] {
        assert!(stats.contains(told), "{told}: {stats}");
    }
    for asked in [&["process", "workers"][..], &["process", "scale", "all", "default"][..]] {
        let workers = done(asked, None);
        for told in ["each runs up to 8 at the same time", "4711-a", "2 of 16, soon 8", "one\\u{1b}[2J, pid 4711"] {
            assert!(workers.contains(told), "{told}: {workers}");
        }
    }
    let json: Json = serde_json::from_str(&done(&["process", "resume", id, "--json"], None)).expect("JSON");
    assert_eq!(json["instance"]["id"], id);
    for (arguments, code, said) in [
        (&["process", "retry", id][..], 1, "error: the instance has not failed"),
        (&["process", "show", "7"][..], 2, "error: `7` is no id of an instance"),
        (&["process", "start", "board", "--args", "[1]"][..], 2, "error: `--args` is no JSON object"),
        (&["process", "signal", id, "paid", "--payload", "{"][..], 2, "error: `--payload` is no JSON: EOF"),
        (&["process", "scale", "all", "10001"][..], 2, "write a whole number from 0 to 10000, or `default`"),
        (&["process", "list", "--dead", "--state", "failed"][..], 2, "cannot be used with"),
        (&["process", "list", "--state", "lost"][..], 2, "error: invalid value 'lost'"),
        (&["process", "list", "--where", "tier"][..], 2, "write a name and a value: `customer=3`"),
        (&["process", "list", "--where", "=gold"][..], 2, "write a name and a value: `customer=3`"),
    ] {
        let output = called(folder.path(), arguments, None, &[]);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(said), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn systems_outside_are_listed_and_tried_and_their_secrets_entered() {
    let folder = project(PLATFORM);
    let called = |arguments: &[&str], input: Option<&str>| called(folder.path(), arguments, input, &[]);
    let done = |arguments: &[&str], input: Option<&str>| {
        let output = called(arguments, input);
        assert!(output.status.success(), "{arguments:?}: {}", err(&output));
        out(&output)
    };
    let list = done(&["connection", "list"], None);
    for told in [
        "billing.connected_systems.payments",
        "https://pay.example\\u{1b}[2J",
        "missing: PAYMENTS_KEY",
        "billing.integrations.create_charge",
        "none needed",
        "nothing",
    ] {
        assert!(list.contains(told), "{told}: {list}");
    }
    assert_eq!(done(&["connection", "test", "payments"], None), "answers billing.connected_systems.payments (12 ms)\n");
    // One that does not answer is a failure of the command.
    let failed = called(&["connection", "test"], None);
    let said = "fails   billing.connected_systems.payments (remote_unauthorized)\n  the system does not accept the \
                platform's credentials\n  help: enter the right ones\n";
    assert_eq!((failed.status.code(), out(&failed).as_str()), (Some(1), said));
    let failed = called(&["connection", "test", "--json"], None);
    let json: Json = serde_json::from_slice(&failed.stdout).expect("JSON");
    assert_eq!((failed.status.code(), &json["tests"][0]["answers"]), (Some(1), &Json::Bool(false)));

    // The line break at its end is no part of a secret.
    let told = "PAYMENTS_KEY is stored; programs that serve use it with their next call\n  needed by \
                billing.connected_systems.payments\n  cargo appos connection test\n";
    let set = ["secrets", "set", "PAYMENTS_KEY"];
    assert_eq!(done(&set, Some("k3y\nof two lines\r\n")), told);
    fs::write(folder.path().join("key.txt"), "k3y\nof two lines\n").expect("a file");
    assert_eq!(done(&[&set[..], &["--file", "key.txt"]].concat(), None), told);
    let secrets = done(&["secrets", "list"], None);
    for told in ["PAYMENTS_CERT  missing", "PAYMENTS_KEY   stored", "2026-11-29 10:00:00", "Ann", "nothing"] {
        assert!(secrets.contains(told), "{told}: {secrets}");
    }
    for (arguments, input, code, said) in [
        (&["secrets", "delete", "PAYMENTS_KEY"][..], None, 1, "error: no secret `PAYMENTS_KEY` is stored"),
        (&set[..], Some("\n"), 2, "error: the secret is empty; nothing was changed"),
        (&set[..], None, 2, "error: the secret is empty; nothing was changed"),
        (&["secrets", "set", "PAYMENTS_KEY", "--file", "lost.txt"][..], None, 1, "error: lost.txt cannot be read"),
        (&["secrets", "set", "payments-key"][..], Some("k3y"), 2, "error: this is no name of a secret"),
        // It is no argument, which everybody on the machine could read.
        (&["secrets", "set", "PAYMENTS_KEY", "k3y"][..], None, 2, "unexpected argument"),
    ] {
        let output = called(arguments, input);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(said), "{arguments:?}: {}", err(&output));
    }
    let refused = called(&["secrets", "delete", "PAYMENTS_KEY", "--json"], None);
    let json: Json = serde_json::from_slice(&refused.stdout).expect("JSON");
    assert_eq!((refused.status.code(), &json["error"]["code"]), (Some(1), &"unknown_secret".into()));
}

#[test]
fn what_the_program_refuses_is_said_in_its_words() {
    let folder = project(PLATFORM);
    let refused = |arguments: &[&str]| {
        let output = called(folder.path(), arguments, None, &[]);
        // Without what Cargo says, which may wait for another one.
        let of_cargo = |line: &&str| ["Compiling", "Finished", "Blocking"].iter().any(|said| line.contains(said));
        let said: Vec<String> = err(&output).lines().filter(|line| !of_cargo(line)).map(str::to_owned).collect();
        (output.status.code(), said.join("\n"))
    };
    let said = "error: there is no user `anm`\n  help: did you mean `ann@a.example`?";
    assert_eq!(refused(&["user", "deactivate", "anm"]), (Some(1), said.to_owned()));
    let said = "error: some fields are wrong\n  email: must be an e-mail address";
    assert_eq!(refused(&["user", "activate", "ann"]), (Some(1), said.to_owned()));
    let output = called(folder.path(), &["user", "deactivate", "anm", "--json"], None, &[]);
    let json: Json = serde_json::from_str(&out(&output)).expect("JSON");
    assert_eq!((output.status.code(), &json["error"]["code"]), (Some(1), &"unknown_user".into()));
    // A password is no argument, and nobody is there to be asked.
    let said = "error: nobody can be asked for the password\n  help: write it to the input: `--password-stdin`";
    assert_eq!(refused(&["user", "password", "ann"]), (Some(2), said.to_owned()));
    assert_eq!(refused(&["user", "password", "ann", "--password=geheim"]).0, Some(2));
    assert_eq!(refused(&["user", "password", "ann", "geheim"]).0, Some(2));
    assert!(refused(&["user", "create", "ann"]).1.starts_with("error: `ann` is no e-mail address"));
    let robot = ["user", "create", "r@a.example", "--type", "service_account", "--password-stdin"];
    assert_eq!(refused(&robot).0, Some(2));
}

#[test]
fn the_doctor_counts_what_it_finds_and_says_how_to_mend_it() {
    let folder = project(PLATFORM);
    let looked = |arguments: &[&str], found: &str| called(folder.path(), arguments, None, &[("FOUND", found)]);
    let well = looked(&["doctor"], "ok");
    assert!(well.status.success(), "{}", err(&well));
    let text = out(&well);
    assert!(text.contains("; the project needs 1.85\n") && text.contains("`acme` builds\n"), "{text}");
    let warned = looked(&["doctor"], "warning");
    assert!(warned.status.success() && out(&warned).contains("help: `chmod o-rwx .appos`\n"), "{}", out(&warned));
    assert_eq!(looked(&["doctor", "--deny", "warnings"], "warning").status.code(), Some(1));
    let failed = looked(&["doctor", "--json"], "failed");
    assert_eq!(failed.status.code(), Some(1));
    let json: Json = serde_json::from_slice(&failed.stdout).expect("JSON");
    assert_eq!((&json["format"], &json["failed"]), (&1.into(), &1.into()));
    let names: Vec<&str> =
        json["checks"].as_array().expect("checks").iter().filter_map(|check| check["name"].as_str()).collect();
    assert_eq!(names, ["rustc", "cargo", "linker", "rustfmt", "clippy", "build", "settings", "folder"]);

    // What does not build any more is told, and the program that was built last is asked.
    fs::write(folder.path().join("acme/src/main.rs"), "fn main() { missing() }").expect("a file");
    let broken = looked(&["doctor", "--json"], "ok");
    assert_eq!(broken.status.code(), Some(1));
    let json: Json = serde_json::from_slice(&broken.stdout).expect("JSON");
    let checks = json["checks"].as_array().expect("checks");
    let check =
        |name: &str| checks.iter().find(|check| check["name"] == name).unwrap_or_else(|| panic!("no {name}: {json}"));
    assert_eq!(check("build")["status"], "failed");
    assert_eq!(check("settings")["status"], "ok");
}

#[test]
fn the_doctor_goes_on_without_a_compiler_and_without_a_program() {
    let folder = project("fn main() { missing() }");
    let variables = [("CC", "no-such-compiler"), ("RUSTC", "no-such-rustc")];
    let output = called(folder.path(), &["doctor", "--json"], None, &variables);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let json: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    let status = |name: &str| {
        let mut checks = json["checks"].as_array().expect("checks").iter();
        checks.find(|check| check["name"] == name).unwrap_or_else(|| panic!("no {name}: {json}"))["status"].clone()
    };
    for name in ["rustc", "linker", "build"] {
        assert_eq!(status(name), "failed", "{json}");
    }
    assert_eq!(status("program"), "warning");
    assert_eq!(status("cargo"), "ok");
}
