//! A body with a file in it, read a part at a time.

use std::time::{Duration, Instant};

use actix_multipart::{Field, Multipart};
use actix_web::web::{Bytes, Payload};
use futures_util::stream::{LocalBoxStream, try_unfold};
use futures_util::{Stream, StreamExt, TryStreamExt};
use serde_json::{Map, Value as Json};

use crate::error::{AppOsError, Result};
use crate::question::Parameters;
use crate::web::body::{is_multipart, json_object, too_slow};
use crate::web::router::Call;

/// Most bytes of all that a form has beside its file.
const MAX_FIELDS: usize = 256 << 10;
/// What is still received of a body that was refused, so that the sender hears of it.
const MAX_REST: usize = 16 << 20;
/// And for how long.
const REST: Duration = Duration::from_secs(5);

/// The body broke off, or is no form.
pub(super) fn malformed() -> AppOsError {
    AppOsError::validation("the file did not arrive whole").code_is("malformed_file")
}

/// A body with a file in it.
pub(super) enum Body {
    Form(Multipart, Patience),
    File(Payload, Patience),
}

/// A file in a body.
pub(super) struct FilePart<'a> {
    pub(super) name: Option<String>,
    pub(super) parts: LocalBoxStream<'a, Result<Bytes>>,
}

/// How long is waited for the next part, and for all of them.
#[derive(Clone, Copy)]
pub(super) struct Patience {
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
    pub(super) fn of(call: &Call<'_>, payload: Payload) -> Self {
        let server = call.server;
        let patience = Patience { each: server.request_timeout, until: Instant::now() + server.transfer_timeout };
        if is_multipart(call.request) {
            Self::Form(Multipart::new(call.request.headers(), payload), patience)
        } else {
            Self::File(payload, patience)
        }
    }

    /// What stands in front of the file, and the file.
    pub(super) async fn next_file<'a>(&'a mut self, query: &str) -> Result<(Map<String, Json>, FilePart<'a>)> {
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

    /// The fields that stand in front of the file of a form that a browser sends, and the file, if one was chosen.
    pub(super) async fn fields_and_file(&mut self) -> Result<(Vec<(String, String)>, Option<FilePart<'_>>)> {
        let Self::Form(form, patience) = self else { return Err(malformed()) };
        let (mut fields, mut length) = (Vec::new(), 0);
        while let Some(part) = patience.wait(form.next()).await? {
            let part = part.map_err(|_| malformed())?;
            let file = part.content_disposition().and_then(|part| part.get_filename()).map(str::to_owned);
            if let Some(name) = file.clone().filter(|name| !name.is_empty()) {
                return Ok((fields, Some(FilePart { name: Some(name), parts: patience.heeded(part) })));
            }
            let name = part.name().unwrap_or_default().to_owned();
            let text = text_of(part, *patience).await?;
            // Where no file was chosen, browsers send one without a name.
            if file.is_some() {
                continue;
            }
            length += name.len() + text.len();
            if length > MAX_FIELDS {
                return Err(too_much());
            }
            let text = String::from_utf8(text)
                .map_err(|_| AppOsError::validation("the form is not UTF-8").code_is("malformed_json"))?;
            fields.push((name, text));
        }
        Ok((fields, None))
    }

    /// Receives some of what is still on its way: who is cut off while sending hears no answer.
    pub(super) async fn drain(&mut self) {
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
            return Err(too_much());
        }
    }
    Ok(text)
}

fn too_much() -> AppOsError {
    AppOsError::validation("the fields are larger than the server takes").code_is("body_too_large")
}
