//! `GET /{id}/content` and the same of a version: a part of it, or all, or that it has not changed.

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap,
    HeaderName, HeaderValue, IF_NONE_MATCH, IF_RANGE, RANGE, Range,
};
use futures_util::StreamExt;

use crate::error::{AppOsError, Result};
use crate::outside::files::{self, FileContent, disposition};
use crate::question::Parameters;
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;
use crate::web::answer::file;
use crate::web::problem::problem;
use crate::web::record_routes::row_id;
use crate::web::router::Call;

/// Serves the route.
pub(super) async fn content(
    call: &Call<'_>,
    object: &'static ObjectDescriptor,
    id: &str,
    version: Option<&str>,
) -> Result<HttpResponse> {
    // Asked anew by each request: a link says what is wanted, and not that it is allowed.
    let content = files::open(Ctx::current(), object, row_id(id), version.map(row_id)).await?;
    let parameters = Parameters::read(call.incoming.query())?;
    parameters.only(&["inline"])?;
    let inline = parameters.get("inline").is_some() && content.is_shown();
    let tag = format!("\"{}\"", content.tag());
    let headers = call.request.headers();
    if is_named(headers, &IF_NONE_MATCH, &tag) {
        let mut response = HttpResponse::NotModified();
        response.insert_header((ETAG, tag));
        return Ok(response.finish());
    }
    match wanted(headers, &tag, content.size()) {
        Wanted::All => send(&content, (StatusCode::OK, inline), (0, content.size()), tag).await,
        Wanted::Part(from, to) => send(&content, (StatusCode::PARTIAL_CONTENT, inline), (from, to), tag).await,
        Wanted::Nothing => {
            let error = AppOsError::validation("the file is shorter").code_is("range_not_satisfiable").field(
                "Range",
                "range_not_satisfiable",
                format!("must be within {} bytes", content.size()),
            );
            let mut response = problem(&error, call.scope.root_id());
            if let Ok(size) = HeaderValue::from_str(&format!("bytes */{}", content.size())) {
                response.headers_mut().insert(CONTENT_RANGE, size);
            }
            Ok(response)
        }
    }
}

/// `GET /{id}/thumbnail`: a small picture of a document's picture.
pub(super) async fn thumbnail(call: &Call<'_>, object: &'static ObjectDescriptor, id: &str) -> Result<HttpResponse> {
    let content = files::open(Ctx::current(), object, row_id(id), None).await?;
    call.incoming.no_parameters()?;
    let tag = format!("\"{}-small\"", content.tag());
    let mut response = HttpResponse::Ok();
    file(&mut response);
    response.insert_header((ETAG, tag));
    Ok(response.content_type("image/jpeg").body(files::thumbnail(content).await?))
}

/// What of a file is asked for.
enum Wanted {
    All,
    /// From a byte to before another one.
    Part(u64, u64),
    /// What it does not have.
    Nothing,
}

/// True if a header names a tag, among others, or any.
fn is_named(headers: &HeaderMap, name: &HeaderName, tag: &str) -> bool {
    let named = headers.get(name).and_then(|named| named.to_str().ok()).unwrap_or_default();
    named.trim() == "*" || named.split(',').any(|named| named.trim().trim_start_matches("W/") == tag)
}

/// Several parts at once are answered with the whole, as RFC 9110 allows; and so is a part of what has changed since.
fn wanted(headers: &HeaderMap, tag: &str, size: u64) -> Wanted {
    let Some(range) = headers.get(RANGE).and_then(|range| range.to_str().ok()) else { return Wanted::All };
    if headers.get(IF_RANGE).is_some_and(|wanted| wanted.to_str().ok() != Some(tag)) {
        return Wanted::All;
    }
    let Ok(Range::Bytes(parts)) = range.parse() else { return Wanted::All };
    let [part] = parts.as_slice() else { return Wanted::All };
    match part.to_satisfiable_range(size) {
        Some((first, last)) => Wanted::Part(first, last + 1),
        None => Wanted::Nothing,
    }
}

async fn send(
    content: &FileContent,
    (status, inline): (StatusCode, bool),
    (from, to): (u64, u64),
    tag: String,
) -> Result<HttpResponse> {
    let parts = content.range((from, to)).await?;
    // An answer that breaks off is the only way left to say that the file cannot be read to its end.
    let parts = parts.map(|part| part.map_err(|_| std::io::Error::other("the file ended early")));
    let mut response = HttpResponse::build(status);
    file(&mut response);
    response.insert_header((CONTENT_TYPE, sent_as(content.content_type())));
    response.insert_header((CONTENT_DISPOSITION, disposition(inline, content.name())));
    response.insert_header((ACCEPT_RANGES, "bytes"));
    response.insert_header((ETAG, tag));
    if inline {
        // A page of ours may show it: in a frame in which nothing runs.
        response.insert_header((CONTENT_SECURITY_POLICY, PREVIEW_POLICY));
        response.insert_header((actix_web::http::header::X_FRAME_OPTIONS, "SAMEORIGIN"));
    }
    if status == StatusCode::PARTIAL_CONTENT {
        response.insert_header((CONTENT_RANGE, format!("bytes {from}-{}/{}", to.saturating_sub(1), content.size())));
    }
    Ok(response.body(SizedStream::new(to - from, parts)))
}

/// What may be shown: the picture or the pages themselves, and nothing that they would load or run.
const PREVIEW_POLICY: &str =
    "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

/// Texts are kept in UTF-8, and sent as what no browser runs.
fn sent_as(content_type: &str) -> String {
    if content_type.starts_with("text/") { format!("{content_type}; charset=utf-8") } else { content_type.to_owned() }
}
