//! `/forgot-password`: a link to another password, by mail. The answer and its time are the same whether or not there
//! is an account: nobody is looked for before the outbox does.

use actix_web::HttpResponse;
use actix_web::http::{Method, StatusCode};
use dioxus::prelude::*;
use serde_json::json;

use super::pages::{form, in_words, page, problem_line, refused};
use super::router::{Call, unknown_path};
use super::{auth, guard};
use crate::error::Result;
use crate::platform::enqueue_as_system;
use crate::platform::sign_in::{Attempts, Links};
use crate::ui::text::own::sign_in;

/// Where it is.
pub(super) const ADDRESS: &str = "/forgot-password";

/// True if links are mailed.
pub(super) fn is_there(call: &Call<'_>) -> bool {
    call.server.engine.resource::<Links>().is_some_and(Links::are_mailed)
}

pub(super) async fn route(mut call: Call<'_>) -> Result<HttpResponse> {
    if !is_there(&call) {
        return Err(unknown_path());
    }
    // Empty without a session, which needs none.
    let csrf = auth::csrf_token(&call).unwrap_or_default();
    if call.method() == Method::GET {
        return Ok(page(StatusCode::OK, sign_in::forgot(), asking(&csrf, "", None)));
    }
    let form = form(&mut call)?;
    let email = form.get("email").unwrap_or_default();
    match ask(&call, email).await {
        Ok(()) => Ok(page(StatusCode::OK, sign_in::forgot(), asked())),
        Err(error) => Ok(refused(sign_in::forgot(), &error, asking(&csrf, email, Some(&in_words(&error))))),
    }
}

async fn ask(call: &Call<'_>, email: &str) -> Result<()> {
    auth::from_here(call)?;
    let attempts: &Attempts = auth::resource(call)?;
    // Counted for itself: who has others' passwords mailed keeps nobody from signing in.
    let counted = attempts.begin(&format!("reset {email}"), auth::address_text(call).as_deref()).await;
    if let Err(error) = counted {
        if error.code() == "too_many_attempts" {
            auth::note(call, "sign_in_throttled", call.scope.user.id, "too many links were asked for");
        }
        return Err(error);
    }
    enqueue_as_system(call.scope, "platform.rules.mail_reset_link", json!({ "email": email })).await?;
    auth::note(call, "reset_link_asked", call.scope.user.id, "");
    Ok(())
}

fn asking(csrf: &str, email: &str, problem: Option<&str>) -> Element {
    let problem = problem_line(problem);
    rsx! {
        h1 { {sign_in::forgot()} }
        {problem}
        p { {sign_in::forgot_hint()} }
        form { method: "post", action: ADDRESS,
            input { r#type: "hidden", name: guard::TOKEN_FIELD, value: "{csrf}" }
            label { r#for: "email", {sign_in::email()} }
            input { id: "email", name: "email", r#type: "email", autocomplete: "username", required: true, value: "{email}" }
            button { r#type: "submit", {sign_in::send_link()} }
        }
        p {
            a { href: "/login", {sign_in::title()} }
        }
    }
}

fn asked() -> Element {
    rsx! {
        h1 { {sign_in::forgot()} }
        p { role: "status", {sign_in::link_sent()} }
        p {
            a { href: "/login", {sign_in::title()} }
        }
    }
}
