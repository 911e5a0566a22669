//! Old files are compressed, and no line is lost or counted twice wherever that is cut off.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::NaiveDate;
use flate2::read::GzDecoder;

use crate::journal::compress::Pass;
use crate::journal::retention::sweep;

fn pass(logs: &Path) -> Pass {
    Pass { logs: logs.to_owned(), days: 1, rest: Duration::ZERO, closing: Arc::new(AtomicBool::new(false)) }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn unpacked(path: PathBuf) -> String {
    let mut text = String::new();
    GzDecoder::new(File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    text
}

/// A folder of log files with one of a category, and that.
fn logs() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("rule/execution");
    fs::create_dir_all(&rules).unwrap();
    (folder, rules)
}

#[test]
fn what_is_old_is_compressed_and_goes_with_its_category() {
    let (folder, rules) = logs();
    let lines = (0..50_000).map(|number| format!("{{\"n\":{number}}}\n")).collect::<Vec<_>>().concat();
    for day in ["2026-11-22", "2026-11-23", "2026-11-24"] {
        fs::write(rules.join(format!("{day}.jsonl")), &lines).unwrap();
    }
    fs::write(rules.join("2026-11-22.jsonl.bak"), "somebody's own").unwrap();
    assert_eq!(pass(folder.path()).run(today()), 1);
    let left = names(&rules);
    assert_eq!(left.len(), 4, "{left:?}");
    let packed = left.iter().find(|name| name.ends_with(".jsonl.gz")).unwrap();
    assert!(packed.starts_with("2026-11-22."), "{left:?}");
    assert_eq!(unpacked(rules.join(packed)), lines);
    assert!(fs::metadata(rules.join(packed)).unwrap().len() < lines.len() as u64 / 3);
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&fs::metadata(rules.join(packed)).unwrap()) & 0o777, 0o640);
    // A call that began that day has ended only now.
    fs::write(rules.join("2026-11-22.jsonl"), "{\"late\":true}\n").unwrap();
    assert_eq!(pass(folder.path()).run(today()), 1);
    assert_eq!(pass(folder.path()).run(today()), 0, "once");
    let parts: Vec<String> = names(&rules).into_iter().filter(|name| name.ends_with(".jsonl.gz")).collect();
    assert_eq!(parts.len(), 2, "{parts:?}");
    let mut texts: Vec<String> = parts.iter().map(|part| unpacked(rules.join(part))).collect();
    texts.sort();
    assert_eq!(texts, ["{\"late\":true}\n".to_owned(), lines]);
    assert_eq!(sweep(folder.path(), [1, 90, 90], today()), 2, "compressed files are kept as long as others");
    assert_eq!(names(&rules), ["2026-11-22.jsonl.bak", "2026-11-23.jsonl", "2026-11-24.jsonl"]);
}

#[test]
fn a_pass_that_was_cut_off_is_gone_on_with() {
    let (folder, rules) = logs();
    // Cut off before the compressed file had its name, and after it.
    fs::write(rules.join("2026-11-20.0123abcd.jsonl"), "a\n").unwrap();
    fs::write(rules.join("2026-11-20.0123abcd.jsonl.gz.89abcdef.tmp"), [0x1f, 0x8b]).unwrap();
    fs::write(rules.join("2026-11-21.0123abcd.jsonl"), "b\n").unwrap();
    fs::write(rules.join("2026-11-21.0123abcd.jsonl.gz"), "whole").unwrap();
    let cut_off = pass(folder.path());
    cut_off.closing.store(true, Ordering::SeqCst);
    assert_eq!(cut_off.run(today()), 0, "a program that ends begins nothing");
    assert!(names(&rules).contains(&"2026-11-20.0123abcd.jsonl".to_owned()));
    assert_eq!(pass(folder.path()).run(today()), 1);
    let left = names(&rules);
    assert_eq!(
        left,
        [
            "2026-11-20.0123abcd.jsonl.gz",
            // Perhaps another program is at it: it is removed when it is old.
            "2026-11-20.0123abcd.jsonl.gz.89abcdef.tmp",
            "2026-11-21.0123abcd.jsonl.gz"
        ]
    );
    assert_eq!(unpacked(rules.join(&left[0])), "a\n");
    assert_eq!(fs::read_to_string(rules.join(&left[2])).unwrap(), "whole", "what was whole stays");
}
