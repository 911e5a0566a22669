//! Mistakes in interfaces, pages and sites.

use std::path::Path;

use appos_codegen::project::objects_in;

use super::{accept, check, compare, support};

#[test]
fn what_is_drawn_is_a_plain_function_with_an_answer() {
    check(
        "#[interface] async fn total() { 1 }",
        &[
            (
                "async",
                "interface `total` cannot be `async`; it is drawn at once",
                "write `fn total(..) -> Element`, and load data in it: `let total = use_rule(|| rules::total());`",
            ),
            (
                "total",
                "interface `total` has no answer to draw",
                "write `fn total(..) -> Element { rsx! { p { \"..\" } } }`",
            ),
        ],
    );
    check(
        "#[page(route = \"/total\")] fn total() -> Vec<u8> { Vec::new() }",
        &[(
            "Vec<u8>",
            "page `total` answers `Vec<u8>`; what is drawn is of type `Element`",
            "write `fn total(..) -> Element { rsx! { p { \"..\" } } }`",
        )],
    );
    check(
        "#[site] async fn crm() -> Navigation { navigation() }",
        &[(
            "async",
            "site `crm` cannot be `async`; it is drawn at once",
            "write `fn crm() -> Navigation`; numbers beside entries come from `.badge(rules::..)`",
        )],
    );
    accept(
        "#[interface] fn total(#[props(default = 1)] a: u8, b: Option<u8>, children: Element) -> Element { rsx!{} }",
    );
    accept("#[interface] fn total() -> dioxus_core::Element { rsx!{} }");
}

#[test]
fn parameters_are_owned_and_have_names_of_their_own() {
    check(
        "#[interface] fn total(a: &str, #[serde(skip)] b: u8, key: u8) -> Element { rsx!{} }",
        &[
            ("&str", "parameter `a` borrows; arguments are moved through dispatch", "write `a: String`"),
            (
                "serde(skip)",
                "a parameter knows no such attribute",
                "write `#[sensitive]` to keep its value out of the logs",
            ),
            ("key", "parameter `key` has a name that components need for themselves", "choose another name"),
        ],
    );
}

#[test]
fn a_page_has_a_route_that_fits_its_parameters() {
    let page = |route: &str| {
        format!("#[page(route = \"{route}\")] fn report(id: i64, of: Option<u8>) -> Element {{ rsx!{{}} }}")
    };
    let wrong = |route: &str, message: &str, help: &str| {
        check(&page(route), &[(&format!("\"{route}\""), message, help)]);
    };
    check(
        "#[page] fn order_report() -> Element { rsx!{} }",
        &[(
            "order_report",
            "page `order_report` has no route, so nobody can open it",
            "write `#[page(route = \"/order-report\", title = \"..\")]`",
        )],
    );
    let after = "write `\"/reports\"`; the name of the app comes before it by itself";
    wrong("reports", "the route does not begin with `/`", after);
    wrong("/reports/", "the route has an empty part between two slashes or at its end", "write `\"/reports\"`");
    wrong("/Reports", "the route has `R` in `Reports`", "use lower-case letters, digits, `-`, `_` and `.`");
    wrong("/a?b", "the route has `?` in `a?b`", "use lower-case letters, digits, `-`, `_` and `.`");
    wrong("/a/../b", "the route has the part `..`, which browsers take away", "write a word");
    let whole = "a parameter fills a whole part: `/reports/{id}`";
    wrong("/reports/r{id}", "the route mixes text and a parameter in `r{id}`", whole);
    let begin = "begin with a word, such as `/reports/{..}`";
    wrong("/{id}", "the route begins with `{id}`, which would fit every other screen of the app", begin);
    wrong("/a/{id}/{id}", "the route names `{id}` twice", "give each place its own name");
    wrong(
        "/a/{}",
        "the route has `{}`, which names no parameter",
        "write the name of a parameter in braces, such as `{id}`",
    );
    wrong("/a/{di}", "the route names `{di}`, but the page has no parameter `di`", "did you mean `{id}`?");
    check(
        &page("/a/{of}"),
        &[(
            "Option<u8>",
            "parameter `of` stands in the route, so it is always there; it cannot be an `Option`",
            "leave out `Option`, or leave `{of}` out of the route: then it is a query parameter",
        )],
    );
    accept(&page("/"));
    accept(&page("/reports/{id}/of-all.csv"));
    // A route that cannot be read is one mistake, not two.
    check(
        "#[page(route = 5)] fn a() -> Element { rsx!{} }",
        &[("5", "`route` takes a text in quotes", "write `route = \"/customers/{id}/report\"`")],
    );
}

#[test]
fn no_secret_stands_in_an_address() {
    check(
        "#[page(route = \"/reset\")] fn reset(token: String, into: u8) -> Element { rsx!{} }",
        &[
            (
                "token",
                "parameter `token` is a secret, and parameters of a page stand in its address",
                "ask for it with a form, or give the parameter another name",
            ),
            ("into", "parameter `into` has a name that links need for themselves", "choose another name"),
        ],
    );
}

#[test]
fn a_site_takes_nothing_and_is_viewed_only() {
    check(
        "#[site(use = [\"crm_users\"], default = 5)] fn crm(a: u8) -> Navigation { navigation() }",
        &[
            (
                "use",
                "#[site] has no key `use`",
                "it knows `name`, `default`, `description`, `view`, `public_access` and `crate`",
            ),
            ("5", "`default` takes the path of an object", "write `default = pages::home`"),
            (
                "a: u8",
                "site `crm` has parameters; a site is the same for every address",
                "write `fn crm() -> Navigation`; who asks stands in `ctx.user`",
            ),
        ],
    );
}

#[test]
fn names_that_would_hide_others_are_told() {
    let source = "#[record] struct Customer {}\n#[site] fn first() -> Navigation { navigation() }";
    let objects = objects_in(source, Path::new("/crm/src/records/customer.rs"), "src/records/customer.rs");
    let project = appos_codegen::Project { objects: objects.into(), ..support::project() };
    let found = |source: &str| support::expand_source(source, &project).diagnostics;
    compare(
        &found("#[interface] fn customer() -> Element { rsx!{} }"),
        &[(
            "customer",
            "interface `customer` becomes the component `Customer`, but that is the record in src/records/customer.rs, line 1",
            "choose another name, such as `customer_card`",
        )],
    );
    compare(
        &found("#[interface] fn element() -> Element { rsx!{} }"),
        &[(
            "element",
            "`Element` is a name of AppOS or of Rust that every file of the app can use",
            "choose another name, such as `AppElement`",
        )],
    );
    compare(
        &found("#[site] fn second() -> Navigation { navigation() }"),
        &[(
            "second",
            "this app has a site already: `first` in src/records/customer.rs, line 2",
            "put the entries of both into one; `.group(\"..\", |group| ..)` keeps them apart",
        )],
    );
}
