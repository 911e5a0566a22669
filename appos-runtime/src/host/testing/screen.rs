//! Screens in tests: what somebody sees at an address, without a browser and without a server.

use std::sync::Arc;

use super::of_test;
use crate::error::{AppOsError, Result};
use crate::ui::live::paint_once;
use crate::ui::page::{Location, NoFiles, Visitor};

/// What stands at an address for whoever the test acts as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedPage {
    /// HTTP status of the answer: 200, or why there is no page.
    pub status: u16,
    /// Title of the page.
    pub title: String,
    /// What stands in `body`, as HTML.
    pub html: String,
}

/// Opens an address of the platform as whoever the test acts as: `open_page("/crm/home").await?`. The answer has
/// the data that the page loads.
///
/// # Errors
/// The address is none of this platform, or nobody can tell the rights of whoever opens it. A page that he may not
/// view is no error, but has the status 404.
///
/// # Panics
/// Outside of a test.
#[track_caller]
pub fn open_page(address: &str) -> impl Future<Output = Result<OpenedPage>> {
    let scope = Arc::clone(of_test("open_page").scope());
    let location = Location::read(address)
        .ok_or_else(|| AppOsError::validation(format!("`{address}` is no address of the platform: write `/crm/home`")));
    async move {
        let visitor = Visitor {
            engine: Arc::clone(&scope.engine),
            user: scope.user.clone(),
            session: scope.session.clone(),
            session_number: None,
            request: scope.request.clone(),
            preferences: scope.preferences.clone(),
            csrf_token: Arc::from(""),
            platform: "test",
            imports: Arc::new(NoFiles),
        };
        let painted = paint_once(visitor, scope, location?).await?;
        Ok(OpenedPage { status: painted.code.as_u16(), title: painted.title, html: painted.body })
    }
}
