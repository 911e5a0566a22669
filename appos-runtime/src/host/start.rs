//! From configuration to a running engine.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use secrecy::ExposeSecret;

use super::system_databases::{BySystem, look};
use crate::config::{AppConfig, ConfigErrors, Migrate, PlatformConfig, SessionStore};
use crate::engine::{Engine, Settings};
use crate::error::{AppOsError, Result};
use crate::journal::{EventSink, Journal, JournalSettings, private_folder};
use crate::migration::Migration;
use crate::monitoring::{self, Monitor};
use crate::nodes::{Redis, SealKey};
use crate::outside::files::{Files, Storage};
use crate::outside::mail::{self, Catcher, OwnMail, mail_mistakes};
use crate::outside::{StandIns, Systems, carry, system_mistakes, telemetry};
use crate::platform::api_key::ApiKeys;
use crate::platform::session::Sessions;
use crate::platform::sign_in::{Attempts, Links};
use crate::platform::{self, Carrier, SharedIdentity, StoredIdentity};
use crate::process::{Fakes, SharedClock};
use crate::record::{Store, transaction};
use crate::registry::{AppDescriptor, Registry};
use crate::state::{Clock, Preferences, Scope, ScopeBuilder};
use crate::vault::SecretKeys;

/// What a platform does with an empty database.
pub type FirstStart = fn() -> Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// A platform, as `platform!()` describes it.
#[derive(Clone, Copy)]
pub struct PlatformDescriptor {
    /// Name of the program.
    pub name: &'static str,
    /// Version of the program.
    pub version: &'static str,
    /// What it was built of, such as a commit: the variable `APPOS_BUILD` of the build.
    pub build: Option<&'static str>,
    /// Its apps.
    pub apps: &'static [&'static AppDescriptor],
    /// What it does with an empty database.
    pub first_start: Option<FirstStart>,
    /// How its tables came to be; empty: they are created when they are missing.
    pub migrations: &'static [Migration],
}

impl PlatformDescriptor {
    /// Version and build, as logs and traces tell them: `1.4.0+3f2a91c`.
    fn full_version(&self) -> String {
        match self.build.filter(|build| !build.is_empty()) {
            Some(build) => format!("{}+{build}", self.version),
            None => self.version.to_owned(),
        }
    }
}

/// Reads the apps' `app.yaml`, all mistakes of all files at once.
pub(super) fn app_configs(
    descriptors: &[&'static AppDescriptor],
    platform: &PlatformConfig,
) -> Result<Vec<AppConfig>, ConfigErrors> {
    let mut configs = Vec::new();
    let mut mistakes = Vec::new();
    for app in descriptors {
        match AppConfig::parse(app.yaml, app.yaml_path) {
            Ok(config) => {
                // A file that is not there was not compiled in.
                mistakes.extend(config.theme.logo.as_ref().and_then(|logo| logo.mistake(app.logo, app.yaml_path)));
                configs.push(config);
            }
            Err(errors) => mistakes.extend(errors.0),
        }
    }
    mistakes.extend(system_mistakes(Registry::global(), &platform.connected_systems));
    mistakes.extend(mail_mistakes(Registry::global(), platform));
    for wanted in platform.apps.iter().flatten() {
        if !descriptors.iter().any(|app| app.name == wanted) {
            mistakes.push(crate::config::ConfigMistake {
                file: "appos.yaml".to_owned(),
                line: None,
                column: None,
                message: format!("`apps` names `{wanted}`, which is not part of this program"),
                help: Some(format!("write `appos::platform!({wanted}, ..)` in `src/main.rs`, or remove it here")),
            });
        }
    }
    if mistakes.is_empty() { Ok(configs) } else { Err(ConfigErrors(mistakes)) }
}

/// What a platform is started for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To serve.
    Service,
    /// For a test, which may act as anybody and move the clock.
    Test,
}

/// In the engine of a test, and in no other: by it the helpers of tests know that they may work.
pub(super) struct OfTest;

/// A started platform, without its web server.
pub(crate) struct Started {
    pub(crate) engine: Arc<Engine>,
    pub(crate) store: Arc<Store>,
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) api_keys: Arc<ApiKeys>,
    pub(crate) keys: Arc<SecretKeys>,
    pub(crate) redis: Option<Arc<Redis>>,
    /// That all workers go by.
    pub(crate) clock: Arc<SharedClock>,
}

/// Opens journal and database, and puts the engine together.
///
/// # Errors
/// The log folder or the database cannot be opened, or the objects contradict each other.
pub(crate) async fn start(
    config: &PlatformConfig,
    apps: &[AppConfig],
    migrations: &'static [Migration],
    journal: Journal,
    purpose: Purpose,
) -> Result<Started> {
    let problems = super::check::in_words(Registry::global());
    if !problems.is_empty() {
        return Err(AppOsError::dispatch(problems).code_is("objects_contradict"));
    }
    let keys = Arc::new(super::secret_key::secret_keys(config, purpose)?);
    let clock = Arc::<Clock>::default();
    let guard = platform::PlatformGuard::new(apps);
    let how = (migrations, migrate_at_start(config));
    let store = Arc::new(Store::open(&config.database, how, guard, Arc::clone(&clock)).await?);
    let shared_clock = Arc::new(SharedClock::new(Arc::clone(&clock), &store));
    platform::prepare(&store, apps).await?;
    crate::process::prepare(&store).await?;
    crate::outside::files::prepare(&store).await?;
    mail::prepare(&store).await?;
    monitoring::prepare(&store).await?;
    let storage = Storage::open(&config.files, &config.logging.folder)?;
    let files = Files::new(storage, Arc::clone(&store), config.files.clone());
    platform::secrets::check(&store, &keys).await?;
    let redis = redis(config, &store, &keys).await?;
    let kept_in_redis = config.session.store != Some(SessionStore::Database);
    let keeper = redis.clone().filter(|_| kept_in_redis);
    let sessions = Arc::new(Sessions::new(Arc::clone(&store), (Arc::clone(&keys), keeper), config.session.clone()));
    let api_keys = Arc::new(ApiKeys::new(Arc::clone(&store)));
    let own_mail = OwnMail::of(Registry::global(), config);
    let links = Links::new(Arc::clone(&store), config.sign_in.clone(), &config.server).mailed(own_mail.is_some());
    let systems = (Arc::clone(&store), Arc::clone(&keys), Arc::clone(&clock));
    let systems = Systems::new(Registry::global(), &config.connected_systems, systems)?;
    let systems = Arc::new(systems);
    store.know_systems(BySystem::new(config, &systems));
    let mut engine = Engine::builder()
        .identity(SharedIdentity::new(StoredIdentity(Arc::clone(&store)), redis.clone()))
        .journal(journal)
        .privileged(platform::is_privileged)
        .clock(clock)
        .settings(Settings {
            environment: config.environment.clone(),
            timeout: config.engine.timeout.min(config.server.request_timeout),
            max_depth: config.engine.max_depth,
            preferences: Preferences {
                language: config.language.as_str().into(),
                time_zone: config.time_zone,
                ..Preferences::default()
            },
            slow_query: config.logging.slow_query,
            statements: config.logging.statements,
            sampler: telemetry::sampler(&config.telemetry.otlp),
        })
        .resource(Arc::clone(&store))
        .resource(systems)
        .resource(Arc::new(Carrier(carry)))
        .resource(Arc::new(files))
        .resource(Arc::clone(&sessions))
        .resource(Arc::clone(&api_keys))
        .resource(Arc::new(links))
        .resource(Arc::new(Attempts::new(Arc::clone(&store), config.sign_in.clone())))
        .resource(Arc::clone(&shared_clock))
        .resource(Arc::new(Monitor::new(config, migrations, store.now())))
        .resource(Arc::clone(&keys));
    if let Some(redis) = &redis {
        engine = engine.resource(Arc::clone(redis));
    }
    if let Some(own_mail) = own_mail {
        engine = engine.resource(Arc::new(own_mail));
    }
    if config.mail.catches(&config.environment) {
        engine = engine.resource(Arc::new(Catcher::new(Arc::clone(&store), Arc::clone(&keys))));
        if mail::sends_mail(Registry::global()) {
            tracing::info!("mail is caught: it is sent to nobody, and shown on /caught-mail");
        }
    }
    if purpose == Purpose::Test {
        engine =
            engine.resource(Arc::new(OfTest)).resource(Arc::<Fakes>::default()).resource(Arc::<StandIns>::default());
    }
    if purpose == Purpose::Service {
        tokio::spawn(look(Arc::clone(&store)));
    }
    for app in apps {
        engine = engine.app(app.name.clone(), app.into());
    }
    Ok(Started { engine: engine.build(), store, sessions, api_keys, keys, redis, clock: shared_clock })
}

/// The Redis that the settings name.
async fn redis(config: &PlatformConfig, store: &Store, keys: &SecretKeys) -> Result<Option<Arc<Redis>>> {
    if config.redis.url.is_none() {
        return Ok(None);
    }
    let key = SealKey::new(platform::shared_key(store, keys).await?);
    Ok(Redis::new(&config.redis, key)?.map(Arc::new))
}

/// Where a developer works on a database of their own, it follows the program.
pub(super) fn migrate_at_start(config: &PlatformConfig) -> Migrate {
    let own = config.environment == "dev" && config.database.url.expose_secret().starts_with("sqlite:");
    config.database.migrate.unwrap_or(if own { Migrate::Auto } else { Migrate::Check })
}

/// Opens the journal of a program that serves: it tells a collector of traces, too, if the settings name one.
pub(super) fn serving_journal(config: &PlatformConfig, descriptor: &PlatformDescriptor) -> Result<Journal> {
    let (name, version, environment) = (descriptor.name, &descriptor.full_version(), config.environment.as_str());
    let sink = telemetry::sink(&config.telemetry.otlp, &telemetry::Program { name, version, environment })?;
    open_journal(config, descriptor, sink)
}

/// Opens the journal of a program that does one thing.
pub(super) fn journal(config: &PlatformConfig, descriptor: &PlatformDescriptor) -> Result<Journal> {
    open_journal(config, descriptor, None)
}

fn open_journal(
    config: &PlatformConfig,
    descriptor: &PlatformDescriptor,
    sink: Option<Box<dyn EventSink>>,
) -> Result<Journal> {
    let folder = &config.logging.folder;
    let settings =
        JournalSettings { version: descriptor.full_version().into(), ..JournalSettings::from(&config.logging) };
    writable(folder).and_then(|()| Journal::start_with(folder, &settings, sink)).map_err(|error| {
        let folder = folder.display();
        AppOsError::dispatch(format!("the log folder {folder} cannot be written: {error}")).code_is("no_log_folder")
    })
}

/// Tries what the journal will do. Later it bears a folder that fails for a while; a folder
/// that fails from the beginning is a mistake of the configuration.
fn writable(folder: &Path) -> std::io::Result<()> {
    let logs = folder.join("logs");
    private_folder(&logs)?;
    let trial = logs.join(".writable");
    std::fs::write(&trial, "")?;
    std::fs::remove_file(trial)
}

/// A scope in which the platform itself acts.
pub(super) async fn system_scope(engine: &Arc<Engine>) -> Result<Arc<Scope>> {
    let account = platform::system_account();
    let rights = engine.load_rights(&account.user).await?;
    Ok(ScopeBuilder::new(Arc::clone(engine), account.user, rights).build())
}

/// Fills an empty database, once: all of it or nothing. A start that is ended meanwhile leaves
/// the database as empty as it was, and the next one begins anew.
pub(super) async fn first_start(started: &Started, descriptor: &PlatformDescriptor) -> Result<()> {
    let Some(fill) = descriptor.first_start else { return Ok(()) };
    if !platform::is_first_start(&started.store).await? {
        return Ok(());
    }
    let store = Arc::clone(&started.store);
    let filling = transaction(async move {
        // Asked again in the transaction: another node may have filled it meanwhile.
        if !platform::is_first_start(&store).await? {
            return Ok(());
        }
        fill().await?;
        platform::note_filled(&store).await
    });
    system_scope(&started.engine).await?.run(filling).await
}
