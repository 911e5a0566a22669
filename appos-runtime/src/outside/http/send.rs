//! The way of a request: dispatch of the integration, dispatch of its system, attempts, and what becomes of the answer.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};
use serde::{Serialize, Serializer};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{sleep, timeout};

use super::super::handles::other_kind;
use super::super::stand_in::StandIns;
use super::super::systems::{Client, System, Systems};
use super::answer::{Answer, FromAnswer};
use super::call::{Call, Request, StatusAnswer};
use super::client::{HttpClient, fault};
use super::delay::{asked_for, delays, may_pass};
use super::download::{Download, too_large};
use super::target::target;
use super::{record, redirect, trace};
use crate::engine;
use crate::error::{AppOsError, ErrorKind, Result};
use crate::journal::LoggedArguments;
use crate::platform::rules::resource;
use crate::registry::{IntegrationDescriptor, ObjectDescriptor, ObjectDetail};
use crate::security::Permission;
use crate::state::Ctx;

const USE: (Permission, &str) = (Permission::Use, "call");

/// A value, and whether logs show it.
struct Shown<T> {
    value: T,
    is_logged: bool,
}

impl<T: Serialize> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        if self.is_logged { self.value.serialize(serializer) } else { serializer.serialize_none() }
    }
}

/// What came back.
enum Received {
    Whole(Answer),
    Open(Box<Download>),
}

/// The typed call of an integration.
pub(crate) fn dispatch_integration<T, B>(
    object: &'static ObjectDescriptor,
    arguments: LoggedArguments,
    body: B,
) -> impl Future<Output = Result<T>> + Send
where
    T: FromAnswer + Serialize + Send,
    B: FnOnce(Ctx) -> Result<Call<T>> + Send,
{
    let caller = Ctx::current();
    async move {
        let run = engine::run(caller, object, USE, arguments, move |ctx: Ctx| async move {
            let ObjectDetail::Integration(integration) = object.detail else {
                return Err(AppOsError::dispatch(format!("{} is no integration", object.reference)));
            };
            let call = body(ctx.clone())?;
            let value = perform(&ctx, object, integration, call).await?;
            Ok(Shown { value, is_logged: integration.log_payload })
        });
        Ok(run.await?.value)
    }
}

async fn perform<T: FromAnswer>(
    ctx: &Ctx,
    object: &'static ObjectDescriptor,
    integration: &'static IntegrationDescriptor,
    call: Call<T>,
) -> Result<T> {
    let Call { mut request, answers, .. } = call;
    if let Some(mistake) = request.mistake.take() {
        return Err(mistake);
    }
    let engine = &ctx.scope().engine;
    if let Some(answer) = engine.resource::<StandIns>().and_then(|it| it.stand_in(object)) {
        let body = serde_json::to_vec(&answer?).unwrap_or_default().into();
        return T::from_answer(Answer { status: StatusCode::OK, headers: HeaderMap::new(), body });
    }
    let systems = resource::<Systems>(ctx)?;
    let system = systems.get((integration.system)())?;
    let streams = T::STREAMS;
    // Who may call the integration may not therefore use the system.
    let (caller, arguments) = (ctx.clone(), LoggedArguments::none());
    let received = engine::run(Some(caller), system.object, USE, arguments, move |ctx: Ctx| async move {
        let attempts = Attempts { ctx: &ctx, systems, system, object, integration, request: &request, streams };
        attempts.made().await.map(Unlogged)
    });
    match received.await?.0 {
        Received::Whole(answer) => read(object, integration, answer, &answers),
        Received::Open(download) => T::from_download(*download),
    }
}

/// What came back, as the log of the system has it: not at all. That of the integration says what may be shown.
struct Unlogged(Received);

impl Serialize for Unlogged {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}

/// What callers are given.
fn read<T: FromAnswer>(
    object: &ObjectDescriptor,
    integration: &IntegrationDescriptor,
    answer: Answer,
    answers: &[(u16, StatusAnswer<T>)],
) -> Result<T> {
    if let Some((_, becomes)) = answers.iter().find(|(status, _)| *status == answer.status()) {
        return becomes(&answer);
    }
    if answer.status.is_success() {
        return T::from_answer(answer);
    }
    let error = remote(object, answer.status);
    // What a system says of a failure may hold what it was sent.
    Err(if integration.log_payload { error.caused_by(excerpt(&answer)) } else { error })
}

/// What a status means to who called.
fn remote(object: &ObjectDescriptor, status: StatusCode) -> AppOsError {
    let code = match status.as_u16() {
        401 | 403 => "remote_unauthorized",
        404 | 410 => "remote_not_found",
        409 | 412 => "remote_conflict",
        429 => "remote_busy",
        500.. => "remote_failed",
        _ => "remote_refused",
    };
    AppOsError::integration(format!("{}: the system answered {status}", object.reference)).code_is(code)
}

/// Bytes of a refusal that logs show.
const EXCERPT: usize = 500;

fn excerpt(answer: &Answer) -> String {
    answer.text().chars().take(EXCERPT).collect()
}

/// All attempts of one call.
struct Attempts<'a> {
    ctx: &'a Ctx,
    systems: &'a Systems,
    system: &'a System,
    object: &'static ObjectDescriptor,
    integration: &'static IntegrationDescriptor,
    request: &'a Request,
    streams: bool,
}

/// How an attempt that may be made again went.
struct Again {
    /// What callers are told if it is not.
    last: Result<Received>,
    /// How long the system asks to wait.
    after: Option<Duration>,
}

impl Attempts<'_> {
    async fn made(&self) -> Result<Received> {
        let mut delays = delays(self.integration.retries);
        let mut number = 0_u32;
        loop {
            number = number.saturating_add(1);
            let again = match self.attempt(number).await? {
                Ok(received) => return Ok(received),
                Err(again) => again,
            };
            let Some(delay) = delays.next() else { return again.last };
            let delay = again.after.unwrap_or(delay);
            // Who would be too late is told what there is to tell now.
            if delay >= self.ctx.time_left() {
                return again.last;
            }
            sleep(delay).await;
        }
    }

    /// One attempt: an answer, or what may be tried again; or an error that stays one.
    async fn attempt(&self, number: u32) -> Result<std::result::Result<Received, Again>> {
        if let Some(found) = self.recorded() {
            return found.map(Ok);
        }
        if !self.system.breaker.lets_pass() {
            let message =
                format!("{} has failed too often and is left alone for a while", self.system.object.reference);
            return Err(AppOsError::integration(message).code_is("system_unavailable"));
        }
        let Client::Http(client) = self.systems.client(self.ctx, self.system).await? else { return Err(other_kind()) };
        self.systems.pace(self.object, &client).await;
        let limit = self.integration.attempt_timeout.unwrap_or(client.limits.timeout).min(self.ctx.time_left());
        let began = Instant::now();
        let exchange = timeout(limit, self.exchange(&client)).await;
        let exchange = exchange.unwrap_or_else(|_| Err(AppOsError::timeout("the system did not answer in time")));
        let end = exchange.as_ref().map(|(status, ..)| status.as_u16());
        trace::note(self.ctx, (self.request, &client, number), began.elapsed(), end);
        match exchange {
            Ok((status, received, after)) => {
                self.record(&received)?;
                let failed = status.is_server_error();
                self.systems.note(self.system, failed.then(|| remote(self.object, status)).as_ref());
                if may_pass(status) && self.request.is_repeatable() {
                    return Ok(Err(Again { last: Ok(received), after }));
                }
                Ok(Ok(received))
            }
            Err(error) => {
                let is_theirs = is_theirs(&error);
                if is_theirs {
                    self.systems.note(self.system, Some(&error));
                }
                // What was never sent was never done.
                let unsent = error.code() == "connection_failed";
                if is_theirs && (unsent || self.request.is_repeatable()) {
                    return Ok(Err(Again { last: Err(error), after: None }));
                }
                Err(error)
            }
        }
    }

    /// Those of a test that records, or is answered from what it has recorded.
    fn stand_ins(&self) -> Option<&StandIns> {
        self.ctx.scope().engine.resource::<StandIns>().filter(|it| it.has_file())
    }

    /// In a test that has recorded it, the answer of then.
    fn recorded(&self) -> Option<Result<Received>> {
        let stand_ins = self.stand_ins()?;
        let asked = match record::asked(self.object, self.request) {
            Ok(asked) => asked,
            Err(error) => return Some(Err(error)),
        };
        Some(stand_ins.find(&asked)?.and_then(record::answer).map(Received::Whole))
    }

    fn record(&self, received: &Received) -> Result<()> {
        let (Some(stand_ins), Received::Whole(answer)) = (self.stand_ins(), received) else { return Ok(()) };
        stand_ins.add(record::exchange(record::asked(self.object, self.request)?, answer))
    }

    async fn exchange(&self, client: &Arc<HttpClient>) -> Result<(StatusCode, Received, Option<Duration>)> {
        let permit = Arc::clone(&client.permits).acquire_owned().await;
        let permit = permit.map_err(|_| AppOsError::execution("the platform stops"))?;
        let mut response = self.sent(client).await?;
        if response.status() == StatusCode::UNAUTHORIZED && client.tokens.is_some() {
            // The token has ended before its time; the next one was fetched after the first was refused.
            response = self.sent(client).await?;
        }
        let (status, after) = (response.status(), asked_for(response.headers(), chrono::Utc::now()));
        let received = self.receive(client, response, permit).await?;
        Ok((status, received, after))
    }

    /// Sends it, and follows redirects.
    async fn sent(&self, client: &HttpClient) -> Result<Response> {
        let mut url = target(&client.base, self.request)?;
        let (mut method, mut is_elsewhere, mut with_body) = (self.request.method.clone(), false, true);
        for _ in 0..=redirect::MOST {
            client.judge(&url)?;
            let mut request = client.client.request(method.clone(), url.clone());
            let shown = if is_elsewhere { None } else { client.credential().await? };
            if !is_elsewhere {
                request = trace::traced(self.ctx, request).headers(self.request.headers.clone());
            }
            if let Some((name, value)) = &shown {
                request = request.header(name, value);
            }
            if with_body {
                request = self.request.body.put_into(request)?;
            }
            let response = request.send().await.map_err(|error| fault(&error))?;
            if response.status() == StatusCode::UNAUTHORIZED
                && let (Some(tokens), Some((_, value))) = (&client.tokens, &shown)
            {
                tokens.refuse(value);
            }
            let Some(next) = redirect::next(&url, &method, &response)? else { return Ok(response) };
            is_elsewhere |= next.is_elsewhere;
            (url, method, with_body) = (next.url, next.method, with_body && next.keeps_body);
        }
        Err(redirect::refused("never ends"))
    }

    async fn receive(
        &self,
        client: &HttpClient,
        mut response: Response,
        permit: OwnedSemaphorePermit,
    ) -> Result<Received> {
        let own = self.integration.max_response.map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
        let limit = own.unwrap_or(client.limits.max_response);
        if response.content_length().is_some_and(|length| usize::try_from(length).is_ok_and(|length| length > limit)) {
            return Err(too_large(limit));
        }
        if self.streams && response.status().is_success() {
            let patience = self.integration.attempt_timeout.unwrap_or(client.limits.timeout);
            let download = Download { response, patience, left: limit, limit, _permit: permit };
            return Ok(Received::Open(Box::new(download)));
        }
        let body = whole(&mut response, limit).await?;
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        Ok(Received::Whole(Answer { status, headers, body }))
    }
}

/// The body of an answer.
///
/// # Errors
/// It is larger than that, or its rest does not come.
async fn whole(response: &mut Response, limit: usize) -> Result<Bytes> {
    // Most answers come in one piece, which is not copied.
    let (mut first, mut all) = (Bytes::new(), BytesMut::new());
    while let Some(piece) = response.chunk().await.map_err(|error| fault(&error))? {
        // Counted as it is unpacked: a small answer may hold a large one.
        if first.len().max(all.len()) + piece.len() > limit {
            return Err(too_large(limit));
        }
        if first.is_empty() {
            first = piece;
            continue;
        }
        if all.is_empty() {
            all.extend_from_slice(&first);
        }
        all.extend_from_slice(&piece);
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

/// True if the system, or the way to it, has failed; false if what it was asked for was never possible.
fn is_theirs(error: &AppOsError) -> bool {
    match error.kind() {
        ErrorKind::Timeout => true,
        ErrorKind::Integration => {
            matches!(error.code(), "connection_failed" | "connection_broken" | "unknown_host" | "unreadable_answer")
        }
        _ => false,
    }
}
