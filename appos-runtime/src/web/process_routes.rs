//! `/api/{app}/v1/processes/{process}`: starts of a process, and the instances that are there.

use actix_web::HttpResponse;
use actix_web::http::header::{HeaderValue, LOCATION};
use actix_web::http::{Method, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::answer::json;
use super::body::Incoming;
use super::records::idempotency_key;
use super::router::{Call, unknown_path, wrong_method_of};
use crate::engine::start_with;
use crate::error::{AppOsError, Result};
use crate::process::{Instance, Listed, Wanted, instance_of, list_instances, show};
use crate::question::{DEFAULT_LIMIT, MAX_LIMIT, Parameters, bad_query, truth, wrong};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;

/// What can be asked of an instance: the ends of its paths.
pub(super) const ASKED: [&str; 4] = ["signal", "cancel", "retry", "resume"];

/// Parameters of a list.
pub(super) const QUESTIONS: [&str; 6] = ["state", "search", "own", "archived", "cursor", "limit"];

pub(super) async fn route(call: Call<'_>, object: &'static ObjectDescriptor, rest: &[&str]) -> Result<HttpResponse> {
    let allowed = match rest {
        [] => "POST",
        ["instances"] | ["instances", _] => "GET, HEAD",
        ["instances", _, asked] if ASKED.contains(asked) => "POST",
        _ => return Err(unknown_path()),
    };
    let method = if allowed == "POST" { Method::POST } else { Method::GET };
    if call.method() != method {
        return Err(wrong_method_of(&call, object, allowed).await);
    }
    if rest.is_empty() {
        return start(call, object).await;
    }
    let rights = call.scope.fresh_rights().await?;
    if !rights.allows(object, Permission::View) && !rights.allows(object, Permission::Use) {
        // It is refused as a start would be, and told as little.
        return start_with(object, || Ok((Json::Null, None))).await.and_then(|_| Err(unknown_path()));
    }
    match rest {
        ["instances"] => list(call, object).await,
        ["instances", id] => {
            let instance = found(object, id).await?;
            call.incoming.no_parameters()?;
            json(StatusCode::OK, &show(instance.id).await?)
        }
        ["instances", id, asked] => {
            let instance = found(object, id).await?;
            ask(instance, asked, call.incoming).await?;
            Ok(HttpResponse::NoContent().finish())
        }
        _ => Err(unknown_path()),
    }
}

async fn start(call: Call<'_>, object: &'static ObjectDescriptor) -> Result<HttpResponse> {
    let incoming = call.incoming;
    let arguments = move || {
        let key = incoming.idempotency_key().map(idempotency_key).transpose()?.map(str::to_owned);
        Ok((Json::Object(incoming.object()?), key))
    };
    let started = start_with(object, arguments).await?;
    let mut response = json(StatusCode::ACCEPTED, &started)?;
    let id = started["id"].as_str().unwrap_or_default();
    let place = format!("/api/{}/v1/processes/{}/instances/{id}", object.app, object.name);
    if let Ok(place) = HeaderValue::from_str(&place) {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

/// The instance that a path names. A text that is no id is the id of none.
async fn found(object: &'static ObjectDescriptor, id: &str) -> Result<Instance> {
    instance_of(object, Uuid::try_parse(id).unwrap_or_default()).await
}

#[derive(Serialize)]
struct Page {
    instances: Vec<Listed>,
    next: Option<String>,
}

async fn list(call: Call<'_>, object: &'static ObjectDescriptor) -> Result<HttpResponse> {
    let (wanted, limit) = wanted(object, call.incoming.query())?;
    let mut instances = list_instances(Some(wanted)).await?;
    let more = instances.len() > limit;
    instances.truncate(limit);
    let next = instances.last().filter(|_| more).map(|last| last.id.to_string());
    json(StatusCode::OK, &Page { instances, next })
}

/// What a query asks for, and how many instances a page has.
fn wanted(object: &'static ObjectDescriptor, query: &str) -> Result<(Wanted, usize)> {
    let query = Parameters::read(query)?;
    let attributes: Vec<&str> = query.iter().map(|(name, _)| name).filter(|name| attribute(name).is_some()).collect();
    query.only(&[&QUESTIONS, attributes.as_slice()].concat())?;
    let filter = query.iter().filter_map(|(name, value)| Some((attribute(name)?.to_owned(), value.to_owned())));
    let mut errors = Vec::new();
    let limit = match query.get("limit").map(str::parse::<u64>) {
        None => DEFAULT_LIMIT,
        Some(Ok(limit)) if (1..=MAX_LIMIT).contains(&limit) => limit,
        Some(_) => {
            errors.push(wrong("limit", "out_of_range", format!("must be a whole number from 1 to {MAX_LIMIT}")));
            DEFAULT_LIMIT
        }
    };
    let after = query.get("cursor").map(|text| Uuid::try_parse(text).ok());
    if after == Some(None) {
        errors.push(wrong("cursor", "bad_cursor", "use the `next` of the same list"));
    }
    let [own, archived] = ["own", "archived"].map(|name| {
        query.get(name).map_or(Ok(false), |text| truth(name, text)).unwrap_or_else(|error| {
            errors.push(error);
            false
        })
    });
    let state = query.get("state").map(str::to_owned);
    if let Some(message) = state.as_deref().and_then(crate::process::unknown_state) {
        errors.push(wrong("state", "choice", message));
    }
    if !errors.is_empty() {
        return Err(bad_query(errors));
    }
    let wanted = Wanted {
        process: Some(object.reference.to_owned()),
        state,
        own,
        archived,
        filter: filter.collect(),
        search: query.get("search").map(str::to_owned),
        after: after.flatten(),
        // One more tells whether there are others.
        limit: Some(limit + 1),
        ..Wanted::default()
    };
    Ok((wanted, usize::try_from(limit).unwrap_or(usize::MAX)))
}

/// The input or variable by which `filter[name]` asks for instances.
fn attribute(parameter: &str) -> Option<&str> {
    parameter.strip_prefix("filter[")?.strip_suffix(']').filter(|name| !name.is_empty())
}

async fn ask(instance: Instance, asked: &str, incoming: Incoming) -> Result<()> {
    if asked == "signal" {
        let (name, payload) = signal(incoming.object()?)?;
        return instance.signal(&name, payload).await;
    }
    incoming.no_parameters()?;
    incoming.no_body()?;
    match asked {
        "cancel" => instance.cancel().await,
        "retry" => instance.retry().await,
        _ => instance.resume().await,
    }
}

/// Name and payload of a signal.
fn signal(mut members: Map<String, Json>) -> Result<(String, Json)> {
    let name = members.remove("name");
    let payload = members.remove("payload").unwrap_or_default();
    let mut error = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
    for unknown in members.keys() {
        error = error.field(unknown.clone(), "unknown_field", "is neither `name` nor `payload`");
    }
    match name {
        Some(Json::String(name)) if members.is_empty() => Ok((name, payload)),
        Some(Json::String(_)) => Err(error),
        Some(_) => Err(error.field("name", "wrong_type", "must be a text")),
        None => Err(error.field("name", "required", "is required")),
    }
}
