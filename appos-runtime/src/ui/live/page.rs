//! One page that lives: what its person does goes in, what has changed goes out.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use dioxus_core::{Event, VirtualDom};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::edits::{Edits, Known, quoted};
use super::event;
use super::frames::Frames;
use super::message::{Close, Deed, Out, by_itself, ok};
use super::pages::{Live, Place};
use super::state::Drawn;
use crate::error::{ErrorKind, Result};
use crate::platform::session::SessionEntry;
use crate::record::{Look, Store};
use crate::state::{Ctx, Scope};
use crate::ui::page::{Form, Going, Location, Outcome, Posted, Visitor};
use crate::ui::shell;
use crate::ui::text::errors;
use crate::ui::text::own::{components, problems};

/// How long a scope serves what the page does by itself. What a person does has one of its own.
const SCOPE_LASTS: Duration = Duration::from_secs(5);
/// Between two looks whether the session of a page that nobody touches still holds. Its end on this server, and
/// every change of access, is heard of at once.
const LOOK_EVERY: Duration = Duration::from_secs(20);
/// For how long a session is believed to hold while a person does one thing after the other.
const BELIEVED: Duration = Duration::from_secs(2);
/// For how long what changes is held back after going elsewhere, so that the page comes with its data and
/// does not flicker.
const HELD: Duration = Duration::from_millis(150);
/// Pages through which one may be led by components in one go.
const MOST_HOPS: usize = 10;
/// What a person has done and still waits, while a form is at work.
const MOST_WAITING: usize = 256;

/// What a page hears.
pub(crate) enum ToPage {
    /// A socket has claimed it, and has seen frames up to this one.
    Attach { connection: u64, out: mpsc::Sender<Out>, seen: u64 },
    /// A person has done something.
    Does { connection: u64, number: u64, deed: Deed },
    /// The browser has seen frames up to this one.
    Seen { connection: u64, seen: u64 },
    /// A socket has ended.
    Detach { connection: u64 },
}

/// Why a page ends.
enum End {
    /// Its browser is told why, and does not come back for it.
    Tell(Close),
    /// Its browser asks for another one, if there is one.
    Gone,
}

struct Connection {
    number: u64,
    out: mpsc::Sender<Out>,
}

type Posting = Pin<Box<dyn Future<Output = (u64, Location, Form, Result<Outcome>)>>>;

pub(super) struct Page {
    live: Arc<Live>,
    drawn: Drawn,
    visitor: Visitor,
    scope: Arc<Scope>,
    scope_since: Instant,
    session: Arc<SessionEntry>,
    place: Place,
    looked: Instant,
    epoch: u64,
    known: Known,
    /// Instructions that wait to be sent.
    edits: String,
    frames: Frames,
    connection: Option<Connection>,
    claimed: bool,
    detached: Instant,
    /// The last thing of the person's that was heard, and that was done.
    accepted: u64,
    handled: u64,
    told_handled: u64,
    waiting: VecDeque<(u64, Deed)>,
    posting: Option<Posting>,
    title: String,
    going: Option<Going>,
    /// An address that is no screen: the browser goes there by itself.
    leaving: Option<String>,
    held_until: Option<Instant>,
    /// Number of records whose rows are shown, and what has the server tell of them.
    shown: usize,
    look: Option<Look>,
}

/// What has woken a page.
enum Woken {
    Heard(Option<ToPage>),
    Posted((u64, Location, Form, Result<Outcome>)),
    Recheck,
    Changed,
    Work,
    Later,
    Stop,
}

impl Page {
    pub(super) fn new(
        live: Arc<Live>,
        drawn: Drawn,
        (visitor, scope): (Visitor, Arc<Scope>),
        (session, place): (Arc<SessionEntry>, Place),
    ) -> Self {
        let title = shell::full_title(visitor.platform, &drawn.status().title);
        let now = Instant::now();
        Self {
            epoch: live.engine.security().epoch(),
            live,
            drawn,
            visitor,
            scope,
            scope_since: now,
            session,
            place,
            looked: now,
            known: Known::default(),
            edits: String::new(),
            frames: Frames::default(),
            connection: None,
            claimed: false,
            detached: now,
            accepted: 0,
            handled: 0,
            told_handled: 0,
            waiting: VecDeque::new(),
            posting: None,
            title,
            going: None,
            leaving: None,
            held_until: None,
            shown: 0,
            look: None,
        }
    }

    /// Lives until nobody needs it any more.
    pub(super) async fn live(mut self, mut inbox: mpsc::Receiver<ToPage>) {
        // Also of what changes before its script is there.
        self.look_at_rows();
        let end = loop {
            if let Err(end) = self.step(&mut inbox).await {
                break end;
            }
        };
        // Of a page that ends without a word, the socket says that it is gone.
        if let (End::Tell(close), Some(connection)) = (end, &self.connection) {
            connection.out.try_send(Out::Close(close)).ok();
        }
    }

    async fn step(&mut self, inbox: &mut mpsc::Receiver<ToPage>) -> Result<(), End> {
        if self.scope_since.elapsed() >= SCOPE_LASTS {
            self.new_scope().await?;
        }
        match self.woken(inbox).await {
            Woken::Heard(None) => return Err(End::Gone),
            Woken::Heard(Some(heard)) => self.hear(heard)?,
            Woken::Posted(done) => self.posted(done),
            Woken::Recheck => self.recheck().await?,
            Woken::Changed => self.drawn.touch(self.place.bells.take_touched()),
            Woken::Work => {}
            Woken::Later => self.later().await?,
            Woken::Stop => return Err(End::Tell(Close::Stopping)),
        }
        while self.posting.is_none() {
            let Some((number, deed)) = self.waiting.pop_front() else { break };
            self.does(number, deed).await?;
        }
        self.render();
        self.look_at_rows();
        self.send()
    }

    /// Waits until there is something to do.
    async fn woken(&mut self, inbox: &mut mpsc::Receiver<ToPage>) -> Woken {
        let timer = self.next_timer();
        let stale = self.scope_since + SCOPE_LASTS;
        let (dom, scope) = (&mut self.drawn.dom, &self.scope);
        let posting = self.posting.as_mut();
        let posted = async {
            match posting {
                Some(posting) => posting.await,
                None => std::future::pending().await,
            }
        };
        let woken = tokio::select! {
            biased;
            () = self.live.stopping.cancelled() => Woken::Stop,
            () = self.place.bells.recheck.notified() => Woken::Recheck,
            () = self.place.bells.changed.notified() => Woken::Changed,
            heard = inbox.recv() => Woken::Heard(heard),
            done = posted => Woken::Posted(done),
            () = tokio::time::sleep_until(timer) => Woken::Later,
            () = work(dom, scope, stale) => Woken::Work,
        };
        if matches!(woken, Woken::Posted(_)) {
            self.posting = None;
        }
        woken
    }

    /// When something is to be looked at, whatever happens.
    fn next_timer(&self) -> Instant {
        let look = self.looked + LOOK_EVERY;
        let end = if self.connection.is_some() { look } else { self.detached + self.patience() };
        let held = self.held_until.unwrap_or(look);
        look.min(end).min(held)
    }

    /// How long to wait for a socket.
    fn patience(&self) -> Duration {
        if self.claimed { self.live.settings.grace } else { self.live.settings.claim }
    }

    async fn later(&mut self) -> Result<(), End> {
        if self.connection.is_none() && self.detached.elapsed() >= self.patience() {
            return Err(End::Gone);
        }
        if self.looked.elapsed() >= LOOK_EVERY { self.look(false).await } else { Ok(()) }
    }

    fn hear(&mut self, heard: ToPage) -> Result<(), End> {
        let own = self.connection.as_ref().map(|connection| connection.number);
        match heard {
            ToPage::Attach { connection, out, seen } => {
                return self.attach(Connection { number: connection, out }, seen);
            }
            ToPage::Detach { connection } if own == Some(connection) => self.detach(),
            ToPage::Seen { connection, seen } if own == Some(connection) => self.frames.seen(seen),
            ToPage::Does { connection, number, deed } if own == Some(connection) => {
                // What was sent again, because nobody knew whether it had arrived, is not done again.
                if number > self.accepted {
                    if self.waiting.len() >= MOST_WAITING {
                        return Err(End::Tell(Close::Flood));
                    }
                    self.accepted = number;
                    self.waiting.push_back((number, deed));
                }
            }
            // Of a socket that another one has replaced.
            ToPage::Detach { .. } | ToPage::Seen { .. } | ToPage::Does { .. } => {}
        }
        Ok(())
    }

    fn attach(&mut self, connection: Connection, seen: u64) -> Result<(), End> {
        if let Some(before) = self.connection.replace(connection) {
            before.out.try_send(Out::Close(Close::Elsewhere)).ok();
        }
        self.claimed = true;
        let Some(connection) = &self.connection else { return Ok(()) };
        let out = &connection.out;
        let Some(frames) = self.frames.after(seen) else { return Err(End::Gone) };
        let sent = out.try_send(ok(self.handled)).is_ok()
            && frames.into_iter().all(|frame| out.try_send(Out::Text(Arc::clone(frame))).is_ok());
        self.told_handled = self.handled;
        if sent { Ok(()) } else { Err(End::Gone) }
    }

    /// Does what a person wants.
    async fn does(&mut self, number: u64, deed: Deed) -> Result<(), End> {
        self.look(true).await?;
        self.new_scope().await?;
        match deed {
            Deed::Event { node, name, bubbles, data } => {
                if let Some(data) = event::data(&name, &data) {
                    let runtime = self.drawn.dom.runtime();
                    self.enter(|| runtime.handle_event(&name, Event::new(data, bubbles), node));
                }
                self.keep_session().await;
            }
            Deed::Go(location) => self.go(location, None),
            Deed::Form { action, .. } if !self.is_screen(&action) => self.out(by_itself(number)),
            Deed::Form { action, form } => {
                let (scope, registry) = (Arc::clone(&self.scope), self.visitor.engine.registry());
                self.posting = Some(Box::pin(async move {
                    let outcome = scope.run(shell::post(registry, &action, &form)).await;
                    (number, action, form, outcome)
                }));
                return Ok(());
            }
        }
        self.handled = number;
        Ok(())
    }

    fn is_screen(&self, location: &Location) -> bool {
        shell::is_screen(self.visitor.engine.registry(), &location.segments())
    }

    fn go(&mut self, location: Location, going: Option<Going>) {
        if !self.is_screen(&location) {
            self.leaving = Some(location.address());
            return;
        }
        self.going = going;
        self.held_until = Some(Instant::now() + HELD);
        self.drawn.go(location);
    }

    fn posted(&mut self, (number, action, form, outcome): (u64, Location, Form, Result<Outcome>)) {
        self.handled = number;
        match outcome {
            Ok(Outcome::Done { to, note }) => {
                let to = note.map_or_else(|| to.clone(), |note| note.in_address(&to));
                if let Some(location) = Location::read(&to) {
                    self.go(location, Some(Going { to, replace: false }));
                }
            }
            Ok(Outcome::Refused(wrong)) => self.drawn.refuse(Posted { action: action.path, form, wrong }),
            // What may not be known of is as if it were not there.
            Err(error) if error.kind() == ErrorKind::Security => self.drawn.tell(problems::not_found()),
            // The text of a failed body is its author's, for the log.
            Err(error) if error.kind() == ErrorKind::Execution => {
                self.drawn.tell(components::not_done());
            }
            Err(error) => self.drawn.tell(&errors::message(&error)),
        }
    }

    /// Runs something as the present scope.
    fn enter<T>(&self, run: impl FnOnce() -> T) -> T {
        Ctx::root(Arc::clone(&self.scope)).enter_now(run)
    }

    /// What a component has changed of the session's values.
    async fn keep_session(&self) {
        if let Some(values) = self.visitor.session.take_changes()
            && let Err(error) = self.live.sessions.keep(&self.session, &values).await
        {
            tracing::error!(%error, "the values of a session could not be kept");
        }
    }

    async fn new_scope(&mut self) -> Result<(), End> {
        match self.visitor.scope().await {
            Ok(scope) => self.scope = scope,
            Err(error) if error.kind() == ErrorKind::Security => return Err(End::Tell(Close::Ended)),
            // Nobody can tell what the visitor may do: nothing, then, until somebody can.
            Err(error) => tracing::debug!(%error, "a page goes on with its last scope"),
        }
        self.scope_since = Instant::now();
        Ok(())
    }

    /// Looks whether the session still holds; `used`: a person does something.
    async fn look(&mut self, used: bool) -> Result<(), End> {
        let epoch = self.live.engine.security().epoch();
        if used && epoch == self.epoch && self.looked.elapsed() < BELIEVED {
            return Ok(());
        }
        let sessions = &self.live.sessions;
        let now = sessions.successor(self.session.id_hash());
        let id = now.as_deref().unwrap_or_else(|| self.session.id_hash());
        match sessions.holding(id, epoch).await {
            Ok(Some(entry)) => {
                let (before, after) = (&self.session.account, &entry.account);
                if before.user.user_type != after.user.user_type || before.chosen != after.chosen {
                    return Err(End::Gone);
                }
                if used {
                    sessions.note_use(&entry).await;
                }
                self.session = entry;
                self.looked = Instant::now();
                Ok(())
            }
            Ok(None) => Err(End::Tell(Close::Ended)),
            // What it does meanwhile asks the database, too.
            Err(error) => {
                tracing::debug!(%error, "nobody can tell whether a session holds");
                self.looked = Instant::now();
                Ok(())
            }
        }
    }

    /// Access has changed: whoever may no longer see the page sees it no longer.
    async fn recheck(&mut self) -> Result<(), End> {
        self.look(false).await?;
        let epoch = self.live.engine.security().epoch();
        if epoch != self.epoch {
            self.epoch = epoch;
            self.new_scope().await?;
            self.drawn.refresh();
        }
        Ok(())
    }

    /// Draws what has changed.
    fn render(&mut self) {
        for _ in 0..MOST_HOPS {
            let mut edits = Edits::new(&mut self.known);
            let dom = &mut self.drawn.dom;
            Ctx::root(Arc::clone(&self.scope)).enter_now(|| dom.render_immediate(&mut edits));
            let edits = edits.finish();
            if !edits.is_empty() {
                if !self.edits.is_empty() {
                    self.edits.push(',');
                }
                self.edits.push_str(&edits);
            }
            let Some(going) = self.drawn.take_going() else { return };
            if let Some(location) = Location::read(&going.to) {
                self.go(location, Some(going));
            }
        }
    }

    /// Hears of changes of the rows that are shown.
    fn look_at_rows(&mut self) {
        if self.drawn.changes.len() != self.shown {
            self.shown = self.drawn.changes.len();
            self.place.bells.show(self.drawn.changes.shown());
            if self.look.is_none()
                && let Some(store) = self.live.engine.resource::<Store>()
            {
                self.look = Some(store.feed().look());
            }
        }
    }

    /// Sends what has changed, unless the rest of it is about to come.
    fn send(&mut self) -> Result<(), End> {
        if let Some(until) = self.held_until {
            if !self.drawn.pending.is_none() && Instant::now() < until {
                return Ok(());
            }
            self.held_until = None;
        }
        let title = shell::full_title(self.visitor.platform, &self.drawn.status().title);
        let new_title = (title != self.title).then_some(title);
        if self.edits.is_empty() && new_title.is_none() && self.going.is_none() && self.leaving.is_none() {
            if self.handled != self.told_handled {
                self.told_handled = self.handled;
                self.out(ok(self.handled));
            }
            return Ok(());
        }
        let mut frame = format!("{{\"s\":{},\"h\":{}", self.frames.next(), self.handled);
        self.told_handled = self.handled;
        if let Some(title) = new_title {
            frame.push_str(",\"t\":");
            quoted(&mut frame, &title);
            self.title = title;
        }
        if let Some(Going { to, replace }) = self.going.take() {
            frame.push_str(",\"u\":[");
            quoted(&mut frame, &to);
            frame.push_str(if replace { ",true]" } else { ",false]" });
        }
        if let Some(to) = self.leaving.take() {
            frame.push_str(",\"l\":");
            quoted(&mut frame, &to);
        }
        frame.push_str(",\"e\":[");
        frame.push_str(&std::mem::take(&mut self.edits));
        frame.push_str("]}");
        let frame: Arc<str> = frame.into();
        let kept = self.frames.push(Arc::clone(&frame));
        self.out(Out::Text(frame));
        kept.map_err(|_| End::Tell(Close::Stuck))
    }

    /// Sends something, if somebody listens. A browser that does not read harms itself alone.
    fn out(&mut self, out: Out) {
        if let Some(connection) = &self.connection
            && connection.out.try_send(out).is_err()
        {
            self.detach();
        }
    }

    /// Nobody listens any more.
    fn detach(&mut self) {
        self.connection = None;
        self.detached = Instant::now();
        self.place.is_alone();
    }
}

/// Waits until a component has something to draw, or its scope is too old for what it does next.
async fn work(dom: &mut VirtualDom, scope: &Arc<Scope>, stale: Instant) {
    let mut wait = pin!(dom.wait_for_work());
    let mut first = true;
    poll_fn(|cx| {
        if !std::mem::take(&mut first) && Instant::now() >= stale {
            return Poll::Ready(());
        }
        Ctx::root(Arc::clone(scope)).enter_now(|| wait.as_mut().poll(cx))
    })
    .await;
}
