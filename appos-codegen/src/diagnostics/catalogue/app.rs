//! Messages about `app!()` and `platform!(..)`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;

use crate::diagnostics::Diagnostic;

/// There is nothing smaller to point at: the mistake is in another file.
fn at_call(message: String, help: String) -> Diagnostic {
    Diagnostic::at_span(Span::call_site(), message, help)
}

pub(crate) fn app_arguments(args: &TokenStream) -> Diagnostic {
    Diagnostic::at(args, "`app!` takes no arguments; what an app is stands in app.yaml", "write `app!();`")
}

pub(crate) fn unreadable_app(problem: &str) -> Diagnostic {
    at_call(
        format!("this app cannot be read: {problem}"),
        "write an app.yaml beside Cargo.toml, at least `name: crm` and `groups: [crm_users]`".to_owned(),
    )
}

pub(crate) fn nameless_app(path: &str, crate_name: &str) -> Diagnostic {
    at_call(format!("{path} gives no name"), format!("write `name: {crate_name}`"))
}

pub(crate) fn no_logo(path: &str, logo: &str) -> Diagnostic {
    at_call(
        format!("{path} names the logo `{logo}`, but there is no such file in its folder"),
        "write the path from that folder, such as `logo: logo.svg`".to_owned(),
    )
}

pub(crate) fn app_is_not_crate(path: &str, name: &str, crate_name: &str) -> Diagnostic {
    at_call(
        format!("{path} says `name: {name}`, but the crate is `{crate_name}`; other apps use one name for both"),
        format!("write `name: {crate_name}`, or rename the package"),
    )
}

pub(crate) fn file_is_no_name(name: &str) -> Diagnostic {
    at_call(
        format!("`{name}` in src cannot be the name of a module"),
        "rename it to letters, digits and underscores, such as `customer.rs`".to_owned(),
    )
}

pub(crate) fn not_an_app(token: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(token, "expected the name of an app's crate", "write `appos::platform!(crm, billing);`")
}

pub(crate) fn not_a_first_start(key: &Ident) -> Diagnostic {
    Diagnostic::at(key, "`first_start` needs the path of a rule", "write `first_start = crm::rules::seed_demo_data`")
}

pub(crate) fn app_twice(app: &Ident) -> Diagnostic {
    Diagnostic::at(app, format!("app `{app}` is named twice"), format!("write `{app}` once"))
}

pub(crate) fn no_apps() -> Diagnostic {
    at_call("a platform needs at least one app".to_owned(), "write `appos::platform!(crm);`".to_owned())
}
