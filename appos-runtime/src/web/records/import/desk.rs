//! Files that people have sent from a screen, until they are imported: where they lie, and how they begin.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use csv::ReaderBuilder;
use moka::sync::Cache;
use tempfile::NamedTempFile;
use uuid::Uuid;

use super::progress::Imports;
use crate::error::{AppOsError, Result};
use crate::question::Format;
use crate::registry::ObjectDescriptor;
use crate::ui::page::{ImportDesk, ImportProgress, Preview};

/// Most files that lie here; of more, the ones that nobody has asked for longest go.
const MOST: u64 = 200;
/// How long a file lies here that nobody asks for.
const IDLE: Duration = Duration::from_mins(30);
/// How much of a file is looked at for its beginning.
const BEGINNING: u64 = 64 << 10;
/// Rows, and columns, of a beginning.
const ROWS: usize = 5;
const COLUMNS: usize = 200;
/// Longest cell of a beginning, in characters.
const LONGEST: usize = 120;
/// Imports of a file that are remembered.
const RUNS: usize = 50;
/// Mistakes that a page shows.
const MISTAKES: usize = 50;

/// A file that was sent.
pub(in crate::web) struct Uploaded {
    user_id: i64,
    object: &'static ObjectDescriptor,
    file: NamedTempFile,
    pub(in crate::web) format: Format,
    preview: Preview,
    /// The imports of it.
    runs: Mutex<Vec<String>>,
}

impl Uploaded {
    /// An import of the file was begun.
    pub(super) fn ran(&self, run: String) {
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        // Who tries again and again asks for the last.
        if runs.len() >= RUNS {
            runs.remove(0);
        }
        runs.push(run);
    }

    /// True if an import is one of this file.
    pub(super) fn has_run(&self, run: &str) -> bool {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|own| own == run)
    }

    /// The file, from its first byte.
    pub(super) fn open(&self) -> Result<File> {
        self.file.reopen().map_err(|error| AppOsError::execution("the file cannot be read again").caused_by(error))
    }
}

/// The files, and the imports that they become.
pub(in crate::web) struct Desk {
    files: Cache<Uuid, Arc<Uploaded>>,
    imports: Arc<Imports>,
}

impl Desk {
    pub(in crate::web) fn new(imports: Arc<Imports>) -> Self {
        Self { files: Cache::builder().max_capacity(MOST).time_to_idle(IDLE).build(), imports }
    }

    /// Keeps a file, and tells under which name.
    ///
    /// # Errors
    /// It cannot be read, or has no beginning that can be understood.
    pub(super) fn keep(
        &self,
        (user_id, object): (i64, &'static ObjectDescriptor),
        (name, format): (&str, Format),
        mut file: NamedTempFile,
    ) -> Result<Uuid> {
        let unreadable =
            |error: std::io::Error| AppOsError::execution("the file cannot be read again").caused_by(error);
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        let mut beginning = Vec::new();
        file.as_file_mut().take(BEGINNING).read_to_end(&mut beginning).map_err(unreadable)?;
        let whole = u64::try_from(beginning.len()).is_ok_and(|length| length < BEGINNING);
        let (columns, rows) = match format {
            Format::Csv => csv_beginning(&beginning, whole),
            Format::Jsonl => jsonl_beginning(&beginning, whole),
        };
        if columns.is_empty() {
            let error = AppOsError::validation("the file has no columns that can be read").code_is("malformed_file");
            return Err(error.field("file", "malformed_file", "must be CSV with a head, or one JSON object a line"));
        }
        let name = name.chars().filter(|c| !c.is_control()).take(100).collect();
        let id = Uuid::now_v7();
        let preview = Preview { name, columns, rows };
        self.files.insert(id, Arc::new(Uploaded { user_id, object, file, format, preview, runs: Mutex::default() }));
        Ok(id)
    }

    /// A file of this user for this record.
    pub(super) fn find(&self, user_id: i64, object: &'static ObjectDescriptor, id: &str) -> Option<Arc<Uploaded>> {
        let found = self.files.get(&Uuid::parse_str(id).ok()?)?;
        (found.user_id == user_id && found.object.reference == object.reference).then_some(found)
    }
}

impl ImportDesk for Desk {
    fn preview(&self, user_id: i64, object: &'static ObjectDescriptor, file: &str) -> Option<Preview> {
        self.find(user_id, object, file).map(|found| found.preview.clone())
    }

    fn progress(&self, user_id: i64, object: &'static ObjectDescriptor, run: &str) -> Option<ImportProgress> {
        let import = self.imports.find(user_id, object, run)?;
        let mut progress = import.for_page();
        if progress.is_over
            && let Ok(Some((file, length))) = import.mistakes()
        {
            let lines = BufReader::new(file.take(length)).lines().take(MISTAKES).map_while(std::io::Result::ok);
            let read = lines.filter_map(|line| serde_json::from_str::<serde_json::Value>(&line).ok());
            let text = |json: &serde_json::Value, name: &str| {
                json.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
            };
            let line = |json: &serde_json::Value| json.get("line").and_then(serde_json::Value::as_u64).unwrap_or(0);
            progress.mistakes = read.map(|json| (line(&json), text(&json, "field"), text(&json, "message"))).collect();
        }
        Some(progress)
    }
}

fn cell(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().take(LONGEST).collect()
}

fn csv_beginning(bytes: &[u8], whole: bool) -> (Vec<String>, Vec<Vec<String>>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut names = None;
    for record in reader.byte_records().take(ROWS + 2).map_while(csv::Result::ok) {
        match names {
            // The head is the name of each column, whole.
            None => names = Some(record.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect()),
            Some(_) => rows.push(record.iter().take(COLUMNS).map(cell).collect()),
        }
    }
    // Where the beginning ends, a row may.
    if !whole && rows.len() <= ROWS {
        rows.pop();
    }
    rows.truncate(ROWS);
    let mut names: Vec<String> = names.unwrap_or_default();
    names.truncate(COLUMNS);
    if names.iter().all(String::is_empty) {
        names.clear();
    }
    (names, rows)
}

fn jsonl_beginning(bytes: &[u8], whole: bool) -> (Vec<String>, Vec<Vec<String>>) {
    let text = String::from_utf8_lossy(bytes);
    let mut lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    if !whole {
        lines.pop();
    }
    let objects =
        lines.iter().filter_map(|line| serde_json::from_str::<serde_json::Map<_, serde_json::Value>>(line).ok());
    let objects: Vec<_> = objects.take(ROWS).collect();
    let mut columns: Vec<String> = Vec::new();
    for name in objects.iter().flat_map(serde_json::Map::keys) {
        if !columns.contains(name) && columns.len() < COLUMNS {
            columns.push(name.clone());
        }
    }
    let shown = |value: Option<&serde_json::Value>| match value {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => text.chars().take(LONGEST).collect(),
        Some(other) => other.to_string().chars().take(LONGEST).collect(),
    };
    let rows = objects.iter().map(|object| columns.iter().map(|name| shown(object.get(name))).collect()).collect();
    (columns, rows)
}
