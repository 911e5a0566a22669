//! The route: its parameters, its file, its answer.

use std::collections::HashMap;
use std::fs::File;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::http::{Method, StatusCode};
use serde::Serialize;

use super::columns::{Mapping, key};
use super::lines::Lines;
use super::upload::receive;
use crate::error::{AppOsError, FieldError, Result};
use crate::journal::LoggedArguments;
use crate::record::{self, Line, LineError, Plan, Readable, Source};
use crate::registry::ObjectDescriptor;
use crate::security::{Permission, Rights};
use crate::web::answer::json;
use crate::web::query::{Parameters, bad_query, wrong};
use crate::web::records::question::{form, truth};
use crate::web::records::table::Format;
use crate::web::records::transfer::unhurried;
use crate::web::router::{Call, wrong_method_of};

/// Whether what is right is kept beside what is wrong.
pub(in crate::web) const MODES: [&str; 2] = ["all_or_nothing", "partial"];

#[derive(Serialize)]
struct Answer {
    lines: u64,
    created: u64,
    updated: u64,
    failed: u64,
    dry_run: bool,
    errors: Vec<LineError>,
}

/// Serves the route.
pub(in crate::web) async fn import(mut call: Call<'_>, object: &'static ObjectDescriptor) -> Result<HttpResponse> {
    if call.method() != Method::POST {
        return Err(wrong_method_of(&call, object, "POST").await);
    }
    let rights = call.scope.fresh_rights().await?;
    let query = call.incoming.query().to_owned();
    let logged = LoggedArguments::begin().argument("query", &query).finish();
    // Nobody sends a file for nothing: who may not import is refused before it is received.
    let file = match call.take_payload().filter(|_| rights.allows(object, Permission::Create)) {
        Some(payload) => Some(receive(payload, call.server.max_import).await),
        None => None,
    };
    let declared = call.request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let declared = declared.map(|kind| kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let refused = call.incoming.no_idempotency_key();
    let source = Upload { object, query, declared, refused: refused.err(), file, lines: None };
    let done = record::import(unhurried(&call), object, logged, source).await?;
    let record::Imported { lines, created, updated, failed, dry_run, errors } = done;
    json(StatusCode::OK, &Answer { lines, created, updated, failed, dry_run, errors })
}

/// What was sent, and is looked at once it may be.
struct Upload {
    object: &'static ObjectDescriptor,
    query: String,
    declared: Option<String>,
    refused: Option<AppOsError>,
    file: Option<Result<File>>,
    lines: Option<Lines>,
}

impl Source for Upload {
    fn plan(&mut self, readable: &Readable, rights: &Rights) -> Result<Plan> {
        if let Some(refused) = self.refused.take() {
            return Err(refused);
        }
        let asked = Asked::read(self.object, readable, &Parameters::read(&self.query)?)?;
        let format = asked.format.or_else(|| self.declared.as_deref().and_then(declared)).ok_or_else(|| {
            AppOsError::validation("the file must be sent as text/csv or application/jsonl, or `format` must be named")
                .code_is("unsupported_media_type")
                .field("Content-Type", "unsupported_media_type", "must be text/csv or application/jsonl")
        })?;
        let file = self.file.take().unwrap_or_else(|| Err(AppOsError::execution("the file was not received")))?;
        let mapping = Mapping::of(self.object, asked.map, readable, rights);
        let mistakes = mapping.mistakes();
        if !mistakes.is_empty() {
            return Err(bad_query(mistakes));
        }
        self.lines = Some(Lines::of(self.object, (file, format), mapping, asked.plan.key)?);
        Ok(asked.plan)
    }

    fn lines(&mut self) -> Result<Vec<Line>> {
        self.lines.as_mut().map_or_else(|| Ok(Vec::new()), Lines::next)
    }
}

/// The form that a content type names.
fn declared(kind: &str) -> Option<Format> {
    match kind {
        "text/csv" => Some(Format::Csv),
        "application/jsonl" | "application/x-ndjson" | "application/ndjson" => Some(Format::Jsonl),
        _ => None,
    }
}

struct Asked {
    plan: Plan,
    format: Option<Format>,
    map: HashMap<String, String>,
}

impl Asked {
    /// Reads `format`, `mode`, `dry_run`, `match` and `map[column]`.
    fn read(object: &'static ObjectDescriptor, readable: &Readable, parameters: &Parameters) -> Result<Self> {
        let mut errors: Vec<FieldError> = Vec::new();
        let mut asked =
            Self { plan: Plan { key: None, partial: false, dry_run: false }, format: None, map: HashMap::new() };
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in parameters.iter() {
            if seen.contains(&name) {
                errors.push(wrong(name, "repeated", "stands more than once"));
                continue;
            }
            seen.push(name);
            let column = name.strip_prefix("map[").and_then(|rest| rest.strip_suffix(']'));
            let read = match (name, column) {
                (_, Some(column)) => {
                    asked.map.insert(column.to_owned(), value.to_owned());
                    Ok(())
                }
                ("format", _) => form(value).map(|format| asked.format = Some(format)),
                ("mode", _) => mode(value).map(|partial| asked.plan.partial = partial),
                ("dry_run", _) => truth(name, value).map(|dry_run| asked.plan.dry_run = dry_run),
                ("match", _) => key(object, readable, value).map(|key| asked.plan.key = Some(key)),
                _ => Err(wrong(name, "unknown_parameter", "is not a parameter of an import")),
            };
            errors.extend(read.err());
        }
        if errors.is_empty() { Ok(asked) } else { Err(bad_query(errors)) }
    }
}

fn mode(value: &str) -> Result<bool, FieldError> {
    match MODES.iter().position(|mode| *mode == value) {
        Some(place) => Ok(place == 1),
        None => Err(wrong("mode", "unknown_choice", format!("must be one of {}", MODES.join(", ")))),
    }
}
