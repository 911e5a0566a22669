//! Messages about `#[record]`, its fields and their checks.

use proc_macro2::{Ident, Span};
use quote::ToTokens;

use super::attribute::list;
use crate::diagnostics::{Diagnostic, nearest};

pub(crate) fn unreadable(place: Span, reason: &str, form: &str) -> Diagnostic {
    Diagnostic::at_span(place, format!("`#[record]` cannot read this struct: {reason}"), format!("write `{form}`"))
}

pub(crate) fn unit_struct(name: &Ident) -> Diagnostic {
    Diagnostic::at(name, format!("record `{name}` has no fields"), format!("write `struct {name} {{ name: String }}`"))
}

pub(crate) fn tuple_struct(fields: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        fields,
        format!("the fields of record `{name}` have no names; columns, forms and JSON need them"),
        format!("write `struct {name} {{ name: String }}`"),
    )
}

pub(crate) fn no_view(name: &Ident, group: &str) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("record `{name}` grants no `view` permission; records are tier 1 and inherit nothing"),
        format!("write `#[record(view = [\"{group}\"])]`"),
    )
}

pub(crate) fn derive(path: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        path,
        format!("a record cannot derive `{name}`; `#[record]` writes what it needs"),
        "leave it out; `Clone`, `Debug` and reading and writing JSON are there already",
    )
}

pub(crate) fn serde(path: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        path,
        "serde attributes have no effect on a record; its JSON follows its fields",
        "rename the field, or set `#[field(label = \"..\")]` for what people see",
    )
}

pub(crate) fn not_a_name(place: &impl ToTokens, key: &str, written: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("`{key}` is no name for a database: \"{written}\""),
        format!("write lower-case letters, digits and underscores: `{key} = \"crm_customer\"`"),
    )
}

pub(crate) fn no_such_field(
    place: &impl ToTokens,
    key: &str,
    written: &str,
    record: &Ident,
    known: &[&str],
) -> Diagnostic {
    let help = nearest(written, known.iter().copied()).map_or_else(
        || {
            if known.is_empty() {
                "add the field".to_owned()
            } else {
                format!("its fields are {}", list(known.iter().copied()))
            }
        },
        |near| format!("did you mean `\"{near}\"`?"),
    );
    Diagnostic::at(place, format!("`{key}` names field `{written}`, which record `{record}` does not have"), help)
}

pub(crate) fn field_without_column(place: &impl ToTokens, key: &str, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("`{key}` names field `{name}`, which lists rows of another record and has no column"),
        "name a field with a value of its own",
    )
}

pub(crate) fn field_named_twice(place: &impl ToTokens, key: &str, name: &str) -> Diagnostic {
    Diagnostic::at(place, format!("`{key}` names field `{name}` twice"), format!("write `\"{name}\"` once"))
}

pub(crate) fn system_field(field: &Ident, name: &str) -> Diagnostic {
    Diagnostic::at(
        field,
        format!("every record has a field `{name}` already"),
        format!("leave it out, or choose another name, such as `own_{name}`"),
    )
}

pub(crate) fn duplicate_field(field: &Ident, name: &str) -> Diagnostic {
    Diagnostic::at(field, format!("field `{name}` is written twice"), "give each field its own name")
}

pub(crate) fn duplicate_column(place: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(place, format!("column `{name}` exists already"), "give each field a column of its own")
}

pub(crate) fn renamed_from_present(place: &impl ToTokens, name: &str, old: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("field `{name}` cannot have been renamed from `{old}`: that column is still there"),
        "name the column that it was before, or leave `renamed_from` out",
    )
}

pub(crate) fn conditional_field(place: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("field `{name}` exists in some builds only; its table exists in all"),
        "leave the `#[cfg]` out",
    )
}

pub(crate) fn nested_option(place: &impl ToTokens, name: &str, inner: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("field `{name}` is optional twice; a column is empty or it is not"),
        format!("write `{name}: {inner}`"),
    )
}

pub(crate) fn unknown_on_delete(place: &impl ToTokens, written: &str, known: [&'static str; 3]) -> Diagnostic {
    let near = nearest(written, known).unwrap_or("restrict");
    Diagnostic::at(
        place,
        format!("`on_delete` knows no `{written}`; it knows {}", list(known)),
        format!("write `on_delete = {near}`"),
    )
}

pub(crate) fn on_delete_without_reference(place: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("field `{name}` refers to no record, so `on_delete` means nothing"),
        format!("leave it out, or write `{name}: Ref<Customer>`"),
    )
}

pub(crate) fn set_null_without_option(place: &impl ToTokens, name: &str, ty: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("field `{name}` cannot become empty, as it is no `Option`"),
        format!("write `{name}: Option<{ty}>`, or `on_delete = restrict`"),
    )
}

pub(crate) fn search_without_text(place: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("field `{name}` holds no text to search"),
        format!("leave `search` out, or write `{name}: String`; filters work on every field"),
    )
}

pub(crate) fn scale_without_decimal(place: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("field `{name}` is no `Decimal`, so it has no scale"),
        format!("leave `scale` out, or write `{name}: Decimal`"),
    )
}

pub(crate) fn scale_too_large(place: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(place, "a `Decimal` has at most 28 digits after the point", "write `scale = 2`")
}

pub(crate) fn key_on_many(place: &impl ToTokens, key: &str, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("field `{name}` lists rows of another record and has no column, so `{key}` means nothing"),
        "leave it out, or write it on a field of the other record",
    )
}

pub(crate) fn key_on_computed(place: &impl ToTokens, key: &str, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("field `{name}` is computed when it is read and has no column, so `{key}` means nothing"),
        "leave it out",
    )
}

pub(crate) fn computed_is_no_closure(place: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("the value of field `{name}` is made by a closure that takes the row"),
        "write `computed = |order| order.net + order.tax`",
    )
}

pub(crate) fn key_on_auto_number(place: &impl ToTokens, key: &str, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("field `{name}` is numbered by the platform and written by nobody, so `{key}` means nothing"),
        "leave it out",
    )
}

pub(crate) fn auto_number_type(place: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("field `{name}` is neither an `i64` nor a `String`, so it cannot be numbered"),
        format!("write `#[field(auto_number)] {name}: i64`"),
    )
}

pub(crate) fn auto_number_without_format(place: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("field `{name}` is a text, so its numbers need a format"),
        "write `auto_number = \"INV-{year}-{number:6}\"`",
    )
}

pub(crate) fn format_without_text(place: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("field `{name}` is a number, which takes no format"),
        format!("write `#[field(auto_number)] {name}: i64`, or make it a `String`"),
    )
}

pub(crate) fn number_format(place: &impl ToTokens, reason: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!("the format of the numbers {reason}"),
        "write `auto_number = \"INV-{year}-{number:6}\"`; besides the number there may be `{year}`, `{month}` and `{day}`",
    )
}

pub(crate) fn no_limits(place: &impl ToTokens, form: &str) -> Diagnostic {
    Diagnostic::at(place, "this check has no limits, so it allows everything", format!("write `{form}`"))
}

pub(crate) fn limits_crossed(place: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(place, "the lower limit is above the upper one, so nothing is allowed", "swap them")
}

pub(crate) fn equal_and_limit(place: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(place, "`equal` and a limit say two things about one length", "write `equal`, or `min` and `max`")
}

pub(crate) fn no_pattern(place: &impl ToTokens) -> Diagnostic {
    let key = place.to_token_stream().to_string();
    Diagnostic::at(place, format!("`{key}` has no text to look for"), format!("write `{key}(pattern = \"@\")`"))
}

pub(crate) fn audit_log_apart(place: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        place,
        "the audit log is in the platform's own database, and nothing is committed with both it and that of a connected \
         system",
        "leave `audit_log` out, and have a rule of `on_create`, `on_update` and `on_delete` write a record of the same \
         connected system",
    )
}

pub(crate) fn after_commit_apart(place: &impl ToTokens, rule: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!(
            "`{rule}` would wait in the outbox of the platform's own database, which commits nothing with that of a \
                 connected system"
        ),
        format!(
            "write `{rule}` without `after_commit`, to have it called in the transaction of the write, or call it where \
                 the rows are written"
        ),
    )
}

pub(crate) fn process_apart(place: &impl ToTokens, process: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!(
            "`{process}` is a process, whose instances are in the platform's own database, which commits nothing with \
                 that of a connected system"
        ),
        format!("start `{process}` where the rows are written, after they are"),
    )
}

pub(crate) fn auto_number_apart(place: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        place,
        format!(
            "the numbers of field `{name}` would be counted in the platform's own database, which commits nothing with \
                 that of a connected system"
        ),
        "use the row's `id`, or a number that you write",
    )
}

pub(crate) fn renamed_apart(place: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        place,
        "there are no migrations of the database of a connected system, so nothing is renamed there",
        "leave it out, and rename the table or column there",
    )
}

pub(crate) fn external_at_home(place: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        place,
        "tables of the platform's own database are made by its migrations, and none of them is somebody else's",
        "name the connected system in whose database the table is: `connected_system = warehouse, external`",
    )
}

pub(crate) fn external_soft_delete(place: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        place,
        "a table that is somebody else's has no column for rows that are kept out of sight",
        "leave `soft_delete` out",
    )
}
