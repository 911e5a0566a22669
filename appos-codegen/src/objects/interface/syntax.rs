//! What may be written on an interface.

use darling::FromMeta;
use proc_macro2::TokenStream;

use crate::attributes::{FacadePath, FieldOf, Flag, GroupList, Key, ObjectPath, Place, Text, Word, Words, read};
use crate::diagnostics::Sink;
use crate::syntax::{self, Function};

const PLACE: Place = Place {
    name: "#[interface]",
    keys: &[
        Key::new("description", "description = \"What a customer is worth\""),
        Key::new("view", "view = [\"crm_users\"]"),
        Key::new("use", "use = [\"crm_users\"]"),
        Key::new("admin", "admin = [\"crm_admins\"]"),
        Key::new("public_access", "public_access"),
        Key::new("list_of", "list_of = records::Customer"),
        Key::new("detail_of", "detail_of = records::Customer"),
        Key::new("form_of", "form_of = records::Customer"),
        Key::new("section_of", "section_of = records::Customer"),
        Key::new("form_section_of", "form_section_of = records::Customer"),
        Key::new("after", "after = orders"),
        Key::new("replaces", "replaces = [address, city]"),
        Key::new("displays", "displays = records::Customer.tier"),
        Key::new("cell_of", "cell_of = records::Customer.tier"),
        Key::new("inputs", "inputs = records::Customer.tier"),
        Key::new("crate", "crate = ::appos"),
    ],
};

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct InterfaceKeys {
    pub(super) description: Option<Text>,
    pub(super) view: Option<GroupList>,
    #[darling(rename = "use")]
    pub(super) use_: Option<GroupList>,
    pub(super) admin: Option<GroupList>,
    pub(super) public_access: Flag,
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
    #[darling(flatten)]
    pub(super) piece: PieceKeys,
}

/// The keys that say for which piece of a record's screens it stands.
#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct PieceKeys {
    pub(super) list_of: Option<ObjectPath>,
    pub(super) detail_of: Option<ObjectPath>,
    pub(super) form_of: Option<ObjectPath>,
    pub(super) section_of: Option<ObjectPath>,
    pub(super) form_section_of: Option<ObjectPath>,
    pub(super) after: Option<Word>,
    pub(super) replaces: Option<Words>,
    pub(super) displays: Option<FieldOf>,
    pub(super) cell_of: Option<FieldOf>,
    pub(super) inputs: Option<FieldOf>,
}

pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> InterfaceKeys {
    read(args, &PLACE, sink)
}

pub(super) fn parse_function(item: &TokenStream, sink: &Sink) -> Option<Function> {
    syntax::parse_function(
        item,
        "interface",
        "fn dashboard(customer_id: Id<Customer>) -> Element { rsx! { .. } }",
        sink,
    )
}
