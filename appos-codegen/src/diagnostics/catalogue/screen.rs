//! Messages about `#[interface]`, `#[page]` and `#[site]`.

use proc_macro2::Ident;
use quote::ToTokens;

use crate::diagnostics::Diagnostic;
use crate::project::KnownObject;
use crate::syntax::type_text;

pub(crate) fn asynchronous(word: &impl ToTokens, what: &str, name: &Ident) -> Diagnostic {
    let help = if what == "site" {
        format!("write `fn {name}() -> Navigation`; numbers beside entries come from `.badge(rules::..)`")
    } else {
        format!("write `fn {name}(..) -> Element`, and load data in it: `let total = use_rule(|| rules::total());`")
    };
    Diagnostic::at(word, format!("{what} `{name}` cannot be `async`; it is drawn at once"), help)
}

pub(crate) fn answers_nothing(what: &str, name: &Ident, answer: &str) -> Diagnostic {
    Diagnostic::at(name, format!("{what} `{name}` has no answer to draw"), form(name, answer))
}

pub(crate) fn answers_other(ty: &impl ToTokens, what: &str, name: &Ident, answer: &str) -> Diagnostic {
    let written = type_text(ty);
    Diagnostic::at(
        ty,
        format!("{what} `{name}` answers `{written}`; what is drawn is of type `{answer}`"),
        form(name, answer),
    )
}

fn form(name: &Ident, answer: &str) -> String {
    match answer {
        "Navigation" => {
            format!("write `fn {name}() -> Navigation {{ navigation().page(\"Home\", \"house\", pages::home) }}`")
        }
        _ => format!("write `fn {name}(..) -> Element {{ rsx! {{ p {{ \"..\" }} }} }}`"),
    }
}

pub(crate) fn component_is_record(name: &Ident, component: &Ident, record: &KnownObject) -> Diagnostic {
    Diagnostic::at(
        name,
        format!(
            "interface `{name}` becomes the component `{component}`, but that is the record in {}, line {}",
            record.shown_file, record.line
        ),
        format!("choose another name, such as `{name}_card`"),
    )
}

pub(crate) fn no_component_name(name: &Ident) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("interface `{name}` becomes a component, whose name begins with a letter"),
        "choose a name such as `dashboard`",
    )
}

pub(crate) fn props_name(parameter: &Ident) -> Diagnostic {
    Diagnostic::at(
        parameter,
        format!("parameter `{parameter}` has a name that components need for themselves"),
        "choose another name",
    )
}

pub(crate) fn page_without_route(name: &Ident) -> Diagnostic {
    let word = name.to_string().replace('_', "-");
    Diagnostic::at(
        name,
        format!("page `{name}` has no route, so nobody can open it"),
        format!("write `#[page(route = \"/{word}\", title = \"..\")]`"),
    )
}

pub(crate) fn route(route: &impl ToTokens, problem: &str, help: impl Into<String>) -> Diagnostic {
    Diagnostic::at(route, format!("the route {problem}"), help)
}

pub(crate) fn route_parameter_unknown(route: &impl ToTokens, segment: &str, known: &[&str]) -> Diagnostic {
    let near = crate::diagnostics::nearest(segment, known.iter().copied());
    let help = near.map_or_else(
        || format!("add `{segment}: Id<..>` to the function, or write a fixed word instead of `{{{segment}}}`"),
        |near| format!("did you mean `{{{near}}}`?"),
    );
    Diagnostic::at(route, format!("the route names `{{{segment}}}`, but the page has no parameter `{segment}`"), help)
}

pub(crate) fn optional_in_route(ty: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        ty,
        format!("parameter `{name}` stands in the route, so it is always there; it cannot be an `Option`"),
        format!("leave out `Option`, or leave `{{{name}}}` out of the route: then it is a query parameter"),
    )
}

pub(crate) fn sensitive_in_address(parameter: &Ident) -> Diagnostic {
    Diagnostic::at(
        parameter,
        format!("parameter `{parameter}` is a secret, and parameters of a page stand in its address"),
        "ask for it with a form, or give the parameter another name",
    )
}

pub(crate) fn method_of_link(parameter: &Ident) -> Diagnostic {
    Diagnostic::at(
        parameter,
        format!("parameter `{parameter}` has a name that links need for themselves"),
        "choose another name",
    )
}

pub(crate) fn site_parameters(tokens: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("site `{name}` has parameters; a site is the same for every address"),
        format!("write `fn {name}() -> Navigation`; who asks stands in `ctx.user`"),
    )
}

pub(crate) fn second_site(name: &Ident, other: &KnownObject) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("this app has a site already: `{}` in {}, line {}", other.name, other.shown_file, other.line),
        "put the entries of both into one; `.group(\"..\", |group| ..)` keeps them apart",
    )
}
