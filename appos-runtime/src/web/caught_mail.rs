//! Parts of caught mail that are no screens: its HTML for the frame in which it is shown, and its files.

use actix_web::HttpResponse;
use actix_web::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CROSS_ORIGIN_OPENER_POLICY, X_FRAME_OPTIONS,
};

use super::answer::file;
use super::router::{Call, unknown_path};
use crate::error::Result;
use crate::outside::files::disposition;
use crate::outside::mail::{Catcher, show_caught_mail};

/// Wherever it is opened, nothing runs in it, and nothing is loaded by it: who has written it may be told nothing.
const MAIL_POLICY: &str =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

/// Serves one of them.
pub(super) async fn route(call: &Call<'_>, id: &str, what: &[&str]) -> Result<HttpResponse> {
    if call.server.engine.resource::<Catcher>().is_none() {
        return Err(unknown_path());
    }
    let mail = show_caught_mail(id.to_owned()).await?;
    call.incoming.no_parameters()?;
    match what {
        ["html"] => {
            let html = mail.html.ok_or_else(unknown_path)?;
            let mut response = HttpResponse::Ok();
            response.content_type("text/html; charset=utf-8");
            response.insert_header((CONTENT_SECURITY_POLICY, MAIL_POLICY));
            response.insert_header((X_FRAME_OPTIONS, "SAMEORIGIN"));
            // What is sandboxed and also wants a window of its own is refused as a whole.
            response.insert_header((CROSS_ORIGIN_OPENER_POLICY, "unsafe-none"));
            Ok(response.body(html.expose().to_owned()))
        }
        ["files", number] => {
            let number: usize = number.parse().map_err(|_| unknown_path())?;
            let named = mail.attachments.get(number).zip(mail.contents.into_iter().nth(number));
            let (named, bytes) = named.ok_or_else(unknown_path)?;
            let mut response = HttpResponse::Ok();
            file(&mut response);
            // Its type is what the mail says, which nobody has checked.
            response.content_type("application/octet-stream");
            response.insert_header((CONTENT_DISPOSITION, disposition(false, named.name.expose())));
            Ok(response.body(bytes))
        }
        _ => Err(unknown_path()),
    }
}
