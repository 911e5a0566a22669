//! `__user`: accounts, for whoever may run the program. `cargo appos user` calls it.
//!
//! Everything is a dispatch under the account of the operator: checked, logged and audited as
//! whatever an administrator does. A platform that serves meanwhile notices within a second.

mod account;
mod arguments;
mod work;

use std::process::ExitCode;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value as Json, json};

pub(super) use arguments::UserArguments;
use work::Work;

use super::start::{self, PlatformDescriptor};
use crate::config::{AppConfig, Migrate, PlatformConfig};
use crate::error::{AppOsError, FieldError};
use crate::platform::operator_account;
use crate::record::is_there;
use crate::state::ScopeBuilder;

/// Version of the form of answers.
const FORMAT: u32 = 1;

/// Why something was not done.
#[derive(Debug, Serialize)]
pub(super) struct Refusal {
    code: String,
    message: String,
    /// The way out; "" if there is none.
    help: String,
    fields: Vec<FieldError>,
}

impl Refusal {
    fn new(code: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), help: help.into(), fields: Vec::new() }
    }
}

impl From<AppOsError> for Refusal {
    fn from(error: AppOsError) -> Self {
        // What the platform says to a client, and what it tells its log: this is its machine.
        let message = format!("{}{}", error.message(), super::main::causes(&error));
        Self { fields: error.fields().to_vec(), ..Self::new(error.code(), message, "") }
    }
}

/// Does what is asked for, and prints the answer as JSON.
pub(super) async fn run(
    config: &PlatformConfig,
    apps: &[AppConfig],
    descriptor: &PlatformDescriptor,
    arguments: UserArguments,
) -> ExitCode {
    let (answer, code) = match done(config, apps, descriptor, arguments).await {
        Ok(mut answer) => {
            answer["format"] = FORMAT.into();
            (answer, ExitCode::SUCCESS)
        }
        Err(refusal) => (json!({ "format": FORMAT, "error": refusal }), ExitCode::FAILURE),
    };
    println!("{answer}");
    code
}

async fn done(
    config: &PlatformConfig,
    apps: &[AppConfig],
    descriptor: &PlatformDescriptor,
    arguments: UserArguments,
) -> Result<Json, Refusal> {
    if !is_there(&config.database) {
        let help = "start the platform once, or run `cargo appos migrate up`";
        return Err(Refusal::new("no_database", "there is no database yet", help));
    }
    // What is asked for is not a start: the tables stay as they are.
    let mut config = config.clone();
    config.database.migrate = Some(Migrate::Check);
    let started =
        start::start(&config, apps, descriptor.migrations, start::journal(&config)?, start::Purpose::Service).await?;
    let operator = operator_account().user;
    let rights = started.engine.load_rights(&operator).await?;
    let scope = ScopeBuilder::new(Arc::clone(&started.engine), operator, rights).build();
    let work =
        Work { store: Arc::clone(&started.store), server: config.server.clone(), sign_in: config.sign_in.clone() };
    let answer = scope.run(work.done(arguments.verb)).await;
    let engine = Arc::clone(&started.engine);
    // Its lines are on the disk before the answer is given.
    let flushed = actix_web::rt::task::spawn_blocking(move || engine.journal().shutdown()).await;
    started.store.close().await;
    flushed.map_err(|error| AppOsError::execution("the journal did not close").caused_by(error))?;
    answer
}
