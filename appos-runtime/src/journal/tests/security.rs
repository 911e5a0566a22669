//! The security log: it drops nothing, holds what cannot be written, and says so.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Event, execution, file, read, record, security, settings, start};
use crate::journal::file::{LogFile, Trouble};
use crate::journal::{Journal, JournalSettings};

fn note(journal: &Journal, detail: &str) {
    journal.record(Event::Security(Box::new(security(detail))));
}

fn lines(folder: &Path) -> Vec<serde_json::Value> {
    read(&file(folder, "web_api", "security", "2026-11-24"))
}

/// Waits for the journal to find out how its security log stands.
#[track_caller]
fn until(journal: &Journal, writable: bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while journal.security_is_writable() != writable {
        assert!(Instant::now() < deadline, "it never became {writable}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_flood_from_many_threads_waits_for_the_writer_and_loses_nothing() {
    const EACH: usize = 12_500;
    let folder = tempfile::tempdir().unwrap();
    // Room for a few dozen: nearly every event finds the queue full.
    let journal = Journal::start(folder.path(), &JournalSettings { queue: 4, ..settings() }).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let journal = &journal;
            scope.spawn(move || {
                for number in 0..EACH {
                    note(journal, &format!("{thread} {number}"));
                    record(journal, execution(1));
                }
            });
        }
    });
    assert!(journal.security_is_writable());
    journal.shutdown();
    let written = lines(folder.path());
    assert_eq!(written.len(), 8 * EACH);
    // Each thread's in the order in which it told them.
    for thread in 0..8 {
        let of = written.iter().filter_map(|line| line["detail"].as_str()?.strip_prefix(&format!("{thread} ")));
        assert!(of.map(|number| number.parse::<usize>().unwrap()).eq(0..EACH));
    }
}

#[test]
fn an_unwritable_folder_holds_lines_until_it_can_be_written_again() {
    let folder = tempfile::tempdir().unwrap();
    // A file in the place of the folder; unlike missing rights, it stops root too.
    fs::write(folder.path().join("logs"), "").unwrap();
    let journal = start(folder.path());
    for number in 0..1000 {
        note(&journal, &number.to_string());
    }
    journal.flush();
    assert!(!journal.security_is_writable());
    assert_eq!((journal.lost(), journal.failed()), (0, 0));
    fs::remove_file(folder.path().join("logs")).unwrap();
    until(&journal, true);
    assert_eq!(lines(folder.path()).len(), 1000);
    note(&journal, "1000");
    journal.shutdown();
    let written = lines(folder.path());
    assert!(written.iter().map(|line| line["detail"].as_str().unwrap().parse::<u32>().unwrap()).eq(0..=1000));
    assert!(!journal.security_is_writable(), "nothing is written any more");
}

#[test]
fn trouble_is_found_out_without_any_event() {
    let folder = tempfile::tempdir().unwrap();
    let journal = start(folder.path());
    journal.flush();
    assert!(journal.security_is_writable());
    let logs = folder.path().join("logs");
    fs::remove_dir_all(&logs).ok();
    fs::write(&logs, "").unwrap();
    until(&journal, false);
    fs::remove_file(&logs).unwrap();
    until(&journal, true);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_holds_security_lines_and_loses_others() {
    let folder = tempfile::tempdir().unwrap();
    let full = file(folder.path(), "web_api", "security", "2026-11-24");
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink("/dev/full", &full).unwrap();
    let journal = start(folder.path());
    note(&journal, "held");
    journal.flush();
    assert!(!journal.security_is_writable());
    fs::remove_file(&full).unwrap();
    until(&journal, true);
    assert_eq!(lines(folder.path())[0]["detail"], "held");
    assert_eq!(journal.failed(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_held_to_the_end_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("logs"), "").unwrap();
    let journal = start(folder.path());
    note(&journal, "one");
    note(&journal, "two");
    journal.shutdown();
    assert_eq!(journal.failed(), 2);
}

#[test]
fn a_journal_that_records_nothing_has_no_trouble() {
    assert!(Journal::disabled().security_is_writable());
}

#[test]
fn a_line_that_the_disk_has_cut_is_gone_on_with_or_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    for (foreign, expected) in [("", "one\ntwo\nthree\n"), ("other\n", "one\ntwother\ntwo\nthree\n")] {
        let path = folder.path().join("lines");
        fs::write(&path, "one\ntw").unwrap();
        let mut trouble = Trouble::new(std::sync::Arc::default());
        let mut lines = LogFile::new(path.clone(), "web_api", "security", 1);
        lines.append(b"one\n", &mut trouble);
        lines.append(b"two\n", &mut trouble);
        lines.append(b"three\n", &mut trouble);
        lines.took(6, &fs::File::open(&path).unwrap());
        fs::write(&path, format!("one\ntw{foreign}")).unwrap();
        lines.flush(&mut trouble);
        assert_eq!(fs::read_to_string(&path).unwrap(), expected);
        assert!(!lines.holds());
    }
}
