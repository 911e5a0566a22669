//! A program with the role `worker`: it serves nobody, and says at most that it is well.

use std::future::Future;

use super::main::say_farewell;
use super::start::{PlatformDescriptor, Started};
use crate::config::PlatformConfig;
use crate::error::{AppOsError, Result};
use crate::web::bind_health;

/// Waits until the program is told to end, while its workers work.
pub(super) async fn work_until(
    config: &PlatformConfig,
    started: &Started,
    descriptor: &PlatformDescriptor,
    stop: &mut (impl Future<Output = ()> + Unpin),
) -> Result<()> {
    let mut health = None;
    if let Some(port) = config.process.health_port {
        let host = config.server.host.as_str();
        let (running, address) = bind_health(&started.engine, (host, port)).map_err(|error| {
            AppOsError::dispatch(format!("cannot listen on {host}:{port}: {error}")).code_is("cannot_listen")
        })?;
        health = Some((running.handle(), address));
        actix_web::rt::spawn(running);
    }
    println!("{} {} ({})", descriptor.name, descriptor.version, config.environment);
    if let Some((_, address)) = &health {
        println!("Health: http://{address}/health");
    }
    println!("Working: up to {} processes at the same time", config.process.concurrency);
    stop.await;
    say_farewell(config, &started.engine).await;
    if let Some((health, _)) = health {
        health.stop(true).await;
    }
    Ok(())
}
