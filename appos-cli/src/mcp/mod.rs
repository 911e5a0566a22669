//! What an assistant can ask of a project, over the Model Context Protocol: the questions of the commands, with their
//! answers, under the rights of a user.
//!
//! `server` speaks the protocol and `http` lets it be spoken over a port; `caller` is who asks and what he may see;
//! `tools` are the questions, each thin over the code of a command; `resources` are pages and source that can be read;
//! `confirm` is what comes before something is changed; `answer` is how much is told at once, and what is marked as data.

mod answer;
mod book;
mod caller;
mod confirm;
mod http;
mod refusal;
mod resources;
mod server;
mod source;
mod tools;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::project::locate;
use crate::terminal::Failure;
use caller::{Caller, Project};
use server::Assistant;

/// How the server is asked for.
pub(crate) struct Wish {
    pub(crate) package: Option<String>,
    /// As whom everything is asked; none: as the operator.
    pub(crate) user: Option<String>,
    /// Where it listens; none: on its input.
    pub(crate) http: Option<SocketAddr>,
    pub(crate) allows_writes: bool,
}

/// Serves until nobody asks any more.
///
/// # Errors
/// There is no platform, or it cannot listen.
pub(crate) fn serve(wish: Wish) -> Result<(), Failure> {
    // Nothing is built yet: that may take minutes, and clients do not wait that long for a greeting.
    locate::platform(Path::new("."), wish.package.as_deref())?;
    let project = Arc::new(Project::new(wish.package));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Failure::work(format!("nothing can be waited for: {error}"), ""))?;
    let done = runtime.block_on(async {
        match wish.http {
            Some(address) => http::serve(project, address, wish.allows_writes).await,
            None => {
                let caller = wish.user.map_or(Caller::Operator, Caller::User);
                server::over_stdio(Assistant::of(project, Some(caller), wish.allows_writes)).await
            }
        }
    });
    // A question that is still open is nobody's any more.
    runtime.shutdown_background();
    done
}

/// What can be asked, as JSON.
pub(crate) fn offered(allows_writes: bool) -> Json {
    tools::offered(allows_writes)
}
