//! Parameters of record routes: the id, the version, and everything a list can be asked.

use utoipa::openapi::path::{OperationBuilder, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Ref, Schema, Type};
use utoipa::openapi::{ComponentsBuilder, RefOr, Required};

use super::rows::Seen;
use super::schemas::{asked, row_id, text};
use crate::model::ColumnRef;
use crate::platform::records::User;
use crate::question::Format;
use crate::question::{DEFAULT_LIMIT, MAX_LIMIT, PERIODS};
use crate::question::{MAX_SORTS, MAX_VALUES, OPERATORS};
use crate::record::column_type;
use crate::registry::{Object, SystemField};
use crate::value::FieldType;
use crate::web::records::MAX_KEY;

/// The header that makes a repeated request the same one.
pub(super) const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// The header that names versions which are known.
pub(super) const IF_NONE_MATCH: &str = "If-None-Match";

/// The header that names a version.
pub(super) const IF_MATCH: &str = "If-Match";

/// Most names after the first, as documents say it.
const MAX_SHOWN: usize = 63;

/// Texts of an `in`: a comma stands between two.
const NO_COMMA: &str = "^[^\\x00,]*$";

fn parameter(name: &str, place: ParameterIn, schema: impl Into<RefOr<Schema>>) -> ParameterBuilder {
    ParameterBuilder::new().name(name).parameter_in(place).required(Required::False).schema(Some(schema))
}

/// A parameter among the components.
pub(super) fn shared_ref(name: &str) -> Ref {
    Ref::new(format!("#/components/parameters/{name}"))
}

/// Whether an operator says something about a type, in the order in which they are shown.
fn fits(operator: &str, field_type: &FieldType, nullable: bool) -> bool {
    let comparable = !matches!(field_type, FieldType::Json | FieldType::List(_) | FieldType::Many(_));
    match operator {
        "null" => nullable,
        "during" => matches!(field_type, FieldType::Date | FieldType::DateTime),
        "contains" | "starts_with" | "ends_with" => matches!(field_type, FieldType::Text),
        "lt" | "lte" | "gt" | "gte" | "between" => comparable && !matches!(field_type, FieldType::Bool),
        _ => comparable,
    }
}

fn bool() -> Schema {
    ObjectBuilder::new().schema_type(Type::Boolean).into()
}

/// The filters by one field, with their operators.
fn filters(field: &str, field_type: FieldType, nullable: bool) -> Vec<(&'static str, ParameterBuilder)> {
    let fitting = OPERATORS.into_iter().filter(|name| fits(name, &field_type, nullable));
    fitting
        .filter_map(|operator| {
            let name = format!("filter[{field}][{operator}]");
            let made = match operator {
                "null" => parameter(&name, ParameterIn::Query, bool()),
                "during" => {
                    let names = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(PERIODS));
                    parameter(&name, ParameterIn::Query, names)
                }
                "in" | "not_in" | "between" => {
                    let item = match field_type {
                        FieldType::Text => text().pattern(Some(NO_COMMA)).into(),
                        other => asked(&other)?,
                    };
                    let (least, most) = if operator == "between" { (2, 2) } else { (1, MAX_VALUES) };
                    let list = ArrayBuilder::new().items(RefOr::T(item)).min_items(Some(least)).max_items(Some(most));
                    parameter(&name, ParameterIn::Query, list).style(Some(ParameterStyle::Form)).explode(Some(false))
                }
                _ => parameter(&name, ParameterIn::Query, asked(&field_type)?),
            };
            Some((operator, made))
        })
        .collect()
}

fn system_filters() -> impl Iterator<Item = (String, ParameterBuilder)> {
    SystemField::ALL.into_iter().flat_map(|field| {
        let (field_type, nullable) = system_type(field);
        let named = move |(operator, made)| (format!("filter.{}.{operator}", field.name()), made);
        filters(field.name(), field_type, nullable).into_iter().map(named)
    })
}

fn system_type(field: SystemField) -> (FieldType, bool) {
    // No record is needed to know a system field; any gives the same answer.
    column_type(User::object(), ColumnRef::System(field))
}

/// Parameters that are the same for all records.
pub(super) fn shared(components: ComponentsBuilder) -> ComponentsBuilder {
    let integer = ObjectBuilder::new().schema_type(Type::Integer);
    let limit = integer.minimum(Some(1)).maximum(Some(MAX_LIMIT)).default(Some(DEFAULT_LIMIT.into()));
    let cursor = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[A-Za-z0-9_-]+$"));
    let tag = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^([0-9]{1,18}|\"[0-9]{1,18}\")$"));
    let key = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(MAX_KEY))
        .pattern(Some("^[!#-\\[\\]-~]+$"));
    let known = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(r#"^(\*|([0-9]{1,18}|(W/)?"[!#-+\--~]*")(, ([0-9]{1,18}|(W/)?"[!#-+\--~]*")){0,7})$"#));
    let own = [
        ("id", parameter("id", ParameterIn::Path, row_id(false)).required(Required::True)),
        ("limit", parameter("limit", ParameterIn::Query, limit).description(Some("Most rows of the answer."))),
        (
            "cursor",
            parameter("cursor", ParameterIn::Query, cursor)
                .description(Some("The `next` of an answer to the same question: the rows after those.")),
        ),
        (
            "count",
            parameter("count", ParameterIn::Query, bool()).description(Some("Whether to count all rows that fit.")),
        ),
        (
            "q",
            parameter("q", ParameterIn::Query, text())
                .description(Some("Rows with this text in a field that is searched.")),
        ),
        (
            IF_MATCH,
            parameter(IF_MATCH, ParameterIn::Header, tag)
                .example(Some("\"3\"".into()))
                .description(Some("The ETag of the row as it was read: if it was changed since, nothing is done.")),
        ),
        (
            IDEMPOTENCY_KEY,
            parameter(IDEMPOTENCY_KEY, ParameterIn::Header, key).description(Some(
                "A name for this request. Sent again within 24 hours by the same user, it is not done again: the \
                 answer is the first one, with the header `Idempotency-Replayed`. An error is not kept.",
            )),
        ),
        (
            IF_NONE_MATCH,
            parameter(IF_NONE_MATCH, ParameterIn::Header, known)
                .example(Some("\"3\"".into()))
                .description(Some("ETags of the row that are known already: if it has one of them, it is not sent.")),
        ),
    ];
    let own = own.into_iter().map(|(name, made)| (name.to_owned(), made));
    own.chain(system_filters()).fold(components, |all, (name, made)| all.parameter(name, made.build()))
}

/// Adds the parameters of a timeline: entries are counted, so that its cursor is a number.
pub(super) fn of_timeline(operation: OperationBuilder) -> OperationBuilder {
    let number = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[1-9][0-9]{0,17}$"));
    let cursor = parameter("cursor", ParameterIn::Query, number)
        .description(Some("The `next` of an answer about the same row: the entries before those."));
    operation.parameter_ref(shared_ref("limit")).parameter(cursor)
}

/// Some of these names, with commas.
fn some_of(names: &[&str], prefix: &str, more: usize) -> ObjectBuilder {
    let any = names.join("|");
    let pattern = format!("^{prefix}({any})(,{prefix}({any})){{0,{more}}}$");
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern))
}

/// Adds which fields can be asked for.
pub(super) fn of_fields(operation: OperationBuilder, seen: &Seen<'_>) -> OperationBuilder {
    let names: Vec<&str> =
        SystemField::ALL.into_iter().map(SystemField::name).chain(seen.shown().map(|field| field.name)).collect();
    operation.parameter(
        parameter("fields", ParameterIn::Query, some_of(&names, "", MAX_SHOWN))
            .description(Some("Fields of the answer beside `id`, with commas; without it, all.")),
    )
}

/// Adds what of a row can be asked for.
pub(super) fn of_part(operation: OperationBuilder, seen: &Seen<'_>) -> OperationBuilder {
    let operation = of_fields(operation, seen);
    let references: Vec<&str> = seen
        .read()
        .filter(|field| matches!(field.field_type, FieldType::Reference(_)))
        .map(|field| field.name)
        .collect();
    if references.is_empty() {
        return operation;
    }
    operation.parameter(parameter("expand", ParameterIn::Query, some_of(&references, "", MAX_SHOWN)).description(Some(
        "References whose rows are wanted under `expanded`, with commas; `a.b` is the reference `b` of the row that \
         `a` leads to. Of a row that you may not view there is only the id.",
    )))
}

/// Adds all parameters of a list.
pub(super) fn of_list(mut operation: OperationBuilder, seen: &Seen<'_>) -> OperationBuilder {
    for name in ["limit", "cursor", "count"] {
        operation = operation.parameter_ref(shared_ref(name));
    }
    of_question(operation, seen)
}

/// The form of a file.
pub(super) fn format(operation: OperationBuilder) -> OperationBuilder {
    let names = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(Format::NAMES))
        .default(Some(Format::NAMES[0].into()));
    operation.parameter(parameter("format", ParameterIn::Query, names).description(Some("The form of the file.")))
}

/// Adds the parameters that say which rows, in which order.
pub(super) fn of_question(mut operation: OperationBuilder, seen: &Seen<'_>) -> OperationBuilder {
    if seen.read().any(|field| field.search) {
        operation = operation.parameter_ref(shared_ref("q"));
    }
    if seen.record.soft_delete && seen.may_delete {
        operation = operation.parameter(
            parameter("deleted", ParameterIn::Query, bool())
                .description(Some("Rows that were deleted, instead of those that are there.")),
        );
    }
    let names: Vec<&str> =
        SystemField::ALL.into_iter().map(SystemField::name).chain(seen.read().map(|field| field.name)).collect();
    operation = operation.parameter(
        parameter("sort", ParameterIn::Query, some_of(&names, "-?", MAX_SORTS.saturating_sub(1)))
            .description(Some("Fields to sort by, with commas; `-` before a field turns the order round.")),
    );
    for field in seen.read() {
        for (_, made) in filters(field.name, field.field_type, field.nullable) {
            operation = operation.parameter(made);
        }
    }
    system_filters().fold(operation, |operation, (name, _)| operation.parameter_ref(shared_ref(&name)))
}
