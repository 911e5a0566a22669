//! The socket of an open page: from its script to the page's task, and back. It knows who is on the other
//! side, and what of him is too much; what is said it only passes on.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use actix_web::HttpResponse;
use actix_ws::{CloseCode, CloseReason, Message, MessageStream, ProtocolError, Session as Socket};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::sync::mpsc;
use tokio::time::{interval, timeout};

use super::router::Call;
use super::{guard, requests, screens};
use crate::error::{AppOsError, Result};
use crate::platform::session::SessionEntry;
use crate::state::Session;
use crate::ui::live::{Asked, Close, Live, Out, Painted, Said, ToPage, gone, page, pong};
use crate::ui::page::{Location, Visitor};
use crate::ui::shell;

/// Most bytes of a message.
const LONGEST: usize = 64 << 10;
/// Seconds' worth of messages that may come at once.
const BURST: u32 = 4;
/// How long a new socket may wait before it claims a page.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two questions whether the browser is still there.
const PING_EVERY: Duration = Duration::from_secs(20);
/// Silence after which it is not.
const SILENCE: Duration = Duration::from_secs(65);
/// How long the network may take what is sent.
const SENDING: Duration = Duration::from_secs(15);
/// Messages that wait to be sent to one browser.
const OUTBOX: usize = 512;

/// Begins a socket, for the pages of a session and of this origin alone.
pub(super) async fn route(mut call: Call<'_>) -> Result<HttpResponse> {
    let entry = requests::session(call.server, call.request, call.scope.user.id).await?;
    let entry = entry.ok_or_else(|| AppOsError::security("sign in first").code_is("not_signed_in"))?;
    // A page elsewhere may open a socket to us, with our cookie: nothing else would stop it.
    if !guard::is_own_page(&call.server.guard, call.request) {
        return Err(requests::foreign());
    }
    let visitor = screens::visitor(&call).await?;
    let wrong = || {
        AppOsError::validation("this path takes a WebSocket alone; pages of the platform open it")
            .code_is("upgrade_required")
    };
    let payload = call.take_payload().ok_or_else(wrong)?;
    let (response, socket, stream) = actix_ws::handle(call.request, payload).map_err(|_| wrong())?;
    let live = Arc::clone(&call.server.live);
    let served = Line { live, visitor, entry, socket, number: 0, page: None };
    actix_web::rt::spawn(served.serve(stream.max_frame_size(LONGEST)));
    Ok(response)
}

/// One socket.
struct Line {
    live: Arc<Live>,
    visitor: Visitor,
    entry: Arc<SessionEntry>,
    socket: Socket,
    /// Its number among all sockets; another one with each page that it claims.
    number: u64,
    page: Option<Claimed>,
}

/// The page that a socket has claimed.
struct Claimed {
    inbox: mpsc::Sender<ToPage>,
    out: mpsc::Receiver<Out>,
}

/// Why a socket ends.
enum End {
    Close(Close),
    /// The other side is not there, or has closed it.
    Silent,
}

fn limiter(per_second: u32) -> DefaultDirectRateLimiter {
    let per_second = NonZeroU32::new(per_second).unwrap_or(NonZeroU32::MIN);
    let burst = per_second.saturating_mul(NonZeroU32::new(BURST).unwrap_or(NonZeroU32::MIN));
    RateLimiter::direct(Quota::per_second(per_second).allow_burst(burst))
}

impl Line {
    async fn serve(mut self, mut stream: MessageStream) {
        let end = self.pass_on(&mut stream).await;
        if let Some(page) = self.page.take() {
            page.inbox.send(ToPage::Detach { connection: self.number }).await.ok();
        }
        if let End::Close(close) = end {
            let reason =
                CloseReason { code: CloseCode::from(close.code()), description: Some(close.words().to_owned()) };
            timeout(SENDING, self.socket.close(Some(reason))).await.ok();
        }
    }

    async fn pass_on(&mut self, stream: &mut MessageStream) -> End {
        let limiter = limiter(self.live.events_per_second());
        let begun = Instant::now();
        let (mut heard, mut ticks) = (begun, interval(PING_EVERY));
        let stopping = self.live.stopping();
        loop {
            let idle = self.page.is_none();
            let page = self.page.as_mut();
            let out = async {
                match page {
                    Some(page) => page.out.recv().await,
                    None => std::future::pending().await,
                }
            };
            let passed = tokio::select! {
                out = out => self.tell(out).await,
                message = stream.recv() => {
                    heard = Instant::now();
                    match message {
                        Some(message) => self.heard(message, &limiter).await,
                        None => Err(End::Silent),
                    }
                }
                _ = ticks.tick() => {
                    if heard.elapsed() > SILENCE || (idle && heard.elapsed() > PATIENCE) {
                        Err(End::Silent)
                    } else {
                        self.send(|mut socket| async move { socket.ping(b"").await }).await
                    }
                }
                // Pages tell it themselves.
                () = stopping.cancelled(), if idle => Err(End::Close(Close::Stopping)),
            };
            if let Err(end) = passed {
                return end;
            }
        }
    }

    /// Sends something. A browser that takes nothing is not waited for.
    async fn send<F>(&self, send: impl FnOnce(Socket) -> F) -> Result<(), End>
    where
        F: Future<Output = Result<(), actix_ws::Closed>>,
    {
        match timeout(SENDING, send(self.socket.clone())).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::Silent),
            Err(_) => Err(End::Close(Close::Stuck)),
        }
    }

    async fn text(&self, text: &str) -> Result<(), End> {
        self.send(|mut socket| async move { socket.text(text.to_owned()).await }).await
    }

    /// What the page says.
    async fn tell(&mut self, out: Option<Out>) -> Result<(), End> {
        match out {
            Some(Out::Text(text)) => self.text(&text).await,
            Some(Out::Close(close)) => {
                self.page = None;
                Err(End::Close(close))
            }
            None => {
                let ended = self.page.take().is_some_and(|page| page.inbox.is_closed());
                // A page that lives has given this socket up, as nobody read what it said.
                if ended { self.say(gone()).await } else { Err(End::Close(Close::Stuck)) }
            }
        }
    }

    async fn say(&self, out: Out) -> Result<(), End> {
        match out {
            Out::Text(text) => self.text(&text).await,
            Out::Close(close) => Err(End::Close(close)),
        }
    }

    /// What the browser says.
    async fn heard(
        &mut self,
        message: Result<Message, ProtocolError>,
        limiter: &DefaultDirectRateLimiter,
    ) -> Result<(), End> {
        let text = match message {
            Ok(Message::Text(text)) => text,
            Ok(Message::Ping(body)) => return self.send(|mut socket| async move { socket.pong(&body).await }).await,
            Ok(Message::Pong(_) | Message::Nop) => return Ok(()),
            Ok(Message::Close(_)) => return Err(End::Silent),
            // A message in parts is none of ours: each of them is short.
            Err(ProtocolError::Overflow) | Ok(Message::Continuation(_)) => return Err(End::Close(Close::TooLong)),
            Ok(Message::Binary(_)) | Err(_) => return Err(End::Close(Close::Malformed)),
        };
        if limiter.check().is_err() {
            return Err(End::Close(Close::Flood));
        }
        let said = Said::read(&text).ok_or(End::Close(Close::Malformed))?;
        let connection = self.number;
        match said {
            Said::Ping => self.say(pong()).await,
            Said::Hi { page, seen } => match self.live.claim(&page, self.entry.id_hash()) {
                Some(inbox) => self.attach(inbox, seen).await,
                None => self.say(gone()).await,
            },
            Said::Open { address } => self.open(&address).await,
            Said::Ack { seen } => self.pass(ToPage::Seen { connection, seen }).await,
            Said::Does { number, deed } => self.pass(ToPage::Does { connection, number, deed }).await,
        }
    }

    /// Passes something on to the page. Without one it is of a page that is gone, which the browser is told.
    async fn pass(&self, said: ToPage) -> Result<(), End> {
        if let Some(page) = &self.page {
            page.inbox.send(said).await.ok();
        }
        Ok(())
    }

    async fn attach(&mut self, inbox: mpsc::Sender<ToPage>, seen: u64) -> Result<(), End> {
        static SOCKETS: AtomicU64 = AtomicU64::new(1);
        if let Some(before) = self.page.take() {
            before.inbox.send(ToPage::Detach { connection: self.number }).await.ok();
        }
        self.number = SOCKETS.fetch_add(1, Ordering::Relaxed);
        let (sender, out) = mpsc::channel(OUTBOX);
        if inbox.send(ToPage::Attach { connection: self.number, out: sender, seen }).await.is_err() {
            return self.say(gone()).await;
        }
        self.page = Some(Claimed { inbox, out });
        Ok(())
    }

    /// A page in the place of one that is gone.
    async fn open(&mut self, address: &str) -> Result<(), End> {
        let sessions = &self.live.sessions();
        let epoch = self.visitor.engine.security().epoch();
        let ended = End::Close(Close::Ended);
        let now = sessions.successor(self.entry.id_hash());
        let entry = match sessions.holding(now.as_deref().unwrap_or_else(|| self.entry.id_hash()), epoch).await {
            Ok(Some(entry)) => entry,
            Ok(None) => return Err(ended),
            Err(_) => return Err(End::Silent),
        };
        let Some(location) =
            Location::read(address).filter(|location| shell::is_screen(&self.visitor.engine, &location.segments()))
        else {
            return Err(End::Close(Close::Malformed));
        };
        let session = Session::with_values(entry.data());
        let visitor = Visitor { user: entry.account.user.clone(), session, ..self.visitor.clone() };
        let scope = visitor.scope().await.map_err(|_| ended)?;
        self.entry = Arc::clone(&entry);
        let asked = Asked { visitor: visitor.clone(), scope, location, posted: None, session: Some(entry) };
        let Ok(Painted { title, body, page: name, .. }) = self.live.paint(asked).await else {
            return Err(End::Close(Close::Full));
        };
        let claimed = name.and_then(|name| {
            let inbox = self.live.claim(&name, self.entry.id_hash())?;
            Some((name, inbox))
        });
        let Some((name, inbox)) = claimed else { return Err(End::Close(Close::Full)) };
        self.say(page(&name, &shell::full_title(visitor.platform, &title), &body)).await?;
        self.attach(inbox, 0).await
    }
}
