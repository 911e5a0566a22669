//! What one server of a platform tells the others, and what it makes of what it hears: that access has changed,
//! that rows were changed, that sessions have ended. The news name things, and hold nothing of them: whoever shows a
//! row reads it again, with the rights of who looks. Without news a server looks into the database, a little later.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::task::JoinHandle;
use tokio::time::sleep;
use uuid::Uuid;

use super::access::CHANGED;
use super::session::{Ended, Sessions};
use crate::engine::Engine;
use crate::nodes::{Heard, News, Redis};
use crate::record::Store;
use crate::registry::{ObjectDescriptor, ObjectDetail};

/// For how long changes are gathered before others are told of them.
const TOGETHER: Duration = Duration::from_millis(50);
/// Rows that are named in one message; of more, their records are.
const MOST_ROWS: usize = 100;
/// How often a server without news looks whether others have written something.
const EVERY: Duration = Duration::from_secs(2);

/// The table of sessions that are kept in the database.
const SESSIONS: &str = "platform_session";
/// The table of instances of processes.
const INSTANCES: &str = "platform_process_instance";

/// What is said.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Said {
    /// By whom: nobody listens to himself.
    from: Uuid,
    /// The state of the security data as he knows it: what is read for somebody because of this has to be read
    /// with rights as new.
    state: Option<Uuid>,
    /// Rows that were changed: record and id, or all of the record's.
    #[serde(default)]
    rows: BTreeSet<(String, Option<i64>)>,
    /// Sessions that were ended, by the hashes of their ids, with which nobody signs in.
    #[serde(default)]
    ended: BTreeSet<String>,
    /// More have ended than anybody has counted.
    #[serde(default)]
    any_session: bool,
}

/// The line to the other servers; it ends when this is dropped.
pub(crate) struct Others {
    _news: Option<News>,
    tasks: Vec<JoinHandle<()>>,
}

/// What the tasks share.
struct Node {
    name: Uuid,
    engine: Arc<Engine>,
    store: Arc<Store>,
    sessions: Arc<Sessions>,
    redis: Option<Arc<Redis>>,
}

impl Others {
    /// Begins to tell and to listen.
    pub(crate) fn start(
        engine: &Arc<Engine>,
        store: &Arc<Store>,
        sessions: &Arc<Sessions>,
        redis: Option<Arc<Redis>>,
    ) -> Self {
        let (engine, store, sessions) = (Arc::clone(engine), Arc::clone(store), Arc::clone(sessions));
        let node = Arc::new(Node { name: Uuid::now_v7(), engine, store, sessions, redis: redis.clone() });
        let mut tasks = vec![tokio::spawn(look(Arc::clone(&node)))];
        let news = redis.map(|redis| {
            tasks.push(tokio::spawn(tell(Arc::clone(&node), Arc::clone(&redis))));
            News::listen(redis, move |heard| node.hear(heard))
        });
        Self { _news: news, tasks }
    }
}

impl Drop for Others {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// What pages show: records, and processes with their instances.
fn shown(node: &Node) -> impl Iterator<Item = &'static ObjectDescriptor> {
    let all = node.engine.registry().objects().iter().copied();
    all.filter(|object| matches!(object.detail, ObjectDetail::Record(_) | ObjectDetail::Process(_)))
}

impl Node {
    fn hear(&self, heard: Heard<'_>) {
        let security = self.engine.security();
        let text = match heard {
            Heard::Missed => return self.missed(),
            Heard::Said(CHANGED) => return security.look_again(),
            Heard::Said(text) => text,
        };
        // What nobody of ours has said costs a look, and does nothing else.
        let Ok(said) = serde_json::from_str::<Said>(text) else { return security.look_again() };
        if said.from == self.name {
            return;
        }
        if said.state.is_none() || said.state != security.state() {
            security.look_again();
        }
        if said.any_session {
            self.sessions.ended_elsewhere(None);
        }
        for (reference, row_id) in said.rows {
            if let Some(object) = shown(self).find(|object| object.reference == reference) {
                self.store.feed().hear(object, row_id);
            }
        }
        for id_hash in said.ended {
            self.sessions.ended_elsewhere(Some(&id_hash));
        }
    }

    /// Something may have happened of which nobody has heard.
    fn missed(&self) {
        self.engine.security().look_again();
        self.sessions.ended_elsewhere(None);
        shown(self).for_each(|object| self.store.feed().hear(object, None));
    }
}

/// Tells the others what is changed here.
async fn tell(node: Arc<Node>, redis: Arc<Redis>) {
    // Somebody may look elsewhere: what is changed is always told.
    let _look = node.store.feed().look();
    let (mut changes, mut ends) = (node.store.feed().listen(), node.sessions.ends());
    loop {
        let mut said = Said { from: node.name, ..Said::default() };
        // Waits for the first of them, and takes what there is beside it.
        tokio::select! {
            change = changes.recv() => match change {
                Ok(change) if change.here => said.row(change.object, change.row_id),
                Ok(_) => continue,
                Err(RecvError::Lagged(_)) => said.all_rows(&node),
                Err(RecvError::Closed) => return,
            },
            ended = ends.recv() => match ended {
                Ok(Ended::Session(id_hash)) => drop(said.ended.insert(id_hash.as_ref().to_owned())),
                // All of a user's end with a change of access, of which the others are told.
                Ok(Ended::User(_) | Ended::Elsewhere(_)) => continue,
                Err(RecvError::Lagged(_)) => said.any_session = true,
                Err(RecvError::Closed) => return,
            },
        }
        loop {
            match changes.try_recv() {
                Ok(change) if change.here => said.row(change.object, change.row_id),
                Ok(_) => {}
                Err(TryRecvError::Lagged(_)) => said.all_rows(&node),
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        if said.rows.len() > MOST_ROWS {
            said.rows = said.rows.into_iter().map(|(record, _)| (record, None)).collect();
        }
        said.state = node.engine.security().state();
        if let Ok(text) = serde_json::to_string(&said) {
            redis.say(&text).await;
        }
        sleep(TOGETHER).await;
    }
}

impl Said {
    fn row(&mut self, object: &'static ObjectDescriptor, row_id: Option<i64>) {
        self.rows.insert((object.reference.to_owned(), row_id));
    }

    /// More were written than anybody has counted.
    fn all_rows(&mut self, node: &Node) {
        shown(node).for_each(|object| self.row(object, None));
    }
}

/// Looks into the database for what others have written, while nobody tells and somebody here shows rows.
async fn look(node: Arc<Node>) {
    let mut before: Option<HashMap<String, (i64, i64)>> = None;
    loop {
        sleep(EVERY).await;
        let told = node.redis.as_ref().is_some_and(|redis| redis.brings_news());
        if told || !node.store.feed().is_looked_at() {
            before = None;
            continue;
        }
        // A database that does not answer now does so later.
        let Ok(Some(now)) = node.store.table_counts().await else { continue };
        let table_of = |object: &ObjectDescriptor| match &object.detail {
            ObjectDetail::Record(record) => record.table,
            ObjectDetail::Process(_) => INSTANCES,
            _ => "",
        };
        if let Some(before) = &before {
            let changed = shown(&node).filter(|object| before.get(table_of(object)) != now.get(table_of(object)));
            changed.for_each(|object| node.store.feed().hear(object, None));
            // A session that is used is written, too; one that has ended is gone.
            let ended = |counts: &HashMap<String, (i64, i64)>| counts.get(SESSIONS).map(|(_, deleted)| *deleted);
            if ended(before) != ended(&now) {
                node.sessions.ended_elsewhere(None);
            }
        }
        before = Some(now);
    }
}
