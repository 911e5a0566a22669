//! Mistakes in the fields of records.

use super::{accept, check};

#[test]
fn system_fields_and_repeated_fields_are_refused() {
    check(
        "#[record(view = [])] struct A { id: u8, name: String, name: String, updated_by: u8 }",
        &[
            ("id", "every record has a field `id` already", "leave it out, or choose another name, such as `own_id`"),
            ("name", "field `name` is written twice", "give each field its own name"),
            (
                "updated_by",
                "every record has a field `updated_by` already",
                "leave it out, or choose another name, such as `own_updated_by`",
            ),
        ],
    );
}

#[test]
fn keys_of_fields_are_checked_like_those_of_records() {
    check(
        "#[record(view = [])] struct A { #[field(lable = \"x\", search = 1, on_delete = delete, view = [\"fin\"])] a: String, \
         #[field = \"x\"] b: u8 }",
        &[
            ("lable", "#[field] has no key `lable`", "did you mean `label`? write `label = \"Company\"`"),
            ("1", "`search` is a switch and takes no value", "write `search`"),
            (
                "delete",
                "`on_delete` knows no `delete`; it knows `restrict`, `cascade` and `set_null`",
                "write `on_delete = restrict`",
            ),
            ("=", "#[field] takes its keys in parentheses", "write `#[field(label = \"Company\")]`"),
            ("\"fin\"", "this app has no group `fin`", "add it under `groups` in app.yaml: `groups: [fin]`"),
        ],
    );
}

#[test]
fn keys_fit_the_type() {
    check(
        "#[record(view = [])] struct A { \
         #[field(on_delete = cascade)] a: String, \
         #[field(on_delete = set_null)] b: Ref<B>, \
         #[field(search)] c: u8, \
         #[field(scale = 2)] d: f64, \
         #[field(scale = 40)] e: Decimal, \
         f: Option<Option<String>>, \
         #[field(search, default = 1)] #[validate(email)] g: Many<B> }",
        &[
            (
                "cascade",
                "field `a` refers to no record, so `on_delete` means nothing",
                "leave it out, or write `a: Ref<Customer>`",
            ),
            (
                "set_null",
                "field `b` cannot become empty, as it is no `Option`",
                "write `b: Option<Ref<B>>`, or `on_delete = restrict`",
            ),
            (
                "search",
                "field `c` holds no text to search",
                "leave `search` out, or write `c: String`; filters work on every field",
            ),
            ("2", "field `d` is no `Decimal`, so it has no scale", "leave `scale` out, or write `d: Decimal`"),
            ("40", "a `Decimal` has at most 28 digits after the point", "write `scale = 2`"),
            (
                "Option<Option<String>>",
                "field `f` is optional twice; a column is empty or it is not",
                "write `f: Option<String>`",
            ),
            (
                "search",
                "field `g` holds no text to search",
                "leave `search` out, or write `g: String`; filters work on every field",
            ),
            (
                "search",
                "field `g` lists rows of another record and has no column, so `search` means nothing",
                "leave it out, or write it on a field of the other record",
            ),
            (
                "1",
                "field `g` lists rows of another record and has no column, so `default` means nothing",
                "leave it out, or write it on a field of the other record",
            ),
            (
                "g",
                "field `g` lists rows of another record and has no column, so `validate` means nothing",
                "leave it out, or write it on a field of the other record",
            ),
        ],
    );
    accept(
        "#[record(view = [])] struct A { #[field(search)] a: Option<String>, #[field(on_delete = set_null)] b: Option<Ref<B>>, \
         #[field(scale = 2)] c: Option<Decimal> }",
    );
}

#[test]
fn checks_have_limits_that_allow_something() {
    check(
        "#[record(view = [])] struct A { \
         #[validate(length)] a: String, #[validate(length())] b: String, #[validate(length(min = 5, max = 1))] c: String, \
         #[validate(length(min = 1, equal = 2))] d: String, #[validate(range(min = \"x\"))] e: i64, \
         #[validate(range(min = 2, exclusive_max = -1.5))] f: i64, #[validate(contains())] g: String, \
         #[validate(emial)] h: String, #[validate(length(maximum = 1))] i: String }",
        &[
            ("length", "`length` takes its limits in parentheses", "write `length(min = 1, max = 120)`"),
            ("length", "this check has no limits, so it allows everything", "write `length(min = 1, max = 120)`"),
            ("5", "the lower limit is above the upper one, so nothing is allowed", "swap them"),
            ("1", "`equal` and a limit say two things about one length", "write `equal`, or `min` and `max`"),
            ("\"x\"", "`min` takes a number", "write `min = 0`"),
            ("2", "the lower limit is above the upper one, so nothing is allowed", "swap them"),
            ("contains", "`contains` has no text to look for", "write `contains(pattern = \"@\")`"),
            ("emial", "#[validate] has no key `emial`", "did you mean `email`? write `email`"),
            ("maximum", "`length(..)` has no key `maximum`", "it knows `min`, `max` and `equal`"),
        ],
    );
}

#[test]
fn attributes_that_fight_with_the_table_are_reported() {
    check(
        "#[record(view = [])] struct A { #[cfg(unix)] a: u8, #[serde(skip)] b: u8, #[field(column = \"id\")] c: u8, \
         #[field(column = \"a b\")] d: u8 }",
        &[
            ("cfg(unix)", "field `a` exists in some builds only; its table exists in all", "leave the `#[cfg]` out"),
            (
                "serde",
                "serde attributes have no effect on a record; its JSON follows its fields",
                "rename the field, or set `#[field(label = \"..\")]` for what people see",
            ),
            ("\"id\"", "column `id` exists already", "give each field a column of its own"),
            (
                "\"a b\"",
                "`column` is no name for a database: \"a b\"",
                "write lower-case letters, digits and underscores: `column = \"crm_customer\"`",
            ),
        ],
    );
}
