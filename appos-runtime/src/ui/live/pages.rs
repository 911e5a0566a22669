//! All pages that live on this server: which there are, whose they are, how many there may be.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use subtle::ConstantTimeEq;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::LocalPoolHandle;

use super::page::ToPage;
use crate::config::LiveConfig;
use crate::engine::Engine;
use crate::error::Result;
use crate::platform::session::{Ended, Sessions, random_secret};
use crate::record::Store;
use crate::ui::page::number_of;

/// Pages that are told at once of a change of access, before the next ones.
const AT_ONCE: usize = 50;
/// For how long changes are gathered before pages are told of them.
const TOGETHER: Duration = Duration::from_millis(300);
/// Between two such lots: all have been told within a part of a second.
const PAUSE: Duration = Duration::from_millis(10);

/// The pages of a server.
pub(crate) struct Live {
    pub(super) engine: Arc<Engine>,
    pub(super) sessions: Arc<Sessions>,
    pub(super) pool: LocalPoolHandle,
    pub(super) settings: LiveConfig,
    pub(super) stopping: CancellationToken,
    pages: Mutex<Pages>,
}

#[derive(Default)]
struct Pages {
    last: u64,
    all: HashMap<u64, Entry>,
    /// Pages of each session, oldest first.
    of_session: HashMap<Arc<str>, Vec<u64>>,
}

struct Entry {
    secret: String,
    session: Arc<str>,
    user_id: i64,
    inbox: mpsc::Sender<ToPage>,
    bells: Arc<Bells>,
    claimed: bool,
}

/// By which a page hears of what happens elsewhere.
#[derive(Default)]
pub(super) struct Bells {
    /// Somebody's access may have ended.
    pub(super) recheck: Notify,
    /// Rows that the page shows have changed.
    pub(super) changed: Notify,
    /// The records whose rows it shows; `None`: nobody knows yet, while it is drawn for the first time.
    shown: Mutex<Option<HashSet<usize>>>,
    /// Those of which rows have changed.
    touched: Mutex<HashSet<usize>>,
}

impl Bells {
    /// The page shows rows of these records.
    pub(super) fn show(&self, records: Vec<usize>) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(records.into_iter().collect());
    }

    fn touch(&self, records: &HashSet<usize>) {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let is_shown = |record: &&usize| shown.as_ref().is_none_or(|shown| shown.contains(*record));
        let mut touched = records.iter().filter(is_shown).copied().peekable();
        if touched.peek().is_some() {
            self.touched.lock().unwrap_or_else(PoisonError::into_inner).extend(touched);
            self.changed.notify_one();
        }
    }

    /// The records of which rows have changed since this was asked last.
    pub(super) fn take_touched(&self) -> HashSet<usize> {
        std::mem::take(&mut *self.touched.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A page's place among the others; it is free again when this is dropped.
pub(super) struct Place {
    live: Arc<Live>,
    number: u64,
    /// By which its script claims it.
    pub(super) name: String,
    pub(super) bells: Arc<Bells>,
}

/// Messages that wait for a page.
const INBOX: usize = 64;

impl Live {
    /// No page yet.
    pub(crate) fn new(engine: Arc<Engine>, sessions: Arc<Sessions>, settings: LiveConfig) -> Arc<Self> {
        let threads = std::thread::available_parallelism().map_or(1, Into::into);
        // Once for the process: handlers get events as browsers sent them.
        dioxus_html::set_event_converter(Box::new(dioxus_html::SerializedHtmlEventConverter));
        Arc::new(Self {
            engine,
            sessions,
            pool: LocalPoolHandle::new(threads),
            settings,
            stopping: CancellationToken::new(),
            pages: Mutex::default(),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Events that a socket may send in a second.
    pub(crate) fn events_per_second(&self) -> u32 {
        self.settings.events_per_second
    }

    /// The sessions whose pages these are.
    pub(crate) fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// Fires when the server stops.
    pub(crate) fn stopping(&self) -> CancellationToken {
        self.stopping.clone()
    }

    /// A place for a page of a session, if there is one: in all, and among those of the session, of which
    /// the oldest without a socket goes.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub(super) fn admit(
        self: &Arc<Self>,
        session: &str,
        user_id: i64,
    ) -> Result<Option<(Place, mpsc::Receiver<ToPage>)>> {
        let secret = random_secret()?;
        let mut pages = self.lock();
        if self.stopping.is_cancelled() {
            return Ok(None);
        }
        if let Some(own) = pages.of_session.get(session)
            && own.len() >= self.settings.max_pages_per_session
        {
            let unclaimed = |number: &&u64| pages.all.get(*number).is_some_and(|entry| !entry.claimed);
            let Some(oldest) = own.iter().find(unclaimed).copied() else { return Ok(None) };
            pages.remove(oldest);
        }
        if pages.all.len() >= self.settings.max_pages {
            return Ok(None);
        }
        pages.last += 1;
        let number = pages.last;
        let (inbox, heard) = mpsc::channel(INBOX);
        let bells = Arc::<Bells>::default();
        let session: Arc<str> = session.into();
        let name = format!("{number}.{secret}");
        pages.of_session.entry(Arc::clone(&session)).or_default().push(number);
        let entry = Entry { secret, session, user_id, inbox, bells: Arc::clone(&bells), claimed: false };
        pages.all.insert(number, entry);
        Ok(Some((Place { live: Arc::clone(self), number, name, bells }, heard)))
    }

    /// The way to a page, for a socket of the same session.
    pub(crate) fn claim(&self, name: &str, session: &str) -> Option<mpsc::Sender<ToPage>> {
        let (number, secret) = name.split_once('.')?;
        let mut pages = self.lock();
        let entry = pages.all.get_mut(&number.parse().ok()?)?;
        let known = bool::from(entry.secret.as_bytes().ct_eq(secret.as_bytes()));
        if !known || !self.sessions.is_same(&entry.session, session) {
            return None;
        }
        entry.claimed = true;
        Some(entry.inbox.clone())
    }

    /// Has pages look whether their visitors may still see them, whenever that may have changed, until the
    /// answer is dropped.
    pub(crate) fn watch(self: &Arc<Self>) -> Watch {
        let live = Arc::clone(self);
        let of_rows = tokio::spawn(Arc::clone(self).pass_on());
        let of_access = tokio::spawn(async move {
            let mut epochs = live.engine.security().epochs();
            let mut ends = live.sessions.ends();
            loop {
                tokio::select! {
                    changed = epochs.changed() => {
                        if changed.is_err() {
                            return;
                        }
                        live.recheck(|_| true).await;
                    }
                    ended = ends.recv() => match ended {
                        Ok(Ended::Session(id) | Ended::Elsewhere(Some(id))) => {
                            live.recheck(|entry| live.sessions.is_same(&entry.session, &id)).await;
                        }
                        Ok(Ended::User(id)) => live.recheck(|entry| entry.user_id == id).await,
                        Ok(Ended::Elsewhere(None)) | Err(RecvError::Lagged(_)) => live.recheck(|_| true).await,
                        Err(RecvError::Closed) => return,
                    },
                }
            }
        });
        Watch([of_access, of_rows])
    }

    /// Tells pages of rows that were changed: many changes in a short time once.
    async fn pass_on(self: Arc<Self>) {
        let Some(store) = self.engine.resource::<Store>() else { return };
        let mut changes = store.feed().listen();
        loop {
            let mut touched = HashSet::new();
            match changes.recv().await {
                Ok(change) => drop(touched.insert(number_of(change.object))),
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
            tokio::time::sleep(TOGETHER).await;
            let mut missed = touched.is_empty();
            loop {
                match changes.try_recv() {
                    Ok(change) => drop(touched.insert(number_of(change.object))),
                    Err(TryRecvError::Lagged(_)) => missed = true,
                    Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                }
            }
            if missed {
                touched.extend(self.engine.registry().objects().iter().map(|object| number_of(object)));
            }
            let pages: Vec<Arc<Bells>> = self.lock().all.values().map(|entry| Arc::clone(&entry.bells)).collect();
            for lot in pages.chunks(AT_ONCE) {
                for bells in lot {
                    bells.touch(&touched);
                }
                tokio::task::yield_now().await;
            }
        }
    }

    async fn recheck(&self, concerned: impl Fn(&Entry) -> bool) {
        let concerned: Vec<Arc<Bells>> = {
            let pages = self.lock();
            pages.all.values().filter(|entry| concerned(entry)).map(|entry| Arc::clone(&entry.bells)).collect()
        };
        for lot in concerned.chunks(AT_ONCE) {
            for bells in lot {
                bells.recheck.notify_one();
            }
            // The database answers all of them, and others.
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Tells every page to end, and its browser to come back; no page is kept from now on.
    pub(crate) fn stop(&self) {
        self.stopping.cancel();
    }
}

impl Pages {
    fn remove(&mut self, number: u64) {
        let Some(entry) = self.all.remove(&number) else { return };
        if let Some(own) = self.of_session.get_mut(&entry.session) {
            own.retain(|other| *other != number);
            if own.is_empty() {
                self.of_session.remove(&entry.session);
            }
        }
    }
}

impl Place {
    /// The page has no socket any more: it may have to make room.
    pub(super) fn is_alone(&self) {
        if let Some(entry) = self.live.lock().all.get_mut(&self.number) {
            entry.claimed = false;
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.live.lock().remove(self.number);
    }
}

/// Looks for changes of access until it is dropped.
pub(crate) struct Watch([JoinHandle<()>; 2]);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}
