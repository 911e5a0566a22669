//! `cargo appos logs`: what was executed, by whom, and what went wrong.

use std::io::{self, Write};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;
use regex::bytes::RegexBuilder;
use serde_json::Value as Json;

use super::logs_place::Place;
use crate::logs::{
    CATEGORIES, Days, FORMS, Filter, Follow, IdPrefix, LogFile, LogFolder, MOST, Outcomes, Reading, SeenBy, Shown,
    Until, Zone, all, duration, follow, last, moment,
};
use crate::progress::Progress;
use crate::terminal::{Failure, Terminal, nearest};

/// Outcomes of calls.
const OUTCOMES: [&str; 9] =
    ["ok", "denied", "not_found", "invalid", "conflict", "failed", "panicked", "timed_out", "cancelled"];

/// Arguments of `cargo appos logs`.
#[derive(Debug, Default, Args)]
#[command(after_help = "Examples:
  cargo appos logs                                the last 100 lines
  cargo appos logs --errors --since 1h            what did not end well in the last hour
  cargo appos logs --follow --object crm.rules    what is written now, of the rules of an app
  cargo appos logs --denied --user ann --since 2026-11-24 --until 2026-11-25
  cargo appos logs --slow 100ms --category performance
  cargo appos logs --json --limit 0 --since today | jq -r 'select(.outcome == \"failed\") | .error.code'

Lines stand in the order in which their calls began. `cargo appos trace` shows the tree of calls
around one of them.")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Logs {
    /// What did not end well: any outcome but `ok`, failed sign-ins, lost lines
    #[arg(long)]
    pub(crate) errors: bool,
    /// What somebody was not allowed to do
    #[arg(long)]
    pub(crate) denied: bool,
    /// Calls with this outcome, such as `failed` or `timed_out`; repeatable
    #[arg(long, value_name = "OUTCOME")]
    pub(crate) outcome: Vec<String>,
    /// Not older: `1h` (ago), `today`, `2026-11-24`, `2026-11-24T10:00`
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Older than this
    #[arg(long, value_name = "TIME", conflicts_with = "follow")]
    pub(crate) until: Option<String>,
    /// An object, or all of an app (`crm`) or of a kind in it (`crm.rules`)
    #[arg(long, value_name = "OBJECT")]
    pub(crate) object: Option<String>,
    /// Name of a user, the part of an address before its `@`, or number
    #[arg(long, value_name = "USER")]
    pub(crate) user: Option<String>,
    /// Lines of an execution, of those it called, and of the tree it is the root of; its id or the beginning of it
    #[arg(long, value_name = "ID")]
    pub(crate) execution: Option<String>,
    /// Calls of a trace: its id, as another system has it, or the beginning of it
    #[arg(long, value_name = "ID")]
    pub(crate) trace: Option<String>,
    /// Category of the files, if not executions and security; repeatable
    #[arg(long, value_name = "CATEGORY", value_parser = CATEGORIES)]
    pub(crate) category: Vec<String>,
    /// Kind of object, such as `rule`, `record`, `web_api`; repeatable
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Vec<String>,
    /// Calls that took as long at least: `100ms`, `1.5s`
    #[arg(long, value_name = "DURATION")]
    pub(crate) slow: Option<String>,
    /// Lines in which this pattern (a regular expression) is found, as they stand in the file
    #[arg(long, value_name = "PATTERN")]
    pub(crate) grep: Option<String>,
    /// The last so many; 0: all
    #[arg(long, short = 'n', value_name = "NUMBER", default_value_t = 100)]
    pub(crate) limit: usize,
    /// Go on with what is written from now, until Ctrl-C
    #[arg(long, short)]
    pub(crate) follow: bool,
    /// Times in UTC, not in the time of this machine
    #[arg(long)]
    pub(crate) utc: bool,
    /// Folder of the log files, if not the one of `appos.yaml`; no project is needed then
    #[arg(long = "logs", value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME")]
    pub(crate) package: Option<String>,
    /// Print the lines as they are, each a JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

impl Logs {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let zone = if self.utc { Zone::Utc } else { Zone::Local };
        let filter = self.filter(zone)?;
        if self.limit > MOST {
            return Err(Failure::usage(
                format!("`--limit {}` is too much", self.limit),
                format!("write at most {MOST}, or 0 for all"),
            ));
        }
        let place = Place::of(self.folder.as_deref(), self.package.as_deref())?;
        let folder = &place.folder;
        if folder.is_missing() && !self.follow {
            return Err(place.missing());
        }
        self.check_kinds(folder)?;
        let mut files = self.files(folder, days(&filter));
        let mut followed = Follow::default();
        if self.follow {
            followed.begin(&mut self.files(folder, Follow::days()));
            followed.begin(&mut files);
        }
        let mut reading = Reading::of(&files, Progress::begin());
        let mut shown = Shown::new(terminal, zone, self.json);
        let is_read = self.show(&files, &filter, &mut reading, &mut shown)?;
        if self.follow {
            if !is_read {
                return Ok(());
            }
            tell(&reading);
            return self.go_on(folder, followed, &filter, &mut shown);
        }
        for foreign in folder.foreign(days(&filter)) {
            note(&format!(
                "{} is compressed and not read; unpack it first, or compress it with gzip",
                foreign.display()
            ));
        }
        tell(&reading);
        self.nothing(&place, &files, &reading, shown.lines())
    }

    /// The lines that are asked for, the last ones of those that somebody sees, and what is to be said beside them.
    ///
    /// # Errors
    /// They are asked for wrongly, or there are no log files.
    pub(crate) fn lines(&self, seen_by: Option<SeenBy>) -> Result<(Vec<Json>, Vec<String>), Failure> {
        let is_whole = seen_by.is_none();
        let filter = Filter { seen_by, ..self.filter(Zone::Utc)? };
        let place = Place::of(self.folder.as_deref(), self.package.as_deref())?;
        if place.folder.is_missing() {
            return Err(place.missing());
        }
        self.check_kinds(&place.folder)?;
        let files = self.files(&place.folder, days(&filter));
        let mut reading = Reading::of(&files, Progress::begin());
        let mut lines = Vec::new();
        last(&files, &filter, self.limit, &mut reading).each(&files, &mut reading, |_, bytes| {
            lines.extend(serde_json::from_slice::<Json>(bytes).ok());
            Ok(true)
        })?;
        // What others have written is no help to somebody who does not see it.
        if let Some(object) = self.object.as_ref().filter(|_| lines.is_empty() && is_whole) {
            place.check_object(object, &reading.objects)?;
        }
        Ok((lines, reading.unreadable.told()))
    }

    /// Shows what there is; answers whether somebody still reads.
    fn show(
        &self,
        files: &[LogFile],
        filter: &Filter,
        reading: &mut Reading,
        shown: &mut Shown,
    ) -> Result<bool, Failure> {
        if self.limit == 0 {
            all(files, filter, reading, |file, bytes| shown.line(file, bytes))?;
        } else {
            let found = last(files, filter, self.limit, reading);
            reading.end();
            found.each(files, reading, |file, bytes| shown.line(file, bytes))?;
        }
        reading.end();
        shown.flush()
    }

    fn go_on(&self, folder: &LogFolder, told: Follow, filter: &Filter, shown: &mut Shown) -> Result<(), Failure> {
        if folder.is_missing() {
            note(&format!("there are no log files in {} yet", folder.shown()));
        }
        let mut reading = Reading::of(&[], Progress::begin());
        let mut known = 0;
        let list = || self.files(folder, Follow::days());
        follow(told, list, filter, &mut reading, |reading, line| match line {
            Some((file, bytes)) => shown.line(file, bytes),
            None => {
                let told = reading.unreadable.told();
                if told.len() > known {
                    known = told.len();
                    tell(reading);
                }
                shown.flush()
            }
        })?;
        shown.flush().map(|_| ())
    }

    /// Says why there is nothing, if there is nothing.
    fn nothing(&self, place: &Place, files: &[LogFile], reading: &Reading, lines: u64) -> Result<(), Failure> {
        if lines > 0 {
            return Ok(());
        }
        if let Some(object) = &self.object {
            place.check_object(object, &reading.objects)?;
        }
        if let Some(user) = self.user.as_ref().filter(|user| user.parse::<i64>().is_err()) {
            let near = nearest(user, reading.users.iter().map(String::as_str));
            note(&format!(
                "no line that was read is of a user `{user}`{}",
                near.map(|near| format!("; is it `{near}`?")).unwrap_or_default()
            ));
            return Ok(());
        }
        note(&match (files.first(), files.last()) {
            (Some(newest), Some(oldest)) => format!(
                "no such line in {} files of {} to {} (UTC) in {}",
                files.len(),
                oldest.day,
                newest.day,
                place.folder.shown()
            ),
            _ => format!("no file of these days, categories and kinds in {}", place.folder.shown()),
        });
        Ok(())
    }

    fn files(&self, folder: &LogFolder, days: Days) -> Vec<LogFile> {
        let categories: Vec<&'static str> = if self.category.is_empty() {
            vec!["execution", "security"]
        } else {
            CATEGORIES.into_iter().filter(|name| self.category.iter().any(|wanted| wanted == name)).collect()
        };
        folder.files(days, &categories, |kind| self.kind.is_empty() || self.kind.iter().any(|wanted| wanted == kind))
    }

    fn filter(&self, zone: Zone) -> Result<Filter, Failure> {
        let now = Utc::now();
        let at = |name: &str, written: &Option<String>| {
            let Some(written) = written else { return Ok(None) };
            moment(written, zone, now)
                .map(Some)
                .ok_or_else(|| Failure::usage(format!("`--{name} {written}` is no time"), FORMS))
        };
        let (since_us, until_us) = (at("since", &self.since)?, at("until", &self.until)?);
        if since_us.zip(until_us).is_some_and(|(since, until)| since >= until) {
            return Err(Failure::usage("`--since` is not before `--until`", "exchange them"));
        }
        for outcome in &self.outcome {
            if !OUTCOMES.contains(&outcome.as_str()) {
                let help = nearest(outcome, OUTCOMES.into_iter())
                    .map_or_else(|| format!("outcomes are {}", OUTCOMES.join(", ")), |near| format!("write `{near}`"));
                return Err(Failure::usage(format!("there is no outcome `{outcome}`"), help));
            }
        }
        let slow_us = self.slow.as_ref().map(|written| {
            duration(written).ok_or_else(|| {
                Failure::usage(format!("`--slow {written}` is no duration"), "write `100ms`, `1.5s` or `2m`")
            })
        });
        let execution = self.execution.as_ref().map(|written| id(written));
        let trace = self.trace.as_ref().map(|written| id(written));
        let grep = self.grep.as_ref().map(|pattern| {
            RegexBuilder::new(pattern).size_limit(1 << 20).build().map_err(|error| {
                let help = "write a regular expression; `\\` before a sign that is meant as it is";
                Failure::usage(format!("`--grep` cannot be understood: {error}"), help)
            })
        });
        Ok(Filter {
            since_us,
            until: until_us.map(Until::at),
            outcomes: Outcomes { errors: self.errors, denied: self.denied, named: self.outcome.clone() },
            // A pattern of grants is understood, too.
            object: self.object.as_ref().map(|object| object.trim_end_matches(".*").to_owned()),
            user: self.user.clone(),
            execution: execution.transpose()?,
            trace: trace.transpose()?,
            slow_us: slow_us.transpose()?,
            grep: grep.transpose()?,
            seen_by: None,
            once: self.category.is_empty(),
        })
    }

    /// Refuses kinds that have no files and are not known either.
    fn check_kinds(&self, folder: &LogFolder) -> Result<(), Failure> {
        let mut known = folder.kinds();
        known.extend(
            [
                "connected_system",
                "constant",
                "integration",
                "interface",
                "page",
                "process",
                "record",
                "rule",
                "site",
                "step",
                "translation_set",
                "web_api",
            ]
            .map(str::to_owned),
        );
        known.sort();
        known.dedup();
        for kind in &self.kind {
            if !known.contains(kind) {
                let help = nearest(kind, known.iter().map(String::as_str))
                    .map_or_else(|| format!("kinds are {}", known.join(", ")), |near| format!("write `--kind {near}`"));
                return Err(Failure::usage(format!("there is no kind `{kind}`"), help));
            }
        }
        Ok(())
    }
}

/// Reads the id of an execution, or the beginning of it.
pub(crate) fn id(written: &str) -> Result<IdPrefix, Failure> {
    IdPrefix::read(written).ok_or_else(|| {
        let help = "write the id of an error, of a log line or of the header `x-execution-id`, or the beginning of it";
        Failure::usage(format!("`{written}` is no id of an execution"), help)
    })
}

/// Days on which lines that are asked for may have begun.
fn days(filter: &Filter) -> Days {
    let day = |at_us: i64| DateTime::from_timestamp_micros(at_us).map(|at| at.date_naive());
    let execution = filter.execution.as_ref().and_then(IdPrefix::between).map(|(from, _)| from);
    // What an execution called began after it.
    Days { first: filter.since_us.max(execution).and_then(day), last: filter.until.as_ref().and_then(Until::day) }
}

/// Tells what could not be read.
fn tell(reading: &Reading) {
    for line in reading.unreadable.told() {
        note(&line);
    }
}

/// Tells something beside the lines.
pub(super) fn note(text: &str) {
    // Nobody left to tell if this fails.
    let _ = writeln!(io::stderr(), "note: {}", crate::escape::escaped_lines(text));
}
