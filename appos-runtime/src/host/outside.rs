//! `__outside`: connected systems and their secrets, for whoever may run the program. `cargo appos connection` and
//! `cargo appos secrets` call it.

use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use futures_util::future::try_join_all;
use serde_json::{Value as Json, json};

use super::operator::{self, Refusal};
use super::start::PlatformDescriptor;
use crate::config::{AppConfig, PlatformConfig};
use crate::error::Result;
use crate::registry::Registry;

/// Arguments of `__outside`. What is asked for stands as a JSON object on the input: no list of running programs
/// shows it.
#[derive(Args)]
pub(super) struct OutsideArguments {
    verb: Verb,
}

/// What to do.
#[derive(Clone, Copy, ValueEnum)]
enum Verb {
    List,
    Test,
    Secrets,
    SetSecret,
    DeleteSecret,
}

/// Does what is asked for, and prints the answer as JSON.
pub(super) async fn run(
    config: &PlatformConfig,
    apps: &[AppConfig],
    descriptor: &PlatformDescriptor,
    arguments: OutsideArguments,
) -> ExitCode {
    operator::run(config, apps, descriptor, |started| {
        let work = Work { registry: started.engine.registry() };
        async move { work.done(arguments.verb).await }
    })
    .await
}

struct Work {
    registry: &'static Registry,
}

impl Work {
    async fn done(&self, verb: Verb) -> Result<Json, Refusal> {
        let asked = operator::input()?;
        match verb {
            Verb::List => Ok(json!({ "systems": self.systems().await? })),
            Verb::Test => self.tests(asked["system"].as_str()).await,
            Verb::Secrets => Ok(json!({ "secrets": self.secrets().await? })),
            Verb::SetSecret => {
                let needed_by = self.needed_by(asked["name"].as_str().unwrap_or_default()).await?;
                self.rule("set_secret", asked).await?;
                Ok(json!({ "changed": true, "needed_by": needed_by }))
            }
            Verb::DeleteSecret => self.deleted(asked).await,
        }
    }

    async fn rule(&self, name: &str, arguments: Json) -> Result<Json> {
        operator::rule(self.registry, name, arguments).await
    }

    async fn systems(&self) -> Result<Vec<Json>> {
        match self.rule("list_connected_systems", json!({})).await? {
            Json::Array(systems) => Ok(systems),
            _ => Ok(Vec::new()),
        }
    }

    /// Tries one system, or all, side by side.
    async fn tests(&self, named: Option<&str>) -> Result<Json, Refusal> {
        let all = self.systems().await?;
        let all: Vec<&str> = all.iter().filter_map(|system| system["system"].as_str()).collect();
        let wanted = match named {
            None => all,
            Some(named) => vec![one_of(&all, named)?],
        };
        let tests = wanted.into_iter().map(|system| self.rule("test_connected_system", json!({ "system": system })));
        Ok(json!({ "tests": try_join_all(tests).await? }))
    }

    /// The systems that need a secret.
    async fn needed_by(&self, name: &str) -> Result<Vec<Json>> {
        let needs = |system: &Json| system["secrets"].as_array().is_some_and(|all| all.iter().any(|it| it == name));
        Ok(self.systems().await?.into_iter().filter(needs).map(|system| system["system"].clone()).collect())
    }

    /// All secrets that are stored, and all that are needed.
    async fn secrets(&self) -> Result<Vec<Json>> {
        let Json::Array(listed) = self.rule("list_secrets", json!({})).await? else { return Ok(Vec::new()) };
        let systems = self.systems().await?;
        let all = |key: &'static str| {
            let of_all = systems.iter().flat_map(move |system| system[key].as_array().into_iter().flatten());
            of_all.filter_map(Json::as_str).collect::<BTreeSet<_>>()
        };
        let missing = all("missing_secrets");
        let mut secrets = Vec::new();
        let mut names = all("secrets");
        names.extend(listed.iter().filter_map(|secret| secret["name"].as_str()));
        for name in names {
            let mut secret = json!({ "name": name, "needed_by": self.needed_by(name).await? });
            secret["source"] = match listed.iter().find(|secret| secret["name"] == name) {
                Some(stored) => {
                    for key in ["changed_at", "changed_by", "changed_by_name"] {
                        secret[key] = stored[key].clone();
                    }
                    "stored"
                }
                None if missing.contains(name) => "missing",
                None => "environment",
            }
            .into();
            secrets.push(secret);
        }
        Ok(secrets)
    }

    async fn deleted(&self, asked: Json) -> Result<Json, Refusal> {
        let name = asked["name"].as_str().unwrap_or_default().to_owned();
        let needed_by = self.needed_by(&name).await?;
        if self.rule("delete_secret", asked).await? == json!(false) {
            let help = "`cargo appos secrets list` shows those that are stored";
            return Err(Refusal::new("unknown_secret", format!("no secret `{name}` is stored"), help));
        }
        Ok(json!({ "changed": true, "needed_by": needed_by }))
    }
}

/// The system with this reference, or as the settings name it, or the only one with this name.
fn one_of<'a>(all: &[&'a str], named: &str) -> Result<&'a str, Refusal> {
    let is_it = |reference: &&&str| {
        let name = reference.rsplit('.').next().unwrap_or_default();
        let app = reference.split('.').next().unwrap_or_default();
        ***reference == *named || name == named || format!("{app}.{name}") == named
    };
    let mut same = all.iter().filter(is_it);
    match (same.next(), same.next()) {
        (Some(one), None) => Ok(*one),
        (Some(one), Some(other)) => {
            let help = format!("write `{one}` or `{other}`");
            Err(Refusal::new("ambiguous_system", format!("several connected systems are called `{named}`"), help))
        }
        _ => {
            let help = "`cargo appos connection list` shows them";
            Err(Refusal::new("unknown_system", format!("there is no connected system `{named}`"), help))
        }
    }
}
