//! Full queues, full disks, folders that are no folders.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Event, execution, executions, file, read, record, security, settings, start};
use crate::journal::{Journal, JournalSettings};

#[test]
fn a_full_queue_loses_events_counts_them_and_never_blocks() {
    const EVENTS: u32 = 50_000;
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::start(folder.path(), &JournalSettings { queue: 4, ..settings() }).unwrap();
    let before = Instant::now();
    for number in 0..EVENTS {
        record(&journal, execution(number));
    }
    assert!(before.elapsed() < Duration::from_secs(2), "{:?}", before.elapsed());
    let lost = journal.lost();
    assert!(lost > 0);
    journal.shutdown();
    assert_eq!(executions(folder.path()).len() as u64 + lost, u64::from(EVENTS));

    let told: Vec<Value> = fs::read_dir(folder.path().join("logs/journal/execution"))
        .unwrap()
        .flat_map(|entry| read(&entry.unwrap().path()))
        .collect();
    assert!(told.iter().all(|line| line["event"] == "lost"));
    assert_eq!(told.iter().map(|line| line["count"].as_u64().unwrap()).sum::<u64>(), lost);
    assert_eq!(told.last().unwrap()["total"], lost);
}

#[test]
fn security_events_find_room_beside_a_full_queue() {
    const EVENTS: usize = 100_000;
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::start(folder.path(), &JournalSettings { queue: 4, ..settings() }).unwrap();
    for _ in 0..EVENTS {
        journal.record(Event::Security(Box::new(security("denied"))));
    }
    journal.shutdown();
    assert_eq!(journal.lost(), 0);
    assert_eq!(read(&file(folder.path(), "web_api", "security", "2026-11-24")).len(), EVENTS);
}

#[test]
fn an_unwritable_folder_is_counted_and_lines_resume_by_themselves() {
    let folder = tempfile::tempdir().unwrap();
    // A file in the place of the folder; unlike missing rights, it stops root too.
    fs::write(folder.path().join("logs"), "").unwrap();
    let journal = start(folder.path());
    record(&journal, execution(1));
    journal.flush();
    assert_eq!((journal.failed(), journal.lost()), (2, 0));
    fs::remove_file(folder.path().join("logs")).unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    while executions(folder.path()).is_empty() {
        assert!(Instant::now() < deadline);
        std::thread::sleep(Duration::from_millis(100));
        record(&journal, execution(2));
        journal.flush();
    }
    let failed = journal.failed();
    record(&journal, execution(3));
    journal.shutdown();
    assert_eq!(journal.failed(), failed);
    assert_eq!(executions(folder.path()).last().unwrap()["execution_id"], "00000000-0000-0000-0000-000000000003");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_counted_and_does_not_stop_other_files() {
    let folder = tempfile::tempdir().unwrap();
    let full = file(folder.path(), "rule", "performance", "2026-11-24");
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink("/dev/full", &full).unwrap();
    let journal = start(folder.path());
    record(&journal, execution(1));
    record(&journal, execution(2));
    journal.shutdown();
    assert_eq!(journal.failed(), 2);
    assert_eq!(executions(folder.path()).len(), 2);
}

#[test]
fn a_deleted_folder_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let journal = start(folder.path());
    record(&journal, execution(1));
    journal.flush();
    fs::remove_dir_all(folder.path().join("logs")).unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    while executions(folder.path()).is_empty() {
        assert!(Instant::now() < deadline);
        std::thread::sleep(Duration::from_millis(100));
        record(&journal, execution(2));
        journal.flush();
    }
}

#[test]
fn a_disabled_journal_does_nothing() {
    let journal = Journal::disabled();
    record(&journal, execution(1));
    journal.name_user(1, "ann");
    journal.flush();
    journal.shutdown();
    assert_eq!((journal.lost(), journal.failed(), journal.is_enabled()), (0, 0, false));
}
