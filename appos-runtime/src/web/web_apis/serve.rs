//! A request of a web API, in its order: as whom, how often, whether it is allowed; and only then what it holds.

use std::time::Instant;

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse};

use super::answer::response;
use super::table::{Api, Found};
use super::{cors, limits, receive, signature};
use crate::engine::dispatch_received;
use crate::error::{AppOsError, Result};
use crate::question::Parameters;
use crate::registry::WebApiAuth;
use crate::security::UserType;
use crate::state::Ctx;
use crate::web::body::{self, Incoming};
use crate::web::records;
use crate::web::router::{Call, wrong_method_of};
use crate::web_api::{AnswerForm, Content, InputKind, Received};

/// Serves a request.
pub(in crate::web) async fn serve(call: Call<'_>, found: &Found<'_>) -> Result<HttpResponse> {
    let api = found.api;
    if let Some(others) = &found.others {
        return Err(wrong_method_of(&call, api.object, others).await);
    }
    comes_as_it_should(&call, api)?;
    if let Some(limiter) = &api.limiter {
        limiter.count(&call).await?;
    }
    dispatch_received(api.object, async move || received(call, api).await).await
}

/// What is told with every answer, also with a refusal.
pub(in crate::web) fn tell(found: &Found<'_>, request: &HttpRequest, response: &mut HttpResponse) {
    cors::tell(found.api, request, response);
    limits::tell(request, response);
}

/// Who calls it as somebody else than it is for is told so, and not what it is.
fn comes_as_it_should(call: &Call<'_>, api: &Api) -> Result<()> {
    let is_program = call.scope.user.user_type == UserType::ServiceAccount;
    match (api.descriptor.auth, call.scope.user.id) {
        (WebApiAuth::Session, 0) => Err(AppOsError::security("sign in first").code_is("not_signed_in")),
        (WebApiAuth::ServiceAccount, _) if !is_program => {
            let message = "this path takes the API key of a service account: `Authorization: Bearer ..`";
            Err(AppOsError::security(message).code_is("not_signed_in"))
        }
        // The public account is whoever calls what is public.
        _ => Ok(()),
    }
}

/// Receives what was sent, and has it answered.
async fn received(mut call: Call<'_>, api: &Api) -> Result<HttpResponse> {
    let (server, descriptor) = (call.server, api.descriptor);
    if api.entry.takes(InputKind::Upload) {
        call.incoming.no_idempotency_key()?;
        return with_file(call, api).await;
    }
    let limit = descriptor.max_body.unwrap_or(server.max_body);
    let body = match call.take_payload() {
        Some(payload) => body::receive(payload, limit, server.request_timeout).await?,
        None => actix_web::web::Bytes::new(),
    };
    let taken = match &descriptor.signature {
        Some(signature) => Some(signature::take(&call, api, signature, &body).await?),
        None => None,
    };
    call.incoming = Incoming::of(call.request, Ok(body));
    let answered = Box::pin(once(call, api)).await;
    if let (Some(taken), Err(_)) = (taken, &answered) {
        taken.give_back().await;
    }
    answered
}

/// Once for an `Idempotency-Key`, if there is one.
async fn once(call: Call<'_>, api: &Api) -> Result<HttpResponse> {
    if call.incoming.idempotency_key().is_none() {
        return run(call, api).await;
    }
    if call.method() == Method::GET || (api.entry.answer)() == AnswerForm::File {
        call.incoming.no_idempotency_key()?;
    }
    records::kept(call, |call| run(call, api)).await
}

async fn run(mut call: Call<'_>, api: &Api) -> Result<HttpResponse> {
    let incoming = call.take_incoming();
    // Of what nobody reads, its sender would believe that it was.
    if !api.entry.takes(InputKind::Query) {
        Parameters::read(incoming.query())?.only(&[])?;
    }
    // A signed body is read by who judges it.
    if api.descriptor.signature.is_none() && !api.entry.inputs.iter().any(|input| input.kind.is_body()) {
        incoming.no_body()?;
    }
    let content = if incoming.is_json() {
        Content::Json
    } else if body::is_form(call.request) {
        Content::Form
    } else {
        Content::Other
    };
    let received = Received {
        path: api.parameters(call.request.path()),
        query: incoming.query().to_owned(),
        headers: headers(&call, api),
        content,
        body: incoming.body()?,
        file: None,
    };
    response((api.entry.serve)(received).await?, Ctx::current())
}

/// The headers of a request, if they are asked for, by the names that fields have.
fn headers(call: &Call<'_>, api: &Api) -> Vec<(String, String)> {
    if !api.entry.takes(InputKind::Headers) {
        return Vec::new();
    }
    let mut all: Vec<(String, String)> = Vec::new();
    for (name, value) in call.request.headers() {
        let (name, value) = (name.as_str().replace('-', "_"), value.to_str().unwrap_or_default());
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, before)) => {
                before.push_str(", ");
                before.push_str(value);
            }
            None => all.push((name, value.to_owned())),
        }
    }
    all
}

/// A file is read while it arrives: both go on at once.
async fn with_file(mut call: Call<'_>, api: &Api) -> Result<HttpResponse> {
    let until = Instant::now() + call.server.transfer_timeout;
    let (upload, arriving) = receive::file(&mut call, api).await?;
    if !api.entry.takes(InputKind::Query) {
        Parameters::read(call.incoming.query())?.only(&[])?;
    }
    let received = Received {
        path: api.parameters(call.request.path()),
        query: call.incoming.query().to_owned(),
        headers: headers(&call, api),
        file: Some(upload),
        ..Received::default()
    };
    let ctx = Ctx::current().map(|ctx| ctx.until(until));
    let serve = api.entry.serve;
    let within = ctx.clone();
    let answered = async move {
        // The call is written down where it has the time of a transfer.
        match within {
            Some(ctx) => ctx.enter(async move { serve(received).await }).await,
            None => serve(received).await,
        }
    };
    let mut answered = Box::pin(answered);
    let mut arriving = Box::pin(arriving.send_on());
    let answer = tokio::select! {
        // Who does not want the rest of the file does not wait for it.
        answer = &mut answered => answer,
        () = &mut arriving => answered.await,
    };
    response(answer?, ctx)
}
