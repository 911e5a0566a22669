//! What may be written on an interface.

use darling::FromMeta;
use proc_macro2::TokenStream;

use crate::attributes::{FacadePath, Flag, GroupList, Key, Place, Text, read};
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
