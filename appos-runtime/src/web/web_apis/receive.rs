//! Files that are sent to web APIs: given on part by part while they arrive.

use std::time::{Duration, Instant};

use actix_multipart::Multipart;
use actix_web::HttpMessage;
use actix_web::web::Payload;
use futures_util::StreamExt;
use tokio::sync::mpsc;

use super::table::Api;
use crate::error::{AppOsError, Result};
use crate::web::body::{is_multipart, too_slow};
use crate::web::router::Call;
use crate::web_api::{FilePart, Upload};

/// Parts that wait for the body to read them.
const WAITING: usize = 4;

/// A file whose parts are still to be sent on.
pub(super) struct Arriving {
    source: Source,
    to: mpsc::Sender<Result<FilePart>>,
    most: usize,
    each: Duration,
    until: Instant,
}

enum Source {
    /// The body is the file.
    Whole(Payload),
    /// A form holds the file, and what comes after it is not read.
    Form { part: Box<actix_multipart::Field>, _rest: Box<Multipart> },
}

fn malformed() -> AppOsError {
    AppOsError::validation("the file did not arrive whole").code_is("malformed_file")
}

/// Reads as much of a request as tells of its file.
///
/// # Errors
/// It has none, or one of a type that is not taken.
pub(super) async fn file(call: &mut Call<'_>, api: &Api) -> Result<(Upload, Arriving)> {
    let server = call.server;
    let payload = call.take_payload().ok_or_else(malformed)?;
    let until = Instant::now() + server.transfer_timeout;
    let each = server.request_timeout;
    let (name, kind, source) = if is_multipart(call.request) {
        let mut parts = Multipart::new(call.request.headers(), payload);
        loop {
            let next = tokio::time::timeout(each, parts.next()).await.map_err(|_| too_slow())?;
            let part = next
                .ok_or_else(|| AppOsError::validation("the form has no file").code_is("malformed_file"))?
                .map_err(|_| malformed())?;
            let name = part.content_disposition().and_then(|about| about.get_filename()).map(str::to_owned);
            // What has no name of a file is another field of the form.
            if let Some(name) = name {
                let kind = part.content_type().map(|kind| kind.essence_str().to_owned());
                break (name, kind, Source::Form { part: Box::new(part), _rest: Box::new(parts) });
            }
        }
    } else {
        let kind = Some(call.request.content_type().trim().to_ascii_lowercase()).filter(|kind| !kind.is_empty());
        (String::new(), kind, Source::Whole(payload))
    };
    let kind = kind.unwrap_or_else(|| "application/octet-stream".to_owned());
    let accept = api.descriptor.accept;
    if !accept.is_empty() && !accept.iter().any(|pattern| fits(pattern, &kind)) {
        let wanted = format!("must be {}", accept.join(", "));
        return Err(AppOsError::validation("files of this type are not taken")
            .code_is("unsupported_media_type")
            .field("Content-Type", "unsupported_media_type", wanted));
    }
    let (to, from) = mpsc::channel(WAITING);
    // Folders are of the sender's own machine.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let most = api.descriptor.max_body.unwrap_or(server.max_body);
    Ok((Upload::new(name, kind, from), Arriving { source, to, most, each, until }))
}

/// `image/*` fits `image/png`.
fn fits(pattern: &str, kind: &str) -> bool {
    match pattern.strip_suffix("/*") {
        Some(family) => kind.split('/').next().is_some_and(|own| own.eq_ignore_ascii_case(family)),
        None => pattern.eq_ignore_ascii_case(kind),
    }
}

impl Arriving {
    /// Sends the parts on, until the file ends or nobody reads it.
    pub(super) async fn send_on(mut self) {
        let mut length = 0_usize;
        loop {
            let part = match self.next().await {
                Ok(None) => return,
                Ok(Some(part)) => {
                    length = length.saturating_add(part.len());
                    if length > self.most {
                        let error = AppOsError::validation("the file is larger than this path takes");
                        Err(error.code_is("body_too_large"))
                    } else {
                        Ok(part)
                    }
                }
                Err(error) => Err(error),
            };
            let is_last = part.is_err();
            if self.to.send(part).await.is_err() || is_last {
                return;
            }
        }
    }

    async fn next(&mut self) -> Result<Option<FilePart>> {
        let wait = self.each.min(self.until.saturating_duration_since(Instant::now()));
        let next = async {
            match &mut self.source {
                Source::Whole(payload) => payload.next().await.map(|part| part.map_err(|_| malformed())),
                Source::Form { part, .. } => part.next().await.map(|part| part.map_err(|_| malformed())),
            }
        };
        let part = tokio::time::timeout(wait, next).await.map_err(|_| too_slow())?;
        part.transpose().map(|part| part.map(Into::into))
    }
}
