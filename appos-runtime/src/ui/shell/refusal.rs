//! A screen that cannot be shown, and why.

use actix_web::http::StatusCode;
use dioxus::prelude::*;

use crate::error::{AppOsError, ErrorKind};
use crate::ui::page::use_status;

/// The HTTP status of an error, as the API answers it.
pub(crate) fn status_of(error: &AppOsError) -> StatusCode {
    match (error.kind(), error.code()) {
        (ErrorKind::Security, _) => StatusCode::FORBIDDEN,
        (ErrorKind::Dispatch, "database_unavailable" | "no_database" | "stopping") => StatusCode::SERVICE_UNAVAILABLE,
        (ErrorKind::Dispatch, _) => StatusCode::NOT_FOUND,
        (ErrorKind::Validation, "stale_version" | "not_unique" | "still_referenced") => StatusCode::CONFLICT,
        (ErrorKind::Validation, "bad_query") => StatusCode::BAD_REQUEST,
        (ErrorKind::Validation, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (ErrorKind::Timeout, _) => StatusCode::GATEWAY_TIMEOUT,
        (ErrorKind::Integration | ErrorKind::Execution, _) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What is shown in the place of a screen. Who may not view something learns no more than of what
/// does not exist.
#[component]
pub(crate) fn Refusal(code: u16, message: String, #[props(default)] execution_id: Option<String>) -> Element {
    let mut status = use_status();
    let code = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let title = match code {
        StatusCode::NOT_FOUND => "Not found",
        StatusCode::FORBIDDEN => "Not allowed",
        StatusCode::BAD_REQUEST => "Not understood",
        StatusCode::SERVICE_UNAVAILABLE => "Not available",
        _ => "Something went wrong",
    };
    if status.peek().code != code || status.peek().title != title {
        let mut status = status.write();
        status.code = code;
        title.clone_into(&mut status.title);
    }
    rsx! {
        section { class: "ao-refusal",
            h1 { "{title}" }
            p { role: "alert", "{message}" }
            if let Some(id) = execution_id {
                p { class: "ao-dim", "Execution " code { "{id}" } }
            }
            p { a { href: "/", "To the start" } }
        }
    }
}
