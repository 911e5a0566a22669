//! Mistakes in translation sets, and in the texts that `t!` tells.

use std::sync::Arc;

use appos_codegen::{KnownText, Project, expand_text, texts_in};

use super::{accept, check, support};

fn texts(texts: &str) -> String {
    format!("#[translation_set] fn labels() -> Translations {{ translations! {{ {texts} }} }}")
}

#[test]
fn texts_of_every_sort_are_taken() {
    accept(&texts(
        "a: { en: \"A\" }, b.c: { en: \"{{x}}\", fr-CA: \"y\", es-419: \"z\" } d: { de: { other: \"{count}\" } }",
    ));
    accept(&texts("records.customer.fields.type: { en: \"Type\" }"));
    accept(&texts(""));
}

#[test]
fn the_function_is_a_list_of_texts() {
    check(
        "#[translation_set] async fn labels(a: u8) -> String { translations! {} }",
        &[
            (
                "async",
                "translation set `labels` cannot be `async`; its texts are known before anything runs",
                "write `fn labels() -> Translations`",
            ),
            (
                "a: u8",
                "translation set `labels` has parameters; its texts have",
                "write `fn labels() -> Translations`, and `welcome: { en: \"Welcome, {name}!\" }` in it",
            ),
            (
                "String",
                "translation set `labels` answers its texts and nothing else",
                "write `fn labels() -> Translations`",
            ),
        ],
    );
    let help = "write `translations! { customers: { en: \"Customers\", fr: \"Clients\" } }`";
    check(
        "#[translation_set] fn labels() -> Translations { other() }",
        &[("other()", "the body of translation set `labels` is no list of texts", help)],
    );
}

#[test]
fn texts_that_cannot_be_read_are_told_one_by_one() {
    let help =
        "write `customers: { en: \"Customers\", fr: \"Clients\" }`, or plurals: `en: { one: \"..\", other: \"..\" }`";
    check(
        &texts("a { en: \"A\" }, b: { en: 5 }, c: { en: \"C\" }, d"),
        &[
            ("{", "this text cannot be read: expected `:`", help),
            ("5", "this text cannot be read: expected string literal", help),
            ("d", "this text cannot be read: expected `:`", help),
        ],
    );
}

#[test]
fn keys_are_words_and_written_once() {
    check(
        &texts("openOrders: { en: \"A\" }, a: { en: \"A\" }, a: { en: \"B\" }, none: {}"),
        &[
            (
                "openOrders",
                "`openOrders` is no key: its words are lower-case letters, digits and single underscores",
                "write `open_orders`",
            ),
            ("none", "the text `none` is in no language", "write `none: { en: \"..\" }`"),
            ("a", "the text `a` is in this set already", "give each text of an app its own key"),
        ],
    );
}

#[test]
fn languages_are_tags_and_written_once() {
    check(
        &texts("a: { cz: \"A\", fr-ca: \"B\", en: \"C\", en: \"D\", english: \"E\" }"),
        &[
            ("cz", "`cz` is no language", "did you mean `cs`?"),
            ("fr-ca", "the language `fr-ca` is spelled another way", "write `fr-CA`"),
            ("en", "the text `a` is in `en` already", "write each language once"),
            ("english", "`english` is no language", "write a tag such as `en`, `fr-CA` or `zh-Hant`"),
        ],
    );
}

#[test]
fn every_language_names_the_same_parameters() {
    let help = "name the same parameters in every language";
    check(
        &texts("a: { en: \"{name}\", fr: \"x\", de: \"{name} {age}\" }"),
        &[
            ("fr", "the text `a` lacks `{name}` in `fr`, and has it in `en`", help),
            ("de", "the text `a` has `{age}` in `de`, and lacks it in `en`", help),
        ],
    );
    check(
        &texts("records.customer: { en: \"{name}\" }"),
        &[(
            "records.customer",
            "`records.customer` is the name of an object, which has no parameters",
            "leave the braces out, or choose a key that begins with another word than `records` or `choices`",
        )],
    );
}

#[test]
fn braces_hold_names() {
    check(
        &texts("a: { en: \"} {\" }, b: { en: \"{first name}\" }, c: { en: \" \" }"),
        &[
            ("\"} {\"", "a `}` in this text stands alone", "write `}}` for a brace, or `{name}` for a parameter"),
            ("\"} {\"", "a `{` in this text stands alone", "write `{{` for a brace, or `{name}` for a parameter"),
            (
                "\"{first name}\"",
                "`{first name}` in this text is no parameter",
                "write a name in the braces, such as `{name}`; `{{` and `}}` are braces",
            ),
            ("\" \"", "the text `c` says nothing", "leave the language out: the reader sees the next best one"),
        ],
    );
}

#[test]
fn plurals_are_those_of_cldr() {
    check(
        &texts(
            "a: { en: { one: \"A\" } }, b: { en: { singular: \"A\", othr: \"B\", one: \"C\", one: \"D\", other: \"E\" } }",
        ),
        &[
            (
                "one",
                "the plurals of `a` lack `other`, which every language has",
                "write `{ one: \"{count} order\", other: \"{count} orders\" }`",
            ),
            (
                "singular",
                "`singular` is no plural category",
                "the categories are `zero`, `one`, `two`, `few`, `many`, `other`",
            ),
            ("othr", "`othr` is no plural category", "did you mean `other`?"),
            ("one", "`one` is written twice", "write each plural category once"),
        ],
    );
}

#[test]
fn a_key_of_another_set_of_the_app_is_taken() {
    let known = KnownText { set: "words".to_owned(), key: "customers".to_owned(), parameters: Vec::new() };
    let project = Project { texts: Arc::from([known]), ..support::project() };
    let found = support::expand_source(&texts("customers: { en: \"A\" }"), &project).diagnostics;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message(), "the text `customers` is in translation set `words` already");
}

/// What `t!` says, in an app with these texts.
fn said(call: &str) -> String {
    let source =
        texts("customers: { en: \"Customers\" }, welcome: { en: \"{name} {day}\" }, orders.open: { en: \"x\" }");
    let project = Project { texts: texts_in(&source).into(), ..support::project() };
    expand_text(call.parse().expect("tokens"), &project).to_string()
}

#[test]
fn a_text_is_told_by_a_type_that_the_compiler_knows() {
    assert_eq!(said("\"customers\""), "translations :: __appos_text_customers { } . told ()");
    assert_eq!(said("\"crm.customers\""), said("\"customers\""));
    assert!(said("\"orders.open\"").starts_with("translations :: __appos_text_orders__open"));
    assert!(said("\"billing.invoice\"").starts_with("billing :: translations :: __appos_text_invoice"));
    let call = said("\"welcome\", name = user.name, day");
    assert!(call.contains("name : __appos_support :: GivenText :: given (& (user . name))"), "{call}");
}

#[test]
fn what_a_text_does_not_take_is_told_with_what_was_meant() {
    for (call, message) in [
        ("\"custmers\"", "this app has no text `custmers`\\nhelp: did you mean `t!(\\\"customers\\\")`?"),
        ("\"orders.opn\"", "this app has no text `orders.opn`\\nhelp: did you mean `t!(\\\"orders.open\\\")`?"),
        ("\"nothing_like_it\"", "this app has no text `nothing_like_it`"),
        ("\"welcome\", nam = 1", "the text `welcome` has no parameter `nam`\\nhelp: did you mean `name`?"),
        ("\"welcome\", name = 1", "the text `welcome` needs `day`"),
        ("\"welcome\"", "the text `welcome` needs `day`, `name`"),
        ("\"customers\", count = 1", "the text `customers` has no parameter `count`\\nhelp: leave it out"),
        ("\"welcome\", name = 1, name = 2, day = 3", "`name` is given twice"),
        ("", "`t!` needs the key of a text"),
        ("customers", "`t!` cannot read this: expected string literal"),
    ] {
        let said = said(call);
        assert!(said.contains(message) && said.contains("String :: new ()"), "{call}: {said}");
    }
}
