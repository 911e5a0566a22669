//! The fuzz targets in one program; `APPOS_FUZZ` names the one to run.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use appos_cli::fuzzing as logs;
use appos_runtime::fuzzing as readers;
use libfuzzer_sys::fuzz_target;
use regex::Regex;

type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 8] = [
    ("filters", |bytes| {
        text(bytes, readers::question);
        readers::body(bytes);
    }),
    ("cursors", |bytes| two_texts(bytes, readers::cursor)),
    ("references", |bytes| text(bytes, readers::reference)),
    ("patterns", |bytes| two_texts(bytes, |pattern, reference| readers::pattern(pattern, reference, covers))),
    ("credentials", readers::header),
    ("traces", |bytes| two_texts(bytes, readers::trace)),
    ("yaml", |bytes| {
        text(bytes, readers::platform);
        text(bytes, readers::app);
    }),
    ("log_reader", |bytes| {
        logs::log_file(FOLDER.path(), bytes);
        text(bytes, logs::log_argument);
    }),
];

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    // In memory where that is possible: the file is written anew for each input.
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a temporary folder")
});

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("APPOS_FUZZ").unwrap_or_default();
    let target = TARGETS.iter().find(|(own, _)| *own == name);
    target.unwrap_or_else(|| panic!("APPOS_FUZZ names one of {:?}", TARGETS.map(|(name, _)| name))).1
});

fuzz_target!(|bytes: &[u8]| TARGET(bytes));

fn text(bytes: &[u8], read: fn(&str)) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        read(text);
    }
}

/// Two texts of one input: what stands before the first line break and what behind it.
fn two_texts(bytes: &[u8], read: fn(&str, &str)) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (first, second) = text.split_once('\n').unwrap_or((text, ""));
    read(first, second);
}

/// What a pattern means, said as a regular expression over whole references.
fn covers(pattern: &str, reference: &str) -> bool {
    let (app, rest) = pattern.split_once('.').expect("a pattern has an app");
    let (namespace, name) =
        rest.split_once('.').map_or(("[^.]*".to_owned(), rest), |(namespace, name)| (regex::escape(namespace), name));
    let name = name.strip_suffix('*').map_or_else(|| regex::escape(name), |beginning| regex::escape(beginning) + ".*");
    let expression = format!("(?s)^{}\\.{namespace}\\.{name}$", regex::escape(app));
    Regex::new(&expression).expect("an expression").is_match(reference)
}
