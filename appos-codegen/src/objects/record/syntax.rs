//! What may be written on a record and its fields.

use darling::FromMeta;
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, Fields, FieldsNamed, Item, ItemStruct};

use crate::attributes::{
    AutoNumber, Count, Duration, Expression, FacadePath, FieldNames, Flag, GroupList, HookList, Key, Nested,
    ObjectPath, Place, Text, Word, is_attempted, read, read_attributes,
};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::{object, record as catalogue};
use crate::syntax::is_named;

const FORM: &str = "pub struct Customer { name: String }";

const PLACE: Place = Place {
    name: "#[record]",
    keys: &[
        Key::new("view", "view = [\"crm_users\"]"),
        Key::new("create", "create = [\"crm_users\"]"),
        Key::new("update", "update = [\"crm_users\"]"),
        Key::new("delete", "delete = [\"crm_admins\"]"),
        Key::new("use", "use = [\"crm_users\"]"),
        Key::new("admin", "admin = [\"crm_admins\"]"),
        Key::new("public_access", "public_access"),
        Key::new("audit_log", "audit_log"),
        Key::new("soft_delete", "soft_delete"),
        Key::new("rows", "rows = rules::visible_customers"),
        Key::new("on_create", "on_create = rules::welcome_customer"),
        Key::new("on_update", "on_update = after_commit(rules::customer_changed)"),
        Key::new("on_delete", "on_delete = rules::customer_leaves"),
        Key::new("description", "description = \"Companies we sell to\""),
        Key::new("display", "display = \"name\""),
        Key::new("table", "table = \"crm_customer\""),
        Key::new("connected_system", "connected_system = warehouse"),
        Key::new("external", "external"),
        Key::new("renamed_from", "renamed_from = \"client\""),
        Key::new("plural", "plural = \"customers\""),
        Key::repeatable("unique", "unique(\"first_name\", \"last_name\")"),
        Key::repeatable("index", "index(\"status\", \"created_on\")"),
        Key::new("document", "document(of = Customer, accept = [\"application/pdf\"])"),
        Key::new("folder", "folder(of = Customer)"),
        Key::new("timeout", "timeout = \"5s\""),
        Key::new("crate", "crate = ::appos"),
    ],
};

const FIELD_PLACE: Place = Place {
    name: "#[field]",
    keys: &[
        Key::new("label", "label = \"Company\""),
        Key::new("description", "description = \"Name in the company register\""),
        Key::new("search", "search"),
        Key::new("unique", "unique"),
        Key::new("index", "index"),
        Key::new("sensitive", "sensitive"),
        Key::new("default", "default = Tier::Bronze"),
        Key::new("view", "view = [\"finance\"]"),
        Key::new("update", "update = [\"finance\"]"),
        Key::new("on_delete", "on_delete = restrict"),
        Key::new("scale", "scale = 2"),
        Key::new("computed", "computed = |order| order.net + order.tax"),
        Key::new("auto_number", "auto_number = \"INV-{year}-{number:6}\""),
        Key::new("column", "column = \"company_name\""),
        Key::new("renamed_from", "renamed_from = \"company\""),
    ],
};

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct RecordKeys {
    pub(super) view: Option<GroupList>,
    pub(super) create: Option<GroupList>,
    pub(super) update: Option<GroupList>,
    pub(super) delete: Option<GroupList>,
    #[darling(rename = "use")]
    pub(super) use_: Option<GroupList>,
    pub(super) admin: Option<GroupList>,
    pub(super) public_access: Flag,
    pub(super) audit_log: Flag,
    pub(super) soft_delete: Flag,
    pub(super) rows: Option<ObjectPath>,
    pub(super) on_create: Option<HookList>,
    pub(super) on_update: Option<HookList>,
    pub(super) on_delete: Option<HookList>,
    pub(super) description: Option<Text>,
    pub(super) display: Option<Text>,
    pub(super) table: Option<Text>,
    pub(super) connected_system: Option<ObjectPath>,
    pub(super) external: Flag,
    pub(super) renamed_from: Option<Text>,
    pub(super) plural: Option<Text>,
    #[darling(multiple)]
    pub(super) unique: Vec<FieldNames>,
    #[darling(multiple)]
    pub(super) index: Vec<FieldNames>,
    pub(super) document: Option<Nested>,
    pub(super) folder: Option<Nested>,
    pub(super) timeout: Option<Duration>,
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
    /// `view` was written, though perhaps wrongly.
    #[darling(skip)]
    pub(super) view_attempted: bool,
}

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct FieldKeys {
    pub(super) label: Option<Text>,
    pub(super) description: Option<Text>,
    pub(super) search: Flag,
    pub(super) unique: Flag,
    pub(super) index: Flag,
    pub(super) sensitive: Flag,
    pub(super) default: Option<Expression>,
    pub(super) view: Option<GroupList>,
    pub(super) update: Option<GroupList>,
    pub(super) on_delete: Option<Word>,
    pub(super) scale: Option<Count>,
    pub(super) column: Option<Text>,
    pub(super) renamed_from: Option<Text>,
    pub(super) computed: Option<Expression>,
    pub(super) auto_number: Option<AutoNumber>,
}

pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> RecordKeys {
    let view_attempted = is_attempted(&args, &PLACE, "view");
    RecordKeys { view_attempted, ..read(args, &PLACE, sink) }
}

pub(super) fn parse_field_keys(attributes: &[Attribute], sink: &Sink) -> FieldKeys {
    read_attributes(attributes.iter().filter(|attribute| is_named(attribute, "field")), &FIELD_PLACE, sink)
}

/// A struct with named fields.
pub(super) struct Written {
    pub(super) item: ItemStruct,
    pub(super) fields: FieldsNamed,
}

/// Reads the struct; reports what else it is and answers it without our attributes.
pub(super) fn parse_item(item: &TokenStream, sink: &Sink) -> Result<Written, TokenStream> {
    let parsed = match syn::parse2::<Item>(item.clone()) {
        Ok(parsed) => parsed,
        Err(error) => {
            sink.push(catalogue::unreadable(error.span(), &error.to_string(), FORM));
            return Err(item.clone());
        }
    };
    let Item::Struct(mut item) = parsed else {
        sink.push(object::wrong_item(&item_word(&parsed), "record", "a struct with named fields", FORM));
        return Err(without_our_attributes(parsed));
    };
    if !item.generics.params.is_empty() {
        sink.push(object::generics(&item.generics, "record", &item.ident));
        return Err(without_our_attributes(Item::Struct(item)));
    }
    match std::mem::replace(&mut item.fields, Fields::Unit) {
        Fields::Named(fields) => Ok(Written { item, fields }),
        Fields::Unit => {
            sink.push(catalogue::unit_struct(&item.ident));
            Err(without_our_attributes(Item::Struct(item)))
        }
        Fields::Unnamed(fields) => {
            sink.push(catalogue::tuple_struct(&fields, &item.ident));
            item.fields = Fields::Unnamed(fields);
            Err(without_our_attributes(Item::Struct(item)))
        }
    }
}

/// `enum`, `fn`, ..: the word that says what the item is.
fn item_word(item: &Item) -> TokenStream {
    let words = ["pub", "crate", "super", "in", "async", "const", "unsafe"];
    let mut tokens = item.to_token_stream().into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => drop(tokens.next()),
            TokenTree::Ident(word) if !words.iter().any(|skipped| word == skipped) => return quote!(#word),
            _ => {}
        }
    }
    item.to_token_stream()
}

/// rustc would report `#[field]` and `#[validate]` as unknown, far from the real mistake.
fn without_our_attributes(mut item: Item) -> TokenStream {
    let is_ours = |attribute: &Attribute| is_named(attribute, "field") || is_named(attribute, "validate");
    let strip = |fields: &mut Fields| {
        for field in fields.iter_mut() {
            field.attrs.retain(|attribute| !is_ours(attribute));
        }
    };
    match &mut item {
        Item::Struct(item) => strip(&mut item.fields),
        Item::Enum(item) => {
            for variant in &mut item.variants {
                variant.attrs.retain(|attribute| !is_ours(attribute));
                strip(&mut variant.fields);
            }
        }
        _ => {}
    }
    item.to_token_stream()
}
