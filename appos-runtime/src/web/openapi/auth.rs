//! Signing in, and the server itself.

use utoipa::openapi::path::{HttpMethod, Operation, PathItem};
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, ObjectBuilder, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{Content, SecurityRequirement};

use super::document::Parts;
use super::operation::{JSON, Outline, PLATFORM_TAG, SESSION, body, signed_in};
use super::responses::{closed, json, response, set_cookie};
use super::schemas::text;
use crate::security::UserType;

/// Longest text of these forms, in bytes.
const LONGEST: usize = 1024;

fn form_text() -> ObjectBuilder {
    text().max_length(Some(LONGEST))
}

fn integer() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer)
}

fn csrf_token() -> ObjectBuilder {
    let about = "With a session: what a change has in its header `X-CSRF-Token`, unless a browser names the `Origin`.";
    ObjectBuilder::new().schema_type(Type::String).description(Some(about))
}

fn outline<'a>(id: &str, summary: &str, problems: &'a [u16]) -> Outline<'a> {
    Outline {
        id: id.to_owned(),
        tag: PLATFORM_TAG,
        summary: summary.to_owned(),
        description: "",
        security: Vec::new(),
        success: (200, response("Done.")),
        problems,
    }
}

fn login() -> Operation {
    let form = closed([("email", form_text()), ("password", form_text())]);
    let user = closed([("user", integer().description(Some("Id of the user."))), ("csrf_token", csrf_token())]);
    Outline {
        success: (200, json("Signed in.", user).header("Set-Cookie", set_cookie())),
        ..outline("auth.login", "Sign in with a password", &[400, 401, 403, 413, 415, 422, 429, 500, 503])
    }
    .builder()
    .request_body(Some(body(JSON, form)))
    .build()
}

fn logout() -> Operation {
    Outline {
        security: vec![SecurityRequirement::new(SESSION, [""; 0]), SecurityRequirement::default()],
        success: (204, response("Signed out.").header("Set-Cookie", set_cookie())),
        ..outline("auth.logout", "Sign out", &[401, 403, 500, 503])
    }
    .build()
}

fn setup() -> Operation {
    let form = closed([
        ("token", form_text().description(Some("As printed on the console."))),
        ("email", form_text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Email)))),
        ("password", password_text()),
    ])
    .property("name", form_text());
    let user = closed([("user", integer().description(Some("Id of the user."))), ("csrf_token", csrf_token())]);
    Outline {
        success: (201, json("The first administrator, signed in.", user).header("Set-Cookie", set_cookie())),
        ..outline("auth.setup", "Make the first administrator", &[400, 401, 403, 413, 415, 422, 500, 503])
    }
    .builder()
    .request_body(Some(body(JSON, form)))
    .build()
}

fn password_text() -> ObjectBuilder {
    form_text().min_length(Some(12)).max_length(Some(256))
}

fn change_password() -> Operation {
    let form = closed([("current", form_text()), ("new", password_text())]);
    Outline {
        description: "Ends all sessions of the account, and begins a new one for the sender.",
        security: vec![SecurityRequirement::new(SESSION, [""; 0])],
        success: (204, response("The password is another now.").header("Set-Cookie", set_cookie())),
        ..outline("auth.password", "Change one's own password", &[400, 401, 403, 413, 415, 422, 429, 500, 503])
    }
    .builder()
    .request_body(Some(body(JSON, form)))
    .build()
}

fn link_token() -> ObjectBuilder {
    form_text().description(Some("As in the link."))
}

fn accept_invitation() -> Operation {
    let form = closed([("token", link_token()), ("password", password_text())]).property("name", form_text());
    let user = closed([("user", integer().description(Some("Id of the user.")))]);
    Outline {
        success: (
            200,
            json("The account has its password, and is signed in.", user).header("Set-Cookie", set_cookie()),
        ),
        ..outline("auth.invitation", "Accept an invitation", &[400, 401, 403, 413, 415, 422, 500, 503])
    }
    .builder()
    .request_body(Some(body(JSON, form)))
    .build()
}

fn reset_password() -> Operation {
    let form = closed([("token", link_token()), ("password", password_text())]);
    Outline {
        description: "Ends all sessions of the account. Sign in with the new password.",
        success: (204, response("The password is another now.")),
        ..outline("auth.reset", "Choose another password by a link", &[400, 401, 403, 413, 415, 422, 500, 503])
    }
    .builder()
    .request_body(Some(body(JSON, form)))
    .build()
}

fn me() -> Operation {
    let string = || ObjectBuilder::new().schema_type(Type::String);
    let types = [UserType::Basic, UserType::SystemAdmin, UserType::ServiceAccount].map(UserType::as_str);
    let user = closed([("id", integer().minimum(Some(1))), ("email", string()), ("name", string())])
        .property("user_type", string().enum_values(Some(types)))
        .required("user_type")
        .property("groups", ArrayBuilder::new().items(string()))
        .required("groups")
        .property("language", string())
        .required("language")
        .property("csrf_token", csrf_token().schema_type(SchemaType::from_iter([Type::String, Type::Null])))
        .required("csrf_token");
    Outline {
        security: signed_in(),
        success: (200, json("The user.", user)),
        ..outline("auth.me", "Tell who is signed in", &[401, 500, 503])
    }
    .build()
}

fn health() -> Operation {
    let word = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some("^(ok|degraded: .+)$"))
        .description(Some("`degraded`: it answers, and refuses what the reasons behind it say."));
    Outline {
        success: (200, response("The server answers.").content("text/plain", Content::new(Some(word)))),
        ..outline("health", "Tell that the server is up", &[401, 500, 503])
    }
    .build()
}

fn ready() -> Operation {
    let word = |words: [&'static str; 4]| {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(words.into_iter().filter(|word| !word.is_empty())))
    };
    let check = ObjectBuilder::new()
        .property("name", ObjectBuilder::new().schema_type(Type::String))
        .required("name")
        .property("state", word(["ok", "degraded", "failed", ""]))
        .required("state");
    let answer = ObjectBuilder::new()
        .property("status", word(["ready", "degraded", "not_ready", "stopping"]))
        .required("status")
        .property("checks", ArrayBuilder::new().items(check))
        .required("checks");
    Outline {
        success: (200, json("Requests are welcome. With 503 they are not, and the body is the same.", answer)),
        ..outline("ready", "Tell whether the server is to be sent requests", &[401, 500, 503])
    }
    .build()
}

fn metrics() -> Operation {
    let text = ObjectBuilder::new().schema_type(Type::String);
    Outline {
        security: signed_in(),
        success: (200, response("What was counted.").content("text/plain", Content::new(Some(text)))),
        ..outline("metrics", "Tell what the server has counted, as Prometheus reads it", &[401, 404, 500, 503])
    }
    .build()
}

fn openapi() -> Operation {
    let document = ObjectBuilder::new().schema_type(Type::Object);
    Outline {
        security: signed_in(),
        success: (200, json("The document.", document)),
        ..outline("openapi", "This document", &[401, 500, 503])
    }
    .build()
}

/// Adds the paths that belong to no app.
pub(super) fn add(mut parts: Parts) -> Parts {
    let paths = [
        ("/auth/login", HttpMethod::Post, login()),
        ("/auth/logout", HttpMethod::Post, logout()),
        ("/auth/setup", HttpMethod::Post, setup()),
        ("/auth/password", HttpMethod::Post, change_password()),
        ("/auth/invitation", HttpMethod::Post, accept_invitation()),
        ("/auth/reset", HttpMethod::Post, reset_password()),
        ("/auth/me", HttpMethod::Get, me()),
        ("/health", HttpMethod::Get, health()),
        ("/ready", HttpMethod::Get, ready()),
        ("/metrics", HttpMethod::Get, metrics()),
        ("/api/openapi.json", HttpMethod::Get, openapi()),
    ];
    parts.paths =
        paths.into_iter().fold(parts.paths, |all, (path, method, made)| all.path(path, PathItem::new(method, made)));
    parts
}
