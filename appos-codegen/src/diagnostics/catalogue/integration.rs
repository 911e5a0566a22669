//! Messages about `#[integration]`.

use proc_macro2::Ident;
use quote::ToTokens;

use crate::diagnostics::Diagnostic;

pub(crate) fn public_integration(key: &Ident) -> Diagnostic {
    Diagnostic::at(
        key,
        "an integration cannot be public: it speaks with the platform's credentials",
        "write `use = [\"crm_users\"]`, or let a rule or a web API stand before it",
    )
}

pub(crate) fn no_use(name: &Ident, group: &str) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("integration `{name}` grants no `use` permission; integrations are tier 1 and inherit nothing"),
        format!("write `use = [\"{group}\"]`"),
    )
}

pub(crate) fn no_system(name: &Ident) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("integration `{name}` does not say which connected system it calls"),
        "write `system = connected_systems::payments`",
    )
}

pub(crate) fn too_many_retries(written: &impl ToTokens, most: u64) -> Diagnostic {
    Diagnostic::at(
        written,
        format!("an integration is tried again at most {most} times"),
        "write `retries = 3`; a step of a process can be tried for days",
    )
}

pub(crate) fn asynchronous(word: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        word,
        format!("integration `{name}` is `async`; its body only says what is to be sent"),
        format!("write `fn {name}(..) -> Call<..>`, and look up what it needs in a rule that calls it"),
    )
}

pub(crate) fn no_call(written: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        written,
        format!("integration `{name}` answers the request to be made, with the type of its answer: `Call<Charge>`"),
        format!("write `fn {name}(..) -> Call<Charge> {{ get(\"/charges\") }}`, or `Call<()>` if nothing is read"),
    )
}
