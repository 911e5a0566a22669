//! The news that something has changed, for speed: who hears it looks into the database, and
//! believes nothing else. News that are lost cost the time until the next look.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::redis::{Patience, Redis};

/// How long to wait for a subscription, and between two attempts.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is heard.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Heard<'a> {
    /// Somebody has said this, who may be anybody with a way to Redis.
    Said(&'a str),
    /// Something may have been said that nobody here has heard.
    Missed,
}

/// Listens until it is dropped.
pub(crate) struct News(JoinHandle<()>);

impl News {
    /// Calls `heard` for everything that is said, and when something may have been missed.
    pub(crate) fn listen(redis: Arc<Redis>, heard: impl Fn(Heard<'_>) + Send + 'static) -> Self {
        Self::listen_on(redis, Channel::News, heard)
    }

    /// The same on another channel.
    pub(crate) fn listen_on(redis: Arc<Redis>, on: Channel, heard: impl Fn(Heard<'_>) + Send + 'static) -> Self {
        Self(tokio::spawn(async move {
            let channel = on.name(&redis);
            loop {
                if let Ok(Ok(connection)) = timeout(PATIENCE, redis.subscribed(&channel)).await {
                    on.is_listening(&redis, true);
                    heard(Heard::Missed);
                    let mut said = connection.into_on_message();
                    while let Some(message) = said.next().await {
                        // What is no text nobody of ours has said.
                        heard(std::str::from_utf8(message.get_payload_bytes()).map_or(Heard::Missed, Heard::Said));
                    }
                    on.is_listening(&redis, false);
                    heard(Heard::Missed);
                }
                sleep(PATIENCE).await;
            }
        }))
    }
}

impl Drop for News {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    /// What has changed.
    News,
    /// That there is something to do for workers of processes.
    Processes,
}

impl Channel {
    fn name(self, redis: &Redis) -> String {
        match self {
            Self::News => redis.name(format_args!("news")),
            Self::Processes => redis.name(format_args!("processes")),
        }
    }

    /// Who hears no news looks more often into the database.
    fn is_listening(self, redis: &Redis, listening: bool) {
        if self == Self::News {
            redis.is_listening(listening);
        }
    }
}

impl Redis {
    /// Says something to all who listen. Nobody is told that it failed: they look by themselves
    /// after a while.
    pub(crate) async fn say(&self, text: &str) {
        self.say_on(Channel::News, text).await;
    }

    /// The same on another channel.
    pub(crate) async fn say_on(&self, on: Channel, text: &str) {
        let said = self.ask::<(i64,)>(Patience::Short, redis::pipe().publish(on.name(self), text)).await;
        if said.is_err() {
            tracing::debug!("the others learn of a change a little later");
        }
    }
}
