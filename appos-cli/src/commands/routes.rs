//! `cargo appos routes`: by which routes the objects of a project are reached.

use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::objects::select;
use crate::project::built::built;
use crate::project::dump::ManifestObject;
use crate::project::locate;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos routes`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos routes
  cargo appos routes --app crm
  cargo appos routes --json | jq -r '.[] | select(.method == \"GET\") | .path'

Sign-in, documentation and health have routes of their own, which belong to no object.")]
pub struct Routes {
    /// Only objects of this app
    #[arg(long, value_name = "NAME")]
    app: Option<String>,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// One route, and whose it is.
#[derive(Serialize)]
pub(crate) struct Route {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) object: String,
}

impl Routes {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let platform = locate::platform(Path::new("."), self.package.as_deref())?;
        let manifest = select(built(&platform)?.manifest, None, self.app.as_deref())?;
        let mut routes: Vec<Route> = manifest.objects.iter().flat_map(routes).collect();
        routes.sort_by(|one, other| one.path.cmp(&other.path));
        if self.json {
            return terminal.json(&routes);
        }
        let rows = routes.into_iter().map(|route| [route.method, route.path, route.object]);
        terminal.table(["Method", "Path", "Object"], rows)
    }
}

/// The routes of an object.
pub(crate) fn routes(object: &ManifestObject) -> Vec<Route> {
    let route = |route: String| {
        let (method, path) = route.split_once(' ').unwrap_or(("", &route));
        Route { method: method.to_owned(), path: path.to_owned(), object: object.reference.clone() }
    };
    object.routes().into_iter().map(route).collect()
}
