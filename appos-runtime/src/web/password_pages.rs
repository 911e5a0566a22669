//! The pages on which people choose their passwords: invited, by a link, or of their own accord.

use actix_web::HttpResponse;
use actix_web::http::{Method, StatusCode};
use dioxus::prelude::*;
use secrecy::SecretString;

use super::pages::{form, in_words, page, problem_line, redirect, refused};
use super::router::Call;
use super::{auth, guard, passwords};
use crate::error::Result;
use crate::platform::sign_in::Purpose;
use crate::question::Parameters;
use crate::ui::text::own::{actions, sign_in};

pub(super) async fn route(mut call: Call<'_>, segments: &[&str], query: &str) -> Result<HttpResponse> {
    let purpose = match segments {
        ["invitation"] => Some(Purpose::Invitation),
        ["reset"] => Some(Purpose::Reset),
        _ => None,
    };
    if purpose.is_none() && call.scope.user.id == 0 {
        return redirect("/login", None);
    }
    // Empty without a session, which needs none.
    let csrf = auth::csrf_token(&call).unwrap_or_default();
    if call.method() == Method::GET {
        let token = Parameters::read(query)?.get("token").unwrap_or_default().to_owned();
        let body =
            purpose.map_or_else(|| change_form(&csrf, None), |purpose| link_form(purpose, (&token, &csrf), "", None));
        return Ok(page(StatusCode::OK, sign_in::password(), body));
    }
    let form = form(&mut call)?;
    let field = |name| form.get(name).unwrap_or_default();
    let secret = |name| SecretString::from(field(name));
    let done = match purpose {
        None => {
            let changed = passwords::change_password(&call, secret("current"), secret("new")).await;
            changed.map(|cookie| ("/", Some(cookie)))
        }
        Some(purpose) => {
            let token = (field("token"), purpose);
            match passwords::by_link(&call, token, field("name"), secret("password")).await {
                Ok(user_id) if purpose == Purpose::Invitation => {
                    auth::begin_session(&call, user_id).await.map(|cookie| ("/", Some(cookie)))
                }
                done => done.map(|_| ("/login", None)),
            }
        }
    };
    match done {
        Ok((to, cookie)) => redirect(to, cookie.as_ref()),
        Err(error) => {
            let text = in_words(&error);
            let body = match purpose {
                None => change_form(&csrf, Some(&text)),
                Some(purpose) => link_form(purpose, (field("token"), &csrf), field("name"), Some(&text)),
            };
            Ok(refused(sign_in::password(), &error, body))
        }
    }
}

fn link_form(purpose: Purpose, (token, csrf): (&str, &str), name: &str, problem: Option<&str>) -> Element {
    let problem = problem_line(problem);
    let invited = purpose == Purpose::Invitation;
    let action = format!("/{}", purpose.as_str());
    rsx! {
        h1 { if invited { {sign_in::welcome()} } else { {sign_in::a_new_password()} } }
        {problem}
        form { method: "post", action: "{action}",
            input { name: "token", r#type: "hidden", value: "{token}" }
            input { r#type: "hidden", name: guard::TOKEN_FIELD, value: "{csrf}" }
            if invited {
                label { r#for: "name", {sign_in::your_name()} }
                input { id: "name", name: "name", autocomplete: "name", value: "{name}" }
            }
            label { r#for: "password", {sign_in::new_password()} }
            input {
                id: "password",
                name: "password",
                r#type: "password",
                autocomplete: "new-password",
                required: true,
                minlength: 12,
            }
            button { r#type: "submit", {actions::save()} }
        }
    }
}

fn change_form(csrf: &str, problem: Option<&str>) -> Element {
    let problem = problem_line(problem);
    rsx! {
        h1 { {sign_in::change_password()} }
        {problem}
        p { {sign_in::others_end()} }
        form { method: "post", action: "/password",
            input { r#type: "hidden", name: guard::TOKEN_FIELD, value: "{csrf}" }
            label { r#for: "current", {sign_in::current_password()} }
            input {
                id: "current",
                name: "current",
                r#type: "password",
                autocomplete: "current-password",
                required: true,
            }
            label { r#for: "new", {sign_in::next_password()} }
            input {
                id: "new",
                name: "new",
                r#type: "password",
                autocomplete: "new-password",
                required: true,
                minlength: 12,
            }
            button { r#type: "submit", {actions::save()} }
        }
    }
}
