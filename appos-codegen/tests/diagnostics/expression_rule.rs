//! Mistakes in rules.

use std::path::PathBuf;

use appos_codegen::{KnownObject, ObjectKind, Project};

use super::{accept, check, compare, support};

#[test]
fn each_bad_parameter_is_reported_at_its_token() {
    check(
        "#[expression_rule] fn a(&self, ctx: Ctx, (x, y): (u8, u8), name: &str, list: &[Id<Customer>], f: impl Fn(), \
         ref r: u8, v: _, #[label] l: u8, b: u8, b: u8) {}",
        &[
            (
                "self",
                "rule `a` takes `self`; an object is not a method",
                "write it outside of `impl`, with a plain parameter: `fn a(customer: Customer)`",
            ),
            (
                "ctx",
                "rule `a` declares `ctx`; it is in scope in every body",
                "leave it out and use it: `fn a() { ctx.user }`",
            ),
            (
                "(x, y)",
                "a parameter needs a name; callers by reference pass arguments by name",
                "write `name: Type` and take it apart in the body",
            ),
            ("&str", "parameter `name` borrows; arguments are moved through dispatch", "write `name: String`"),
            (
                "&[Id<Customer>]",
                "parameter `list` borrows; arguments are moved through dispatch",
                "write `list: Vec<Id<Customer>>`",
            ),
            (
                "impl Fn()",
                "parameter `f` has an `impl Trait` type; callers by reference need one concrete type",
                "write `f: String`, or whichever type it is",
            ),
            (
                "ref",
                "a parameter needs a name; callers by reference pass arguments by name",
                "write `name: Type` and take it apart in the body",
            ),
            ("_", "parameter `v` has no concrete type", "write its type: `v: String`"),
            ("label", "a parameter knows no such attribute", "write `#[sensitive]` to keep its value out of the logs"),
            ("b", "parameter `b` is written twice", "give each parameter its own name"),
        ],
    );
}

#[test]
fn signatures_that_dispatch_cannot_call_are_refused() {
    check(
        "#[expression_rule] pub const unsafe extern \"C\" fn a<T>(x: T) -> impl Future {}",
        &[
            ("const", "rule `a` cannot be `const`; it is called through dispatch", "write `fn a` or `async fn a`"),
            ("unsafe", "rule `a` cannot be `unsafe`; it is called through dispatch", "write `fn a` or `async fn a`"),
            (
                "extern \"C\"",
                "rule `a` cannot be `extern`; it is called through dispatch",
                "write `fn a` or `async fn a`",
            ),
            (
                "<T>",
                "rule `a` has generic parameters; an object is one thing with one reference",
                "write the concrete types",
            ),
            (
                "impl Future",
                "rule `a` answers an `impl Trait` type; callers need one concrete type",
                "write `async fn a(..) -> Result<Decimal>`, or whichever type it is",
            ),
        ],
    );
}

#[test]
fn an_error_type_of_ones_own_is_refused() {
    check(
        "#[expression_rule] fn a() -> Result<Vec<u8>, MyError> {}",
        &[(
            "MyError",
            "rule `a` names an error type; dispatch answers with AppOS's own",
            "write `Result<Vec<u8>>`; `?` turns common errors into it",
        )],
    );
}

#[test]
fn other_items_are_named_by_their_word() {
    check(
        "#[expression_rule] /// Docs.\n pub struct A;",
        &[(
            "struct",
            "`#[expression_rule]` goes on a function",
            "write `async fn customer_ltv(customer_id: Id<Customer>) -> Result<Decimal> { .. }`",
        )],
    );
    check("#[expression_rule] fn a();", &[("a", "rule `a` has no body", "write `fn a(..) { .. }`")]);
}

#[test]
fn bodies_are_not_read() {
    accept("#[expression_rule] fn a() { let x = ctx. }");
    accept("#[expression_rule] fn a() { if ( ) else match; }");
    accept("#[expression_rule] fn a(x: u8) -> u8 { x + }");
}

#[test]
fn a_second_rule_of_the_same_name_is_reported_with_the_first() {
    let object = |file: &str, line| KnownObject {
        kind: ObjectKind::Rule,
        name: "total".to_owned(),
        file: PathBuf::from(file),
        shown_file: format!("src/rules/{file}"),
        line,
        fields: Vec::new(),
    };
    let here = PathBuf::from("b.rs");
    let line = source_line();
    let project =
        Project { objects: [object("a.rs", 3), object("b.rs", line)].into(), file: Some(here), ..support::project() };
    compare(
        &support::expand_source("#[expression_rule] fn total() {}", &project).diagnostics,
        &[(
            "total",
            "rule `total` is already defined in src/rules/a.rs, line 3",
            "rename one of them; every object of an app has a reference of its own",
        )],
    );
}

/// The line at which a source of one line starts: 1, unless earlier sources are counted too.
fn source_line() -> usize {
    let name: proc_macro2::TokenStream = "total".parse().expect("a word is a token");
    name.into_iter().next().map_or(1, |token| token.span().start().line)
}
