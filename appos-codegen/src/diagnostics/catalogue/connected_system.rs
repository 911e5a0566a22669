//! Messages about `#[connected_system]`.

use proc_macro2::Ident;
use quote::ToTokens;

use crate::diagnostics::catalogue::attribute::list;
use crate::diagnostics::{Diagnostic, nearest};

pub(crate) fn public_system(key: &Ident) -> Diagnostic {
    Diagnostic::at(
        key,
        "a connected system cannot be public: it speaks with the platform's credentials",
        "write `use = [\"crm_users\"]`, or let a web API with `public_access` and `run_as` stand before it",
    )
}

pub(crate) fn no_use(name: &Ident, group: &str) -> Diagnostic {
    Diagnostic::at(
        name,
        format!(
            "connected system `{name}` grants no `use` permission; connected systems are tier 1 and inherit nothing"
        ),
        format!("write `use = [\"{group}\"]`"),
    )
}

pub(crate) fn no_kind(name: &Ident, kinds: &[&str]) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("connected system `{name}` has no kind"),
        format!("write `kind = \"http\"`; kinds are {}", list(kinds.iter().copied())),
    )
}

pub(crate) fn unknown_kind(written: &impl ToTokens, name: &str, kinds: &[&str]) -> Diagnostic {
    let help = nearest(name, kinds.iter().copied()).map_or_else(
        || format!("kinds are {}", list(kinds.iter().copied())),
        |near| format!("did you mean `kind = \"{near}\"`?"),
    );
    Diagnostic::at(written, format!("there is no kind of connected system `{name}`"), help)
}

pub(crate) fn setting_of_other_kind(key: &Ident, kind: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::at(
        key,
        format!("a connected system of kind `{kind}` has no `{key}`"),
        format!("leave it out; it has {}", list(known.iter().copied())),
    )
}

pub(crate) fn no_place(name: &Ident, kind: &str, key: &str, form: &str) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("connected system `{name}` does not say where it is; kind `{kind}` needs `{key}`"),
        format!("write `{form}`; settings of the platform can replace it"),
    )
}

pub(crate) fn out_of_range(written: &impl ToTokens, name: &str, least: u64, most: u64) -> Diagnostic {
    Diagnostic::at(
        written,
        format!("`{name}` is not from {least} to {most}"),
        format!("write `{name} = {}`", if name == "port" { 587 } else { 10 }),
    )
}

pub(crate) fn no_network(written: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        written,
        "this is no network: an address, a slash, and how many of its bits are fixed",
        "write `allow_networks = [\"10.0.0.0/8\"]`, or `\"127.0.0.1/32\"` for one address",
    )
}

pub(crate) fn unknown_tls(written: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        written,
        "`tls` is `implicit` (from the first byte on), `starttls` (once the server has greeted) or `off`",
        "write `tls = \"starttls\"`",
    )
}

pub(crate) fn no_host(written: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        written,
        "this is no host: a name or an address, without scheme, port or path",
        "write `host = \"mail.example.com\"`, and `port = 587` beside it",
    )
}

pub(crate) fn no_path(written: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(written, "`health` is a path below `base_url` that answers", "write `health = \"/ping\"`")
}

pub(crate) fn no_sender(written: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        written,
        "`from` is the address of a mailbox, with or without a name",
        "write `from = \"Acme <billing@example.com>\"`",
    )
}

pub(crate) fn unknown_scheme(written: &impl ToTokens, name: &str, schemes: &[&str]) -> Diagnostic {
    let form = match name {
        "base_url" => "base_url = \"https://api.example.com/v1\"",
        _ => "url = \"postgres://reports@db.example.com/warehouse\"",
    };
    Diagnostic::at(
        written,
        format!("`{name}` begins with none of {}", list(schemes.iter().copied())),
        format!("write `{form}`"),
    )
}

pub(crate) fn password_in_url(written: &impl ToTokens, name: &str) -> Diagnostic {
    let help = match name {
        "base_url" => "leave it out, and answer `basic(\"user\", secret(\"PAYMENTS_PASSWORD\"))` in the body",
        _ => "leave the password out, and answer `password(secret(\"WAREHOUSE_PASSWORD\"))` in the body",
    };
    Diagnostic::at(written, format!("`{name}` holds a login; secrets are written nowhere"), help)
}

pub(crate) fn query_in_url(written: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        written,
        "`base_url` ends with a query or a fragment, where the paths of integrations are put behind it",
        "leave it out, and write `.query(\"version\", 2)` in the integrations",
    )
}

pub(crate) fn parameters(inputs: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        inputs,
        format!("connected system `{name}` takes parameters; it is one system"),
        format!("write `fn {name}() -> Auth`; what differs by environment stands in the platform's settings"),
    )
}

pub(crate) fn asynchronous(word: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        word,
        format!("connected system `{name}` is `async`; its body only says which secrets there are"),
        format!("write `fn {name}() -> Auth`"),
    )
}

pub(crate) fn wrong_answer(written: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        written,
        format!("connected system `{name}` answers how the platform shows who it is: `Auth`"),
        format!("write `fn {name}() -> Auth {{ bearer(secret(\"PAYMENTS_KEY\")) }}`, or `no_auth()`"),
    )
}
