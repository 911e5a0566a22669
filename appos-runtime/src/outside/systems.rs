//! The connected systems of a running platform: a client for each, made when it is first needed, and made anew when
//! its secrets have changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::database;
use super::endpoint::Endpoint;
use super::ftp::FtpClient;
use super::http::{HttpClient, Pace, pace};
use super::imap::ImapClient;
use super::settings::{Limits, Secrets, breaker};
use super::smtp::SmtpClient;
use crate::config::{ConfigMistake, SystemSettings, SystemsConfig};
use crate::error::{AppOsError, Result};
use crate::nodes::Breaker;
use crate::record::Store;
use crate::registry::{ConnectedSystemDescriptor, ObjectDescriptor, ObjectDetail, Registry, SystemKind};
use crate::state::{Clock, Ctx};
use crate::value::DateTime;
use crate::vault::SecretKeys;

/// All connected systems.
pub(crate) struct Systems {
    all: HashMap<&'static str, System>,
    /// Of integrations that have a pace of their own.
    paces: HashMap<&'static str, Pace>,
    store: Arc<Store>,
    keys: Arc<SecretKeys>,
    clock: Arc<Clock>,
}

/// One connected system.
pub(crate) struct System {
    pub(crate) object: &'static ObjectDescriptor,
    pub(crate) descriptor: &'static ConnectedSystemDescriptor,
    /// As the environment has it.
    pub(crate) settings: SystemSettings,
    pub(crate) breaker: Breaker,
    built: ArcSwapOption<Built>,
    building: tokio::sync::Mutex<()>,
    seen: Mutex<Seen>,
}

/// A client, and the state of the platform for which it is good.
struct Built {
    /// The epoch in which its secrets were last read.
    epoch: u64,
    /// Of the secrets with which it was made.
    digest: [u8; 32],
    client: Client,
}

/// A client of some kind.
#[derive(Clone)]
pub(crate) enum Client {
    Http(Arc<HttpClient>),
    Smtp(Arc<SmtpClient>),
    Imap(Arc<ImapClient>),
    Ftp(Arc<FtpClient>),
}

/// How it went lately.
#[derive(Default)]
struct Seen {
    answered_at: Option<DateTime>,
    failed_at: Option<DateTime>,
    /// Code of the last failure.
    failure: Option<String>,
}

/// How a system is, as an administrator sees it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SystemState {
    /// Its reference.
    pub(crate) system: &'static str,
    /// What it speaks.
    pub(crate) kind: &'static str,
    /// Where it is in this environment.
    pub(crate) place: String,
    /// Names of its secrets.
    pub(crate) secrets: Vec<&'static str>,
    /// Those of them that nobody has entered, and that no environment variable holds.
    pub(crate) missing_secrets: Vec<&'static str>,
    /// True while it is left alone after failures.
    pub(crate) breaker_open: bool,
    /// When it last answered this program.
    pub(crate) answered_at: Option<DateTime>,
    /// When it last failed this program.
    pub(crate) failed_at: Option<DateTime>,
    /// Code of that failure.
    pub(crate) failure: Option<String>,
    /// The objects that use it.
    pub(crate) used_by: Vec<&'static str>,
}

impl Systems {
    /// The systems of this program, in this environment.
    ///
    /// # Errors
    /// There are mistakes in their settings, which are read and told before.
    pub(crate) fn new(
        registry: &'static Registry,
        config: &SystemsConfig,
        (store, keys, clock): (Arc<Store>, Arc<SecretKeys>, Arc<Clock>),
    ) -> Result<Self> {
        let (all, mistakes) = merged(registry, config);
        let paces = registry.objects().iter().filter_map(|object| match object.detail {
            ObjectDetail::Integration(integration) => Some((object.reference, pace(integration.rate_limit?))),
            _ => None,
        });
        let paces = paces.collect();
        match mistakes.into_iter().next() {
            None => Ok(Self { all, paces, store, keys, clock }),
            Some(mistake) => Err(AppOsError::dispatch(mistake.message).code_is("wrong_settings")),
        }
    }

    /// All of them, by reference.
    pub(crate) fn all(&self) -> Vec<&System> {
        let mut all: Vec<&System> = self.all.values().collect();
        all.sort_by_key(|system| system.object.reference);
        all
    }

    /// One of them.
    ///
    /// # Errors
    /// It is none of this platform's.
    pub(crate) fn get(&self, object: &ObjectDescriptor) -> Result<&System> {
        self.all.get(object.reference).ok_or_else(|| {
            AppOsError::dispatch(format!("there is no connected system {}", object.reference)).code_is("unknown_object")
        })
    }

    /// Where its secrets are looked up.
    pub(crate) fn secrets(&self) -> Secrets<'_> {
        Secrets { store: &self.store, keys: &self.keys }
    }

    /// The client of a system, made with the secrets as they are now.
    ///
    /// # Errors
    /// A secret is missing, or the client cannot be made.
    pub(crate) async fn client(&self, ctx: &Ctx, system: &System) -> Result<Client> {
        let epoch = ctx.scope().engine.security.epoch();
        if let Some(built) = &*system.built.load()
            && built.epoch == epoch
        {
            return Ok(built.client.clone());
        }
        let _one = system.building.lock().await;
        let kept = system.built.load_full();
        if let Some(built) = &kept
            && built.epoch == epoch
        {
            return Ok(built.client.clone());
        }
        let auth = (system.descriptor.auth)();
        let digest = self.digest(&auth.secrets()).await?;
        let client = match kept.filter(|built| built.digest == digest) {
            // The epoch is another one for another reason: connections are kept.
            Some(built) => built.client.clone(),
            None => self.build(system, &auth).await?,
        };
        system.built.store(Some(Arc::new(Built { epoch, digest, client: client.clone() })));
        Ok(client)
    }

    async fn build(&self, system: &System, auth: &crate::registry::Auth) -> Result<Client> {
        match system.descriptor.kind {
            SystemKind::Http => {
                let client = HttpClient::new(system, Limits::of(&system.settings), auth, self.secrets()).await?;
                Ok(Client::Http(Arc::new(client)))
            }
            kind @ SystemKind::Database => {
                let error = format!("{} is of kind {}, which has no client", system.object.reference, kind.as_str());
                Err(AppOsError::dispatch(error).code_is("not_callable"))
            }
            kind => {
                let endpoint =
                    Endpoint::of(kind, &system.settings, self.secrets().trust(auth, &system.settings).await?);
                let credential = self.secrets().credential(auth).await?;
                Ok(match kind {
                    SystemKind::Smtp => Client::Smtp(Arc::new(SmtpClient::new(endpoint, &credential)?)),
                    SystemKind::Imap => Client::Imap(Arc::new(ImapClient::new(endpoint, credential)?)),
                    _ => Client::Ftp(Arc::new(FtpClient::new(endpoint, credential)?)),
                })
            }
        }
    }

    /// Tells two states of secrets apart, and tells nobody what they are: it stays in this program.
    async fn digest(&self, secrets: &[crate::registry::Secret]) -> Result<[u8; 32]> {
        let mut hash = Sha256::new();
        for secret in secrets {
            let value = self.secrets().value(*secret).await?;
            let value = value.expose_secret().as_bytes();
            hash.update(u64::try_from(value.len()).unwrap_or(0).to_le_bytes());
            hash.update(value);
        }
        Ok(hash.finalize().into())
    }

    /// Waits until this program may send another request of an integration to its system.
    pub(crate) async fn pace(&self, integration: &ObjectDescriptor, client: &HttpClient) {
        for pace in self.paces.get(integration.reference).into_iter().chain(&client.pace) {
            pace.until_ready().await;
        }
    }

    /// Asks a system whether it answers, whatever the breaker says.
    ///
    /// # Errors
    /// It does not.
    pub(crate) async fn check(&self, ctx: &Ctx, system: &System) -> Result<Duration> {
        let begun = std::time::Instant::now();
        if system.descriptor.kind == SystemKind::Database {
            let answered = self.store.systems()?.ping(system.object.reference).await;
            self.note(system, answered.as_ref().err());
            return answered;
        }
        let client = self.client(ctx, system).await?;
        let answered = match &client {
            Client::Http(client) => client.check(ctx).await,
            Client::Smtp(client) => client.check().await,
            Client::Imap(client) => client.check().await,
            Client::Ftp(client) => client.check().await,
        };
        self.note(system, answered.as_ref().err());
        answered.map(|()| begun.elapsed())
    }

    /// Notes how an attempt went.
    pub(crate) fn note(&self, system: &System, error: Option<&AppOsError>) {
        let now = DateTime::from_timestamp_micros(self.clock.unix_us());
        match error {
            None => {
                if system.breaker.succeeded() {
                    tracing::info!(system = system.object.reference, "answers again");
                }
            }
            Some(error) => {
                if system.breaker.failed() {
                    tracing::warn!(system = system.object.reference, code = error.code(), "is left alone for a while");
                }
            }
        }
        let mut seen = system.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match error {
            None => seen.answered_at = now,
            Some(error) => {
                seen.failed_at = now;
                seen.failure = Some(error.code().to_owned());
            }
        }
    }

    /// The address of a system's database, with its password, and its settings.
    ///
    /// # Errors
    /// There is no such system, a secret is missing, or it is where it may not be.
    pub(crate) async fn database(&self, system: &str) -> Result<(SecretString, &SystemSettings)> {
        let system = self.all.get(system).ok_or_else(|| {
            AppOsError::dispatch(format!("there is no connected system {system}")).code_is("unknown_object")
        })?;
        let auth = (system.descriptor.auth)();
        let address = database::address(&system.settings, &auth, self.secrets()).await?;
        Ok((address, &system.settings))
    }
}

impl System {
    /// How it is.
    pub(crate) fn state(&self, registry: &Registry) -> SystemState {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        SystemState {
            system: self.object.reference,
            kind: self.descriptor.kind.as_str(),
            place: self.place(),
            secrets: (self.descriptor.auth)().secrets().into_iter().map(crate::registry::Secret::name).collect(),
            // Whoever has asked the database knows them.
            missing_secrets: Vec::new(),
            breaker_open: self.breaker.is_open(),
            answered_at: seen.answered_at,
            failed_at: seen.failed_at,
            failure: seen.failure.clone(),
            used_by: users_of(registry, self.object),
        }
    }

    /// Where it is, for people.
    pub(crate) fn place(&self) -> String {
        let settings = &self.settings;
        let host = settings.host.as_ref().map(|host| match settings.port {
            Some(port) => format!("{host}:{port}"),
            None => host.clone(),
        });
        settings.base_url.clone().or_else(|| settings.url.clone()).or(host).unwrap_or_default()
    }
}

/// The objects that name a system in their attribute.
fn users_of(registry: &Registry, system: &ObjectDescriptor) -> Vec<&'static str> {
    let uses = |object: &&&'static ObjectDescriptor| match object.detail {
        ObjectDetail::Integration(integration) => (integration.system)().reference == system.reference,
        ObjectDetail::Record(record) => record.connected_system == Some(system.reference),
        _ => false,
    };
    registry.objects().iter().filter(uses).map(|object| object.reference).collect()
}

/// What is wrong with the settings of connected systems.
pub(crate) fn system_mistakes(registry: &'static Registry, config: &SystemsConfig) -> Vec<ConfigMistake> {
    merged(registry, config).1
}

fn merged(registry: &'static Registry, config: &SystemsConfig) -> (HashMap<&'static str, System>, Vec<ConfigMistake>) {
    let mut all = HashMap::new();
    let mut mistakes = Vec::new();
    let mut known = Vec::new();
    for object in registry.objects().iter().copied() {
        let ObjectDetail::ConnectedSystem(descriptor) = object.detail else { continue };
        let name = format!("{}.{}", object.app, object.name);
        let written = SystemSettings::written(descriptor.settings).unwrap_or_else(|wrong| {
            mistakes.push(mistake(format!("{}: {wrong}", object.reference), "change it where it is written"));
            SystemSettings::default()
        });
        let settings = match config.get(&name) {
            Some(own) => own.over(written),
            None => written,
        };
        known.push(name);
        let (failures, wait) = breaker(&settings);
        let breaker = Breaker::new(failures, wait);
        let (built, building, seen) = (ArcSwapOption::empty(), tokio::sync::Mutex::default(), Mutex::default());
        all.insert(object.reference, System { object, descriptor, settings, breaker, built, building, seen });
    }
    for name in config.keys().filter(|name| !known.contains(name)) {
        let help = match known.iter().max_by(|a, b| likeness(a, name).total_cmp(&likeness(b, name))) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove it: this program has none".to_owned(),
        };
        mistakes.push(mistake(format!("`connected_systems` names `{name}`, which is no connected system"), &help));
    }
    (all, mistakes)
}

fn likeness(one: &str, other: &str) -> f64 {
    strsim::jaro_winkler(one, other)
}

fn mistake(message: String, help: &str) -> ConfigMistake {
    let help = Some(help.to_owned());
    ConfigMistake { file: "appos.yaml".to_owned(), line: None, column: None, message, help }
}
