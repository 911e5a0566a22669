//! Files that pages load: sent compressed, kept by browsers for as long as their address says what is in them.

use actix_web::HttpResponse;
use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, ETAG, HeaderMap, HeaderName,
    IF_NONE_MATCH, VARY,
};

use super::router::{Call, unknown_path};
use crate::error::Result;
use crate::ui::assets::find;
use crate::ui::style::SVG;

/// An address with a hash in it always answers the same.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// Another one may answer otherwise the next time.
const ASK_AGAIN: &str = "no-cache";

/// What a picture may do that is opened as a page.
const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

pub(super) fn route(call: &Call<'_>) -> Result<HttpResponse> {
    let (asset, named_by_content) = find(call.request.path()).ok_or_else(unknown_path)?;
    let asked = call.request.headers();
    let known = words(asked, &IF_NONE_MATCH).any(|tag| tag == "*" || tag.trim_start_matches("W/") == asset.tag);
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer
        .insert_header((ETAG, asset.tag.as_str()))
        .insert_header((CACHE_CONTROL, if named_by_content { FOREVER } else { ASK_AGAIN }))
        .insert_header((VARY, "accept-encoding"));
    if known {
        return Ok(answer.finish());
    }
    answer.content_type(asset.content_type);
    if asset.content_type == SVG {
        // Opened by itself, it is a document: it may have colours, and nothing else.
        answer.insert_header((CONTENT_SECURITY_POLICY, PICTURE_POLICY));
    }
    match &asset.gzip {
        Some(gzip) if takes_gzip(asked) => Ok(answer.insert_header((CONTENT_ENCODING, "gzip")).body(gzip.as_slice())),
        _ => Ok(answer.body(asset.content.as_slice())),
    }
}

/// The words of a header that lists them.
fn words<'a>(headers: &'a HeaderMap, name: &'a HeaderName) -> impl Iterator<Item = &'a str> {
    let texts = headers.get_all(name).filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| text.split(',').map(str::trim))
}

/// True if the browser takes gzip, and does not say that it would rather not (`gzip;q=0`).
fn takes_gzip(headers: &HeaderMap) -> bool {
    words(headers, &ACCEPT_ENCODING).any(|word| {
        let mut parts = word.split(';').map(str::trim);
        let named = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case("gzip") || coding == "*");
        let refused = parts.any(|part| {
            part.strip_prefix("q=").is_some_and(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0))
        });
        named && !refused
    })
}
