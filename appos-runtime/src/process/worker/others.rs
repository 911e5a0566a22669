//! What the programs of a platform tell each other of their processes: that there is something to do. It is said for
//! speed; who does not hear it finds it in the database a little later.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::{Expr, Func, Query};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::nodes::{Channel, Heard, News, Redis};
use crate::record::Store;

/// The channel of the database.
const CHANNEL: &str = "appos_processes";
/// Starts that come within this time are told of together.
const TOGETHER: Duration = Duration::from_millis(5);
/// Wait before another attempt to listen.
const AGAIN: Duration = Duration::from_secs(1);
/// What is said: no more than that there is something.
const DUE: &str = "due";
const ASKED: &str = "asked";

/// Tells and listens until it is dropped.
pub(super) struct Others {
    _news: Option<News>,
    tasks: Vec<JoinHandle<()>>,
}

impl Others {
    /// By Redis, if there is one, else by the database, if it can.
    pub(super) fn start(store: &Arc<Store>, redis: Option<&Arc<Redis>>) -> Self {
        let telling = tokio::spawn(tell(Arc::clone(store), redis.cloned()));
        let Some(redis) = redis else {
            return Self { _news: None, tasks: vec![telling, tokio::spawn(listen(Arc::clone(store)))] };
        };
        let own = Arc::clone(store);
        let news = News::listen_on(Arc::clone(redis), Channel::Processes, move |heard| {
            own.bells().heard(!matches!(heard, Heard::Said(DUE)));
        });
        Self { _news: Some(news), tasks: vec![telling] }
    }
}

impl Drop for Others {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

async fn tell(store: Arc<Store>, redis: Option<Arc<Redis>>) {
    loop {
        let word = if store.bells().to_tell().await { ASKED } else { DUE };
        match &redis {
            Some(redis) => redis.say_on(Channel::Processes, word).await,
            None if store.has_listeners() => {
                // Outside the transactions of those who start: a commit that tells waits for others that do.
                let mut say = Query::select();
                say.expr(Func::cust("pg_notify").arg(Expr::value(CHANNEL)).arg(Expr::value(word)));
                if let Err(error) = store.rows(&say).await {
                    tracing::debug!(%error, "other programs learn of a process a little later");
                }
            }
            // Of SQLite's file they learn by looking.
            None => return,
        }
        sleep(TOGETHER).await;
    }
}

async fn listen(store: Arc<Store>) {
    loop {
        match store.listener().await {
            Ok(None) => return,
            Ok(Some(mut listener)) => {
                if listener.listen(CHANNEL).await.is_ok() {
                    store.bells().heard(true);
                    // Ends with the connection; what was said meanwhile is looked for.
                    while let Ok(said) = listener.recv().await {
                        store.bells().heard(said.payload() != DUE);
                    }
                }
            }
            Err(error) => tracing::debug!(%error, "nobody tells of processes"),
        }
        store.bells().heard(true);
        sleep(AGAIN).await;
    }
}
