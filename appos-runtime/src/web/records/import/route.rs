//! The route: its parameters, its file, its answer.

use std::collections::HashMap;
use std::fs::File;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::columns::{Mapping, key};
use super::lines::Lines;
use super::progress::Running;
use super::upload::receive;
use crate::error::{AppOsError, FieldError, Result};
use crate::journal::LoggedArguments;
use crate::model::record_of;
use crate::question::{Format, Parameters, bad_query, form, truth, wrong};
use crate::record::{self, Imported, Line, LineError, Plan, Readable, Source};
use crate::registry::ObjectDescriptor;
use crate::security::{Permission, Rights};
use crate::state::Ctx;
use crate::web::answer::json;
use crate::web::records::transfer::{note, unhurried};
use crate::web::router::{Call, wrong_method_of};

/// Whether what is right is kept beside what is wrong.
pub(in crate::web) const MODES: [&str; 2] = ["all_or_nothing", "partial"];

/// The preference for an answer before the work is done (RFC 7240).
pub(in crate::web) const RESPOND_ASYNC: &str = "respond-async";

/// Serves the route.
pub(in crate::web) async fn import(mut call: Call<'_>, object: &'static ObjectDescriptor) -> Result<HttpResponse> {
    if call.method() != Method::POST {
        return Err(wrong_method_of(&call, object, "POST").await);
    }
    let rights = call.scope.fresh_rights().await?;
    let query = call.incoming.query().to_owned();
    let logged = LoggedArguments::begin().argument("query", &query).finish();
    let may = rights.allows(object, Permission::Create);
    // Of what is refused at once nobody has to be told how far it is.
    let user_id = if may { call.scope.user.id } else { 0 };
    let running = Arc::new(call.server.imports.begin(call.scope.root_id(), user_id, object));
    // Nobody sends a file for nothing: who may not import is refused before it is received.
    let file = match call.take_payload().filter(|_| may) {
        Some(payload) => {
            let server = call.server;
            let limits = (server.max_import, server.request_timeout, Instant::now() + server.transfer_timeout);
            Some(receive(payload, limits, &running).await)
        }
        None => None,
    };
    let declared = call.request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let declared = declared.map(|kind| kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let refused = call.incoming.no_idempotency_key().err();
    let (begun, begins) = oneshot::channel();
    let (begun, told) = (Some(begun), Arc::clone(&running));
    let source = Upload { object, query, declared, refused, file, lines: None, running, begun };
    let work = record::import(unhurried(&call), object, logged, source);
    let work = async move {
        let done = work.await;
        told.ended(done.as_ref().err());
        done.map(|done| told.import().told().with(done.errors))
    };
    if user_id == 0 || !prefers(call.request) {
        return json(StatusCode::OK, &work.await?);
    }
    let id = call.scope.root_id();
    let task = actix_web::rt::spawn(Arc::clone(call.scope).run(work));
    // Until the first line is to be read, everything that is wrong can be said.
    if begins.await.is_err() {
        let ended = task.await.map_err(|error| AppOsError::execution("the import broke off").caused_by(error))?;
        return json(StatusCode::OK, &ended?);
    }
    let told = call.server.imports.find(user_id, object, &id.to_string()).map(|import| import.told());
    let mut response = json(StatusCode::ACCEPTED, &told)?;
    let place = format!("/api/{}/v1/{}/imports/{id}", object.app, record_of(object).plural);
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("preference-applied"), HeaderValue::from_static(RESPOND_ASYNC));
    if let Ok(place) = HeaderValue::from_str(&place) {
        headers.insert(LOCATION, place);
    }
    Ok(response)
}

/// How long a screen waits for an import to end before it shows how far it is.
const SOON: Duration = Duration::from_secs(2);

/// Begins the import of a file that is here, for a screen; answers under which name it runs.
///
/// # Errors
/// What is wrong before the first line.
pub(super) async fn begin(
    call: &Call<'_>,
    object: &'static ObjectDescriptor,
    query: String,
    file: File,
) -> Result<Uuid> {
    let logged = LoggedArguments::begin().argument("query", &query).finish();
    let id = call.scope.root_id();
    let running = Arc::new(call.server.imports.begin(id, call.scope.user.id, object));
    let (begun, begins) = oneshot::channel();
    let (begun, told) = (Some(begun), Arc::clone(&running));
    let (file, lines) = (Some(Ok(file)), None);
    let source = Upload { object, query, declared: None, refused: None, file, lines, running, begun };
    let work = record::import(unhurried(call), object, logged, source);
    let work = async move {
        let done = work.await;
        told.ended(done.as_ref().err());
        done.map(drop)
    };
    let task = actix_web::rt::spawn(Arc::clone(call.scope).run(work));
    let broken = |error| AppOsError::execution("the import broke off").caused_by(error);
    if begins.await.is_err() {
        return task.await.map_err(broken)?.map(|()| id);
    }
    // Most files are small. What has become of a larger one is asked for under its name.
    tokio::time::timeout(SOON, task).await.ok();
    Ok(id)
}

/// True if the client wants an answer before the work is done. Other preferences mean nothing here,
/// and are no mistake.
fn prefers(request: &HttpRequest) -> bool {
    let all = request.headers().get_all(HeaderName::from_static("prefer"));
    let mut named = all.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    named.any(|preference| {
        let name = preference.split(';').next().unwrap_or_default();
        name.trim().eq_ignore_ascii_case(RESPOND_ASYNC)
    })
}

/// What was sent, and is looked at once it may be.
struct Upload {
    object: &'static ObjectDescriptor,
    query: String,
    declared: Option<String>,
    refused: Option<AppOsError>,
    file: Option<Result<File>>,
    lines: Option<Lines>,
    running: Arc<Running>,
    /// Told when the file begins to be imported.
    begun: Option<oneshot::Sender<()>>,
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
        if let Some(ctx) = Ctx::current() {
            let mode = MODES[usize::from(asked.plan.partial)];
            let told = format!("{}, {mode}{}", format.extension(), if asked.plan.dry_run { ", dry run" } else { "" });
            note(ctx.scope(), self.object, ("import", Permission::Create), told);
        }
        self.running.runs(asked.plan.dry_run, asked.plan.partial);
        Ok(asked.plan)
    }

    fn lines(&mut self) -> Result<Vec<Line>> {
        // Who asks for lines has found nothing more to refuse. Nobody may be waiting to hear it.
        self.begun.take().map(|begun| begun.send(()).ok());
        self.lines.as_mut().map_or_else(|| Ok(Vec::new()), Lines::next)
    }

    fn progress(&mut self, done: &Imported, mistakes: &[LineError]) -> Result<()> {
        self.running.at(done, mistakes)
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
