//! What is done by whoever may run the program, as the account of the operator: checked, logged and audited as
//! whatever an administrator does. A platform that serves meanwhile notices within a second.

use std::future::Future;
use std::process::ExitCode;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::start::{self, PlatformDescriptor, Started};
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
    pub(super) fn new(code: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
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
pub(super) async fn run<F: Future<Output = Result<Json, Refusal>>>(
    config: &PlatformConfig,
    apps: &[AppConfig],
    descriptor: &PlatformDescriptor,
    work: impl FnOnce(&Started) -> F,
) -> ExitCode {
    let (answer, code) = match done(config, apps, descriptor, work).await {
        Ok(mut answer) => {
            answer["format"] = FORMAT.into();
            (answer, ExitCode::SUCCESS)
        }
        Err(refusal) => (json!({ "format": FORMAT, "error": refusal }), ExitCode::FAILURE),
    };
    println!("{answer}");
    code
}

async fn done<F: Future<Output = Result<Json, Refusal>>>(
    config: &PlatformConfig,
    apps: &[AppConfig],
    descriptor: &PlatformDescriptor,
    work: impl FnOnce(&Started) -> F,
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
    let answer = scope.run(work(&started)).await;
    let engine = Arc::clone(&started.engine);
    // Its lines are on the disk before the answer is given.
    let flushed = actix_web::rt::task::spawn_blocking(move || engine.journal().shutdown()).await;
    started.store.close().await;
    flushed.map_err(|error| AppOsError::execution("the journal did not close").caused_by(error))?;
    answer
}
