//! Request bodies as JSON objects, read strictly.

use std::fmt;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::body::{BodyStream, to_bytes_limited};
use actix_web::http::header::{CONTENT_TYPE, HeaderName, IF_MATCH, IF_NONE_MATCH};
use actix_web::web::{Bytes, Payload};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use crate::error::{AppOsError, Result};
use crate::question::Parameters;

/// The header that makes a repeated request the same one.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Receives a body that is not a file.
///
/// # Errors
/// It is larger than allowed, does not arrive whole, or not in time.
pub(super) async fn receive(payload: Payload, limit: usize, time: Duration) -> Result<Bytes> {
    let payload = match payload.into_inner() {
        // What has no end known to it is received into room for 32 KB.
        actix_web::dev::Payload::None => return Ok(Bytes::new()),
        payload => BodyStream::new(payload),
    };
    let Ok(received) = tokio::time::timeout(time, to_bytes_limited(payload, limit)).await else {
        return Err(too_slow());
    };
    match received {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => Err(AppOsError::validation("the body did not arrive whole").code_is("malformed_json")),
        Err(_) => Err(AppOsError::validation("the body is larger than the server takes").code_is("body_too_large")),
    }
}

/// The sender takes longer than it may.
pub(super) fn too_slow() -> AppOsError {
    AppOsError::validation("the body did not arrive in time").code_is("body_too_slow")
}

/// What a handler reads of a request once its call is allowed. Nothing in it is looked at
/// before that: a refusal says nothing about the input.
pub(super) struct Incoming {
    query: String,
    declared_json: bool,
    body: Result<Bytes>,
    if_match: Option<String>,
    if_none_match: Option<String>,
    idempotency_key: Option<String>,
}

impl Default for Incoming {
    fn default() -> Self {
        Self {
            query: String::new(),
            declared_json: false,
            body: Ok(Bytes::new()),
            if_match: None,
            if_none_match: None,
            idempotency_key: None,
        }
    }
}

impl Incoming {
    pub(super) fn of(request: &HttpRequest, body: Result<Bytes>) -> Self {
        let header =
            |name: HeaderName| request.headers().get(name).map(|text| text.to_str().unwrap_or_default().to_owned());
        Self {
            query: request.query_string().to_owned(),
            declared_json: is_json(request),
            body,
            if_match: header(IF_MATCH),
            if_none_match: header(IF_NONE_MATCH),
            idempotency_key: header(IDEMPOTENCY_KEY),
        }
    }

    /// True if the body is said to be JSON in UTF-8.
    pub(super) fn is_json(&self) -> bool {
        self.declared_json
    }

    /// The query string.
    pub(super) fn query(&self) -> &str {
        &self.query
    }

    /// Refuses query parameters.
    pub(super) fn no_parameters(&self) -> Result<()> {
        Parameters::read(&self.query)?.only(&[])
    }

    /// The body as a JSON object, without query parameters beside it.
    pub(super) fn object(self) -> Result<Map<String, Json>> {
        self.no_parameters()?;
        object(self.declared_json, &self.body?)
    }

    /// The body as it arrived, and what of the request decides on its meaning.
    pub(super) fn parts(&self) -> Option<(&Bytes, &str, Option<&str>)> {
        self.body.as_ref().ok().map(|body| (body, self.query.as_str(), self.if_match.as_deref()))
    }

    /// The `Idempotency-Key`.
    pub(super) fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }

    /// Refuses an `Idempotency-Key`: whoever sends one relies on it.
    pub(super) fn no_idempotency_key(&self) -> Result<()> {
        if self.idempotency_key.is_none() {
            return Ok(());
        }
        Err(AppOsError::validation("this path keeps no answers").code_is("bad_header").field(
            "Idempotency-Key",
            "bad_header",
            "counts only where single rows are written, for `bulk`, and where a process is started",
        ))
    }

    /// The body itself.
    pub(super) fn body(self) -> Result<Bytes> {
        self.body
    }

    /// Refuses a body.
    pub(super) fn no_body(&self) -> Result<()> {
        match &self.body {
            Ok(body) if body.is_empty() => Ok(()),
            _ => Err(AppOsError::validation("this method takes no body").code_is("bad_query")),
        }
    }

    /// True if the client says that it has this version of the row already.
    ///
    /// # Errors
    /// The header cannot be read.
    pub(super) fn has_already(&self, version: i64) -> Result<bool> {
        self.if_none_match.as_deref().map_or(Ok(false), |tags| names(tags, version))
    }

    /// The version that `If-Match` names.
    ///
    /// # Errors
    /// It is no `ETag` of a row.
    pub(super) fn if_match(&self) -> Result<Option<i64>> {
        let Some(text) = &self.if_match else { return Ok(None) };
        unquoted(text).and_then(|version| version.parse().ok()).map(Some).ok_or_else(|| {
            AppOsError::validation("If-Match cannot be read").code_is("bad_header").field(
                "If-Match",
                "bad_header",
                "must be an ETag of this row, such as \"3\"",
            )
        })
    }
}

/// What stands in the quotes of a tag. A version without quotes is taken, too: many clients lose
/// them on the way from one answer to the next request, and nothing else can be meant.
fn unquoted(tag: &str) -> Option<&str> {
    let bare = (1..=18).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_digit());
    if bare { Some(tag) } else { tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')) }
}

/// True if an `If-None-Match` names this version. Tags that are no version of any row name none.
///
/// # Errors
/// It is no list of tags.
fn names(tags: &str, version: i64) -> Result<bool> {
    if tags.trim() == "*" {
        return Ok(true);
    }
    let own = version.to_string();
    let mut found = false;
    for tag in tags.split(',').map(str::trim) {
        let Some(inner) = unquoted(tag.strip_prefix("W/").unwrap_or(tag))
            .filter(|tag| tag.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"'))
        else {
            return Err(AppOsError::validation("If-None-Match cannot be read").code_is("bad_header").field(
                "If-None-Match",
                "bad_header",
                "must be `*`, or ETags with commas between, such as \"3\"",
            ));
        };
        found |= inner == own;
    }
    Ok(found)
}

/// True if the request says that its body is a form, as browsers send it.
pub(super) fn is_form(request: &HttpRequest) -> bool {
    let named = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    named.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

/// True if the request says that its body is a form that may hold a file.
pub(super) fn is_multipart(request: &HttpRequest) -> bool {
    let named = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    named.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("multipart/form-data"))
}

/// A field of a form, if the body is one and has it.
pub(super) fn form_field(body: &[u8], name: &str) -> Option<String> {
    let form = Parameters::read(std::str::from_utf8(body).ok()?).ok()?;
    form.get(name).map(str::to_owned)
}

/// True if the request says that its body is JSON.
fn is_json(request: &HttpRequest) -> bool {
    let Some(named) = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let mut parts = named.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let json = matches!(kind.as_str(), "application/json" | "application/merge-patch+json");
    json && parts.all(|parameter| match parameter.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    })
}

/// The body as a JSON object without doubled keys.
///
/// # Errors
/// It is not declared as JSON, is not UTF-8, not JSON, not an object, or nested too deep.
pub(super) fn object(declared_json: bool, bytes: &[u8]) -> Result<Map<String, Json>> {
    if !declared_json {
        return Err(AppOsError::validation("the body must be sent as application/json in UTF-8")
            .code_is("unsupported_media_type")
            .field("Content-Type", "unsupported_media_type", "must be application/json"));
    }
    let malformed = |message: String| AppOsError::validation(message).code_is("malformed_json");
    let text = std::str::from_utf8(bytes)
        .map_err(|error| malformed(format!("the body is not UTF-8 from byte {}", error.valid_up_to())))?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let object = reader
        .deserialize_map(ObjectVisitor)
        .and_then(|object| reader.end().map(|()| object))
        .map_err(|error| malformed(format!("the body is not a JSON object: {error}")))?;
    Ok(object)
}

/// A JSON object that stands in a part of a body.
///
/// # Errors
/// It is no JSON object, or has a key twice.
pub(super) fn json_object(bytes: &[u8]) -> Result<Map<String, Json>> {
    object(true, bytes)
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Map<String, Json>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            let Strict(value) = access.next_value()?;
            if map.contains_key(&key) {
                return Err(A::Error::custom(format_args!("the key `{key}` stands twice")));
            }
            map.insert(key, value);
        }
        Ok(map)
    }
}

/// Any JSON without doubled keys.
struct Strict(Json);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Json, A::Error> {
        ObjectVisitor.visit_map(access).map(Json::Object)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(Strict(item)) = access.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }
}
