//! `Idempotency-Key`: a write that is sent again is done once, and answered the same.
//!
//! The key is reserved, the write is made and its answer is kept in one transaction. An error
//! is not kept: it has left nothing behind, and the same request may succeed later.

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::http::header::{ETAG, HeaderName, HeaderValue, LOCATION};
use actix_web::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::Instant;

use crate::error::{AppOsError, Result};
use crate::platform::idempotency::{Known, Request, claim, keep};
use crate::record::transaction;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::vault::SecretKeys;
use crate::web::answer;
use crate::web::router::Call;

/// Name of the header.
const KEY: &str = "Idempotency-Key";
/// The header of an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Longest key.
pub(in crate::web) const MAX_KEY: usize = 255;

/// An answer as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    status: u16,
    etag: Option<String>,
    location: Option<String>,
    body: String,
}

/// Runs a write, or answers as the first time. Other methods than those that write here are
/// answered as without a key.
pub(in crate::web) async fn once<'a, F>(
    call: Call<'a>,
    (object, writing): (&'static ObjectDescriptor, &[Method]),
    write: impl FnOnce(Call<'a>) -> F,
) -> Result<HttpResponse>
where
    F: Future<Output = Result<HttpResponse>>,
{
    let writes = [Permission::Create, Permission::Update, Permission::Delete];
    if call.incoming.idempotency_key().is_none() {
        return write(call).await;
    }
    let rights = call.scope.fresh_rights().await?;
    // Whoever may not write is refused as without a key, and learns nothing from it.
    if !writing.contains(&call.method()) || !writes.iter().any(|permission| rights.allows(object, *permission)) {
        return write(call).await;
    }
    kept(call, write).await
}

/// The same for whoever may make the write.
pub(in crate::web) async fn kept<'a, F>(call: Call<'a>, write: impl FnOnce(Call<'a>) -> F) -> Result<HttpResponse>
where
    F: Future<Output = Result<HttpResponse>>,
{
    let Some(key) = call.incoming.idempotency_key().map(str::to_owned) else { return write(call).await };
    let key = read(&key)?;
    if call.scope.user.id == 0 {
        return Err(bad("needs somebody who is signed in: without, nobody's keys are told from another's"));
    }
    // A body that did not arrive is told by the write itself.
    let Some(fingerprint) = fingerprint(&call) else { return write(call).await };
    let (started, server, scope) = (Instant::now(), call.server, call.scope);
    let keys = scope.engine.resource::<SecretKeys>();
    let keys = keys.ok_or_else(|| AppOsError::execution("there is no secret key"))?;
    let request = Request { user_id: scope.user.id, key, fingerprint: &fingerprint };
    transaction(async move {
        match claim(&server.store, keys, request).await? {
            Known::Nothing => {
                let kept = Kept::of(write(call).await?)?;
                let text = serde_json::to_string(&kept)
                    .map_err(|error| AppOsError::execution("an answer cannot be kept").caused_by(error))?;
                keep(&server.store, keys, request, &text).await?;
                kept.answer()
            }
            Known::Answer(text) => {
                let kept: Kept = serde_json::from_str(&text)
                    .map_err(|error| AppOsError::execution("a kept answer cannot be read").caused_by(error))?;
                answer::note(scope, started, "replay", Ok(()));
                let mut response = kept.answer()?;
                response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
                Ok(response)
            }
            Known::OtherRequest => Err(AppOsError::validation("the key was used for another request")
                .code_is("idempotency_key_reused")
                .field(KEY, "reused", "belongs to another request; give each request a key of its own")),
        }
    })
    .await
}

fn bad(message: &str) -> AppOsError {
    AppOsError::validation("Idempotency-Key cannot be used").code_is("bad_header").field(KEY, "bad_header", message)
}

/// The key, in quotes as the draft of the IETF has it, or without as most clients send it.
///
/// # Errors
/// It is none.
pub(in crate::web) fn read(text: &str) -> Result<&str> {
    let key = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let good = key.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\');
    if good && (1..=MAX_KEY).contains(&key.len()) {
        return Ok(key);
    }
    Err(bad("must have 1 to 255 visible ASCII characters, without quotes and backslashes within"))
}

/// What differs between requests that are not the same.
fn fingerprint(call: &Call<'_>) -> Option<String> {
    let (body, query, if_match) = call.incoming.parts()?;
    let mut digest = Sha256::new();
    for part in [call.request.method().as_str(), call.request.path(), query, if_match.unwrap_or_default()] {
        digest.update(part);
        digest.update([0]);
    }
    digest.update(body);
    Some(URL_SAFE_NO_PAD.encode(digest.finalize()))
}

impl Kept {
    fn of(response: HttpResponse) -> Result<Self> {
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (status, etag, location) = (response.status().as_u16(), header(ETAG), header(LOCATION));
        let failed = || AppOsError::execution("an answer cannot be kept");
        let body = response.into_body().try_into_bytes().map_err(|_| failed())?;
        let body = String::from_utf8(body.to_vec()).map_err(|error| failed().caused_by(error))?;
        Ok(Self { status, etag, location, body })
    }

    fn answer(&self) -> Result<HttpResponse> {
        let status = StatusCode::from_u16(self.status)
            .map_err(|error| AppOsError::execution("a kept answer cannot be read").caused_by(error))?;
        let mut response = HttpResponse::build(status);
        if !self.body.is_empty() {
            response.content_type("application/json");
        }
        for (name, value) in [(ETAG, &self.etag), (LOCATION, &self.location)] {
            if let Some(value) = value {
                response.insert_header((name, value.as_str()));
            }
        }
        Ok(response.body(self.body.clone()))
    }
}
