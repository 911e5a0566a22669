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
        Self(tokio::spawn(async move {
            let channel = channel(&redis);
            loop {
                if let Ok(Ok(connection)) = timeout(PATIENCE, redis.subscribed(&channel)).await {
                    redis.is_listening(true);
                    heard(Heard::Missed);
                    let mut said = connection.into_on_message();
                    while let Some(message) = said.next().await {
                        // What is no text nobody of ours has said.
                        heard(std::str::from_utf8(message.get_payload_bytes()).map_or(Heard::Missed, Heard::Said));
                    }
                    redis.is_listening(false);
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

fn channel(redis: &Redis) -> String {
    redis.name(format_args!("news"))
}

impl Redis {
    /// Says something to all who listen. Nobody is told that it failed: they look by themselves
    /// after a while.
    pub(crate) async fn say(&self, text: &str) {
        let said = self.ask::<(i64,)>(Patience::Short, redis::pipe().publish(channel(self), text)).await;
        if said.is_err() {
            tracing::debug!("the others learn of a change a little later");
        }
    }
}
