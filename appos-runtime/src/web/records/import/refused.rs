//! `GET /{app}/{records}/import/refused`: the lines of a file that an import has refused, as CSV with a column of
//! the reasons in the language of whoever sent it; to be put right, and imported again. What kept nothing gives
//! all lines: none of them was imported.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Bytes;
use csv::{ByteRecord, ReaderBuilder, Terminator, WriterBuilder};
use futures_util::stream;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::lines::{Bounded, MAX_LINE, next_line};
use crate::error::{AppOsError, FieldError, Result};
use crate::model::record_of;
use crate::question::{Format, Parameters};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::text::own::imports;
use crate::ui::text::{errors, names};
use crate::web::answer::{attachment, note};
use crate::web::records::table::guarded;
use crate::web::router::{Call, unknown_path};

/// Bytes of the answer that are made together.
const PART: usize = 64 << 10;
/// Most columns that lines of JSON are given.
const COLUMNS: usize = 1000;

/// Serves the file, to whoever has run the import and may still import.
///
/// # Errors
/// There is no such import of the user, or no longer.
pub(in crate::web) async fn refused(call: &Call<'_>, object: &'static ObjectDescriptor) -> Result<HttpResponse> {
    let started = std::time::Instant::now();
    if !call.scope.fresh_rights().await?.allows(object, Permission::Create) {
        return Err(unknown_path());
    }
    let parameters = Parameters::read(call.request.query_string())?;
    parameters.only(&["file", "run"])?;
    let (user_id, unknown) = (call.scope.user.id, || {
        AppOsError::dispatch("there is no such import of yours, or no longer").code_is("import_not_found")
    });
    let run = parameters.get("run").unwrap_or_default();
    let import = call.server.imports.find(user_id, object, run).ok_or_else(unknown)?;
    let file = parameters.get("file").unwrap_or_default();
    let uploaded = call.server.desk.find(user_id, object, file).filter(|file| file.has_run(run)).ok_or_else(unknown)?;
    let progress = import.for_page();
    let mistakes = import.mistakes()?.filter(|_| progress.is_over).ok_or_else(unknown)?;
    let (opened, format) = (uploaded.open()?, uploaded.format);
    let only = progress.partial && !progress.dry_run;
    let prepared = actix_web::web::block(move || Refused::new(object, (opened, format), mistakes, only));
    let broken = |error: String| AppOsError::execution("the refused lines cannot be read again").caused_by(error);
    let lines = prepared.await.map_err(|error| broken(error.to_string()))?;
    let lines = lines.map_err(|error| broken(error.to_string()))?;
    let scope = Arc::clone(call.scope);
    let parts = stream::try_unfold(lines, move |mut lines| {
        // The words are those of the reader.
        let part = Ctx::root(Arc::clone(&scope)).enter_now(|| lines.part());
        async move { Ok::<_, io::Error>(part?.map(|part| (Bytes::from(part), lines))) }
    });
    let mut response = HttpResponse::Ok();
    response.content_type(Format::Csv.content_type());
    attachment(&mut response, &format!("{}-{}-refused.csv", object.app, record_of(object).plural))?;
    note(call.scope, started, "imports", Ok(()));
    Ok(response.streaming(Box::pin(parts)))
}

enum Source {
    Csv(Box<csv::Reader<Bounded<File>>>),
    /// The lines, the number of the last, and the columns that they fill.
    Jsonl(BufReader<File>, u64, Vec<String>),
}

/// The lines of a file that were refused, part by part.
struct Refused {
    object: &'static ObjectDescriptor,
    source: Source,
    faults: Faults,
    /// Lines without a fault are left out.
    only: bool,
    begun: bool,
    /// Where the reasons of an earlier time stand.
    earlier: Option<usize>,
}

impl Refused {
    fn new(
        object: &'static ObjectDescriptor,
        (file, format): (File, Format),
        mistakes: (File, u64),
        only: bool,
    ) -> io::Result<Self> {
        let faults = Faults::of(mistakes)?;
        let source = match format {
            Format::Csv => {
                Source::Csv(Box::new(ReaderBuilder::new().flexible(true).from_reader(Bounded(file, MAX_LINE))))
            }
            Format::Jsonl => {
                let mut lines = BufReader::new(file);
                let columns = columns(&mut lines, |line| !only || faults.has(line))?;
                lines.seek(SeekFrom::Start(0))?;
                Source::Jsonl(lines, 0, columns)
            }
        };
        Ok(Self { object, source, faults, only, begun: false, earlier: None })
    }

    /// Some more lines; `None` at the end.
    fn part(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut writer = WriterBuilder::new().flexible(true).terminator(Terminator::CRLF).from_writer(Vec::new());
        if !self.begun {
            self.begun = true;
            let mut head = self.head()?;
            head.push_field(imports::wrong().as_bytes());
            writer.write_byte_record(&head)?;
        }
        while writer.get_ref().len() < PART {
            let Some((number, mut line)) = self.line()? else { break };
            let faults = self.faults.take(number)?;
            if self.only && faults.is_empty() {
                continue;
            }
            let reason = self.reason(&faults);
            match (&self.source, line.is_empty()) {
                // What is no line of JSON has no cells: it is told with the reason.
                (Source::Jsonl(_, _, columns), true) => {
                    let text = self.faults.unread.take().unwrap_or_default();
                    line = columns.iter().map(|_| "").collect();
                    line.push_field(guarded(&format!("{reason}: {text}")).as_bytes());
                }
                _ => line.push_field(guarded(&reason).as_bytes()),
            }
            writer.write_byte_record(&line)?;
        }
        let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
        Ok((!bytes.is_empty()).then_some(bytes))
    }

    /// The names of the columns, without that of an earlier time.
    fn head(&mut self) -> io::Result<ByteRecord> {
        let mut head = match &mut self.source {
            Source::Csv(reader) => reader.byte_headers()?.clone(),
            Source::Jsonl(_, _, columns) => columns.iter().collect(),
        };
        self.earlier = head.iter().position(|name| std::str::from_utf8(name).is_ok_and(imports::is_reasons));
        self.without_earlier(&mut head);
        Ok(head)
    }

    fn without_earlier(&self, line: &mut ByteRecord) {
        if let Some(earlier) = self.earlier {
            *line = line.iter().enumerate().filter(|(place, _)| *place != earlier).map(|(_, cell)| cell).collect();
        }
    }

    /// The next line with its number. Cells stand as they stood.
    fn line(&mut self) -> io::Result<Option<(u64, ByteRecord)>> {
        let mut line = ByteRecord::new();
        let number = match &mut self.source {
            Source::Csv(reader) => {
                reader.get_mut().1 = MAX_LINE;
                if !reader.read_byte_record(&mut line)? {
                    return Ok(None);
                }
                line.position().map_or(0, csv::Position::line)
            }
            Source::Jsonl(reader, number, columns) => {
                let next = next_line(reader, number).map_err(|error| io::Error::other(error.to_string()))?;
                let Some(bytes) = next else { return Ok(None) };
                match serde_json::from_slice::<Map<String, Json>>(&bytes) {
                    Ok(entries) => line = columns.iter().map(|name| cell(entries.get(name))).collect(),
                    Err(_) => self.faults.unread = Some(String::from_utf8_lossy(&bytes).trim().to_owned()),
                }
                *number
            }
        };
        self.without_earlier(&mut line);
        Ok(Some((number, line)))
    }

    /// What is wrong with a line, in words.
    fn reason(&self, faults: &[Fault]) -> String {
        let told = faults.iter().map(|fault| {
            let field = record_of(self.object).field(&fault.field).map(|(_, field)| field);
            let error = FieldError {
                field: fault.field.clone(),
                code: fault.code.clone().into(),
                message: fault.message.clone(),
            };
            let words = errors::of_field(field, &error);
            match field {
                Some(field) => format!("{}: {words}", names::field(field)),
                None if fault.field.is_empty() => words,
                None => format!("{}: {words}", fault.field),
            }
        });
        told.collect::<Vec<_>>().join("; ")
    }
}

/// A value of a line of JSON as a cell that is imported as the same value.
fn cell(value: Option<&Json>) -> String {
    match value {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(text)) => guarded(text),
        Some(other) => other.to_string(),
    }
}

/// The columns that these lines of JSON fill.
fn columns(lines: &mut BufReader<File>, wanted: impl Fn(u64) -> bool) -> io::Result<Vec<String>> {
    let (mut all, mut number) = (Vec::<String>::new(), 0);
    while let Some(bytes) = next_line(lines, &mut number).map_err(|error| io::Error::other(error.to_string()))? {
        let Some(entries) = wanted(number).then(|| serde_json::from_slice::<Map<String, Json>>(&bytes).ok()).flatten()
        else {
            continue;
        };
        for (name, _) in entries {
            if all.len() < COLUMNS && !all.contains(&name) {
                all.push(name);
            }
        }
    }
    Ok(all)
}

/// What is wrong with a line, as it was kept.
#[derive(Deserialize)]
struct Fault {
    line: u64,
    #[serde(default)]
    field: String,
    code: String,
    message: String,
}

/// The mistakes of an import by their lines. They lie in a file; only where each begins is in memory.
struct Faults {
    file: BufReader<File>,
    /// Line, and place in the file, in order.
    index: Vec<(u64, u64)>,
    at: usize,
    /// A line that could not be read.
    unread: Option<String>,
}

impl Faults {
    fn of((file, length): (File, u64)) -> io::Result<Self> {
        #[derive(Deserialize)]
        struct Of {
            line: u64,
        }
        let mut reader = BufReader::new(file);
        let (mut index, mut place, mut text) = (Vec::new(), 0, Vec::new());
        while place < length {
            text.clear();
            let read = reader.by_ref().take(length - place).read_until(b'\n', &mut text)?;
            if read == 0 {
                break;
            }
            if let Ok(Of { line }) = serde_json::from_slice(&text) {
                index.push((line, place));
            }
            place += u64::try_from(read).unwrap_or(0);
        }
        // Lines that are written together are not told in their order.
        index.sort_unstable();
        Ok(Self { file: reader, index, at: 0, unread: None })
    }

    fn has(&self, line: u64) -> bool {
        self.index.binary_search_by_key(&line, |(line, _)| *line).is_ok()
    }

    /// What is wrong with this line. Lines are asked for in their order.
    fn take(&mut self, line: u64) -> io::Result<Vec<Fault>> {
        let mut all = Vec::new();
        while let Some((own, place)) = self.index.get(self.at).copied().filter(|(own, _)| *own <= line) {
            self.at += 1;
            if own < line {
                continue;
            }
            self.file.seek(SeekFrom::Start(place))?;
            let mut text = Vec::new();
            self.file.read_until(b'\n', &mut text)?;
            all.extend(serde_json::from_slice::<Fault>(&text).ok().filter(|fault| fault.line == line));
        }
        Ok(all)
    }
}
