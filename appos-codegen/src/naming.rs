//! Every name that is derived from an author's name, and the names they cannot have.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use quote::format_ident;

use crate::syntax::plain_name;

/// The module inside `appos` that generated code may name.
pub(crate) const SUPPORT: &str = "codegen_support";

/// Its name in the prelude, for generated code.
pub(crate) const SUPPORT_INSIDE: &str = "__appos_support";

/// The function that holds the author's body.
pub(crate) const BODY: &str = "__appos_body";

/// The static that describes an app, at the root of its crate.
pub(crate) const APP: &str = "__APPOS_APP";

/// Fields that every record has.
pub(crate) const SYSTEM_FIELDS: [&str; 7] =
    ["id", "created_at", "created_by", "updated_at", "updated_by", "version", "deleted_at"];

/// Names that rows have in JSON beside their fields.
pub(crate) const RESERVED_FIELDS: [&str; 1] = ["expanded"];

/// Methods of every query; a finder with such a name is called `by_<name>`.
const QUERY_METHODS: [&str; 21] = [
    "filter",
    "columns",
    "order_by",
    "limit",
    "offset",
    "after",
    "all",
    "first",
    "one",
    "count",
    "exists",
    "page",
    "stream",
    "sum",
    "average",
    "min",
    "max",
    "group_by",
    "deleted",
    "from_inner",
    "into_inner",
];

/// Type names that the prelude or Rust puts into every file of an app.
const RESERVED_TYPES: [&str; 38] = [
    "AppOsError",
    "Box",
    "Condition",
    "Ctx",
    "Date",
    "DateTime",
    "Decimal",
    "DocumentRecord",
    "Eager",
    "Element",
    "Err",
    "ErrorKind",
    "EventHandler",
    "FileUpload",
    "Id",
    "Json",
    "Many",
    "Navigation",
    "None",
    "ObjectRef",
    "Ok",
    "One",
    "Option",
    "Page",
    "ReadSignal",
    "Record",
    "RecordQuery",
    "Ref",
    "Restricted",
    "Result",
    "Rows",
    "Signal",
    "Some",
    "String",
    "Translations",
    "UploadedFile",
    "Uuid",
    "Vec",
];

/// Parts of names whose values are never logged.
const SECRET_PARTS: [&[&str]; 4] = [&["password"], &["secret"], &["token"], &["api", "key"]];

/// `crm.rules.customer_ltv`
pub(crate) fn reference(app: &str, namespace: &str, name: &str) -> String {
    format!("{app}.{namespace}.{name}")
}

/// True for a field that every record has by itself, or that rows have in JSON beside their fields.
pub fn is_system_field(name: &str) -> bool {
    SYSTEM_FIELDS.contains(&name) || RESERVED_FIELDS.contains(&name)
}

/// True for a type that every file of an app can name already.
pub fn is_type_of_prelude(name: &str) -> bool {
    RESERVED_TYPES.contains(&name)
}

/// `customer_order` of `CustomerOrder`; the last part of a reference.
pub fn object_name(name: &str) -> String {
    name.to_snake_case()
}

/// The types that are made beside a record, `NewCustomer`, `CustomerPatch` and others; none if the name
/// is none of a type.
pub fn types_beside(record: &str) -> Vec<String> {
    let Ok(record) = syn::parse_str::<Ident>(record) else { return Vec::new() };
    let RecordNames { new, patch, fields, query, columns, others } = RecordNames::of(&record);
    [new, patch, fields, query, columns, others].iter().map(ToString::to_string).collect()
}

/// `customer_order` of `CustomerOrder`; the last part of a reference.
pub(crate) fn stem(ident: &Ident) -> String {
    object_name(&plain_name(ident))
}

/// `CustomerCard` of `customer_card`: the component of an interface.
pub(crate) fn component(ident: &Ident) -> Ident {
    let name = plain_name(ident).to_upper_camel_case();
    syn::parse_str::<Ident>(&name).map_or_else(|_| ident.clone(), |_| Ident::new(&name, ident.span()))
}

/// `crm_customer`
pub(crate) fn table(app: &str, stem: &str) -> String {
    format!("{app}_{stem}")
}

/// "Credit limit" of `credit_limit`, "In progress" of `InProgress`.
pub fn label(name: &str) -> String {
    let words = name.to_snake_case().replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The type that stands for a text: `__appos_text_records__customer` of `records.customer`.
pub(crate) fn text_type(key: &str, span: Span) -> Ident {
    Ident::new(&format!("__appos_text_{}", key.replace('.', "__")), span)
}

/// A key as it should have been written: `open_orders` of `openOrders`.
pub(crate) fn text_key(written: &str) -> String {
    written.split('.').map(ToSnakeCase::to_snake_case).collect::<Vec<_>>().join(".")
}

/// True for the key of a name: of a record, a field or a choice.
pub(crate) fn is_name_of_object(key: &str) -> bool {
    key.starts_with("records.") || key.starts_with("choices.")
}

/// True for a parameter such as `api_key` or `reset_token`.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let snake = name.to_snake_case();
    let words: Vec<&str> = snake.split('_').collect();
    SECRET_PARTS.iter().any(|part| words.windows(part.len()).any(|window| window == *part))
}

/// True if a type of this name would hide or be hidden by one that every file can use.
pub(crate) fn is_reserved_type(name: &Ident) -> bool {
    RESERVED_TYPES.iter().any(|reserved| name == reserved)
}

/// The query method that compares a field.
pub(crate) fn finder(field: &Ident) -> Ident {
    if QUERY_METHODS.iter().any(|method| field == method) { format_ident!("by_{field}") } else { field.clone() }
}

/// The field that a query method compares.
pub(crate) fn field_of_finder(finder: &Ident) -> String {
    let name = plain_name(finder);
    let field = name.strip_prefix("by_").filter(|field| QUERY_METHODS.contains(field)).map(str::to_owned);
    field.unwrap_or(name)
}

/// The types beside a record: `NewCustomer` and `CustomerPatch`, which are kinds of
/// `CustomerFields` like `CustomerColumns`, `CustomerQuery`, `CustomerOtherColumns`.
pub(crate) struct RecordNames {
    pub(crate) new: Ident,
    pub(crate) patch: Ident,
    pub(crate) fields: Ident,
    pub(crate) query: Ident,
    pub(crate) columns: Ident,
    pub(crate) others: Ident,
}

impl RecordNames {
    pub(crate) fn of(record: &Ident) -> Self {
        let stem = plain_name(record);
        let named = |name: String| Ident::new(&name, record.span());
        Self {
            new: named(format!("New{stem}")),
            others: named(format!("{stem}OtherColumns")),
            patch: named(format!("{stem}Patch")),
            fields: named(format!("{stem}Fields")),
            query: named(format!("{stem}Query")),
            columns: named(format!("{stem}Columns")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RESERVED_TYPES, is_secret_name, label};

    #[test]
    fn every_type_of_the_prelude_is_reserved() {
        let prelude = concat!(env!("CARGO_MANIFEST_DIR"), "/../src/prelude.rs");
        let text = std::fs::read_to_string(prelude).unwrap_or_default();
        // A trait without a name hides nothing, nor do components and what processes say, which are values.
        let own = text.split(';').filter_map(|item| item.rsplit_once("\npub use ")).map(|(_, names)| names);
        let own = own.filter(|names| {
            !names.contains(" as _") && !names.contains("::by_name::") && !names.contains("::process::")
        });
        let names = own.flat_map(|line| line.split(|sign: char| !sign.is_alphanumeric()));
        let types: Vec<&str> = names.filter(|name| name.starts_with(char::is_uppercase)).collect();
        assert!(types.len() > 5, "the prelude is where it was: {prelude}");
        for name in types {
            assert!(RESERVED_TYPES.contains(&name), "{name}");
        }
    }

    #[test]
    fn labels_are_words() {
        assert_eq!(label("credit_limit"), "Credit limit");
        assert_eq!(label("InProgress"), "In progress");
        assert_eq!(label("e"), "E");
        assert_eq!(label(""), "");
    }

    #[test]
    fn secrets_are_known_by_whole_words() {
        for name in ["password", "new_password", "api_key", "stripe_api_key", "token", "client_secret"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["tokens_used", "key", "api", "secretary", "passwordless"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
