//! `POST /upload` and `PUT /{id}/content`: a file, as a form or by itself, a part at a time.

use std::time::{Duration, Instant};

use actix_multipart::{Field, Multipart};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, LOCATION};
use actix_web::web::{Bytes, Payload};
use futures_util::stream::{LocalBoxStream, try_unfold};
use futures_util::{Stream, StreamExt, TryStreamExt};
use serde_json::{Map, Value as Json};

use crate::error::{AppOsError, Result};
use crate::model::{Row, record_of};
use crate::outside::files::{self, Incoming, Received};
use crate::question::Parameters;
use crate::record::{self, FileValues, Input};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::web::body::{is_multipart, json_object, too_slow};
use crate::web::record_routes::row_id;
use crate::web::records::{row, unhurried};
use crate::web::router::Call;

/// Most bytes of all that a form has beside its file.
const MAX_FIELDS: usize = 256 << 10;
/// What is still received of a body that was refused, so that the sender hears of it.
const MAX_REST: usize = 16 << 20;
/// And for how long.
const REST: Duration = Duration::from_secs(5);

/// `POST /api/{app}/v1/{documents}/upload`: a new document.
pub(super) async fn create(mut call: Call<'_>, object: &'static ObjectDescriptor) -> Result<HttpResponse> {
    // Nobody sends a file for nothing.
    record::authorize(object, Permission::Create).await?;
    call.incoming.no_idempotency_key()?;
    let payload = call.take_payload().ok_or_else(malformed)?;
    let mut body = Body::of(&call, payload);
    let done = create_from(&call, object, &mut body).await;
    if done.is_err() {
        body.drain().await;
    }
    let created = done?;
    let mut response = row(StatusCode::CREATED, object, &created)?;
    let place = format!("/api/{}/v1/{}/{}", object.app, record_of(object).plural.as_str(), created.system.id);
    if let Ok(place) = HeaderValue::from_str(&place) {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

async fn create_from(call: &Call<'_>, object: &'static ObjectDescriptor, body: &mut Body) -> Result<Row> {
    let (fields, file) = body.next_file(call.incoming.query()).await?;
    let values = fields.clone();
    // What is wrong about the fields is told before the file is received.
    let file_values = FileValues { name: String::new(), content_type: String::new(), size: 0, version: 1 };
    record::check(object, Permission::Create, Input::WithFile(Box::new(Input::Json(values)), file_values)).await?;
    let name = file.name.ok_or_else(nameless)?;
    let received = receive(call, object, &name, file.parts).await?;
    files::create(unhurried(call), object, move || Ok(Input::Json(fields)), received).await
}

/// `PUT /api/{app}/v1/{documents}/{id}/content`: the next version of a document.
pub(super) async fn replace(mut call: Call<'_>, object: &'static ObjectDescriptor, id: &str) -> Result<HttpResponse> {
    let id = row_id(id);
    record::authorize(object, Permission::Update).await?;
    let before = record::get(object, id).await?;
    call.incoming.no_idempotency_key()?;
    let expected = call.incoming.if_match()?;
    let payload = call.take_payload().ok_or_else(malformed)?;
    let mut body = Body::of(&call, payload);
    let done = async {
        let (fields, file) = body.next_file(call.incoming.query()).await?;
        if let Some(name) = fields.keys().next() {
            return Err(AppOsError::validation("some fields are wrong").code_is("invalid_fields").field(
                name.clone(),
                "unknown_field",
                "cannot be changed with the file: send a PATCH for it",
            ));
        }
        let name = file.name.or_else(|| name_of(object, &before)).ok_or_else(nameless)?;
        let received = receive(&call, object, &name, file.parts).await?;
        files::replace(unhurried(&call), object, (id, expected), received).await
    };
    let done = done.await;
    if done.is_err() {
        body.drain().await;
    }
    row(StatusCode::OK, object, &done?)
}

fn name_of(object: &'static ObjectDescriptor, row: &Row) -> Option<String> {
    let place = record_of(object).field("file_name").map(|(place, _)| place)?;
    match row.values.get(place) {
        Some(crate::value::Value::Text(name)) => Some(name.clone()),
        _ => None,
    }
}

async fn receive(
    call: &Call<'_>,
    object: &'static ObjectDescriptor,
    name: &str,
    parts: impl Stream<Item = Result<Bytes>>,
) -> Result<Received> {
    let by = Some(call.scope.user.id).filter(|id| *id > 0);
    files::receive(&call.scope.engine, Incoming { object, name, by }, parts).await
}

fn malformed() -> AppOsError {
    AppOsError::validation("the file did not arrive whole").code_is("malformed_file")
}

fn nameless() -> AppOsError {
    AppOsError::validation("some fields are wrong").code_is("invalid_fields").field(
        "file_name",
        "required",
        "is required: name the file in its part of the form, or in the query",
    )
}

/// A body with a file in it.
enum Body {
    Form(Multipart, Patience),
    File(Payload, Patience),
}

/// A file in a body.
struct FilePart<'a> {
    name: Option<String>,
    parts: LocalBoxStream<'a, Result<Bytes>>,
}

/// How long is waited for the next part, and for all of them.
#[derive(Clone, Copy)]
struct Patience {
    each: Duration,
    until: Instant,
}

impl Patience {
    async fn wait<T>(self, next: impl Future<Output = T>) -> Result<T> {
        let wait = self.each.min(self.until.saturating_duration_since(Instant::now()));
        tokio::time::timeout(wait, next).await.map_err(|_| too_slow())
    }

    /// The same for each part of a stream.
    fn heeded<'a, S, E>(self, parts: S) -> LocalBoxStream<'a, Result<Bytes>>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin + 'a,
    {
        let next = move |mut parts: S| async move {
            let part = match self.wait(StreamExt::next(&mut parts)).await? {
                Some(part) => part.map_err(|_| malformed())?,
                None => return Ok(None),
            };
            Ok(Some((part, parts)))
        };
        try_unfold(parts, next).boxed_local()
    }
}

impl Body {
    fn of(call: &Call<'_>, payload: Payload) -> Self {
        let server = call.server;
        let patience = Patience { each: server.request_timeout, until: Instant::now() + server.transfer_timeout };
        if is_multipart(call.request) {
            Self::Form(Multipart::new(call.request.headers(), payload), patience)
        } else {
            Self::File(payload, patience)
        }
    }

    /// What stands in front of the file, and the file.
    async fn next_file<'a>(&'a mut self, query: &str) -> Result<(Map<String, Json>, FilePart<'a>)> {
        match self {
            Self::File(payload, patience) => {
                let parameters = Parameters::read(query)?;
                parameters.only(&["file_name", "record"])?;
                let fields =
                    parameters.get("record").map_or_else(|| Ok(Map::new()), |text| json_object(text.as_bytes()));
                let fields = fields.map_err(|error| {
                    AppOsError::validation("some fields are wrong").code_is("invalid_fields").field(
                        "record",
                        "wrong_type",
                        error.message().to_owned(),
                    )
                })?;
                let name = parameters.get("file_name").map(str::to_owned);
                Ok((fields, FilePart { name, parts: patience.heeded(payload) }))
            }
            Self::Form(form, patience) => {
                Parameters::read(query)?.only(&[])?;
                let mut fields = Map::new();
                while let Some(part) = patience.wait(form.next()).await? {
                    let part = part.map_err(|_| malformed())?;
                    match part.name() {
                        Some("record") => fields = json_object(&text_of(part, *patience).await?)?,
                        Some("file") => {
                            let name =
                                part.content_disposition().and_then(|part| part.get_filename()).map(str::to_owned);
                            return Ok((fields, FilePart { name, parts: patience.heeded(part) }));
                        }
                        _ => {
                            let other = part.name().unwrap_or_default().to_owned();
                            return Err(AppOsError::validation("the form has a part that is not known here")
                                .code_is("malformed_file")
                                .field(other, "unknown_field", "must be `record`, and then `file`"));
                        }
                    }
                }
                Err(AppOsError::validation("the form has no file").code_is("malformed_file").field(
                    "file",
                    "required",
                    "is required",
                ))
            }
        }
    }

    /// Receives some of what is still on its way: who is cut off while sending hears no answer.
    async fn drain(&mut self) {
        let rest = async {
            let mut received = 0;
            match self {
                Self::File(payload, _) => {
                    while let Ok(Some(part)) = payload.try_next().await {
                        received += part.len();
                        if received > MAX_REST {
                            return;
                        }
                    }
                }
                Self::Form(form, _) => {
                    while let Ok(Some(mut part)) = form.try_next().await {
                        while let Ok(Some(part)) = part.try_next().await {
                            received += part.len();
                            if received > MAX_REST {
                                return;
                            }
                        }
                    }
                }
            }
        };
        tokio::time::timeout(REST, rest).await.ok();
    }
}

/// A part of a form that is no file.
async fn text_of(mut part: Field, patience: Patience) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    while let Some(bytes) = patience.wait(part.next()).await? {
        text.extend_from_slice(&bytes.map_err(|_| malformed())?);
        if text.len() > MAX_FIELDS {
            return Err(AppOsError::validation("the fields are larger than the server takes").code_is("body_too_large"));
        }
    }
    Ok(text)
}
