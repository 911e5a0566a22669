//! `/auth/sessions`: where one is signed in oneself, and the end of it.

use actix_web::HttpResponse;
use actix_web::http::{Method, StatusCode};
use serde_json::{Value as Json, json};

use super::answer;
use super::auth::note_request;
use super::requests::own_session;
use super::router::{Call, unknown_path, wrong_method};
use crate::error::{AppOsError, Result};

pub(super) async fn route(call: Call<'_>, path: &[&str]) -> Result<HttpResponse> {
    match (path, call.method()) {
        ([], Method::GET) => list(&call).await,
        ([], Method::DELETE) => end_others(&call).await,
        ([], _) => Err(wrong_method("GET, DELETE")),
        ([number], Method::DELETE) => end(&call, number).await,
        ([_], _) => Err(wrong_method("DELETE")),
        _ => Err(unknown_path()),
    }
}

/// The user of a session, and the number of this session: a program with a key has neither.
async fn signed_in(call: &Call<'_>) -> Result<(i64, String)> {
    let own = own_session(call.server, call.request, call.scope.user.id).await?;
    let number = own.ok_or_else(|| AppOsError::security("sign in first").code_is("not_signed_in"))?;
    Ok((call.scope.user.id, number))
}

async fn list(call: &Call<'_>) -> Result<HttpResponse> {
    let (user_id, own) = signed_in(call).await?;
    let sessions = call.server.sessions.list(user_id).await?;
    let rows = sessions.iter().map(|session| {
        let mut row = serde_json::to_value(session)?;
        if let Json::Object(fields) = &mut row {
            fields.insert("current".to_owned(), Json::Bool(session.id() == own));
        }
        Ok(row)
    });
    let rows: Vec<Json> = rows.collect::<Result<_>>()?;
    answer::json(StatusCode::OK, &json!({ "rows": rows }))
}

async fn end(call: &Call<'_>, number: &str) -> Result<HttpResponse> {
    let (user_id, _) = signed_in(call).await?;
    if !call.server.sessions.end_one(user_id, number).await? {
        return Err(unknown_path());
    }
    note_request(call.scope, call.request, ("session_ended", number), user_id);
    Ok(HttpResponse::NoContent().finish())
}

async fn end_others(call: &Call<'_>) -> Result<HttpResponse> {
    let (user_id, own) = signed_in(call).await?;
    for session in call.server.sessions.list(user_id).await? {
        if session.id() != own {
            call.server.sessions.end_one(user_id, session.id()).await?;
        }
    }
    note_request(call.scope, call.request, ("sessions_ended", "all others"), user_id);
    Ok(HttpResponse::NoContent().finish())
}
