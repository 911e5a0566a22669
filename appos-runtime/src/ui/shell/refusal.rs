//! A screen that cannot be shown, and why.

use actix_web::http::StatusCode;
use dioxus::prelude::*;

use super::document::{document, full_title};
use crate::engine::disguised_now;
use crate::error::{AppOsError, ErrorKind};
use crate::state::{Ctx, Scope};
use crate::ui::page::use_status;
use crate::ui::text::errors;
use crate::ui::text::own;

/// The HTTP status of an error, as the API answers it.
pub(crate) fn status_of(error: &AppOsError) -> StatusCode {
    match (error.kind(), error.code()) {
        (ErrorKind::Security, _) => StatusCode::FORBIDDEN,
        (ErrorKind::Dispatch, "database_unavailable" | "no_database" | "stopping") => StatusCode::SERVICE_UNAVAILABLE,
        (ErrorKind::Dispatch, _) => StatusCode::NOT_FOUND,
        (ErrorKind::Validation, "stale_version" | "not_unique" | "still_referenced") => StatusCode::CONFLICT,
        (ErrorKind::Validation, "bad_query" | "bad_cursor" | "bad_filter") => StatusCode::BAD_REQUEST,
        (ErrorKind::Validation, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (ErrorKind::Timeout, _) => StatusCode::GATEWAY_TIMEOUT,
        (ErrorKind::Integration | ErrorKind::Execution, _) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What is shown in the place of a screen because of an error, as far as the visitor may know of it.
pub(crate) fn refusal(error: &AppOsError) -> Element {
    let instead = Ctx::current().and_then(|ctx| disguised_now(ctx.scope(), error));
    let error = instead.as_ref().unwrap_or(error);
    let execution_id = error.execution_id().map(|id| id.to_string());
    rsx! {
        Refusal { code: status_of(error).as_u16(), message: errors::message(error), execution_id }
    }
}

/// A page that shows nothing but an error, for what comes before any screen.
pub(crate) fn refused(platform: &str, scope: &Scope, error: &AppOsError) -> String {
    let title = full_title(platform, title_of(status_of(error)));
    document(&scope.preferences, &title, &refused_body(scope, error), None)
}

/// The same without a head, for a page whose head is sent already.
pub(crate) fn refused_body(scope: &Scope, error: &AppOsError) -> String {
    let (title, message) = (title_of(status_of(error)), errors::message(error));
    dioxus_ssr::render_element(rsx! {
        main { class: "ao-main",
            Words { title, message, execution_id: error.execution_id().unwrap_or(scope.root_id()).to_string() }
        }
    })
}

/// What is shown in the place of a screen. Who may not view something learns no more than of what
/// does not exist.
#[component]
pub(crate) fn Refusal(code: u16, message: String, #[props(default)] execution_id: Option<String>) -> Element {
    let mut status = use_status();
    let code = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let title = title_of(code);
    if status.peek().code != code || status.peek().title != title {
        let mut status = status.write();
        status.code = code;
        title.clone_into(&mut status.title);
    }
    rsx! {
        Words { title, message, execution_id }
    }
}

fn title_of(code: StatusCode) -> &'static str {
    match code {
        StatusCode::NOT_FOUND => own::states::not_found(),
        StatusCode::FORBIDDEN => own::states::denied(),
        StatusCode::BAD_REQUEST => own::states::not_understood(),
        StatusCode::TOO_MANY_REQUESTS => own::states::too_many(),
        _ => own::states::failed(),
    }
}

#[component]
fn Words(title: String, message: String, execution_id: Option<String>) -> Element {
    let is_plain = title == own::states::not_found();
    rsx! {
        section { class: "ao-state",
            h1 { class: "ao-state-title", "{title}" }
            // What is behind an address that is not there, nobody needs to be told twice.
            if !is_plain {
                p { role: "alert", "{message}" }
            }
            if let Some(id) = execution_id.filter(|_| !is_plain) {
                p { class: "ao-dim", {own::states::failed_hint(&id)} }
            }
            p {
                a { href: "/", {own::shell::home()} }
            }
        }
    }
}
