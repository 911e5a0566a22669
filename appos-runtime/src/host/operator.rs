//! What is done by whoever may run the program, as the account of the operator or with the rights of somebody whom he
//! names: checked, logged and audited as whatever an administrator does. A platform that serves meanwhile notices within a second.

use std::future::Future;
use std::io::Read;
use std::process::ExitCode;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::caller::Caller;
use super::start::{self, PlatformDescriptor, Started};
use crate::config::{AppConfig, Migrate, PlatformConfig};
use crate::engine::dispatch_with;
use crate::error::{AppOsError, FieldError};
use crate::record::is_there;
use crate::registry::Registry;

/// Most bytes of what is asked for: the arguments of a start or a secret, and what is said beside them.
const LONGEST: u64 = 2 << 20;

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

/// Does what is asked for as the operator, and prints the answer as JSON.
pub(super) async fn run<F: Future<Output = Result<Json, Refusal>>>(
    config: &PlatformConfig,
    apps: &[AppConfig],
    descriptor: &PlatformDescriptor,
    work: impl FnOnce(&Started) -> F,
) -> ExitCode {
    run_for(config, apps, descriptor, Ok(Caller::Operator), work).await
}

/// Does what is asked for with the rights of somebody, and prints the answer as JSON.
pub(super) async fn run_for<F: Future<Output = Result<Json, Refusal>>>(
    config: &PlatformConfig,
    apps: &[AppConfig],
    descriptor: &PlatformDescriptor,
    caller: Result<Caller, Refusal>,
    work: impl FnOnce(&Started) -> F,
) -> ExitCode {
    let (answer, code) = match done(config, apps, descriptor, caller, work).await {
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
    caller: Result<Caller, Refusal>,
    work: impl FnOnce(&Started) -> F,
) -> Result<Json, Refusal> {
    let caller = caller?;
    if !is_there(&config.database) {
        let help = "start the platform once, or run `cargo appos migrate up`";
        return Err(Refusal::new("no_database", "there is no database yet", help));
    }
    // What is asked for is not a start: the tables stay as they are.
    let mut config = config.clone();
    config.database.migrate = Some(Migrate::Check);
    let journal = start::journal(&config, descriptor)?;
    let started = start::start(&config, apps, descriptor.migrations, journal, start::Purpose::Service).await?;
    let answer = match caller.scope(&started).await {
        Ok(scope) => scope.run(work(&started)).await,
        Err(refusal) => Err(refusal),
    };
    let engine = Arc::clone(&started.engine);
    // Its lines are on the disk before the answer is given.
    let flushed = actix_web::rt::task::spawn_blocking(move || engine.journal().shutdown()).await;
    started.store.close().await;
    flushed.map_err(|error| AppOsError::execution("the journal did not close").caused_by(error))?;
    answer
}

/// Calls a rule of the platform.
///
/// # Errors
/// What it refuses.
pub(super) async fn rule(registry: &'static Registry, name: &str, arguments: Json) -> Result<Json, AppOsError> {
    let reference = format!("platform.rules.{name}");
    let rule = registry.find(&reference);
    let rule = rule.ok_or_else(|| AppOsError::dispatch(format!("there is no object {reference}")))?;
    dispatch_with(rule, || Ok(arguments)).await
}

/// What is asked for: JSON on the input, which no list of running programs shows.
///
/// # Errors
/// There is none, or it is no JSON.
pub(super) fn input() -> Result<Json, Refusal> {
    let mut text = String::new();
    let read = std::io::stdin().take(LONGEST).read_to_string(&mut text);
    read.map_err(|error| Refusal::new("no_input", format!("the input cannot be read: {error}"), ""))?;
    serde_json::from_str(&text)
        .map_err(|error| Refusal::new("malformed_json", format!("the input is no JSON: {error}"), ""))
}
