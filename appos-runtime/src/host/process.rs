//! `__process`: instances of processes, for whoever may run the program. `cargo appos process` calls it.

use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::caller::Caller;
use super::operator::{self, Refusal};
use super::start::PlatformDescriptor;
use crate::config::{AppConfig, PlatformConfig};
use crate::engine::start_with;
use crate::error::{AppOsError, Result};
use crate::platform::account_of;
use crate::record::Store;
use crate::registry::{ObjectDescriptor, ObjectKind, Registry};

/// Arguments of `__process`. What is asked for stands as a JSON object on the input: no list of running programs
/// shows it. With `as` it is done with the rights of somebody else than the operator.
#[derive(Args)]
pub(super) struct ProcessArguments {
    verb: Verb,
}

/// What to do.
#[derive(Clone, Copy, ValueEnum)]
enum Verb {
    List,
    Show,
    Signal,
    Cancel,
    Retry,
    Resume,
    Start,
    Workers,
    Scale,
    Stats,
}

/// A start as it is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Start {
    /// Reference or name of the process.
    process: String,
    arguments: Json,
    key: Option<String>,
}

/// Does what is asked for, and prints the answer as JSON.
pub(super) async fn run(
    config: &PlatformConfig,
    apps: &[AppConfig],
    descriptor: &PlatformDescriptor,
    arguments: ProcessArguments,
) -> ExitCode {
    let mut asked = operator::input();
    let caller = match &mut asked {
        Ok(asked) => Caller::taken(asked),
        // That it cannot be read is answered in the place of its work.
        Err(_) => Ok(Caller::Operator),
    };
    operator::run_for(config, apps, descriptor, caller, |started| {
        let work = Work { store: Arc::clone(&started.store), registry: started.engine.registry() };
        async move { work.done(arguments.verb, asked?).await }
    })
    .await
}

struct Work {
    store: Arc<Store>,
    registry: &'static Registry,
}

impl Work {
    async fn done(&self, verb: Verb, mut asked: Json) -> Result<Json, Refusal> {
        match verb {
            Verb::List => {
                if let Some(named) = asked["wanted"]["process"].as_str() {
                    asked["wanted"]["process"] = self.process(named)?.reference.into();
                }
                Ok(json!({ "instances": self.rule("process_list", asked).await? }))
            }
            Verb::Show => self.shown(&asked["instance"]).await,
            Verb::Start => {
                let start: Start = serde_json::from_value(asked).map_err(AppOsError::from)?;
                let process = self.process(&start.process)?;
                let started = start_with(process, || Ok((start.arguments, start.key))).await?;
                self.shown(&started["id"]).await
            }
            Verb::Workers => Ok(self.rule("process_workers", json!({})).await?),
            Verb::Scale => {
                self.rule("process_scale", asked).await?;
                Ok(self.rule("process_workers", json!({})).await?)
            }
            Verb::Stats => {
                if let Some(named) = asked["wanted"]["process"].as_str() {
                    asked["wanted"]["process"] = self.process(named)?.reference.into();
                }
                Ok(json!({ "stats": self.rule("process_stats", asked).await? }))
            }
            Verb::Signal => self.told("process_signal", asked).await,
            Verb::Cancel => self.told("process_cancel", asked).await,
            Verb::Retry => self.told("process_retry", asked).await,
            Verb::Resume => self.told("process_resume", asked).await,
        }
    }

    async fn rule(&self, name: &str, arguments: Json) -> Result<Json> {
        operator::rule(self.registry, name, arguments).await
    }

    async fn told(&self, name: &str, asked: Json) -> Result<Json, Refusal> {
        let id = asked["instance"].clone();
        self.rule(name, asked).await?;
        self.shown(&id).await
    }

    /// An instance, with the name of whoever has started it.
    async fn shown(&self, id: &Json) -> Result<Json, Refusal> {
        let mut instance = self.rule("process_show", json!({ "instance": id })).await?;
        let user = instance["user"].as_i64().unwrap_or_default();
        instance["user_name"] = account_of(&self.store, user).await?.user.name.to_string().into();
        Ok(json!({ "instance": instance }))
    }

    /// The process with this reference, or the only one with this name.
    fn process(&self, named: &str) -> Result<&'static ObjectDescriptor, Refusal> {
        let all = || self.registry.objects().iter().copied().filter(|object| object.kind == ObjectKind::Process);
        let mut same = all().filter(|object| object.reference == named || object.name == named);
        match (same.next(), same.next()) {
            (Some(process), None) => Ok(process),
            (Some(one), Some(other)) => {
                let help = format!("write `{}` or `{}`", one.reference, other.reference);
                Err(Refusal::new("ambiguous_process", format!("several processes are called `{named}`"), help))
            }
            _ => {
                let help = match self.registry.nearest(named).filter(|near| near.contains(".processes.")) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => "`cargo appos objects --kind process` lists them".to_owned(),
                };
                Err(Refusal::new("unknown_process", format!("there is no process `{named}`"), help))
            }
        }
    }
}
