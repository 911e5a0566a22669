//! What may be written on a site.

use darling::FromMeta;
use proc_macro2::TokenStream;

use crate::attributes::{FacadePath, Flag, GroupList, Key, ObjectPath, Place, Text, read};
use crate::diagnostics::Sink;
use crate::syntax::{self, Function};

const PLACE: Place = Place {
    name: "#[site]",
    keys: &[
        Key::new("name", "name = \"CRM\""),
        Key::new("default", "default = pages::home"),
        Key::new("description", "description = \"Customers and what they buy\""),
        Key::new("view", "view = [\"crm_users\"]"),
        Key::new("public_access", "public_access"),
        Key::new("crate", "crate = ::appos"),
    ],
};

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct SiteKeys {
    pub(super) name: Option<Text>,
    #[darling(rename = "default")]
    pub(super) default_: Option<ObjectPath>,
    pub(super) description: Option<Text>,
    pub(super) view: Option<GroupList>,
    pub(super) public_access: Flag,
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
}

pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> SiteKeys {
    read(args, &PLACE, sink)
}

pub(super) fn parse_function(item: &TokenStream, sink: &Sink) -> Option<Function> {
    syntax::parse_function(
        item,
        "site",
        "fn crm() -> Navigation { navigation().page(\"Home\", \"house\", pages::home) }",
        sink,
    )
}
