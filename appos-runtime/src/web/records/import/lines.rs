//! The lines of a file as values of fields: CSV with a head, or one JSON object a line.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};

use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value as Json};

use super::columns::{Filled, Mapping};
use crate::error::{AppOsError, FieldError, Result};
use crate::model::{ColumnRef, record_of};
use crate::question::Format;
use crate::question::wrong;
use crate::record::{Line, Lookup};
use crate::registry::ObjectDescriptor;
use crate::value::{FieldType, Value, json};
use crate::web::body::object as json_object;
use crate::web::records::table::unguarded;

/// Lines that are read, and written, together.
const BATCH: usize = 500;
/// Longest line: an open quote would otherwise take the rest of a file into memory.
pub(super) const MAX_LINE: u64 = 8 << 20;

/// A reader that gives so much and no more, until it is allowed again.
pub(super) struct Bounded<R>(pub(super) R, pub(super) u64);

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.1 == 0 {
            return Err(std::io::Error::new(ErrorKind::FileTooLarge, "a line is longer than 8 MiB"));
        }
        let most = usize::try_from(self.1).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.0.read(buffer.get_mut(..most).unwrap_or_default())?;
        self.1 -= u64::try_from(read).unwrap_or(0);
        Ok(read)
    }
}

enum Reader {
    Csv(Box<csv::Reader<Bounded<File>>>, Vec<Filled>),
    Jsonl(BufReader<File>, u64),
}

/// A file of one record, with what its columns fill.
pub(super) struct Lines {
    object: &'static ObjectDescriptor,
    key: Option<ColumnRef>,
    mapping: Mapping,
    reader: Reader,
}

fn unreadable(error: impl std::error::Error + Send + Sync + 'static) -> AppOsError {
    AppOsError::execution("the file cannot be read again").caused_by(error)
}

fn csv_error(error: csv::Error) -> AppOsError {
    match error.kind() {
        csv::ErrorKind::Io(cause) if cause.kind() == ErrorKind::FileTooLarge => too_long(),
        _ => unreadable(error),
    }
}

fn too_long() -> AppOsError {
    AppOsError::validation("a line of the file is longer than 8 MiB; is a quote missing?").code_is("malformed_file")
}

impl Lines {
    /// Reads the head of a file.
    ///
    /// # Errors
    /// All columns that fill nothing known, or the same.
    pub(super) fn of(
        object: &'static ObjectDescriptor,
        (file, format): (File, Format),
        mut mapping: Mapping,
        key: Option<ColumnRef>,
    ) -> Result<Self> {
        let reader = match format {
            Format::Jsonl => Reader::Jsonl(BufReader::new(file), 0),
            Format::Csv => {
                let mut reader = ReaderBuilder::new().flexible(true).from_reader(Bounded(file, MAX_LINE));
                let head = reader.byte_headers().map_err(csv_error)?.clone();
                let filled = columns(object, &head, &mut mapping)?;
                Reader::Csv(Box::new(reader), filled)
            }
        };
        Ok(Self { object, key, mapping, reader })
    }

    /// Some more lines; none at the end.
    pub(super) fn next(&mut self) -> Result<Vec<Line>> {
        let mut lines = Vec::new();
        while lines.len() < BATCH {
            match self.line()? {
                Some(line) => lines.push(line),
                None => break,
            }
        }
        Ok(lines)
    }

    fn line(&mut self) -> Result<Option<Line>> {
        let mut line = Line {
            number: 0,
            values: vec![None; record_of(self.object).fields.len()],
            lookups: Vec::new(),
            key: None,
            errors: Vec::new(),
        };
        match &mut self.reader {
            Reader::Csv(reader, filled) => {
                let mut record = ByteRecord::new();
                reader.get_mut().1 = MAX_LINE;
                if !reader.read_byte_record(&mut record).map_err(csv_error)? {
                    return Ok(None);
                }
                line.number = record.position().map_or(0, csv::Position::line);
                if record.len() != filled.len() {
                    let message = format!("has {} cells, and the head {}", record.len(), filled.len());
                    line.errors.push(wrong("", "wrong_length", message));
                    return Ok(Some(line));
                }
                for (cell, filled) in record.iter().zip(filled) {
                    match std::str::from_utf8(cell) {
                        Ok(text) => take(self.object, &mut line, *filled, Given::Cell(unguarded(text))),
                        Err(_) => line.errors.push(wrong(name(self.object, *filled), "bad_encoding", "is not UTF-8")),
                    }
                }
            }
            Reader::Jsonl(reader, number) => {
                let Some(bytes) = next_line(reader, number)? else { return Ok(None) };
                line.number = *number;
                match json_object(true, &bytes) {
                    Ok(entries) => fill(self.object, &mut line, &mut self.mapping, entries),
                    Err(error) => line.errors.push(wrong("", "malformed_json", error.message())),
                }
            }
        }
        match self.key {
            Some(ColumnRef::Field(place)) => line.key = line.values.get(place).cloned().flatten(),
            // The id tells a row only where that was asked for; a line without one is a new row.
            Some(_) => line.key = Some(line.key.unwrap_or(Value::Null)),
            None => line.key = None,
        }
        Ok(Some(line))
    }
}

/// The next line that is not empty.
pub(super) fn next_line(reader: &mut BufReader<File>, number: &mut u64) -> Result<Option<Vec<u8>>> {
    loop {
        let mut bytes = Vec::new();
        let length = reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes).map_err(unreadable)?;
        if length == 0 {
            return Ok(None);
        }
        *number += 1;
        if u64::try_from(length).is_ok_and(|length| length >= MAX_LINE) {
            return Err(too_long());
        }
        if *number == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        if !bytes.trim_ascii().is_empty() {
            return Ok(Some(bytes));
        }
    }
}

fn fill(object: &'static ObjectDescriptor, line: &mut Line, mapping: &mut Mapping, entries: Map<String, Json>) {
    let mut seen = Vec::new();
    for (column, json) in entries {
        match mapping.filled(&column) {
            Ok(filled) if filled.place().is_some_and(|place| seen.contains(&place)) => {
                line.errors.push(wrong(name(object, filled), "repeated", "is filled twice"));
            }
            Ok(filled) => {
                seen.extend(filled.place());
                take(object, line, filled, Given::Json(json));
            }
            Err(error) => line.errors.push(error),
        }
    }
}

/// What the columns of a head fill.
fn columns(object: &'static ObjectDescriptor, head: &ByteRecord, mapping: &mut Mapping) -> Result<Vec<Filled>> {
    let (mut all, mut errors) = (Vec::new(), Vec::new());
    let mut seen = Vec::new();
    for (place, cell) in head.iter().enumerate() {
        let cell = if place == 0 { cell.strip_prefix(b"\xef\xbb\xbf").unwrap_or(cell) } else { cell };
        let Ok(column) = std::str::from_utf8(cell) else {
            errors.push(wrong(&format!("column {}", place + 1), "bad_encoding", "has a name that is not UTF-8"));
            continue;
        };
        match mapping.filled(column) {
            Ok(filled) => {
                if filled.place().is_some_and(|place| seen.contains(&place)) {
                    errors.push(wrong(
                        column,
                        "repeated",
                        format!("fills `{}`, as another column does", name(object, filled)),
                    ));
                }
                seen.extend(filled.place());
                all.push(filled);
            }
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() && all.is_empty() {
        errors.push(wrong("", "required", "the file has no head: its first line names the columns"));
    }
    if errors.is_empty() {
        return Ok(all);
    }
    Err(AppOsError::validation("some columns of the file are wrong").code_is("bad_columns").with_fields(errors))
}

fn name(object: &'static ObjectDescriptor, filled: Filled) -> &'static str {
    match filled {
        Filled::Id => "id",
        Filled::Nothing => "",
        Filled::Field(place) | Filled::Reference(place, ..) => {
            record_of(object).fields.get(place).map_or("", |field| field.name)
        }
    }
}

/// A value as it stands in a file.
enum Given<'a> {
    Cell(&'a str),
    Json(Json),
}

impl Given<'_> {
    fn read(self, field_type: &FieldType, nullable: bool) -> Result<Option<Value>, json::Misfit> {
        match self {
            // An empty cell is no value; where one is needed, it is as if the column were not there.
            Self::Cell("") if nullable => Ok(Some(Value::Null)),
            Self::Cell("") if !matches!(field_type, FieldType::Text) => Ok(None),
            Self::Cell(text) => match field_type {
                FieldType::Json | FieldType::List(_) => {
                    let json = serde_json::from_str(text)
                        .map_err(|_| json::Misfit { code: "malformed_json", message: "must be JSON".into() })?;
                    json::from_json(field_type, nullable, json).map(Some)
                }
                other => json::from_text(other, nullable, text).map(Some),
            },
            Self::Json(json) => json::from_json(field_type, nullable, json).map(Some),
        }
    }
}

/// Puts a value where it belongs.
fn take(object: &'static ObjectDescriptor, line: &mut Line, filled: Filled, given: Given<'_>) {
    const ID: FieldType = FieldType::Integer { min: 1, max: i64::MAX };
    let read = match filled {
        Filled::Nothing => return,
        Filled::Id => given.read(&ID, true).map(|value| line.key = value),
        Filled::Field(place) => {
            let Some(field) = record_of(object).fields.get(place) else { return };
            given.read(&field.field_type, field.nullable).map(|value| {
                if let Some(slot) = line.values.get_mut(place) {
                    *slot = value;
                }
            })
        }
        Filled::Reference(place, target, column) => {
            let nullable = record_of(object).fields.get(place).is_some_and(|field| field.nullable);
            let (field_type, _) = crate::record::column_type(target, column);
            given.read(&field_type, nullable).map(|value| match value {
                None | Some(Value::Null) => {
                    if let Some(slot) = line.values.get_mut(place) {
                        *slot = value;
                    }
                }
                Some(value) => line.lookups.push(Lookup { place, target, column, value }),
            })
        }
    };
    if let Err(misfit) = read {
        let error: FieldError = wrong(name(object, filled), misfit.code, misfit.message);
        line.errors.push(error);
    }
}
