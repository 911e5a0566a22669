//! A folder of log files, written as a platform writes them, and the command that reads it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Map, Value as Json, json};

/// One execution or security event; written when it ends.
pub(crate) struct Event {
    ts: String,
    end: String,
    fields: Map<String, Json>,
}

/// An id that tells its time, as the platform makes them.
pub(crate) fn id(ts: &str, number: u32) -> String {
    let millis = chrono::DateTime::parse_from_rfc3339(ts).expect("a time").timestamp_millis();
    let time = format!("{millis:012x}");
    format!("{}-{}-7000-8000-{number:012x}", &time[..8], &time[8..])
}

/// A time of the day 2026-11-24: `10:00:00.5`.
fn ts(time: &str) -> String {
    let (second, part) = time.split_once('.').unwrap_or((time, ""));
    format!("2026-11-24T{second}.{part:0<6}Z")
}

/// A call of an object, of the day 2026-11-24: `10:00:00.5`.
pub(crate) fn call(time: &str, number: u32, object: &str, operation: &str) -> Event {
    let ts = ts(time);
    let id = id(&ts, number);
    let kind = object.split('.').nth(1).unwrap_or_default().trim_end_matches('s');
    let fields = json!({
        "execution_id": id, "parent_id": null, "root_id": id, "object_ref": object, "object_type": kind,
        "app": object.split('.').next(), "operation": operation, "user_id": 1, "user": "ann@example.com",
        "outcome": "ok", "duration_us": 0.5, "arguments": { "n": number }, "result": number, "error": null,
    });
    Event { end: ts.clone(), ts, fields: fields.as_object().expect("an object").clone() }
}

/// What only happened: a line of the category `security`.
pub(crate) fn security(time: &str, action: &str, fields: &Json) -> Event {
    let ts = ts(time);
    let mut all = json!({ "object_type": "web_api", "action": action, "user_id": 0, "user": null })
        .as_object()
        .expect("an object")
        .clone();
    all.extend(fields.as_object().expect("an object").clone());
    Event { end: ts.clone(), ts, fields: all }
}

impl Event {
    pub(crate) fn id(&self) -> String {
        self.fields["execution_id"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn with(mut self, fields: &Json) -> Self {
        self.fields.extend(fields.as_object().expect("an object").clone());
        self
    }

    pub(crate) fn of(mut self, user_id: i64, user: &str) -> Self {
        self.fields.extend([("user_id".to_owned(), json!(user_id)), ("user".to_owned(), json!(user))]);
        self
    }

    pub(crate) fn took(mut self, micros: u32) -> Self {
        self.fields.insert("duration_us".to_owned(), json!(f64::from(micros)));
        let began = chrono::DateTime::parse_from_rfc3339(&self.ts).expect("a time");
        let ended = began + chrono::TimeDelta::microseconds(i64::from(micros));
        self.end = ended.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
        self
    }

    pub(crate) fn below(mut self, parent: &Event) -> Self {
        let root = parent.fields["root_id"].clone();
        self.fields.extend([("parent_id".to_owned(), json!(parent.id())), ("root_id".to_owned(), root)]);
        self
    }

    pub(crate) fn failed(self, outcome: &str, code: &str, message: &str) -> Self {
        let chain = json!([self.fields["object_ref"]]);
        self.with(&json!({
            "outcome": outcome, "result": null,
            "error": { "kind": "execution", "code": code, "message": message, "fields": [], "chain": chain, "cause": null },
        }))
    }

    fn line(&self, keys: &[&str]) -> String {
        let mut line = format!("{{\"v\":1,\"ts\":{:?}", self.ts);
        for (key, value) in self.fields.iter().filter(|(key, _)| keys.is_empty() || keys.contains(&key.as_str())) {
            line.extend([",\"", key.as_str(), "\":", &value.to_string()]);
        }
        line + "}\n"
    }
}

const PERFORMANCE: [&str; 11] = [
    "execution_id",
    "parent_id",
    "root_id",
    "object_ref",
    "object_type",
    "app",
    "operation",
    "outcome",
    "duration_us",
    "queries",
    "query_us",
];

/// A folder of log files.
pub(crate) struct Logs(tempfile::TempDir);

impl Logs {
    pub(crate) fn of(events: Vec<Event>) -> Self {
        let logs = Self(tempfile::tempdir().expect("a temporary folder"));
        logs.add(events);
        logs
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The file of a kind, a category and a day.
    pub(crate) fn file(&self, kind: &str, category: &str, day: &str) -> PathBuf {
        let folder = self.path().join(kind).join(category);
        fs::create_dir_all(&folder).expect("a folder");
        folder.join(format!("{day}.jsonl"))
    }

    /// Writes events in the order of their ends, each into the files of the day on which it began.
    pub(crate) fn add(&self, mut events: Vec<Event>) {
        events.sort_by(|one, other| one.end.cmp(&other.end));
        let mut texts: BTreeMap<PathBuf, String> = BTreeMap::new();
        for event in &events {
            let kind = event.fields["object_type"].as_str().expect("a kind");
            let mut write = |category: &str, keys: &[&str]| {
                let file = self.file(kind, category, &event.ts[..10]);
                texts.entry(file).or_default().push_str(&event.line(keys));
            };
            if event.fields.contains_key("action") {
                write("security", &[]);
            } else {
                write("execution", &[]);
                write("performance", &PERFORMANCE);
            }
        }
        for (file, text) in texts {
            append(&file, &text);
        }
    }

    /// All files of lines that are not compressed.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
                if entry.is_dir() {
                    folders.push(entry);
                } else if entry.extension().is_some_and(|end| end == "jsonl") {
                    found.push(entry);
                }
            }
        }
        found
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        command(arguments).arg("--logs").arg(self.path()).output().expect("the command runs")
    }

    /// What is printed; nothing may be said on the error stream.
    pub(crate) fn out(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success() && output.stderr.is_empty(), "{arguments:?}: {}", err(&output));
        String::from_utf8(output.stdout).expect("text")
    }

    pub(crate) fn refused(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.run(arguments);
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{arguments:?}");
        (output.status.code(), err(&output))
    }

    /// The numbers of the calls that are found, as they stand.
    pub(crate) fn numbers(&self, arguments: &[&str]) -> Vec<u64> {
        let output = self.run(&[&["logs", "--json"], arguments].concat());
        assert!(output.status.success(), "{arguments:?}: {}", err(&output));
        numbers(&String::from_utf8(output.stdout).expect("text"))
    }
}

/// The numbers of calls in lines; 0 of what is no call.
pub(crate) fn numbers(lines: &str) -> Vec<u64> {
    let number = |line| {
        let line: Json = serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"));
        line["execution_id"].as_str().and_then(|id| u64::from_str_radix(&id[24..], 16).ok()).unwrap_or_default()
    };
    lines.lines().map(number).collect()
}

pub(crate) fn append(file: &Path, text: &str) {
    use std::io::Write;
    let mut file = fs::File::options().create(true).append(true).open(file).expect("a file");
    file.write_all(text.as_bytes()).expect("the file can be written");
}

pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-appos"));
    command.args(arguments).env("TZ", "UTC").env_remove("NO_COLOR");
    command
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
