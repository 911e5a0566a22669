//! Patterns of grants against a regular expression.

use appos_runtime::security::Pattern;
use proptest::prelude::*;
use regex::Regex;

use crate::model::expression;
use crate::world::PATTERNS;

/// Which texts are patterns at all: written once more, as one expression.
fn is_pattern(text: &str) -> bool {
    const WORD: &str = "[a-z][a-z0-9_]*";
    let forms = format!(r"\A(?:{WORD}\.(?:{WORD}\.)?(?:{WORD})?\*|{WORD}\.{WORD}\.{WORD})\z");
    Regex::new(&forms).expect("an expression").is_match(text)
}

/// Words and signs from which patterns and references are put together, near to what they may be.
fn text() -> impl Strategy<Value = String> {
    let parts = [
        "crm", "crm2", "c", "records", "rules", "customer", "cust", "note", "_", "2", "*", ".", ".", ".*", "[a]", " ",
        "é", "C",
    ];
    prop::collection::vec(prop::sample::select(parts.to_vec()), 0..7).prop_map(|parts| parts.concat())
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["crm", "crm2", "c", "cr", "records", "rules", "customer", "customer_note", "cust", "x"])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn a_text_is_a_pattern_or_not_as_the_expression_says(text in text()) {
        prop_assert_eq!(text.parse::<Pattern>().is_ok(), is_pattern(&text), "`{}`", text);
    }

    #[test]
    fn a_pattern_covers_what_the_expression_covers_and_nothing_of_another_app(
        text in text(), (app, namespace, name) in (name(), name(), name()),
    ) {
        if let Ok(pattern) = text.parse::<Pattern>() {
            let reference = format!("{app}.{namespace}.{name}");
            let covered = pattern.matches(app, namespace, name);
            prop_assert_eq!(covered, expression(&text).is_match(&reference), "`{}` and `{}`", text, reference);
            prop_assert!(!covered || text.split('.').next() == Some(app));
            prop_assert_eq!(pattern.to_string(), text);
        }
    }
}

#[test]
fn a_pattern_of_one_app_never_covers_an_app_whose_name_begins_so() {
    let all: Pattern = "crm.*".parse().expect("a pattern");
    assert!(all.matches("crm", "records", "customer"));
    for (app, namespace, name) in
        [("crm2", "records", "x"), ("billing", "crm", "x"), ("cr", "m", "x"), ("", "crm", "x")]
    {
        assert!(!all.matches(app, namespace, name), "{app}.{namespace}.{name}");
    }
}

#[test]
fn what_is_no_pattern_is_refused_and_never_read_as_everything() {
    for text in [
        "",
        "*",
        "**",
        "crm",
        "crm.",
        ".*",
        "*.*",
        "*.records.*",
        "crm.**",
        "crm.[a]",
        "crm.?",
        "crm.*.x*",
        "crm.*.*",
        "crm.records.*x",
        "crm.records.c*x*",
        "Crm.*",
        "crm.customer",
        "crm..customer",
        "crm.records.customer.email",
        "crm.rec*.customer",
        " crm.*",
        "crm.*\n",
        "crm.*\0",
        "crm.records.customér",
    ] {
        assert!(text.parse::<Pattern>().is_err(), "`{text}` was taken for a pattern");
    }
    for text in PATTERNS {
        assert_eq!(text.parse::<Pattern>().expect("a pattern").to_string(), text);
    }
}
