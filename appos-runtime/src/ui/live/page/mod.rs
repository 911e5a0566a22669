//! One page that lives: what its person does goes in, what has changed goes out.

mod access;
mod meanwhile;
mod send;
mod sleep;

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use dioxus_core::Event;
use tokio::sync::mpsc;
use tokio::time::Instant;

use self::meanwhile::{posted, working};
use self::sleep::{Renewed, Stale};
use crate::error::{ErrorKind, Result};
use crate::platform::session::SessionEntry;
use crate::record::Look;
use crate::state::{Ctx, Scope};
use crate::ui::live::edits::Known;
use crate::ui::live::event;
use crate::ui::live::frames::Frames;
use crate::ui::live::message::{Close, Deed, Out, by_itself, ok};
use crate::ui::live::open::Reserved;
use crate::ui::live::pages::{Live, Place};
use crate::ui::live::print::Print;
use crate::ui::live::state::Drawn;
use crate::ui::page::{Form, Going, Location, Outcome, Posted, Remembered, Visitor};
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

/// A form that was dealt with: what was done of the person's, where it was sent, what it held, and what came of it.
type Done = (u64, Location, Form, Result<Outcome>);
type Posting = Pin<Box<dyn Future<Output = Done>>>;

pub(super) struct Page {
    live: Arc<Live>,
    /// Its nodes; `None`: it sleeps.
    drawn: Option<Drawn>,
    /// What it looks like while it sleeps.
    print: Option<Print>,
    /// What its forms began with, while it sleeps.
    remembered: Remembered,
    location: Location,
    /// When it may sleep, if nothing happens until then.
    sleepy_at: Instant,
    /// A component has been told something, and may keep it.
    touched: bool,
    /// What the browser is to be told of its nodes, and what events mean until it knows.
    renewed: Option<Renewed>,
    stale: Option<Stale>,
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
    /// Number of records whose rows are shown; `None`: nobody has been told yet.
    shown: Option<usize>,
    /// By which the server tells of rows at all.
    look: Option<Look>,
}

/// What has woken a page.
enum Woken {
    Heard(Option<ToPage>),
    Posted(Done),
    Recheck,
    Changed,
    Work,
    Later,
    Stop,
}

impl Page {
    pub(super) fn new(
        live: Arc<Live>,
        (drawn, location): (Drawn, Location),
        (visitor, scope): (Visitor, Arc<Scope>),
        (session, place): (Arc<SessionEntry>, Reserved),
    ) -> Self {
        let title = shell::full_title(visitor.platform, &drawn.status().title);
        let now = Instant::now();
        let Reserved { place, epoch, look } = place;
        Self {
            epoch,
            live,
            drawn: Some(drawn),
            print: None,
            remembered: Remembered::default(),
            location,
            // What is on it was sent, and most who come look at it first.
            sleepy_at: now,
            touched: false,
            renewed: None,
            stale: None,
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
            shown: None,
            look,
        }
    }

    /// Lives until nobody needs it any more.
    pub(super) async fn live(mut self, mut inbox: mpsc::Receiver<ToPage>) {
        // Also of what changes before its script is there. While it was drawn it heard of everything.
        self.look_at_rows();
        if self.live.engine.security().epoch() != self.epoch {
            self.place.bells.recheck.notify_one();
        }
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
        if self.drawn.is_some() && self.scope_since.elapsed() >= SCOPE_LASTS {
            self.new_scope().await?;
        }
        match self.woken(inbox).await {
            Woken::Heard(None) => return Err(End::Gone),
            Woken::Heard(Some(heard)) => self.hear(heard)?,
            Woken::Posted(done) => self.posted(done).await?,
            Woken::Recheck => self.recheck().await?,
            Woken::Changed => self.rows_changed().await?,
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
        let woken = tokio::select! {
            biased;
            () = self.live.stopping.cancelled() => Woken::Stop,
            () = self.place.bells.recheck.notified() => Woken::Recheck,
            () = self.place.bells.changed.notified() => Woken::Changed,
            heard = inbox.recv() => Woken::Heard(heard),
            done = posted(self.posting.as_mut()) => Woken::Posted(done),
            () = tokio::time::sleep_until(timer) => Woken::Later,
            () = working(self.drawn.as_mut(), &self.scope, stale) => Woken::Work,
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
        let (held, sleepy) = (self.held_until.unwrap_or(look), self.sleepy_at().unwrap_or(look));
        look.min(end).min(held).min(sleepy)
    }

    /// How long to wait for a socket.
    fn patience(&self) -> Duration {
        if self.claimed { self.live.settings.grace } else { self.live.settings.claim }
    }

    async fn later(&mut self) -> Result<(), End> {
        if self.connection.is_none() && self.detached.elapsed() >= self.patience() {
            return Err(End::Gone);
        }
        if self.sleepy_at().is_some_and(|at| at <= Instant::now()) {
            self.try_sleep();
        }
        if self.looked.elapsed() >= LOOK_EVERY { self.look(false).await } else { Ok(()) }
    }

    /// Somebody has changed rows that the page shows.
    async fn rows_changed(&mut self) -> Result<(), End> {
        let touched = self.place.bells.take_touched();
        self.stirs();
        let asleep = self.drawn.is_none();
        // What is drawn anew is what is now, but for forms, which are to tell that it is another.
        let has_forms = !self.remembered.is_empty();
        self.wake().await?;
        if let Some(drawn) = self.drawn.as_ref().filter(|_| !asleep || has_forms) {
            drawn.touch(touched);
        }
        Ok(())
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
        self.frames.seen(seen);
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
        self.stirs();
        match deed {
            Deed::Event { node, name, bubbles, data } => {
                self.wake().await?;
                if let (Some(data), Some(node), Some(drawn)) =
                    (event::data(&name, &data), self.present(node), &self.drawn)
                {
                    let runtime = drawn.dom.runtime();
                    self.enter(|| runtime.handle_event(&name, Event::new(data, bubbles), node));
                    self.touched = true;
                }
                self.keep_session().await;
            }
            Deed::Go(location) => {
                if self.is_screen(&location) {
                    self.wake().await?;
                }
                self.go(location, None);
            }
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
        shell::is_screen(&self.visitor.engine, &location.segments())
    }

    fn go(&mut self, location: Location, going: Option<Going>) {
        if !self.is_screen(&location) {
            self.leaving = Some(location.address());
            return;
        }
        // What was told to a screen goes with it.
        if location.path != self.location.path {
            self.touched = false;
        }
        self.location.clone_from(&location);
        self.going = going;
        self.held_until = Some(Instant::now() + HELD);
        if let Some(drawn) = &mut self.drawn {
            drawn.go(location);
        }
    }

    async fn posted(&mut self, (number, action, form, outcome): Done) -> Result<(), End> {
        self.wake().await?;
        self.handled = number;
        self.stirs();
        let Some(drawn) = &mut self.drawn else { return Ok(()) };
        match outcome {
            Ok(Outcome::Done { to, note }) => {
                let replace = form.stays();
                let note = note.filter(|_| !replace);
                let to = note.map_or_else(|| to.clone(), |note| note.in_address(&to));
                if let Some(location) = Location::read(&to) {
                    self.go(location, Some(Going { to, replace }));
                }
            }
            Ok(Outcome::Refused(wrong)) => {
                // What is wrong and the fields with what was sent come as one: what was typed since stays in them.
                self.held_until = Some(Instant::now() + HELD);
                drawn.refuse(Posted { action: action.path, form, wrong });
                self.render();
                // What the form asks for now is on its way before anything is sent.
                let scope = Arc::clone(&self.scope);
                if let Some(drawn) = &mut self.drawn {
                    Ctx::root(scope).enter_now(|| drawn.dom.process_events());
                }
            }
            // What may not be known of is as if it were not there.
            Err(error) if error.kind() == ErrorKind::Security => drawn.tell(problems::not_found()),
            // The text of a failed body is its author's, for the log.
            Err(error) if error.kind() == ErrorKind::Execution => {
                drawn.tell(components::not_done());
            }
            Err(error) => drawn.tell(&errors::message(&error)),
        }
        Ok(())
    }

    /// Runs something as the present scope.
    fn enter<T>(&self, run: impl FnOnce() -> T) -> T {
        Ctx::root(Arc::clone(&self.scope)).enter_now(run)
    }
}
