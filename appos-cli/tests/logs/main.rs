//! `cargo appos logs` and `cargo appos trace` on log files as a platform writes them.

mod folder;
#[cfg(unix)]
mod follow;
mod large;
mod project;
mod trace;

use std::fs;

use folder::{Event, Logs, append, call, security};
use serde_json::json;

/// A little of everything.
fn some() -> Logs {
    let rate = call("10:00:00.1", 1, "crm.rules.rate", "call").took(40_000);
    let get = call("10:00:00.11", 2, "crm.records.customer", "get").took(2_000).below(&rate);
    let refused = call("10:00:01", 3, "crm.records.customer", "delete").of(2, "bob").failed(
        "denied",
        "denied",
        "no `delete` permission for crm.records.customer",
    );
    let told = security(
        "10:00:01",
        "denied",
        &json!({ "execution_id": refused.id(), "object_ref": "crm.records.customer", "object_type": "record",
                 "permission": "delete", "user_id": 2, "user": "bob", "detail": "no", "address": "10.0.0.9" }),
    );
    let failed = call("10:00:02", 4, "billing.rules.tax", "call").failed("failed", "no_rate", "there is no rate");
    let sign_in = security("10:00:03", "sign_in_failed", &json!({ "detail": "x@y.z", "address": "10.0.0.9" }));
    let unknown = call("10:00:04", 5, "", "request")
        .of(0, "public_access")
        .failed("not_found", "no_route", "there is nothing at this address")
        .with(&json!({ "object_ref": null, "object_type": "web_api", "app": null }));
    Logs::of(vec![rate, get, refused, told, failed, sign_in, unknown])
}

#[test]
fn lines_of_all_files_stand_in_columns_in_the_order_of_time() {
    let id = |time: &str, number| call(time, number, "", "").id()[..18].to_owned();
    let expected = format!(
        "\
Time                     Result          Duration  User             Object                       Execution           Message
2026-11-24 10:00:00.100  ok               40.0 ms  ann@example.com  crm.rules.rate               {}
2026-11-24 10:00:00.110  ok               2.00 ms  ann@example.com  crm.records.customer get     {}
2026-11-24 10:00:01.000  denied           0.50 µs  bob              crm.records.customer delete  {}  denied: no `delete` permission for crm.records.customer
2026-11-24 10:00:02.000  failed           0.50 µs  ann@example.com  billing.rules.tax            {}  no_rate: there is no rate
2026-11-24 10:00:03.000  sign_in_failed            #0               -                                                x@y.z  10.0.0.9
2026-11-24 10:00:04.000  not_found        0.50 µs  public_access    request                      {}  no_route: there is nothing at this address
",
        id("10:00:00.1", 1),
        id("10:00:00.11", 2),
        id("10:00:01", 3),
        id("10:00:02", 4),
        id("10:00:04", 5)
    );
    assert_eq!(some().out(&["logs"]), expected);
}

#[test]
fn each_question_chooses_its_lines() {
    let logs = some();
    for (arguments, expected) in [
        (&[][..], &[1, 2, 3, 4, 0, 5][..]),
        (&["--limit", "2"], &[0, 5]),
        (&["--limit", "0"], &[1, 2, 3, 4, 0, 5]),
        (&["--errors"], &[3, 4, 0, 5]),
        (&["--errors", "--limit", "1"], &[5]),
        (&["--denied"], &[3]),
        (&["--denied", "--category", "security"], &[3]),
        (&["--denied", "--category", "security", "--category", "execution"], &[3, 3]),
        (&["--outcome", "failed", "--outcome", "not_found"], &[4, 5]),
        (&["--object", "crm.rules.rate"], &[1]),
        (&["--object", "crm"], &[1, 2, 3]),
        (&["--object", "crm.*"], &[1, 2, 3]),
        (&["--object", "crm.records"], &[2, 3]),
        (&["--user", "ann"], &[1, 2, 4]),
        (&["--user", "ANN@example.com"], &[1, 2, 4]),
        (&["--user", "2"], &[3]),
        (&["--kind", "rule"], &[1, 4]),
        (&["--kind", "rule", "--kind", "web_api"], &[1, 4, 0, 5]),
        (&["--slow", "1ms"], &[1, 2]),
        (&["--slow", "2ms", "--category", "performance"], &[1, 2]),
        (&["--slow", "2001us"], &[1]),
        (&["--grep", "no_r(ate|oute)"], &[4, 5]),
        (&["--grep", "(?i)NO_RATE"], &[4]),
        (&["--since", "2026-11-24T10:00:02"], &[4, 0, 5]),
        (&["--since", "2026-11-24T10:00:02Z", "--until", "2026-11-24T10:00:03Z"], &[4]),
        (&["--until", "2026-11-24T10:00:01", "--limit", "0"], &[1, 2]),
        (&["--since", "2026-11-23", "--until", "2026-11-24"], &[]),
        (&["--since", "1h"], &[]),
        (&["--errors", "--user", "ann"], &[4]),
    ] {
        assert_eq!(logs.numbers(arguments), expected, "{arguments:?}");
    }
}

#[test]
fn an_execution_is_found_with_what_it_called() {
    let logs = some();
    let rate = call("10:00:00.1", 1, "crm.rules.rate", "call").id();
    assert_eq!(logs.numbers(&["--execution", &rate]), [1, 2]);
    assert_eq!(logs.numbers(&["--execution", &rate[..13].to_uppercase()]), [1, 2]);
    assert_eq!(logs.numbers(&["--execution", &call("10:00:00.11", 2, "", "").id()]), [2]);
}

#[test]
fn times_are_those_of_the_machine_unless_told_otherwise() {
    let logs = some();
    let run = |more: &[&str]| {
        let mut command = folder::command(&["logs", "--object", "crm.rules", "--logs"]);
        let output = command.arg(logs.path()).args(more).env("TZ", "America/Bogota").output().expect("it runs");
        String::from_utf8(output.stdout).expect("text")
    };
    assert!(run(&[]).contains("\n2026-11-24 05:00:00.100  ok"), "{}", run(&[]));
    assert!(run(&["--utc"]).contains("\n2026-11-24 10:00:00.100  ok"), "{}", run(&["--utc"]));
    assert!(run(&["--since", "2026-11-24T05:00"]).contains("05:00:00.100"));
    assert_eq!(run(&["--since", "2026-11-24T05:00:01"]), "");
    assert_eq!(run(&["--utc", "--since", "2026-11-24T10:01"]), "");
}

#[test]
fn what_took_long_is_written_late_and_stands_where_it_began() {
    // It ended behind all the others, and stands behind them in its file.
    let mut events = vec![call("10:00:00", 900, "crm.rules.slow", "call").took(3_600_000_000)];
    events.extend((0..600).map(|number| {
        call(&format!("10:{:02}:{:02}", 1 + number / 60, number % 60), number, "crm.rules.rate", "call")
    }));
    let logs = Logs::of(events);
    for limit in ["0", "700"] {
        let found = logs.numbers(&["--limit", limit]);
        assert_eq!((found.len(), found[0], found[1]), (601, 900, 0), "--limit {limit}");
    }
    assert_eq!(logs.numbers(&["--limit", "2"]), [598, 599]);
    assert_eq!(logs.numbers(&["--slow", "1min"]), [900]);
    assert_eq!(logs.numbers(&["--until", "2026-11-24T10:01:02", "--limit", "0"]), [900, 0, 1]);
}

#[test]
fn broken_and_half_written_lines_are_told_and_harm_nothing() {
    let logs = some();
    let file = logs.file("rule", "execution", "2026-11-24");
    append(
        &file,
        "\n{\"v\":1,\"ts\":\"2026-11-24T10:00:05\nno line\n{\"v\":9,\"ts\":\"2026-11-24T10:00:05.000000Z\"}\n{\"v\":1,\"ts\":\"2026",
    );
    fs::write(logs.file("rule", "execution", "2026-11-23"), [0xff, 0xfe, b'\n']).expect("a file");
    for limit in ["0", "100"] {
        let output = logs.run(&["logs", "--json", "--limit", limit]);
        assert!(output.status.success());
        assert_eq!(folder::numbers(&String::from_utf8_lossy(&output.stdout)), [1, 2, 3, 4, 0, 5]);
        let said = folder::err(&output);
        assert!(said.starts_with("note: 5 lines are broken or half written and left out, the first at "), "{said}");
    }
}

#[test]
fn no_text_of_a_line_reaches_the_terminal_as_a_command() {
    let evil = "\u{1b}]0;owned\u{7}\u{9b}31m\r\n\u{202e}";
    let broken = call("10:00:00", 1, "crm.rules.rate", "call").of(1, evil).failed("failed", "x", evil);
    let trace = broken.id();
    let logs =
        Logs::of(vec![broken.with(&json!({ "object_ref": format!("crm.rules.{evil}"), "arguments": { "a": evil } }))]);
    for arguments in [&["logs"][..], &["logs", "--json"], &["trace", &trace], &["trace", &trace, "--json"]] {
        let shown = logs.out(arguments);
        let obeyed = |sign: char| (sign.is_control() && sign != '\n') || sign == '\u{202e}';
        assert!(!shown.contains(obeyed), "{arguments:?}: {shown:?}");
    }
    assert!(logs.out(&["logs"]).contains("x: \\u{1b}]0;owned\\u{7}\\u{9b}31m\\r\\n\\u{202e}"));
    let line: serde_json::Value = serde_json::from_str(&logs.out(&["logs", "--json"])).expect("JSON");
    assert_eq!(line["user"], evil, "as JSON it means the same");
}

#[test]
fn colours_are_for_terminals_and_whoever_asks() {
    let logs = some();
    assert!(!logs.out(&["logs"]).contains('\u{1b}'));
    assert!(!logs.out(&["logs", "--color", "never"]).contains('\u{1b}'));
    let shown = logs.out(&["--color=always", "logs"]);
    assert!(shown.contains("\u{1b}[33mdenied\u{1b}[0m") && shown.contains("\u{1b}[32mok\u{1b}[0m"), "{shown}");
    assert!(
        logs.out(&["trace", &call("10:00:02", 4, "", "").id(), "--color", "always"]).contains("\u{1b}[1;31mfailed")
    );
    // Also what is said of mistakes, by us and of the command line.
    for wrong in [&["logs", "--kind", "rul"][..], &["logs", "--folow"]] {
        let said = |colour: &str| logs.refused(&[&["--color", colour], wrong].concat()).1;
        assert!(said("always").contains('\u{1b}') && !said("auto").contains('\u{1b}'), "{}", said("always"));
    }
    let refused = logs.refused(&["logs", "--color", "sometimes"]).1;
    assert!(refused.contains("[possible values: auto, always, never]"), "{refused}");
}

#[test]
fn what_is_asked_wrongly_is_answered_with_the_nearest() {
    let logs = some();
    for (arguments, expected) in [
        (&["--object", "crm.ruls.rate"][..], "there is no object `crm.ruls.rate`\n  help: write `crm.rules.rate`"),
        (&["--object", "biling"], "there is no object `biling`\n  help: write `billing`"),
        (&["--kind", "rul"], "there is no kind `rul`\n  help: write `--kind rule`"),
        (
            &["--kind", "xyz"],
            "help: kinds are connected_system, constant, integration, interface, page, process, record, rule, site, step, translation_set, web_api",
        ),
        (&["--outcome", "faild"], "there is no outcome `faild`\n  help: write `failed`"),
        (&["--since", "noon"], "`--since noon` is no time\n  help: write `1h`, `2026-11-24`, "),
        (&["--since", "1h", "--until", "2h"], "`--since` is not before `--until`"),
        (&["--slow", "fast"], "`--slow fast` is no duration\n  help: write `100ms`"),
        (&["--execution", "the last"], "`the last` is no id of an execution"),
        (&["--grep", "("], "`--grep` cannot be understood"),
        (&["--grep", "(a{999}){999}{999}"], "`--grep` cannot be understood"),
        (&["--limit", "2000000"], "`--limit 2000000` is too much"),
        (&["--category", "executions"], "a similar value exists: 'execution'"),
        (&["--follow", "--until", "1h"], "cannot be used with"),
        (&["--folow"], "a similar argument exists: '--follow'"),
    ] {
        let (code, said) = logs.refused(&[&["logs"], arguments].concat());
        assert_eq!(code, Some(2), "{arguments:?}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    // A user may be there and have done nothing: no mistake, but told.
    let (code, said) = logs.refused(&["logs", "--user", "bop"]);
    assert_eq!((code, said.as_str()), (Some(0), "note: no line that was read is of a user `bop`; is it `bob`?\n"));
    let (code, said) = logs.refused(&["logs", "--since", "2026-11-24T11:00"]);
    assert_eq!(code, Some(0));
    assert!(said.starts_with("note: no such line in "), "{said}");
}

#[test]
fn lost_lines_and_compressed_files_are_told() {
    let logs = some();
    append(
        &logs.file("journal", "execution", "2026-11-24"),
        "{\"v\":1,\"ts\":\"2026-11-24T10:00:09.000000Z\",\"event\":\"lost\",\"count\":7,\"total\":9}\n",
    );
    let shown = logs.out(&["logs", "--errors", "--limit", "1"]);
    assert!(
        shown.contains("lost") && shown.contains("7 events found the queue full and are not in the log, 9 since"),
        "{shown}"
    );

    let zipped = logs.file("rule", "execution", "2026-11-20").with_extension("jsonl.zst");
    fs::write(&zipped, b"\x28\xb5").expect("a file");
    let output = logs.run(&["logs"]);
    assert!(folder::err(&output).contains("2026-11-20.jsonl.zst is compressed and not read; unpack it first"));
    assert_eq!(folder::err(&logs.run(&["logs", "--since", "2026-11-21"])), "", "of days that are not asked for");
}

/// Puts the lines of all files into compressed ones; with the names under which a program compresses them, if it was
/// killed before it had removed those.
fn compress(logs: &Logs, was_killed: bool) {
    use std::io::Write;
    for file in logs.files() {
        let text = fs::read(&file).expect("lines");
        let part = file.with_extension("0123abcd.jsonl");
        let packed = fs::File::create(part.with_extension("jsonl.gz")).expect("a file");
        let mut packed = flate2::write::GzEncoder::new(packed, flate2::Compression::default());
        packed.write_all(&text).expect("it can be written");
        packed.finish().expect("it can be written");
        fs::remove_file(&file).expect("it is there");
        if was_killed {
            fs::write(&part, &text).expect("it can be written");
        }
    }
}

#[test]
fn compressed_files_are_read_like_others_and_each_line_once() {
    let logs = some();
    let rate = call("10:00:00.1", 1, "crm.rules.rate", "call").id();
    let questions = [
        &["logs"][..],
        &["logs", "--limit", "2"],
        &["logs", "--limit", "0", "--json"],
        &["logs", "--errors", "--since", "2026-11-24T10:00:02Z"],
        &["logs", "--category", "security", "--category", "performance", "--json"],
        &["trace", &rate],
    ];
    let answers = questions.map(|question| logs.out(question));
    compress(&logs, false);
    assert_eq!(questions.map(|question| logs.out(question)), answers);
    // A line that comes later begins the file of its day anew.
    logs.add(vec![call("10:00:05", 6, "crm.rules.rate", "call")]);
    assert_eq!(logs.numbers(&[]), [1, 2, 3, 4, 0, 5, 6]);
    assert_eq!(logs.numbers(&["--object", "crm.rules.rate"]), [1, 6]);

    let logs = some();
    compress(&logs, true);
    assert_eq!(questions.map(|question| logs.out(question)), answers, "and not both files");
    let broken = logs.files().into_iter().find(|file| file.to_string_lossy().contains("/rule/execution/"));
    fs::write(broken.expect("a part").with_extension("jsonl.gz"), b"\x1f\x8b broken").expect("it can be written");
    let output = logs.run(&["logs"]);
    assert!(folder::err(&output).contains(".jsonl.gz cannot be read: "), "{}", folder::err(&output));
    assert!(output.status.success(), "what can be read is shown");
}

#[test]
fn without_log_files_it_is_said_where_they_were_looked_for() {
    let logs = Logs::of(Vec::<Event>::new());
    let missing = logs.path().join("nowhere");
    for command in [&["logs"][..], &["trace", "019ab54d"]] {
        let output = folder::command(command).arg("--logs").arg(&missing).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1));
        let said = folder::err(&output);
        assert!(
            said.contains("nowhere does not exist\n  help: start the platform, or name the folder with `--logs`"),
            "{said}"
        );
    }
}
