//! Answers of web APIs as responses.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue, LOCATION};
use futures_util::StreamExt;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::{AppOsError, Result};
use crate::state::Ctx;
use crate::web::answer::{attachment, json};
use crate::web_api::{Answer, Download, FileContent};

/// The response of an answer.
///
/// # Errors
/// It cannot be written.
pub(super) fn response(answer: Answer, ctx: Option<Ctx>) -> Result<HttpResponse> {
    match answer {
        Answer::Json(body) => Ok(HttpResponse::Ok().content_type("application/json").body(body)),
        Answer::Nothing => Ok(HttpResponse::NoContent().finish()),
        Answer::Accepted(accepted) => {
            let mut response = json(StatusCode::ACCEPTED, &accepted)?;
            if let Some(place) = accepted.location().and_then(|place| HeaderValue::from_str(place).ok()) {
                response.headers_mut().insert(LOCATION, place);
            }
            Ok(response)
        }
        Answer::File(file) => download(file, ctx),
    }
}

fn download(file: Download, ctx: Option<Ctx>) -> Result<HttpResponse> {
    let (name, content_type, content) = file.into_parts();
    let content_type = HeaderValue::from_str(&content_type)
        .map_err(|error| AppOsError::execution("the file's type cannot be written").caused_by(error.to_string()))?;
    let mut response = HttpResponse::Ok();
    let plain = plain(&name);
    attachment(&mut response, &plain)?;
    if plain != name {
        // The whole name beside the plain one (RFC 6266).
        let whole = utf8_percent_encode(&name, NON_ALPHANUMERIC);
        response.insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"),
        ));
    }
    response.insert_header((CONTENT_TYPE, content_type));
    let parts = match content {
        // Its length is told, for whoever waits for it.
        FileContent::Whole(content) => return Ok(response.body(content)),
        FileContent::Parts(parts) => parts,
    };
    // What makes the parts is still the body's work, for whoever asked.
    let parts = futures_util::stream::unfold(parts, move |mut parts| {
        let ctx = ctx.clone();
        async move {
            let next = async {
                let part = parts.next().await;
                part.map(|part| (part, parts))
            };
            match ctx {
                Some(ctx) => ctx.enter(next).await,
                None => next.await,
            }
        }
    });
    // An answer that breaks off is the only way left to say that not all of it is there.
    let parts = parts.map(|part| part.map_err(|_| std::io::Error::other("the file ended early")));
    Ok(response.streaming(Box::pin(parts)))
}

/// A name as it stands between quotes: what is not ASCII, and what would end them, is left out.
fn plain(name: &str) -> String {
    let fits = |sign: char| (sign.is_ascii_graphic() || sign == ' ') && !matches!(sign, '"' | '\\' | '/');
    name.chars().map(|sign| if fits(sign) { sign } else { '_' }).collect()
}
