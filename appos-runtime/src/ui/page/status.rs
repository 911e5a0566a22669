//! What a page says of itself beside its content: title and HTTP status.

use actix_web::http::StatusCode;
use dioxus::prelude::*;

/// Title and HTTP status of a page. The status counts for the first answer only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Status {
    pub(crate) title: String,
    pub(crate) code: StatusCode,
}

impl Default for Status {
    fn default() -> Self {
        Self { title: String::new(), code: StatusCode::OK }
    }
}

/// What the page says of itself.
pub(crate) fn use_status() -> Signal<Status> {
    use_context::<Signal<Status>>()
}

/// Names the page in the browser's tab and history.
pub(crate) fn use_title(title: impl Into<String>) {
    let mut status = use_status();
    let title = title.into();
    if status.peek().title != title {
        status.write().title = title;
    }
}
