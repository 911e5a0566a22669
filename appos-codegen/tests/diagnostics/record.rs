//! Mistakes in records as a whole.

use super::{accept, check};

#[test]
fn a_record_says_who_may_view_it() {
    check(
        "#[record] struct Invoice { name: String }",
        &[(
            "Invoice",
            "record `Invoice` grants no `view` permission; records are tier 1 and inherit nothing",
            "write `#[record(view = [\"crm_users\"])]`",
        )],
    );
    accept("#[record(public_access)] struct Invoice { name: String }");
    accept("#[record(view = [])] struct Invoice { name: String }");
}

#[test]
fn named_fields_exist_once_and_have_a_column() {
    check(
        "#[record(view = [], display = \"nam\", unique(\"name\", \"name\"), index(\"missing\"), index(\"others\"))] \
         struct A { name: String, others: Many<B> }",
        &[
            ("\"nam\"", "`display` names field `nam`, which record `A` does not have", "did you mean `\"name\"`?"),
            ("\"name\"", "`unique` names field `name` twice", "write `\"name\"` once"),
            ("\"missing\"", "`index` names field `missing`, which record `A` does not have", "its fields are `name`"),
            (
                "\"others\"",
                "`index` names field `others`, which lists rows of another record and has no column",
                "name a field with a value of its own",
            ),
        ],
    );
}

#[test]
fn other_shapes_are_refused() {
    let form = "write `pub struct Customer { name: String }`";
    check("#[record] struct A;", &[("A", "record `A` has no fields", "write `struct A { name: String }`")]);
    check(
        "#[record] struct A(String, u8);",
        &[(
            "(String, u8)",
            "the fields of record `A` have no names; columns, forms and JSON need them",
            "write `struct A { name: String }`",
        )],
    );
    check("#[record] /// Docs.\npub enum A { B }", &[("enum", "`#[record]` goes on a struct with named fields", form)]);
    check("#[record] fn a() {}", &[("fn", "`#[record]` goes on a struct with named fields", form)]);
    check(
        "#[record] struct A<'a, T> { name: String }",
        &[(
            "<'a, T>",
            "record `A` has generic parameters; an object is one thing with one reference",
            "write the concrete types",
        )],
    );
}

#[test]
fn attributes_that_fight_with_the_expansion_are_reported() {
    check(
        "#[record(view = [])] #[derive(Debug, Clone, serde::Serialize)] #[serde(rename_all = \"x\")] struct Result { a: u8 }",
        &[
            (
                "Result",
                "`Result` is a name of AppOS or of Rust that every file of the app can use",
                "choose another name, such as `AppResult`",
            ),
            (
                "serde::Serialize",
                "a record cannot derive `serde::Serialize`; `#[record]` writes what it needs",
                "leave it out; `Clone`, `Debug` and reading and writing JSON are there already",
            ),
            (
                "serde",
                "serde attributes have no effect on a record; its JSON follows its fields",
                "rename the field, or set `#[field(label = \"..\")]` for what people see",
            ),
        ],
    );
}

#[test]
fn names_for_the_database_are_plain() {
    check(
        "#[record(view = [], table = \"Order Lines\", plural = \"\")] struct A { a: u8 }",
        &[
            (
                "\"Order Lines\"",
                "`table` is no name for a database: \"Order Lines\"",
                "write lower-case letters, digits and underscores: `table = \"crm_customer\"`",
            ),
            (
                "\"\"",
                "`plural` is no name for a database: \"\"",
                "write lower-case letters, digits and underscores: `plural = \"crm_customer\"`",
            ),
        ],
    );
}

#[test]
fn lists_of_fields_are_written_in_parentheses() {
    let help = "write `unique(\"first_name\", \"last_name\")`";
    check(
        "#[record(view = [], unique = \"a\", unique(), unique(a))] struct A { a: u8 }",
        &[
            ("unique = \"a\"", "`unique` takes the names of fields in quotes", help),
            ("unique()", "`unique` takes the names of fields in quotes", help),
            ("a", "`unique` takes the names of fields in quotes", help),
        ],
    );
}

#[test]
fn what_is_in_the_platforms_own_database_is_not_for_records_of_another() {
    let renamed = (
        "there are no migrations of the database of a connected system, so nothing is renamed there",
        "leave it out, and rename the table or column there",
    );
    check(
        "#[record(view = [], connected_system = warehouse, audit_log, renamed_from = \"part\", \
         on_create = after_commit(rules::comes), on_delete = processes::clear)] \
         struct A { #[field(auto_number)] number: i64, #[field(renamed_from = \"old\")] name: String }",
        &[
            (
                "audit_log",
                "the audit log is in the platform's own database, and nothing is committed with both it and that of a \
                 connected system",
                "leave `audit_log` out, and have a rule of `on_create`, `on_update` and `on_delete` write a record of the \
                 same connected system",
            ),
            ("\"part\"", renamed.0, renamed.1),
            (
                "rules::comes",
                "`rules::comes` would wait in the outbox of the platform's own database, which commits nothing with that \
                 of a connected system",
                "write `rules::comes` without `after_commit`, to have it called in the transaction of the write, or call \
                 it where the rows are written",
            ),
            (
                "processes::clear",
                "`processes::clear` is a process, whose instances are in the platform's own database, which commits \
                 nothing with that of a connected system",
                "start `processes::clear` where the rows are written, after they are",
            ),
            (
                "auto_number",
                "the numbers of field `number` would be counted in the platform's own database, which commits nothing \
                 with that of a connected system",
                "use the row's `id`, or a number that you write",
            ),
            ("\"old\"", renamed.0, renamed.1),
        ],
    );
    check(
        "#[record(view = [], external)] struct A { name: String }",
        &[(
            "external",
            "tables of the platform's own database are made by its migrations, and none of them is somebody else's",
            "name the connected system in whose database the table is: `connected_system = warehouse, external`",
        )],
    );
    check(
        "#[record(view = [], connected_system = warehouse, external, soft_delete)] struct A { name: String }",
        &[(
            "soft_delete",
            "a table that is somebody else's has no column for rows that are kept out of sight",
            "leave `soft_delete` out",
        )],
    );
    accept("#[record(view = [], connected_system = warehouse, soft_delete)] struct A { name: String }");
}
