//! Mistakes in tests and in the cases of rules.

use super::{accept, check};

const FORM: &str = "write `async fn a() { .. }`";

#[test]
fn what_a_test_cannot_be_is_reported_at_its_token() {
    check(
        "#[test] #[tokio::test] const unsafe extern \"C\" fn a<T>(ctx: Ctx, b: T) {}",
        &[
            ("fn", "test `a` runs on a platform and is not async", FORM),
            ("const", "test `a` cannot be `const`", FORM),
            ("extern \"C\"", "test `a` cannot be `extern`", FORM),
            ("unsafe", "test `a` cannot be `unsafe`", FORM),
            ("<T>", "test `a` has generic parameters; nobody chooses them", FORM),
            (
                "ctx: Ctx, b: T",
                "test `a` has parameters; nobody gives them",
                "write `async fn a() { .. }`; `ctx` is in scope in its body",
            ),
            (
                "tokio::test",
                "`a` is made a test twice",
                "leave this attribute out; `#[appos::test]` has a runtime of its own",
            ),
        ],
    );
}

#[test]
fn a_plain_test_stays_one_unless_it_wants_a_platform() {
    accept("#[test] fn a() { assert_eq!(1 + 1, 2); }");
    accept("#[test] fn a() { block_on(async { b().await }); }");
    for body in ["b().await", "as_user(\"ann\", [\"crm_users\"], b)", "advance(\"1h\")"] {
        check(
            &format!("#[test] fn a() {{ {body}; }}"),
            &[("fn", "test `a` runs on a platform and is not async", FORM)],
        );
    }
}

#[test]
fn a_test_is_a_function_and_knows_one_key() {
    check(
        "#[test] struct A;",
        &[("struct", "`#[appos::test]` goes on a function", "write `async fn a_customer_has_no_orders_yet() { .. }`")],
    );
    check(
        "#[test(flavor = \"multi_thread\")] async fn a() {}",
        &[("flavor", "#[appos::test] has no key `flavor`", "it knows `crate`")],
    );
}

#[test]
fn a_case_gives_what_the_rule_takes() {
    check(
        "#[expression_rule(case(1) = 2, case(1, 2, 3) = 6, case(1, 2) = 3)] fn add(left: i64, right: i64) -> i64 {}",
        &[
            ("(1)", "rule `add` takes 2 arguments; this case gives 1", "write `case(left, right) = ..`"),
            ("(1, 2, 3)", "rule `add` takes 2 arguments; this case gives 3", "write `case(left, right) = ..`"),
        ],
    );
    check(
        "#[expression_rule(case(1) = 2)] fn one() -> i64 {}",
        &[("(1)", "rule `one` takes 0 arguments; this case gives 1", "write `case() = ..`")],
    );
}

#[test]
fn a_case_that_cannot_be_read_leaves_the_others_and_the_keys() {
    let help = "write `case(2, dec!(10)) = dec!(20)` or `case(0, dec!(10)) = err(\"must be at least 1\")`";
    let message = "this case cannot be read: it says what a call of the rule answers";
    for (source, token) in [
        ("case(1)", "case(1)"),
        ("case(1) =", "case(1) ="),
        ("case = 1", "case = 1"),
        ("case[1] = 1", "case[1] = 1"),
        ("case", "case"),
        ("case(1 2) = 3", "case(1 2) = 3"),
        ("case(1) = err(2)", "case(1) = err(2)"),
    ] {
        check(
            &format!("#[expression_rule(case(1) = 1, {source}, vew = [\"crm_users\"])] fn same(x: i64) -> i64 {{}}"),
            &[
                (token, message, help),
                ("vew", "#[expression_rule] has no key `vew`", "did you mean `view`? write `view = [\"crm_users\"]`"),
            ],
        );
    }
}

#[test]
fn commas_of_types_and_calls_end_no_case() {
    accept(
        "#[expression_rule(case(Pair::<u8, u8>(1, 2)) = Pair::<u8, u8>::new(2, 1), cache = \"1s\", \
         case(pair(1, 2)) = [1, 2].into(), recursive)] fn turned(x: Pair<u8, u8>) -> Pair<u8, u8> {}",
    );
}
