//! The connection to Redis. Every question is bounded in time; after some that were not
//! answered, nobody asks for a while.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig, PubSub};
use redis::{Client, ErrorKind, FromRedisValue, Pipeline, RedisError};
use secrecy::ExposeSecret;
use tokio::time::timeout;

use super::SealKey;
use super::breaker::Breaker;
use crate::config::RedisConfig;
use crate::error::{AppOsError, Result};

/// Failures in a row after which Redis is left alone.
const FAILURES: u32 = 3;
/// For how long, before one caller may try again.
const PAUSE: Duration = Duration::from_secs(1);

/// How long an answer is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Patience {
    /// Not long: the database knows the answer, too.
    Short,
    /// Longer: nobody else knows it.
    Long,
}

impl Patience {
    const fn limit(self) -> Duration {
        match self {
            Self::Short => Duration::from_millis(100),
            Self::Long => Duration::from_millis(1_500),
        }
    }
}

/// Redis does not answer, or refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unreachable;

/// What stands under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing.
    Nothing,
    /// What one of our servers has written.
    Entry(Vec<u8>),
    /// What nobody of ours has written.
    Forged,
}

/// The Redis of a platform.
pub(crate) struct Redis {
    client: Client,
    manager: ConnectionManager,
    prefix: String,
    key: SealKey,
    short: Breaker,
    long: Breaker,
    /// False: nobody would hear what this server is told.
    listening: AtomicBool,
    forged: AtomicU64,
}

impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redis").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl Redis {
    /// Prepares the connection, which is opened when it is first needed: a platform starts also
    /// while its Redis is away.
    ///
    /// # Errors
    /// The address cannot be read.
    pub(crate) fn new(settings: &RedisConfig, key: SealKey) -> Result<Option<Self>> {
        let Some(url) = &settings.url else { return Ok(None) };
        // The cause would show the address, which may hold a password.
        let wrong = |_: RedisError| AppOsError::dispatch("the address of Redis in `redis.url` cannot be read");
        let client = Client::open(url.expose_secret()).map_err(wrong)?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(Duration::from_millis(500)))
            .set_response_timeout(Some(Patience::Long.limit()))
            // The breaker decides when to try again.
            .set_number_of_retries(1)
            .set_min_delay(Duration::from_millis(10))
            .set_max_delay(Duration::from_millis(100));
        let manager = ConnectionManager::new_lazy_with_config(client.clone(), config).map_err(wrong)?;
        Ok(Some(Self {
            client,
            manager,
            prefix: settings.prefix.clone(),
            key,
            short: Breaker::new(FAILURES, PAUSE),
            long: Breaker::new(FAILURES, PAUSE),
            listening: AtomicBool::new(false),
            forged: AtomicU64::new(0),
        }))
    }

    /// The name of a key or channel.
    pub(crate) fn name(&self, rest: fmt::Arguments<'_>) -> String {
        format!("{}:{rest}", self.prefix)
    }

    /// Asks something.
    ///
    /// # Errors
    /// It is not answered in time, or refused; or was not of late, and nothing was asked.
    pub(crate) async fn ask<T: FromRedisValue>(
        &self,
        patience: Patience,
        question: &Pipeline,
    ) -> Result<T, Unreachable> {
        let breaker = self.breaker(patience);
        if !breaker.lets_pass() {
            return Err(Unreachable);
        }
        let mut manager = self.manager.clone();
        let answer = timeout(patience.limit(), Box::pin(question.query_async(&mut manager))).await;
        let error = match answer {
            Ok(Ok(answer)) => {
                if breaker.succeeded() {
                    tracing::info!("Redis answers again");
                }
                return Ok(answer);
            }
            Ok(Err(error)) => Some(error),
            Err(_) => None,
        };
        // A server that refuses has answered: the next question may be one that it takes.
        if error.as_ref().is_some_and(is_refusal) {
            tracing::debug!(error = in_words_of(error.as_ref()), "Redis refuses");
            return Err(Unreachable);
        }
        if breaker.failed() {
            // Words of the server, never the address.
            tracing::warn!(error = in_words_of(error.as_ref()), "Redis does not answer; asked again every second");
        }
        Err(Unreachable)
    }

    const fn breaker(&self, patience: Patience) -> &Breaker {
        match patience {
            Patience::Short => &self.short,
            Patience::Long => &self.long,
        }
    }

    /// Reads an entry.
    ///
    /// # Errors
    /// Redis does not answer.
    pub(crate) async fn read(&self, patience: Patience, name: &str) -> Result<Found, Unreachable> {
        let (found,): (Option<Vec<u8>>,) = self.ask(patience, redis::pipe().get(name)).await?;
        Ok(match found {
            None => Found::Nothing,
            Some(sealed) => self.opened(name, &sealed),
        })
    }

    /// What an entry that was read holds.
    pub(crate) fn opened(&self, name: &str, sealed: &[u8]) -> Found {
        match self.key.open(name, sealed) {
            Some(value) => Found::Entry(value.to_vec()),
            None => {
                self.forged.fetch_add(1, Ordering::Relaxed);
                tracing::error!(name, "an entry in Redis was written by nobody of this platform; it is ignored");
                Found::Forged
            }
        }
    }

    /// A value as it is stored under a name.
    pub(crate) fn sealed(&self, name: &str, value: &[u8]) -> Vec<u8> {
        self.key.seal(name, value)
    }

    /// Number of entries that nobody of ours has written, since the last time it was asked.
    pub(crate) fn take_forged(&self) -> u64 {
        self.forged.swap(0, Ordering::Relaxed)
    }

    /// A connection that hears what others say.
    pub(super) async fn subscribed(&self, channel: &str) -> Result<PubSub, RedisError> {
        let mut connection = self.client.get_async_pubsub().await?;
        connection.subscribe(channel).await?;
        Ok(connection)
    }

    pub(super) fn is_listening(&self, listening: bool) {
        self.listening.store(listening, Ordering::Relaxed);
    }

    /// False while what others say is heard late, or never.
    pub(crate) fn brings_news(&self) -> bool {
        self.listening.load(Ordering::Relaxed) && !self.short.is_open()
    }

    /// What is wrong with it now, in words.
    pub(crate) fn trouble(&self) -> Option<&'static str> {
        if self.short.is_open() || self.long.is_open() {
            Some("Redis does not answer")
        } else if !self.listening.load(Ordering::Relaxed) {
            Some("Redis brings no news")
        } else {
            None
        }
    }
}

/// True if the server itself says no, such as one that is full or may not be written to.
fn is_refusal(error: &RedisError) -> bool {
    !error.is_io_error() && !error.is_timeout() && !error.is_connection_dropped() && error.code().is_some()
}

fn in_words_of(error: Option<&RedisError>) -> String {
    match error {
        None => "no answer in time".to_owned(),
        Some(error) if error.kind() == ErrorKind::Io => error.to_string(),
        Some(error) => error.code().unwrap_or("refused").to_owned(),
    }
}
