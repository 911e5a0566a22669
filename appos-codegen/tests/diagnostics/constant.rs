//! Mistakes in constants.

use super::{accept, check};

#[test]
fn parameters_and_a_missing_type_are_reported_together() {
    check(
        "#[constant] fn rate(year: u32, month: u8) { 1 }",
        &[
            (
                "year: u32, month: u8",
                "constant `rate` has parameters; a constant has one value",
                "write `fn rate() -> ..`, or make it an `#[expression_rule]`",
            ),
            ("rate", "constant `rate` has no type", "write `fn rate() -> Decimal`, or whichever type it is"),
        ],
    );
}

#[test]
fn environments_are_names_and_values() {
    let help = "write `env = { dev = 0.0, test = dec!(0.1) }`";
    check(
        "#[constant(env = 5)] fn rate() -> u8 { 1 }",
        &[("5", "`env` takes a value per environment in braces", help)],
    );
    check(
        "#[constant(env = { dev = 1, dev = 2 })] fn rate() -> u8 { 1 }",
        &[("dev", "`env` names environment `dev` twice", help)],
    );
    accept("#[constant(env = { dev = 0.0, test = { let x = 1; x }, prod = f(1, 2), })] fn rate() -> f64 { 1.0 }");
    accept("#[constant(env = { dev = 0.0 })] fn rate() -> f64 { 1.0 }");
    accept("#[constant(env(dev = 0.0, test = 1.0))] fn rate() -> f64 { 1.0 }");
}

#[test]
fn keys_of_rules_are_not_keys_of_constants() {
    check(
        "#[constant(descripton = \"x\")] fn rate() -> u8 { 1 }",
        &[(
            "descripton",
            "#[constant] has no key `descripton`",
            "did you mean `description`? write `description = \"Standard tax rate\"`",
        )],
    );
}
