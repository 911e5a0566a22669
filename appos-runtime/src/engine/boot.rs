//! The engine: what one running platform holds.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::metrics::ObjectState;
use crate::config::{LoggingConfig, NotedStatements};
use crate::error::{AppOsError, Result};
use crate::journal::{Journal, Sampler};
use crate::registry::{ObjectDescriptor, Registry};
use crate::security::{AppPolicy, IdentitySource, Permission, Rights, Security};
use crate::state::{Clock, Preferences, User};

/// Limits that hold for every call.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name of the environment, such as `dev`.
    pub environment: String,
    /// How long a request may take in all.
    pub timeout: Duration,
    /// How deep calls may nest.
    pub max_depth: u16,
    /// Language, time zone and so on of whoever has chosen none.
    pub preferences: Preferences,
    /// From which time on a statement is slow.
    pub slow_query: Duration,
    /// Which statements stand in the log.
    pub statements: NotedStatements,
    /// Which traces that begin here are told to systems outside to be recorded.
    pub sampler: Sampler,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            environment: "dev".to_owned(),
            timeout: Duration::from_secs(30),
            max_depth: 64,
            preferences: Preferences::default(),
            slow_query: LoggingConfig::default().slow_query,
            statements: NotedStatements::default(),
            sampler: Sampler::default(),
        }
    }
}

/// Tells whether a permission for an object lets somebody change who may do what.
pub(crate) type Privileged = fn(&ObjectDescriptor, Permission) -> bool;

/// One running platform: its objects, its security, its journal and what it stores rows in.
pub struct Engine {
    pub(crate) registry: &'static Registry,
    pub(crate) states: Box<[ObjectState]>,
    pub(crate) security: Security,
    pub(crate) journal: Journal,
    pub(crate) settings: Settings,
    pub(crate) clock: Arc<Clock>,
    /// Cancelled when the platform stops; scopes hold children of it.
    pub(crate) stopping: CancellationToken,
    /// What the layers above the engine keep in it, found by type: the engine itself knows
    /// no database.
    resources: Vec<(TypeId, Arc<dyn Any + Send + Sync>)>,
    /// Tells what must not happen while the security log cannot be written.
    pub(super) privileged: Privileged,
    pub(crate) answers: super::dispatch::Answers,
}

impl Engine {
    /// Begins an engine over the objects linked into this program.
    pub fn builder() -> EngineBuilder {
        EngineBuilder {
            apps: HashMap::new(),
            source: None,
            journal: Journal::disabled(),
            settings: Settings::default(),
            clock: Arc::default(),
            resources: Vec::new(),
            privileged: |_, _| false,
        }
    }

    /// The objects of this program.
    pub fn registry(&self) -> &'static Registry {
        self.registry
    }

    /// Who may do what.
    pub fn security(&self) -> &Security {
        &self.security
    }

    /// The journal of executions.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// What a layer above put into the engine.
    pub(crate) fn resource<T: Any + Send + Sync>(&self) -> Option<&T> {
        let (_, resource) = self.resources.iter().find(|(id, _)| *id == TypeId::of::<T>())?;
        resource.downcast_ref()
    }

    /// Current rights of a user.
    pub(crate) async fn load_rights(&self, user: &User) -> Result<Arc<Rights>> {
        if let Some(rights) = self.security.remembered(user.id) {
            return Ok(rights);
        }
        // Only now and then: the journal keeps the name for its writer.
        self.journal.name_user(user.id, &user.name);
        self.security.rights(user.id).await
    }

    /// Counts and latencies of one object since the start.
    pub fn metrics(&self, reference: &str) -> Option<super::ObjectMetrics> {
        let slot = self.registry.find(reference)?.slot.get()?;
        Some(self.states.get(slot)?.read())
    }

    /// What was counted of every object since the start, in the order of the registry.
    #[cfg(feature = "web")]
    pub(crate) fn counts(&self) -> impl Iterator<Item = (&'static ObjectDescriptor, super::Counts)> + '_ {
        self.registry.objects().iter().copied().zip(self.states.iter().map(ObjectState::counts))
    }

    /// The objects that `reference` has called since the start, sorted.
    pub fn observed_dependencies(&self, reference: &str) -> Vec<&'static str> {
        let Some(state) = self.registry.find(reference).and_then(|object| self.states.get(object.slot.get()?)) else {
            return Vec::new();
        };
        state.callees().filter_map(|slot| self.registry.objects().get(slot)).map(|object| object.reference).collect()
    }

    /// Asked before what changes who may do what.
    ///
    /// # Errors
    /// There would be no line about it: the security log cannot be written now.
    pub(crate) fn can_tell_of_changes(&self) -> Result<()> {
        if self.journal.security_is_writable() {
            return Ok(());
        }
        let error = "the security log cannot be written: what changes access is refused until it can";
        Err(AppOsError::dispatch(error).code_is("security_log_unavailable"))
    }

    /// Asks every running call to end.
    pub fn cancel_all(&self) {
        self.stopping.cancel();
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("objects", &self.registry.objects().len())
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// Collects what an engine needs.
pub struct EngineBuilder {
    apps: HashMap<String, AppPolicy>,
    source: Option<Box<dyn IdentitySource>>,
    journal: Journal,
    settings: Settings,
    clock: Arc<Clock>,
    resources: Vec<(TypeId, Arc<dyn Any + Send + Sync>)>,
    privileged: Privileged,
}

impl EngineBuilder {
    /// The access rules of an app.
    #[must_use]
    pub fn app(mut self, name: impl Into<String>, policy: AppPolicy) -> Self {
        self.apps.insert(name.into(), policy);
        self
    }

    /// Where memberships and grants are stored.
    #[must_use]
    pub fn identity(mut self, source: impl IdentitySource + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// Where executions are recorded.
    #[must_use]
    pub fn journal(mut self, journal: Journal) -> Self {
        self.journal = journal;
        self
    }

    /// Limits of calls.
    #[must_use]
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// What tells the time, if it is shared with what the engine stores rows in.
    #[must_use]
    #[cfg(feature = "db")]
    pub(crate) fn clock(mut self, clock: Arc<Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// What is refused while the security log cannot be written.
    #[must_use]
    #[cfg(feature = "db")]
    pub(crate) fn privileged(mut self, privileged: Privileged) -> Self {
        self.privileged = privileged;
        self
    }

    /// Something a layer above the engine wants to find again by its type.
    #[must_use]
    pub(crate) fn resource<T: Any + Send + Sync>(mut self, resource: Arc<T>) -> Self {
        self.resources.push((TypeId::of::<T>(), resource));
        self
    }

    /// The engine.
    pub fn build(self) -> Arc<Engine> {
        let registry = Registry::global();
        let objects = registry.objects().len();
        Arc::new(Engine {
            registry,
            states: (0..objects).map(|_| ObjectState::new(objects)).collect(),
            security: Security::new(objects, self.apps, self.source),
            journal: self.journal,
            settings: self.settings,
            clock: self.clock,
            stopping: CancellationToken::new(),
            resources: self.resources,
            privileged: self.privileged,
            answers: super::dispatch::Answers::default(),
        })
    }
}
