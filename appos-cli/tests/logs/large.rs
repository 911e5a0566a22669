//! Files that are larger than what is read of them at a time.

use std::fmt::Write;

use crate::folder::{Logs, append, err, numbers};

/// Lines of one file: one a millisecond.
fn lines(count: u32, object: &str) -> String {
    let mut text = String::new();
    for number in 0..count {
        let (minute, second, milli) = (number / 60_000, number / 1000 % 60, number % 1000);
        let time = format!("2026-11-24T10:{minute:02}:{second:02}.{milli:03}000Z");
        let id = format!("00000000-0000-7000-8000-{number:012x}");
        writeln!(
            text,
            r#"{{"v":1,"ts":"{time}","execution_id":"{id}","parent_id":null,"root_id":"{id}","object_ref":"{object}","operation":"call","user_id":1,"user":"ann","outcome":"ok","duration_us":1.0,"arguments":"{:x<300}","result":null,"error":null}}"#,
            ""
        )
        .expect("a text");
    }
    text
}

#[test]
fn the_last_lines_of_large_files_are_found_and_so_are_all() {
    let logs = Logs::of(Vec::new());
    let count = 20_000;
    append(&logs.file("rule", "execution", "2026-11-24"), &lines(count, "crm.rules.rate"));
    append(&logs.file("record", "execution", "2026-11-24"), &lines(count, "crm.records.customer"));
    append(&logs.file("rule", "execution", "2026-11-23"), "this day is not looked at if the next has enough\n");
    let last = u64::from(count) - 1;
    assert_eq!(logs.numbers(&["--limit", "4"]), [last - 1, last - 1, last, last]);
    assert_eq!(err(&logs.run(&["logs", "--limit", "4"])), "", "the day before is not read");

    // From a moment on, found without reading what stands before.
    let since = ["--since", "2026-11-24T10:00:19.990", "--limit", "0", "--kind", "rule"];
    assert_eq!(logs.numbers(&since), (last - 9..=last).collect::<Vec<_>>());
    let between = ["--since", "2026-11-24T10:00:05", "--until", "2026-11-24T10:00:05.003", "--object", "crm.rules"];
    assert_eq!(logs.numbers(&between), [5000, 5001, 5002]);

    let output = logs.run(&["logs", "--json", "--limit", "0", "--since", "2026-11-24"]);
    assert_eq!(err(&output), "");
    let all = numbers(&String::from_utf8(output.stdout).expect("text"));
    assert_eq!((all.len(), all.is_sorted()), (2 * count as usize, true));
}

#[test]
fn a_line_longer_than_any_may_be_is_passed_over() {
    let logs = Logs::of(Vec::new());
    let file = logs.file("rule", "execution", "2026-11-24");
    let lines = lines(3, "crm.rules.rate");
    let (first, rest) = lines.split_once('\n').expect("lines");
    append(&file, &format!("{first}\n{{\"v\":1,\"ts\":\"{}\"}}\n{rest}", "9".repeat(20_000_000)));
    for limit in ["0", "100"] {
        let output = logs.run(&["logs", "--json", "--limit", limit]);
        assert_eq!(numbers(&String::from_utf8_lossy(&output.stdout)), [0, 1, 2]);
        let expected = format!("note: 1 line is broken or half written and left out, the first at {}", file.display());
        assert!(err(&output).starts_with(&expected), "{}", err(&output));
    }
}
