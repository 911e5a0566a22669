//! The few pages a person needs before there are screens: set-up, sign-in, and where the API
//! is. Rendered on the server; they work without script.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse};
use dioxus::prelude::*;
use secrecy::SecretString;

use super::answer::PAGE_POLICY;
use super::router::{Call, unknown_path};
use super::{auth, forgot_page, guard, password_pages, settings_page};
use crate::error::{AppOsError, FieldError, Result};
use crate::platform::{MAX_LENGTH, MIN_LENGTH};
use crate::question::Parameters;
use crate::state::Ctx;
use crate::ui::assets::address;
use crate::ui::style::logo;
use crate::ui::text::errors;
use crate::ui::text::own::{actions, problems, sign_in};

/// True if a person's browser asks for a page.
pub(super) fn is_page(request: &HttpRequest) -> bool {
    let path = request.path();
    let is_of_machines =
        path.starts_with("/api/") || path.starts_with("/auth/") || matches!(path, "/health" | "/ready" | "/metrics");
    path.starts_with("/api/docs") || !is_of_machines
}

pub(super) async fn route(mut call: Call<'_>, segments: &[&str]) -> Result<HttpResponse> {
    let get = call.method() == actix_web::http::Method::GET;
    let query = call.request.query_string().to_owned();
    match (segments, get) {
        ([""], true) => start(&call),
        (["login"], true) => {
            let query = Parameters::read(&query)?;
            Ok(page(StatusCode::OK, sign_in::title(), login_form(&call, "", next(&query), None)))
        }
        (["login"], false) => {
            let form = form(&mut call)?;
            login(&call, &form).await
        }
        (["logout"], false) => {
            let cookie = auth::end_session(&call).await?;
            redirect("/login", Some(&cookie))
        }
        (["setup"], true) => {
            let token = Parameters::read(&query)?.get("token").unwrap_or_default().to_owned();
            if call.server.setup.token().is_none() {
                return redirect("/login", None);
            }
            Ok(page(StatusCode::OK, sign_in::set_up(), setup_form(&token, "", "", None)))
        }
        (["setup"], false) => {
            let form = form(&mut call)?;
            setup(&call, &form).await
        }
        (["invitation" | "reset" | "password"], _) => password_pages::route(call, segments, &query).await,
        (["forgot-password"], _) => forgot_page::route(call).await,
        (["settings"], _) => settings_page::route(call, &query).await,
        _ => Err(unknown_path()),
    }
}

/// A page for an error, with its status and, if that is known, when to try again.
pub(super) fn refused(title: &str, error: &AppOsError, body: Element) -> HttpResponse {
    let mut response = page(super::problem::status_of(error), title, body);
    if let Some(seconds) = super::problem::wait_of(error) {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// What went wrong, with the fields.
pub(super) fn in_words(error: &AppOsError) -> String {
    let fields = error.fields().iter().map(|wrong| format!("{} {}", label(&wrong.field), of_field(wrong)));
    let fields: Vec<String> = fields.collect();
    if fields.is_empty() { errors::message(error) } else { fields.join("; ") }
}

/// What a field of these pages is called.
fn label(field: &str) -> &str {
    match field {
        "email" => sign_in::email(),
        "name" => sign_in::name(),
        "password" => sign_in::password(),
        "current" => sign_in::current_password(),
        "new" => sign_in::a_new_password(),
        "token" => sign_in::set_up_token(),
        other => other,
    }
}

fn of_field(wrong: &FieldError) -> String {
    match &*wrong.code {
        "length" => problems::length_between(MIN_LENGTH as u64, MAX_LENGTH as u64),
        "same" => problems::same_password().to_owned(),
        "wrong" => problems::not_the_current().to_owned(),
        _ => errors::of_field(None, wrong),
    }
}

/// A form as browsers send it.
pub(super) fn fields(call: &mut Call<'_>) -> Result<Parameters> {
    let declared = call.request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !declared.starts_with("application/x-www-form-urlencoded") {
        return Err(AppOsError::validation("the form must be sent as application/x-www-form-urlencoded")
            .code_is("unsupported_media_type"));
    }
    let body = call.take_incoming().body()?;
    let text = std::str::from_utf8(&body)
        .map_err(|_| AppOsError::validation("the form is not UTF-8").code_is("malformed_json"))?;
    Parameters::read(text)
}

/// A form of short texts.
pub(super) fn form(call: &mut Call<'_>) -> Result<Parameters> {
    let form = fields(call)?;
    // The same bounds as those of the forms in JSON.
    if let Some((name, _)) = form.iter().find(|(_, text)| text.len() > auth::LONGEST_TEXT || text.contains('\0')) {
        let error = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
        return Err(error.field(name, "too_long", auth::TEXT_BOUNDS));
    }
    Ok(form)
}

/// Where to go after signing in: what was wanted, if it is a path of this server.
fn next(parameters: &Parameters) -> &str {
    parameters.get("next").and_then(guard::local_path).unwrap_or("/")
}

pub(super) fn redirect(to: &str, cookie: Option<&actix_web::cookie::Cookie<'_>>) -> Result<HttpResponse> {
    let mut response = HttpResponse::SeeOther().finish();
    let to = HeaderValue::from_str(to)
        .map_err(|error| AppOsError::execution("the address cannot be written").caused_by(error.to_string()))?;
    response.headers_mut().insert(LOCATION, to);
    if let Some(cookie) = cookie {
        response
            .add_cookie(cookie)
            .map_err(|error| AppOsError::execution("the cookie cannot be written").caused_by(error.to_string()))?;
    }
    Ok(response)
}

async fn login(call: &Call<'_>, form: &Parameters) -> Result<HttpResponse> {
    let email = form.get("email").unwrap_or_default();
    let password = SecretString::from(form.get("password").unwrap_or_default());
    match auth::sign_in(call, email, password).await {
        Ok(user_id) => redirect(next(form), Some(&auth::begin_session(call, user_id).await?)),
        Err(error) => {
            Ok(refused(sign_in::title(), &error, login_form(call, email, next(form), Some(&errors::message(&error)))))
        }
    }
}

async fn setup(call: &Call<'_>, form: &Parameters) -> Result<HttpResponse> {
    let field = |name| form.get(name).unwrap_or_default();
    let (token, email, name) = (field("token"), field("email"), field("name"));
    match auth::set_up(call, token, (email, name), SecretString::from(field("password"))).await {
        Ok(user_id) => redirect("/", Some(&auth::begin_session(call, user_id).await?)),
        Err(error) => Ok(refused(sign_in::set_up(), &error, setup_form(token, email, name, Some(&in_words(&error))))),
    }
}

/// Where strangers begin; who has signed in has a screen.
fn start(call: &Call<'_>) -> Result<HttpResponse> {
    redirect(if call.server.setup.token().is_some() { "/setup" } else { "/login" }, None)
}

pub(super) fn page(status: StatusCode, title: &str, body: Element) -> HttpResponse {
    let head = dioxus_ssr::render_element(rsx! {
        head {
            meta { charset: "utf-8" }
            meta { name: "viewport", content: "width=device-width, initial-scale=1" }
            title { "{title}" }
            link { rel: "icon", r#type: "image/svg+xml", href: address("icon.svg") }
            link { rel: "stylesheet", href: address("appos.css") }
        }
    });
    let body = dioxus_ssr::render_element(rsx! {
        body { class: "ao-alone",
            main { {body} }
        }
    });
    let preferences = Ctx::current().map(|ctx| ctx.preferences.clone()).unwrap_or_default();
    let attributes = crate::ui::shell::attributes(&preferences);
    let html = format!("<!DOCTYPE html><html{attributes}>{head}{body}</html>");
    let mut response = HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    response
}

pub(super) fn problem_line(problem: Option<&str>) -> Element {
    match problem {
        Some(problem) => rsx! {
            p { class: "problem", role: "alert", "{problem}" }
        },
        None => rsx! {},
    }
}

fn login_form(call: &Call<'_>, email: &str, next: &str, problem: Option<&str>) -> Element {
    let problem = problem_line(problem);
    let can_forget = forgot_page::is_there(call);
    rsx! {
        if let Some(logo) = logo(next) {
            img { class: "ao-logo", src: logo, alt: "", height: "40" }
        }
        h1 { {sign_in::title()} }
        {problem}
        form { method: "post", action: "/login",
            if next != "/" {
                input { r#type: "hidden", name: "next", value: "{next}" }
            }
            label { r#for: "email", {sign_in::email()} }
            input { id: "email", name: "email", r#type: "email", autocomplete: "username", required: true, value: "{email}" }
            label { r#for: "password", {sign_in::password()} }
            input {
                id: "password",
                name: "password",
                r#type: "password",
                autocomplete: "current-password",
                required: true,
            }
            button { r#type: "submit", {sign_in::title()} }
        }
        if can_forget {
            p {
                a { href: forgot_page::ADDRESS, {sign_in::forgot()} }
            }
        }
    }
}

fn setup_form(token: &str, email: &str, name: &str, problem: Option<&str>) -> Element {
    let problem = problem_line(problem);
    rsx! {
        h1 { {sign_in::first_administrator()} }
        {problem}
        form { method: "post", action: "/setup",
            label { r#for: "token", {sign_in::set_up_token()} }
            input { id: "token", name: "token", required: true, autocomplete: "off", value: "{token}" }
            label { r#for: "email", {sign_in::email()} }
            input { id: "email", name: "email", r#type: "email", autocomplete: "username", required: true, value: "{email}" }
            label { r#for: "name", {sign_in::name()} }
            input { id: "name", name: "name", autocomplete: "name", value: "{name}" }
            label { r#for: "password", {sign_in::new_password()} }
            input {
                id: "password",
                name: "password",
                r#type: "password",
                autocomplete: "new-password",
                required: true,
                minlength: 12,
            }
            button { r#type: "submit", {actions::create()} }
        }
    }
}
