//! What a web API may not be, one function per rule. Signature rules are checked where the signature is read.

use super::model::WebApi;
use crate::attributes::TextList;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::process::no_account;
use crate::diagnostics::catalogue::web_api as catalogue;
use crate::objects::process::names_account;
use crate::project::Project;

/// Methods that there are, and whether each has a body.
const METHODS: [(&str, bool); 5] = [("GET", false), ("POST", true), ("PUT", true), ("PATCH", true), ("DELETE", true)];

/// The words of `auth`.
pub(super) const AUTHS: [&str; 3] = ["session", "service_account", "public"];

/// `callable`: all that is written of its signature and its path was understood.
pub(super) fn check(api: &WebApi<'_>, callable: bool, project: &Project, sink: &Sink) {
    api.common.check(project, sink);
    check_needed(api, project, sink);
    check_method(api, sink);
    if callable {
        check_path(api, sink);
    }
    check_auth(api, sink);
    check_body(api, sink);
    check_version(api, sink);
    check_cors(api, sink);
}

/// A route and who comes by it are never guessed. Web APIs are tier 1: they inherit nothing.
fn check_needed(api: &WebApi<'_>, project: &Project, sink: &Sink) {
    let name = api.ident();
    for key in &api.absent {
        match *key {
            "use" if api.common.public_access => {}
            "use" => {
                let group = project.groups.iter().flatten().next().cloned();
                sink.push(catalogue::no_use(name, &group.unwrap_or_else(|| format!("{}_users", project.app))));
            }
            "method" => sink.push(catalogue::missing(name, "method", "method = \"POST\"")),
            "path" => sink.push(catalogue::missing(name, "path", "path = \"/orders\"")),
            _ => sink.push(catalogue::missing(name, "auth", "auth = service_account")),
        }
    }
}

fn check_method(api: &WebApi<'_>, sink: &Sink) {
    if let Some(method) = &api.method
        && !METHODS.iter().any(|(known, _)| method.value() == *known)
    {
        sink.push(catalogue::method(method.literal(), &method.value()));
    }
}

/// Each parameter of the path is one of the function's.
fn check_path(api: &WebApi<'_>, sink: &Sink) {
    let Some(literal) = &api.path.literal else { return };
    for name in &api.path.parameters {
        let is_name = syn::parse_str::<syn::Ident>(name).is_ok();
        if is_name && !api.parameters.iter().any(|parameter| parameter.name == *name) {
            sink.push(catalogue::not_in_signature(literal, name, api.ident()));
        }
    }
}

fn check_auth(api: &WebApi<'_>, sink: &Sink) {
    if let Some(run_as) = &api.run_as
        && !names_account(&run_as.value())
    {
        sink.push(no_account(run_as.literal()));
    }
    let Some(word) = api.auth.as_ref().map(crate::attributes::Word::ident) else { return };
    if !AUTHS.iter().any(|known| word == known) {
        sink.push(catalogue::auth(word));
    } else if word == "public" && !api.common.public_access {
        let groups = api.common.permissions.use_.iter().flat_map(crate::attributes::GroupList::groups);
        if !groups.into_iter().any(|group| group.name() == "public_access") {
            sink.push(catalogue::public_that_is_not(word, api.ident()));
        }
    } else if word == "session"
        && let Some(origin) = api.cors.as_ref().and_then(|cors| cors.literals().next())
    {
        sink.push(catalogue::cors_of_session(origin));
    }
}

/// A request has one body, and a file is not looked at before it is read.
fn check_body(api: &WebApi<'_>, sink: &Sink) {
    let mut bodies = api.bodies();
    let method = api.method.as_ref().map(crate::attributes::Text::value);
    if let Some(first) = bodies.next() {
        if method.is_some_and(|method| METHODS.contains(&(method.as_str(), false))) {
            sink.push(catalogue::body_of_get(&first.ident));
        }
        if let Some(second) = bodies.next() {
            sink.push(catalogue::two_bodies(&second.ident, &first.name));
        }
    }
    if let (Some(signature), true) = (&api.signature, api.takes_file()) {
        sink.push(catalogue::signed_file(&signature.secret));
    }
    if let (Some(accept), false) = (&api.accept, api.takes_file())
        && let Some(first) = accept.literals().next()
    {
        sink.push(catalogue::accept_without_file(first));
    }
}

fn check_version(api: &WebApi<'_>, sink: &Sink) {
    if let Some(version) = &api.written_version
        && !(1..=999).contains(&version.value())
    {
        sink.push(catalogue::version(version.written()));
    }
}

/// Origins are compared letter by letter.
fn check_cors(api: &WebApi<'_>, sink: &Sink) {
    for literal in api.cors.iter().flat_map(TextList::literals) {
        if !is_origin(&literal.value()) {
            sink.push(catalogue::origin(literal));
        }
    }
}

fn is_origin(text: &str) -> bool {
    let Some((scheme, host)) = text.split_once("://") else { return text == "*" };
    let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || ".-:[]".contains(sign);
    ["http", "https"].contains(&scheme) && !host.is_empty() && host.chars().all(fits)
}
