//! The web server: its state, its limits, its start.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server as ActixServer;
use actix_web::{App, HttpServer, web};

use super::guard::Guard;
use super::records::{Desk, Imports};
use super::router;
use super::web_apis::Seen;
use crate::config::ServerConfig;
use crate::engine::Engine;
use crate::platform::api_key::ApiKeys;
use crate::platform::session::Sessions;
use crate::platform::setup::Setup;
use crate::record::Store;
use crate::ui::live::Live;

/// What every request handler can reach.
pub(crate) struct Server {
    pub(super) engine: Arc<Engine>,
    pub(super) store: Arc<Store>,
    pub(super) sessions: Arc<Sessions>,
    pub(super) api_keys: Arc<ApiKeys>,
    pub(super) live: Arc<Live>,
    pub(super) setup: Setup,
    pub(super) routes: router::Routes,
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    /// True if browsers reach the server by https.
    pub(super) secure: bool,
    pub(super) public_url: Option<String>,
    /// What is asked of a request first.
    pub(super) guard: Guard,
    /// How long a body may take to arrive.
    pub(super) request_timeout: Duration,
    /// How long an export or an import may take.
    pub(super) transfer_timeout: Duration,
    /// Imports that run, and that have lately.
    pub(super) imports: Arc<Imports>,
    /// Files that wait to be imported.
    pub(super) desk: Arc<Desk>,
    /// Most bytes of an import.
    pub(super) max_import: usize,
    /// Most bytes of any other body.
    pub(super) max_body: usize,
    /// Signatures of webhooks that were taken.
    pub(super) seen: Seen,
}

/// Where rows, sessions and keys are.
type Stores = (Arc<Store>, Arc<Sessions>, Arc<ApiKeys>);

impl Server {
    pub(crate) fn new(
        engine: Arc<Engine>,
        ((store, sessions, api_keys), live): (Stores, Arc<Live>),
        setup: Setup,
        (name, version): (&'static str, &'static str),
        config: &ServerConfig,
    ) -> Self {
        let public_url = config.public_url.clone();
        let imports = Arc::new(Imports::kept_for(config.keep_imports));
        Self {
            routes: router::Routes::of(engine.registry()),
            secure: public_url.as_deref().is_some_and(|url| url.starts_with("https://")),
            engine,
            store,
            sessions,
            api_keys,
            live,
            setup,
            name,
            version,
            public_url,
            guard: Guard::of(config),
            request_timeout: config.request_timeout,
            transfer_timeout: config.transfer_timeout,
            desk: Arc::new(Desk::new(Arc::clone(&imports))),
            imports,
            max_import: config.max_import,
            max_body: config.max_body,
            seen: Seen::default(),
        }
    }

    /// The token with which the first administrator is made, if there is none yet.
    pub(crate) fn setup_token(&self) -> Option<String> {
        self.setup.token()
    }
}

/// Seconds that running requests get when the server stops.
const DRAIN_SECONDS: u64 = 30;

/// Open files that are left for the database, the log and whatever else is not a client.
#[cfg(unix)]
const OTHER_FILES: usize = 256;

/// How many clients may be connected, so that they do not take the files that the program needs itself.
#[cfg(unix)]
fn affordable(wanted: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    // Nobody minds more: the lower limit is that of programs that count files in bits.
    let needed = u64::try_from(wanted.saturating_add(OTHER_FILES)).unwrap_or(u64::MAX);
    let raised = limit.maximum.map_or(needed, |most| most.min(needed));
    if limit.current.is_some_and(|current| current < raised) {
        // Where that is refused, the limit stays, and is heeded.
        setrlimit(Resource::Nofile, Rlimit { current: Some(raised), maximum: limit.maximum }).ok();
    }
    let Some(files) = getrlimit(Resource::Nofile).current.and_then(|files| usize::try_from(files).ok()) else {
        return wanted;
    };
    // Of few, at least half are for clients.
    wanted.min(files.saturating_sub(OTHER_FILES).max(files / 2)).max(1)
}

#[cfg(not(unix))]
fn affordable(wanted: usize) -> usize {
    wanted
}

/// Listens, and answers the server to be awaited and the address it listens on.
///
/// # Errors
/// The address cannot be listened on.
pub(crate) fn bind(server: Arc<Server>, config: &ServerConfig) -> std::io::Result<(ActixServer, SocketAddr)> {
    let listener = TcpListener::bind((config.host.as_str(), config.port))?;
    let address = listener.local_addr()?;
    let max_body = config.max_body;
    let state = web::Data::from(server);
    let mut http = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .app_data(web::PayloadConfig::new(max_body))
            .default_service(web::route().to(router::handle))
    })
    .client_request_timeout(Duration::from_secs(10))
    .client_disconnect_timeout(Duration::from_secs(5))
    // The host heeds signals from its first moment on, not only while a server runs.
    // A page goes out in parts, and an open one says little at a time: neither waits for the other side to confirm.
    .tcp_nodelay(true)
    .disable_signals()
    .shutdown_timeout(DRAIN_SECONDS);
    if let Some(workers) = config.workers {
        http = http.workers(workers);
    }
    let workers = config.workers.or_else(|| std::thread::available_parallelism().ok().map(Into::into)).unwrap_or(1);
    http = http.max_connections(affordable(config.max_connections).div_ceil(workers));
    Ok((http.listen(listener)?.run(), address))
}
