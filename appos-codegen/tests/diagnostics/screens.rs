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

#[test]
fn a_piece_is_of_a_record_and_a_field_that_are_there() {
    let source = "#[record] pub struct Customer { name: String, tier: Tier, orders: Many<Order> }";
    let objects = objects_in(source, Path::new("customer.rs"), "src/records/customer.rs");
    let project = appos_codegen::Project { objects: objects.into(), ..support::project() };
    let check = |source: &str, expected: &[super::Expected<'_>]| {
        compare(&support::expand_source(source, &project).diagnostics, expected);
    };
    let display = |of: &str| format!("#[interface(displays = {of})] fn shown(value: u8) -> Element {{ rsx!{{}} }}");
    check(&display("records::Customer.tier"), &[]);
    check(&display("crate::records::Customer.tier"), &[]);
    check(&display("Customer.tier"), &[]);
    check(
        &display("records::Custmer.tier"),
        &[("Custmer", "this app has no record `Custmer`", "did you mean `Customer`?")],
    );
    // What is like none may stand under a `cfg`: rustc says what there is.
    check(&display("records::Other.tier"), &[]);
    check(
        &display("records::Customer.teir"),
        &[("teir", "record `Customer` has no field `teir`", "did you mean `tier`?")],
    );
    check(
        &display("records::Customer.weight"),
        &[("weight", "record `Customer` has no field `weight`", "write one of `name`, `tier`, `orders`")],
    );
    check(
        &display("records::Customer.version"),
        &[(
            "version",
            "every record has `version`, and it looks the same everywhere; only fields of `Customer` itself are shaped",
            "name a field that is written in `Customer`",
        )],
    );
    check(
        &display("billing::records::Invoice.total"),
        &[(
            "billing::records::Invoice",
            "`Invoice` is a record of the app `billing`; an app shapes the screens of its own records",
            "write the interface in the app `billing`",
        )],
    );
    for wrong in ["records::Customer", "\"Customer.tier\"", "records::Customer.0", "tier()"] {
        check(
            &display(wrong),
            &[(wrong, "`displays` takes a record and one of its fields", "write `displays = records::Customer.tier`")],
        );
    }
    let section = |keys: &str| {
        format!(
            "#[interface(section_of = records::Customer, {keys})] fn shown(id: Id<Customer>) -> Element {{ rsx!{{}} }}"
        )
    };
    check(&section("after = orders"), &[]);
    check(&section("replaces = [fields, history]"), &[]);
    check(
        &section("after = order"),
        &[("order", "the screen of a row of `Customer` has no section `order`", "did you mean `orders`?")],
    );
    check(
        &section("after = orders, replaces = fields"),
        &[(
            "orders",
            "a section stands after another one or in the place of it, not both",
            "leave out `after` or `replaces`",
        )],
    );
    check(&section("replaces = [orders, orders]"), &[("orders", "`orders` is named twice", "leave one of them out")]);
    check(
        &section("replaces = \"orders\""),
        &[(
            "\"orders\"",
            "`replaces` takes names of fields or sections without quotes",
            "write `replaces = [address, city]`",
        )],
    );
    check(
        "#[interface(form_section_of = records::Customer, after = history)] \
         fn shown(form: ui::FormFields<Customer>) -> Element { rsx!{} }",
        &[("history", "the form of `Customer` has no field `history`", "write one of `name`, `tier`, `orders`")],
    );
}

#[test]
fn an_interface_stands_for_one_piece_and_is_given_one_value() {
    check(
        "#[interface(displays = records::A.b, inputs = records::A.b)] fn shown(value: u8) -> Element { rsx!{} }",
        &[(
            "records::A",
            "an interface stands for one piece; `displays` and `inputs` are two",
            "write an interface for each of them",
        )],
    );
    check(
        "#[interface(after = orders)] fn shown() -> Element { rsx!{} }",
        &[(
            "orders",
            "`after` and `replaces` say where a section stands, but this interface is none",
            "write `section_of = records::Customer` or `form_section_of = records::Customer` beside it",
        )],
    );
    let wrong = |source: &str, token: &str, key: &str, form: &str| {
        let message = format!("an interface with `{key}` is given one value, its only parameter");
        check(source, &[(token, &message, &format!("write `fn shown({form}) -> Element`"))]);
    };
    wrong("#[interface(displays = records::A.b)] fn shown() -> Element { rsx!{} }", "shown", "displays", "value: ..");
    wrong(
        "#[interface(cell_of = records::A.b)] fn shown(a: u8, more: u8) -> Element { rsx!{} }",
        "more",
        "cell_of",
        "value: ..",
    );
    wrong(
        "#[interface(inputs = records::A.b)] fn shown(value: u8) -> Element { rsx!{} }",
        "u8",
        "inputs",
        "input: ui::FieldInput<..>",
    );
    wrong(
        "#[interface(detail_of = records::A)] fn shown(id: i64) -> Element { rsx!{} }",
        "i64",
        "detail_of",
        "id: Id<records::A>",
    );
    wrong(
        "#[interface(form_of = records::A)] fn shown(form: Form) -> Element { rsx!{} }",
        "Form",
        "form_of",
        "form: ui::FormFields<records::A>",
    );
    check(
        "#[interface(list_of = records::A)] fn shown(of: u8) -> Element { rsx!{} }",
        &[(
            "of",
            "an interface with `list_of` is given nothing, so it has no parameters",
            "write `fn shown() -> Element`",
        )],
    );
}
