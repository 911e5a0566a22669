//! Rows as lines of a file: which columns, and how a value stands in a cell.

use actix_web::web::Bytes;
use csv::{Terminator, WriterBuilder};
use serde_json::Value as Json;

use crate::error::{AppOsError, Result};
use crate::model::{Row, record_of};
use crate::question::Format;
use crate::record::Readable;
use crate::registry::{ObjectDescriptor, SystemField};
use crate::value::Value;

/// What stands before the first row.
pub(super) fn head(format: Format, columns: &Columns) -> Result<Bytes> {
    match format {
        Format::Csv => lines(|writer| writer.write_record(&columns.0)).map(Bytes::from),
        Format::Jsonl => Ok(Bytes::new()),
    }
}

/// The columns of a file, by name: `id` first.
#[derive(Clone)]
pub(super) struct Columns(Vec<&'static str>, Vec<Place>);

/// Where in a row the value of a column is.
#[derive(Clone, Copy)]
enum Place {
    System(SystemField),
    Field(usize),
}

impl Columns {
    /// Those that are asked for, as far as they may be read; without a question, all.
    pub(super) fn of(object: &'static ObjectDescriptor, readable: &Readable, asked: Option<&[&'static str]>) -> Self {
        let fields = record_of(object).fields.iter().enumerate();
        let fields = fields
            .filter(|(place, field)| field.has_value() && readable.can_read(*place))
            .map(|(place, field)| (field.name, Place::Field(place)));
        let system = SystemField::ALL.into_iter().skip(1).map(|field| (field.name(), Place::System(field)));
        let all = fields.chain(system);
        let all = all.filter(|(name, _)| asked.is_none_or(|asked| asked.contains(name)));
        let (names, places) = std::iter::once(("id", Place::System(SystemField::Id))).chain(all).unzip();
        Self(names, places)
    }

    pub(super) fn names(&self) -> &[&'static str] {
        &self.0
    }

    /// Rows as lines of CSV (RFC 4180).
    pub(super) fn csv(&self, rows: &[Row]) -> Result<Vec<u8>> {
        lines(|writer| {
            for row in rows {
                writer.write_record(self.1.iter().map(|place| cell(row, *place)))?;
            }
            Ok(())
        })
    }
}

fn lines(write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> csv::Result<()>) -> Result<Vec<u8>> {
    let failed = |error: String| AppOsError::execution("rows cannot be written as CSV").caused_by(error);
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    write(&mut writer).map_err(|error| failed(error.to_string()))?;
    writer.into_inner().map_err(|error| failed(error.to_string()))
}

fn cell(row: &Row, place: Place) -> String {
    let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let of = |value: &Value| match value {
        Value::Null | Value::Hidden => String::new(),
        Value::Text(text) => guarded(text),
        Value::Json(json) => guarded(&json.to_string()),
        value => match serde_json::to_value(value) {
            Ok(Json::String(text)) => text,
            Ok(json) => json.to_string(),
            Err(_) => String::new(),
        },
    };
    match place {
        Place::Field(place) => row.values.get(place).map(of).unwrap_or_default(),
        Place::System(SystemField::Id) => row.system.id.to_string(),
        Place::System(SystemField::CreatedAt) => of(&Value::DateTime(row.system.created_at)),
        Place::System(SystemField::CreatedBy) => id(row.system.created_by),
        Place::System(SystemField::UpdatedAt) => of(&Value::DateTime(row.system.updated_at)),
        Place::System(SystemField::UpdatedBy) => id(row.system.updated_by),
        Place::System(SystemField::Version) => row.system.version.to_string(),
    }
}

/// True if a spreadsheet would take the text for a formula, or would without its apostrophes.
fn is_formula(text: &str) -> bool {
    // Some take the wide forms of East Asian texts for the same characters.
    const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    text.trim_start_matches('\'').starts_with(BEGINNINGS)
}

/// A text as it can stand in a cell of a spreadsheet: one that begins like a formula gets an
/// apostrophe, which [`unguarded`] takes off again.
pub(super) fn guarded(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text of a cell.
pub(super) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}
