//! The routes that belong to no object. The router asks this list before any handler: what does not stand
//! here is not there, so a test that reads the list has seen all of them.

use actix_web::http::Method;

use super::router::{unknown_path, wrong_method};
use crate::error::Result;

/// A route that belongs to no object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnRoute {
    /// The method; `GET` is answered to `HEAD`, too.
    pub method: &'static str,
    /// The path; `{name}` stands for one segment.
    pub path: &'static str,
    /// True if somebody who is not signed in is served.
    pub public: bool,
}

const fn public(method: &'static str, path: &'static str) -> OwnRoute {
    OwnRoute { method, path, public: true }
}

const fn protected(method: &'static str, path: &'static str) -> OwnRoute {
    OwnRoute { method, path, public: false }
}

static ROUTES: &[OwnRoute] = &[
    public("GET", "/"),
    public("GET", "/login"),
    public("POST", "/login"),
    public("POST", "/logout"),
    public("GET", "/setup"),
    public("POST", "/setup"),
    public("GET", "/invitation"),
    public("POST", "/invitation"),
    public("GET", "/reset"),
    public("POST", "/reset"),
    public("GET", "/forgot-password"),
    public("POST", "/forgot-password"),
    public("GET", "/password"),
    public("POST", "/password"),
    public("GET", "/settings"),
    public("POST", "/settings"),
    public("GET", "/assets/{file}"),
    public("GET", "/favicon.ico"),
    protected("GET", "/live"),
    protected("GET", "/caught-mail/{id}/html"),
    protected("GET", "/caught-mail/{id}/files/{number}"),
    public("GET", "/health"),
    public("GET", "/ready"),
    protected("GET", "/metrics"),
    public("POST", "/auth/login"),
    public("POST", "/auth/logout"),
    public("POST", "/auth/setup"),
    public("POST", "/auth/invitation"),
    public("POST", "/auth/reset"),
    protected("POST", "/auth/password"),
    protected("GET", "/auth/me"),
    protected("GET", "/auth/sessions"),
    protected("DELETE", "/auth/sessions"),
    protected("DELETE", "/auth/sessions/{id}"),
    public("GET", "/api/docs"),
    public("GET", "/api/docs/"),
    public("GET", "/api/docs/{file}"),
    protected("GET", "/api/openapi.json"),
];

/// Every route that belongs to no object, and whether strangers are served.
///
/// ```
/// let routes = appos_runtime::own_routes();
/// let health = routes.iter().find(|route| route.path == "/health").unwrap();
/// assert!(health.public);
/// ```
pub fn own_routes() -> &'static [OwnRoute] {
    ROUTES
}

/// Refuses what is no route of the platform's own.
///
/// # Errors
/// There is no such path, or it does not take the method.
pub(super) fn known(segments: &[&str], method: &Method) -> Result<()> {
    let mut of_path = ROUTES.iter().filter(|route| fits(route.path, segments)).peekable();
    if of_path.peek().is_none() {
        return Err(unknown_path());
    }
    let mut methods: Vec<&str> = of_path.map(|route| route.method).collect();
    if methods.contains(&method.as_str()) {
        return Ok(());
    }
    methods.sort_unstable_by_key(|method| *method != "GET");
    Err(wrong_method(&methods.join(", ").replace("GET", "GET, HEAD")))
}

fn fits(path: &str, segments: &[&str]) -> bool {
    let mut wanted = path.split('/').skip(1);
    let same = segments.iter().all(|segment| {
        wanted.next().is_some_and(|wanted| wanted == *segment || (wanted.starts_with('{') && !segment.is_empty()))
    });
    same && wanted.next().is_none()
}
