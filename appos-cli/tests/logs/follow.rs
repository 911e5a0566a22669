//! `cargo appos logs --follow` while files are written.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value as Json, json};

use crate::folder::{Logs, append, command, id};

/// Longer than any machine takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_mins(1);

struct Followed {
    child: Child,
    lines: Receiver<String>,
    said: Receiver<String>,
}

fn lines(of: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(of).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

impl Followed {
    fn begin(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command runs");
        let (out, err) = (child.stdout.take().expect("piped"), child.stderr.take().expect("piped"));
        Self { child, lines: lines(out), said: lines(err) }
    }

    fn next(&self) -> u64 {
        let line = self.lines.recv_timeout(PATIENCE).expect("a line in time");
        let line: Json = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"));
        line["result"].as_u64().expect("a number")
    }

    fn interrupt(mut self) -> (ExitStatus, Vec<String>, Vec<String>) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill runs").success());
        let ended = self.child.wait().expect("it ends");
        (ended, self.lines.iter().collect(), self.said.iter().collect())
    }
}

fn follow(logs: &Logs, arguments: &[&str]) -> Command {
    let mut command = command(&["logs", "--follow", "--json"]);
    command.args(arguments).arg("--logs").arg(logs.path());
    command
}

fn line(at: DateTime<Utc>, number: u32) -> String {
    let ts = at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let line = json!({
        "v": 1, "ts": ts, "execution_id": id(&ts, number), "parent_id": null, "root_id": id(&ts, number),
        "object_ref": "crm.rules.rate", "object_type": "rule", "app": "crm", "operation": "call", "user_id": 1,
        "user": "ann", "outcome": if number.is_multiple_of(2) { "ok" } else { "failed" }, "duration_us": 1.0, "arguments": null,
        "result": number, "error": null,
    });
    format!("{line}\n")
}

fn day(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d").to_string()
}

#[test]
fn lines_are_told_as_they_are_written_also_in_new_files() {
    let now = Utc::now();
    let logs = Logs::of(Vec::new());
    let file = logs.file("rule", "execution", &day(now));
    append(&file, &(line(now, 2) + &line(now, 4)));
    let followed = Followed::begin(follow(&logs, &["--limit", "1"]));
    assert_eq!(followed.next(), 4, "the last of what there was");
    append(&file, &line(now, 6));
    assert_eq!(followed.next(), 6);

    // Half a line is not told, and is told once when it is whole.
    let whole = line(now, 8);
    let (half, rest) = whole.split_at(40);
    append(&file, half);
    append(&logs.file("record", "execution", &day(now)), &line(now, 10));
    assert_eq!(followed.next(), 10, "of a kind that had no files");
    append(&file, rest);
    assert_eq!(followed.next(), 8);

    // The next day begins.
    let tomorrow = now + TimeDelta::days(1);
    append(&logs.file("rule", "execution", &day(tomorrow)), &line(tomorrow, 12));
    assert_eq!(followed.next(), 12);
    // What began yesterday ends today.
    append(&file, &line(now, 14));
    assert_eq!(followed.next(), 14);

    // Somebody empties the file, or moves it away.
    fs::write(&file, line(now, 16)).expect("a file");
    assert_eq!(followed.next(), 16);
    fs::rename(&file, file.with_extension("old")).expect("moved");
    append(&file, &(line(now, 18) + &line(now, 20)));
    assert_eq!((followed.next(), followed.next()), (18, 20));

    append(&file, "broken\n");
    append(&file, &line(now, 22));
    assert_eq!(followed.next(), 22);
    let (ended, rest, said) = followed.interrupt();
    assert_eq!((ended.code(), rest), (Some(0), Vec::new()));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("note: 1 line is broken or half written"), "{said:?}");
}

#[test]
fn a_question_holds_for_what_comes_too_and_the_folder_may_come_later() {
    let now = Utc::now();
    let logs = Logs::of(Vec::new());
    let below = logs.path().join("later");
    let mut command = command(&["logs", "--follow", "--json", "--errors", "--logs"]);
    command.arg(&below);
    let followed = Followed::begin(command);
    let said = followed.said.recv_timeout(PATIENCE).expect("a note");
    assert!(said.starts_with("note: there are no log files in ") && said.ends_with("later yet"), "{said}");

    let folder = below.join("rule/execution");
    fs::create_dir_all(&folder).expect("a folder");
    append(&folder.join(format!("{}.jsonl", day(now))), &(2..12).map(|number| line(now, number)).collect::<String>());
    let told: Vec<u64> = (0..5).map(|_| followed.next()).collect();
    assert_eq!(told, [3, 5, 7, 9, 11]);
    assert_eq!(followed.interrupt().0.code(), Some(0));
}

#[test]
fn a_reader_that_has_enough_ends_it() {
    let now = Utc::now();
    let logs = Logs::of(Vec::new());
    let file = logs.file("rule", "execution", &day(now));
    append(&file, &line(now, 2));
    let mut followed = Followed::begin(follow(&logs, &[]));
    assert_eq!(followed.next(), 2);
    // The reading end is closed with the thread that holds it, at its next line.
    drop(followed.lines);
    for number in 0..1200 {
        append(&file, &line(now, 4 + number * 2));
        if let Some(ended) = followed.child.try_wait().expect("it can be asked") {
            assert_eq!(ended.code(), Some(0));
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("it goes on although nobody reads");
}
