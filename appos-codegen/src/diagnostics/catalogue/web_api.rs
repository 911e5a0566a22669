//! Messages about `#[web_api]`.

use proc_macro2::Ident;
use quote::ToTokens;

use crate::diagnostics::{Diagnostic, nearest};

pub(crate) fn missing(name: &Ident, key: &str, form: &str) -> Diagnostic {
    Diagnostic::at(name, format!("web API `{name}` has no `{key}`, which nobody can guess"), format!("write `{form}`"))
}

pub(crate) fn no_use(name: &Ident, group: &str) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("web API `{name}` grants no `use` permission; web APIs are tier 1 and inherit nothing"),
        format!("write `use = [\"{group}\"]`, or `public_access` if everybody may call it"),
    )
}

pub(crate) fn method(literal: &impl ToTokens, written: &str) -> Diagnostic {
    let known = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    let help = nearest(&written.to_uppercase(), known).unwrap_or("POST");
    Diagnostic::at(
        literal,
        format!("a web API has no method `{written}`; it has GET, POST, PUT, PATCH or DELETE"),
        format!("write `method = \"{help}\"`"),
    )
}

pub(crate) fn path(literal: &impl ToTokens, problem: &str, help: impl Into<String>) -> Diagnostic {
    Diagnostic::at(literal, format!("`path` {problem}"), help.into())
}

pub(crate) fn not_in_signature(literal: &impl ToTokens, parameter: &str, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        literal,
        format!("web API `{name}` has no parameter `{parameter}`, which its path names"),
        format!("write `fn {name}({parameter}: String, ..)`, or whichever type it is"),
    )
}

pub(crate) fn auth(word: &Ident) -> Diagnostic {
    let help = nearest(&word.to_string(), ["session", "service_account", "public"]).unwrap_or("service_account");
    Diagnostic::at(
        word,
        format!("a web API has no `auth = {word}`; it has `session`, `service_account` or `public`"),
        format!("write `auth = {help}`"),
    )
}

pub(crate) fn public_that_is_not(word: &Ident, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        word,
        format!("web API `{name}` is called by the public account, which may not use it"),
        "write `public_access` beside it, or `auth = service_account`",
    )
}

pub(crate) fn cors_of_session(origin: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        origin,
        "pages of other origins have no session here: a browser keeps its cookie from them",
        "leave `cors` out, or write `auth = service_account` or `auth = public`",
    )
}

pub(crate) fn origin(literal: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        literal,
        "`cors` names origins: a scheme and a host in lower case, and nothing after them",
        "write `cors = [\"https://shop.example\"]`, or `cors = [\"*\"]` for pages of any origin",
    )
}

pub(crate) fn body_of_get(parameter: &Ident) -> Diagnostic {
    Diagnostic::at(
        parameter,
        format!("`{parameter}` is read from the body, and a `GET` has none"),
        "write `method = \"POST\"`, or take it from the query: `Query<..>`",
    )
}

pub(crate) fn two_bodies(parameter: &Ident, first: &str) -> Diagnostic {
    Diagnostic::at(
        parameter,
        format!("`{parameter}` is read from the body, as `{first}` is already"),
        "write one type with the fields of both",
    )
}

pub(crate) fn signed_file(secret: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        secret,
        "a file is given to the body while it arrives, before its signature can be known",
        "leave `signature` out, or take the content as `http::Body`",
    )
}

pub(crate) fn accept_without_file(literal: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        literal,
        "`accept` says which files are taken, and no parameter is one",
        "leave it out, or add a parameter `file: http::Upload`",
    )
}

pub(crate) fn version(written: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(written, "`version` goes from 1 to 999", "write `version = 2` for the second")
}
