//! Mistakes in keys and values, whatever the object.

use super::{accept, check};

#[test]
fn an_unknown_key_suggests_the_nearest() {
    check(
        "#[record(view = [\"crm_users\"], displai = \"name\")] struct A { name: String }",
        &[("displai", "#[record] has no key `displai`", "did you mean `display`? write `display = \"name\"`")],
    );
    check(
        "#[expression_rule(colour = 1)] fn a() {}",
        &[(
            "colour",
            "#[expression_rule] has no key `colour`",
            "it knows `description`, `view`, `use`, `admin`, `public_access`, `timeout`, `cache`, `recursive`, `case` and `crate`",
        )],
    );
}

#[test]
fn a_key_written_twice_is_reported_at_the_second() {
    check(
        "#[record(view = [\"crm_users\"], view = [\"crm_admins\"])] struct A { name: String }",
        &[("view", "`view` is written twice", "write `view = [\"crm_users\"]` once")],
    );
}

#[test]
fn a_wrong_literal_is_reported_at_the_literal() {
    check(
        "#[record(view = \"crm_users\", display = 5, public_access = 1, timeout = 5)] struct A { name: String }",
        &[
            ("\"crm_users\"", "`view` takes a list of groups", "write `view = [\"crm_users\"]`"),
            ("5", "`display` takes a text in quotes", "write `display = \"name\"`"),
            ("1", "`public_access` is a switch and takes no value", "write `public_access`"),
            ("5", "`timeout` takes a length of time in quotes", "write `timeout = \"5s\"`"),
        ],
    );
}

#[test]
fn a_length_of_time_must_be_one() {
    check(
        "#[expression_rule(cache = \"soon\")] fn a() {}",
        &[(
            "\"soon\"",
            "`cache` is no length of time: \"soon\" (a whole number and ms, s, m, h, d or w)",
            "write `cache = \"60s\"`",
        )],
    );
}

#[test]
fn a_value_without_key_and_an_unreadable_part_hide_nothing() {
    check(
        "#[expression_rule(\"x\", timeout 5, uses = [])] fn a() {}",
        &[
            (
                "timeout 5",
                "#[expression_rule] cannot read this",
                "write keys and values, such as `description = \"Calculate customer lifetime value\"`",
            ),
            (
                "\"x\"",
                "#[expression_rule] takes keys; this value has none",
                "write a key before it, such as `description = \"Calculate customer lifetime value\"`",
            ),
            ("uses", "#[expression_rule] has no key `uses`", "did you mean `use`? write `use = [\"crm_users\"]`"),
        ],
    );
}

#[test]
fn unknown_groups_suggest_the_nearest_of_the_app() {
    check(
        "#[expression_rule(use = [\"crm_user\", \"payroll\", \"finance\", \"finance\"])] fn a() {}",
        &[
            (
                "\"crm_user\"",
                "this app has no group `crm_user`",
                "did you mean `crm_users`? write `\"crm_users\"`, or add `crm_user` under `groups` in app.yaml",
            ),
            (
                "\"payroll\"",
                "this app has no group `payroll`",
                "add it under `groups` in app.yaml: `groups: [payroll]`",
            ),
            ("\"finance\"", "group `finance` is named twice in this list", "write `\"finance\"` once"),
        ],
    );
}

#[test]
fn builtin_groups_need_no_declaration() {
    accept("#[expression_rule(use = [\"public_access\"], admin = [\"system_admin\"])] fn a() {}");
}

#[test]
fn keywords_are_keys() {
    accept("#[expression_rule(use = [], crate = ::appos)] fn a() {}");
}
