//! `/metrics`: what a program has counted, for Prometheus. Beside the rest it is a dispatch of whoever asks, who needs the
//! right to; on an address of its own, of the platform itself, for whoever reaches that.

use std::collections::{HashMap, HashSet};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::dev::Server as ActixServer;
use actix_web::{App, HttpResponse, HttpServer, web};
use prometheus_client::encoding::prometheus_text::CONTENT_TYPE;

use super::problem::problem;
use super::router::Call;
use crate::engine::Engine;
use crate::error::Result;
use crate::monitoring::prometheus_text;
use crate::platform::system_account;
use crate::security::{Membership, UserType};
use crate::state::ScopeBuilder;

/// Serves it to somebody.
pub(super) async fn route(call: &Call<'_>) -> Result<HttpResponse> {
    call.incoming.no_parameters()?;
    prometheus_text().await.map(answer)
}

fn answer(text: String) -> HttpResponse {
    HttpResponse::Ok().content_type(CONTENT_TYPE).body(text)
}

/// Serves it to whoever reaches the address.
async fn serve(engine: Arc<Engine>) -> HttpResponse {
    // No database is asked for these rights: numbers are wanted most while it does not answer.
    let (groups, grants) = (HashSet::new(), HashMap::new());
    let membership = Membership { user_type: UserType::SystemAdmin, active: true, groups, grants };
    let rights = engine.security().rights_of(membership);
    let scope = ScopeBuilder::new(engine, system_account().user, rights).build();
    match Arc::clone(&scope).run(async { prometheus_text().await }).await {
        Ok(text) => answer(text),
        Err(error) => problem(&error, error.execution_id().unwrap_or(scope.root_id())),
    }
}

/// Listens for Prometheus alone.
///
/// # Errors
/// The address cannot be listened on.
pub(crate) fn bind_metrics(engine: &Arc<Engine>, address: SocketAddr) -> std::io::Result<(ActixServer, SocketAddr)> {
    let listener = TcpListener::bind(address)?;
    let address = listener.local_addr()?;
    let engine = web::Data::from(Arc::clone(engine));
    let http = HttpServer::new(move || {
        let metrics = async |engine: web::Data<Engine>| serve(engine.into_inner()).await;
        App::new().app_data(engine.clone()).route("/metrics", web::get().to(metrics))
    });
    Ok((http.workers(1).disable_signals().shutdown_timeout(1).listen(listener)?.run(), address))
}
