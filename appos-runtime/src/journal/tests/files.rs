//! Files: days, retention, completeness.

use std::collections::BTreeSet;
use std::fs;

use chrono::NaiveDate;

use super::{AT_US, DAY_US, Event, execution, executions, file, read, record, security, settings, start};
use crate::journal::retention::sweep;
use crate::journal::{Journal, JournalSettings};

#[test]
fn eight_threads_lose_nothing_and_keep_their_order() {
    const EACH: u32 = 20_000;
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::start(folder.path(), &JournalSettings { queue: 40_000, ..settings() }).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let journal = &journal;
            scope.spawn(move || {
                for number in 0..EACH {
                    record(journal, execution(thread * EACH + number));
                }
            });
        }
    });
    journal.shutdown();
    assert_eq!((journal.lost(), journal.failed()), (0, 0));
    let ids: Vec<String> =
        executions(folder.path()).iter().map(|line| line["execution_id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 160_000);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 160_000);
    let first_threads: Vec<&String> =
        ids.iter().filter(|id| u32::from_str_radix(&id[28..], 16).unwrap() < EACH).collect();
    assert!(first_threads.is_sorted());
    assert_eq!(read(&file(folder.path(), "rule", "performance", "2026-11-24")).len(), 160_000);
}

#[test]
fn an_event_is_filed_under_the_utc_day_of_its_start() {
    let folder = tempfile::tempdir().unwrap();
    let journal = start(folder.path());
    let midnight = AT_US / DAY_US * DAY_US + DAY_US;
    for at_us in [midnight - 1, midnight, midnight - 2, midnight + DAY_US] {
        let mut event = execution(1);
        event.at_us = at_us;
        record(&journal, event);
    }
    journal.shutdown();
    let lines = |day| read(&file(folder.path(), "rule", "execution", day)).len();
    assert_eq!((lines("2026-11-24"), lines("2026-11-25"), lines("2026-11-26")), (2, 1, 1));
    assert_eq!(read(&file(folder.path(), "rule", "execution", "2026-11-25"))[0]["ts"], "2026-11-25T00:00:00.000000Z");
}

#[test]
fn a_second_start_appends_and_ends_a_line_that_a_crash_cut() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "rule", "execution", "2026-11-24");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "{\"v\":1}\n{\"v\":1,\"ts\":\"20").unwrap();
    let journal = start(folder.path());
    record(&journal, execution(5));
    journal.shutdown();
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(serde_json::from_str::<serde_json::Value>(lines[2]).is_ok());
}

#[test]
fn flush_returns_when_lines_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let journal = start(folder.path());
    for number in 1..=20 {
        record(&journal, execution(number));
        journal.flush();
        assert_eq!(executions(folder.path()).len(), number as usize);
    }
}

#[test]
fn shutdown_may_be_called_again_and_later_events_count_as_lost() {
    let folder = tempfile::tempdir().unwrap();
    let journal = start(folder.path());
    record(&journal, execution(1));
    assert!(journal.is_enabled());
    journal.shutdown();
    journal.shutdown();
    journal.flush();
    record(&journal, execution(2));
    assert!(!journal.is_enabled());
    assert_eq!((journal.lost(), executions(folder.path()).len()), (1, 1));
}

#[test]
fn dropping_the_journal_writes_what_is_queued() {
    let folder = tempfile::tempdir().unwrap();
    let journal = start(folder.path());
    record(&journal, execution(1));
    journal.record(Event::Security(Box::new(security(""))));
    drop(journal);
    assert_eq!(executions(folder.path()).len(), 1);
}

#[test]
fn retention_deletes_by_category_and_leaves_younger_and_foreign_files() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str| {
        let path = folder.path().join("logs").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "{}\n").unwrap();
    };
    let keep = [
        "rule/execution/2026-08-26.jsonl",
        "rule/performance/2026-10-25.jsonl",
        "rule/security/2025-11-24.jsonl",
        "rule/execution/2027-01-01.jsonl",
        "rule/execution/notes.txt",
        "rule/execution/2020-01-01.jsonl.bak",
        "rule/execution/2020-1-1.jsonl",
        "rule/execution/2020-13-01.jsonl",
        "rule/execution/sub/2020-01-01.jsonl",
        "rule/other/2020-01-01.jsonl",
        "2020-01-01.jsonl",
    ];
    let delete = [
        "rule/execution/2026-08-25.jsonl",
        "rule/performance/2026-10-24.jsonl",
        "rule/security/2025-11-23.jsonl",
        "web_api/security/2001-01-01.jsonl",
    ];
    keep.iter().chain(&delete).for_each(|path| put(path));
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let logs = folder.path().join("logs");
    assert_eq!(sweep(&logs, [90, 30, 365], today), delete.len());
    assert!(keep.iter().all(|path| logs.join(path).exists()));
    assert!(delete.iter().all(|path| !logs.join(path).exists()));
    assert_eq!(sweep(&logs, [90, 30, 365], today), 0);
    assert_eq!(sweep(&folder.path().join("missing"), [90, 30, 365], today), 0);
}

#[cfg(unix)]
#[test]
fn retention_follows_no_links() {
    let folder = tempfile::tempdir().unwrap();
    let logs = folder.path().join("logs");
    let elsewhere = folder.path().join("elsewhere/execution");
    fs::create_dir_all(&elsewhere).unwrap();
    fs::create_dir_all(&logs).unwrap();
    fs::write(elsewhere.join("2001-01-01.jsonl"), "").unwrap();
    std::os::unix::fs::symlink(folder.path().join("elsewhere"), logs.join("rule")).unwrap();
    assert_eq!(sweep(&logs, [1, 1, 1], NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()), 0);
}

#[test]
fn old_files_are_deleted_when_the_journal_starts() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "rule", "execution", "2001-01-01");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "").unwrap();
    let journal = Journal::start(folder.path(), &JournalSettings::default()).unwrap();
    journal.flush();
    assert!(!path.exists());
}
