//! Rules of the platform by which an administrator looks at connected systems and tries them.

use std::future::Future;

use serde::Serialize;

use super::systems::{System, SystemState, Systems};
use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::platform::rules::{platform_rule, resource};
use crate::platform::stored_secrets::{SecretSource, secret_source, stored_secrets};
use crate::record::Store;
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
};

platform_rule!(
    LIST_SYSTEMS,
    LIST_SYSTEMS_RULE,
    "list_connected_systems",
    "Lists connected systems: where they are, how they are, and what uses them.",
    "Vec<SystemState>",
    [],
    list_systems()
);
platform_rule!(TEST_SYSTEM, TEST_SYSTEM_RULE, "test_connected_system", "Asks a connected system whether it answers.", "SystemTest",
    [system: String], test_system(system));

/// How a trial went.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SystemTest {
    /// The system's reference.
    pub(crate) system: &'static str,
    /// True if it answers, and accepts the platform's credentials.
    pub(crate) answers: bool,
    /// How long it took, in milliseconds.
    pub(crate) took_ms: u64,
    /// Code of what is wrong.
    pub(crate) failure: Option<String>,
    /// What is wrong, for people.
    pub(crate) message: Option<String>,
    /// How it is mended; `None` if the message says it, or nobody knows.
    pub(crate) help: Option<String>,
}

/// All connected systems, by reference.
pub(crate) fn list_systems() -> impl Future<Output = Result<Vec<SystemState>>> + Send {
    dispatch(&LIST_SYSTEMS, LoggedArguments::none(), move |ctx, _| async move {
        let systems = resource::<Systems>(&ctx)?;
        let registry = ctx.scope().engine.registry();
        let stored = stored_secrets(resource::<Store>(&ctx)?).await?;
        let states = systems.all().into_iter().map(|system| {
            let mut state = system.state(registry);
            let is_missing = |name: &&'static str| secret_source(&stored, name) == SecretSource::Missing;
            state.missing_secrets = state.secrets.iter().copied().filter(is_missing).collect();
            state
        });
        Ok(states.collect())
    })
}

/// Tries a system.
pub(crate) fn test_system(system: String) -> impl Future<Output = Result<SystemTest>> + Send {
    let logged = LoggedArguments::begin().argument("system", &system).finish();
    dispatch(&TEST_SYSTEM, logged, move |ctx, _| async move {
        let systems = resource::<Systems>(&ctx)?;
        let wanted = systems.all().into_iter().find(|known| {
            known.object.reference == system || format!("{}.{}", known.object.app, known.object.name) == system
        });
        let system = wanted.ok_or_else(|| {
            AppOsError::dispatch(format!("there is no connected system {system}")).code_is("unknown_object")
        })?;
        let begun = std::time::Instant::now();
        let error = systems.check(&ctx, system).await.err();
        Ok(SystemTest {
            system: system.object.reference,
            answers: error.is_none(),
            took_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            failure: error.as_ref().map(|error| error.code().to_owned()),
            message: error.as_ref().map(in_words),
            help: error.as_ref().and_then(|error| help(error.code(), system)),
        })
    })
}

/// How a failure of a trial is mended. What a message says already is not said again.
fn help(code: &str, system: &System) -> Option<String> {
    let name = format!("{}.{}", system.object.app, system.object.name);
    Some(match code {
        "remote_unauthorized" | "token_refused" | "bad_secret" => {
            let secrets = (system.descriptor.auth)().secrets();
            let commands: Vec<_> =
                secrets.iter().map(|secret| format!("`cargo appos secrets set {}`", secret.name())).collect();
            if commands.is_empty() {
                "the system asks who we are: answer `bearer(secret(\"..\"))` or another credential in the body of the \
                 connected system"
                    .to_owned()
            } else {
                format!("enter the right ones: {}", commands.join(", "))
            }
        }
        "unknown_host" | "connection_failed" | "connection_broken" => format!(
            "look whether it runs and can be reached from this machine, and whether `connected_systems.{name}` of \
             appos.yaml names the right place"
        ),
        "invalid_certificate" => {
            format!("`connected_systems.{name}.ca_file` of appos.yaml names the certificates that are believed, as PEM")
        }
        "timeout" => format!("it may have more time: `connected_systems.{name}.timeout` of appos.yaml"),
        "remote_failed" => {
            format!("look at its own log; `connected_systems.{name}.health` of appos.yaml is the path that is asked")
        }
        _ => return None,
    })
}

/// With its causes: whoever tries a system is to find out what is wrong with it.
fn in_words(error: &AppOsError) -> String {
    let mut text = error.message().to_owned();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
