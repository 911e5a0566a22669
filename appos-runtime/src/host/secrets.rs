//! `secrets`: the keys of what a platform keeps sealed. `cargo appos secrets` calls it.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use super::start::{self, PlatformDescriptor};
use crate::config::{AppConfig, Migrate, PlatformConfig};
use crate::error::{AppOsError, Result};
use crate::platform::rotate;

/// What the program is asked to do.
#[derive(Args)]
pub(super) struct SecretsArguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Seal with the current key what those of `APPOS_SECRET_KEYS_OLD` have sealed
    Rotate,
}

/// Version of the form of answers.
const FORMAT: u32 = 1;

/// Does what is asked for, and prints the answer as JSON. The platform may serve meanwhile.
///
/// # Errors
/// There is no database, the keys are not those of this database, or it fails.
pub(super) async fn run(
    config: &PlatformConfig,
    apps: &[AppConfig],
    descriptor: &PlatformDescriptor,
    arguments: SecretsArguments,
) -> Result<ExitCode> {
    let Verb::Rotate = arguments.verb;
    if !crate::record::is_there(&config.database) {
        let message = "there is no database yet: start the platform once";
        return Err(AppOsError::dispatch(message).code_is("database_unavailable"));
    }
    // What is asked for is not a start: the tables stay as they are.
    let mut config = config.clone();
    config.database.migrate = Some(Migrate::Check);
    let journal = start::journal(&config, descriptor)?;
    let started = start::start(&config, apps, descriptor.migrations, journal, start::Purpose::Service).await?;
    let rotated = start::system_scope(&started.engine).await?.run(rotate(&started.store, &started.keys)).await;
    let engine = std::sync::Arc::clone(&started.engine);
    let flushed = actix_web::rt::task::spawn_blocking(move || engine.journal().shutdown()).await;
    started.store.close().await;
    flushed.map_err(|error| AppOsError::execution("the journal did not close").caused_by(error))?;
    let rotated = rotated?;
    println!("{}", json!({ "format": FORMAT, "sealed": rotated.sealed, "unreadable": rotated.unreadable }));
    Ok(if rotated.unreadable == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
