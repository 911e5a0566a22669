//! Messages about `#[process]` and `#[step]`.

use proc_macro2::{Ident, Span};
use quote::ToTokens;

use crate::diagnostics::catalogue::attribute::list;
use crate::diagnostics::{Diagnostic, nearest};

pub(crate) fn permission_on_step(key: &Ident, name: &str) -> Diagnostic {
    Diagnostic::at(
        key,
        format!("a step has no `{name}`; it is run with the permissions of its process"),
        "leave it out, and write `use = [\"crm_users\"]` on the process",
    )
}

pub(crate) fn key_of_process(key: &Ident, name: &str) -> Diagnostic {
    Diagnostic::at(key, format!("a step has no `{name}`; its process has"), "write it on the process")
}

pub(crate) fn key_of_step(key: &Ident, name: &str) -> Diagnostic {
    Diagnostic::at(key, format!("a process has no `{name}`; its steps have"), "write it on a step")
}

pub(crate) fn timeout_of_process(key: &Ident) -> Diagnostic {
    Diagnostic::at(
        key,
        "a process has no `timeout`; each of its steps has one",
        "write `deadline = \"30d\"` for all of it, or `timeout = \"30s\"` on a step",
    )
}

pub(crate) fn public_process(key: &Ident) -> Diagnostic {
    Diagnostic::at(
        key,
        "a process cannot be public: it goes on after its request has ended, and somebody has to answer for it",
        "write `use = [\"crm_users\"]`, or let a rule with `public_access` start it",
    )
}

pub(crate) fn no_use(name: &Ident, group: &str) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("process `{name}` grants no `use` permission; processes are tier 1 and inherit nothing"),
        format!("write `#[process(use = [\"{group}\"])]`"),
    )
}

pub(crate) fn not_asynchronous(word: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        word,
        format!("process `{name}` is not `async`; it waits for its steps"),
        format!("write `async fn {name}(..) -> Result<()>`"),
    )
}

pub(crate) fn no_step(name: &Ident) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("process `{name}` runs no step, so there is nothing from which it could go on"),
        "run one in its body, `step(steps::create_account(customer_id)).await?`, or make it an `#[expression_rule]`",
    )
}

pub(crate) fn empty_display_name(literal: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        literal,
        "`display_name` is empty; it is what people call an instance",
        "write `display_name = \"Onboarding of {customer_id}\"`, or leave it out",
    )
}

pub(crate) fn unknown_in_name(literal: &impl ToTokens, name: &str, process: &Ident, known: &[&str]) -> Diagnostic {
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{{{near}}}`?"),
        None if known.is_empty() => "it has no parameters: leave the braces out".to_owned(),
        None => format!("its parameters are {}; `{{{{` and `}}}}` are braces", list(known.iter().copied())),
    };
    Diagnostic::at(literal, format!("process `{process}` has no parameter `{name}`"), help)
}

pub(crate) fn sensitive_in_name(literal: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        literal,
        format!("parameter `{name}` is sensitive, and whoever sees the process reads its display name"),
        format!("leave `{{{name}}}` out"),
    )
}

pub(crate) fn unknown_in_search(name: &Ident, process: &Ident, known: &[&str]) -> Diagnostic {
    let help = match nearest(&name.to_string(), known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => {
            "it has no parameters: set a variable in the body, `ctx.var.searchable(\"tier\", tier)?`".to_owned()
        }
        None => format!("its parameters are {}", list(known.iter().copied())),
    };
    Diagnostic::at(name, format!("process `{process}` has no parameter `{name}`"), help)
}

pub(crate) fn search_of_sensitive(name: &Ident) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("parameter `{name}` is sensitive, and by what instances are found is kept in plain"),
        "leave it out",
    )
}

pub(crate) fn searched_twice(name: &Ident) -> Diagnostic {
    Diagnostic::at(name, format!("parameter `{name}` is named twice"), "name it once")
}

pub(crate) fn no_version(written: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(written, "the first `version` of a process is 1", "write `version = 2` for its second")
}

pub(crate) fn earlier_without_version(newer: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        newer,
        format!("process `{name}` does not say which `version` it is"),
        "write `version = 1` beside it, and a higher one on the process that it names",
    )
}

pub(crate) fn earlier_of_itself(newer: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        newer,
        format!("process `{name}` cannot be an earlier one of itself"),
        "write the path of the process that is started now, and give this one another name",
    )
}

pub(crate) fn too_many_retries(written: &impl ToTokens, most: u64) -> Diagnostic {
    Diagnostic::at(written, format!("a step is tried again {most} times at most"), "write `retries = 3`")
}

pub(crate) fn compensates_itself(other: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        other,
        format!("step `{name}` cannot undo itself"),
        "write the path of another step, with the same parameters",
    )
}

pub(crate) fn schedule_without_account(cron: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        cron,
        format!("process `{name}` starts by itself, and nobody is named with whose rights it runs"),
        "write `run_as = \"nightly@example.com\"`, the e-mail address of a service account",
    )
}

pub(crate) fn no_account(literal: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        literal,
        "`run_as` is the e-mail address of a service account",
        "write `run_as = \"nightly@example.com\"`",
    )
}

pub(crate) fn run_as_without_trigger(literal: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        literal,
        "a process runs with the rights of whoever starts it; `run_as` is for one that starts by itself",
        "leave it out, or write `trigger = schedule(\"0 8 * * *\")` beside it",
    )
}

pub(crate) fn schedule_with_parameters(parameter: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        parameter,
        format!("process `{name}` starts by itself, and nobody gives it arguments"),
        "leave the parameter out, and read in a step what the process needs",
    )
}

pub(crate) fn schedule_and_row(event: &Ident, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        event,
        format!("process `{name}` starts at certain times, which have no row to give it"),
        "make two processes of it, and write in steps what they share",
    )
}

pub(crate) fn row_without_parameter(event: &Ident, name: &Ident, record: &impl ToTokens) -> Diagnostic {
    let record = record.to_token_stream().to_string().replace(' ', "");
    Diagnostic::at(
        event,
        format!("process `{name}` is given the id of a row, and takes nothing"),
        format!("write `async fn {name}(id: Id<{record}>) -> Result<()>`"),
    )
}

pub(crate) fn row_with_parameters(parameter: &Ident, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        parameter,
        format!("process `{name}` starts by itself with the id of a row, and nobody gives it more"),
        "leave the parameter out, and read in a step what the process needs",
    )
}

pub(crate) fn trigger_of_earlier(place: Span, name: &Ident) -> Diagnostic {
    Diagnostic::at_span(
        place,
        format!("process `{name}` brings older instances to their end, and starts none"),
        "write the `trigger` on the process that it names",
    )
}
