//! What may be written on a page.

use darling::FromMeta;
use proc_macro2::TokenStream;

use crate::attributes::{FacadePath, Flag, GroupList, Key, Place, Text, read};
use crate::diagnostics::Sink;
use crate::syntax::{self, Function};

const PLACE: Place = Place {
    name: "#[page]",
    keys: &[
        Key::new("route", "route = \"/customers/{id}/report\""),
        Key::new("title", "title = \"Report\""),
        Key::new("description", "description = \"What a customer has bought\""),
        Key::new("overrides", "overrides"),
        Key::new("view", "view = [\"crm_users\"]"),
        Key::new("use", "use = [\"crm_users\"]"),
        Key::new("admin", "admin = [\"crm_admins\"]"),
        Key::new("public_access", "public_access"),
        Key::new("crate", "crate = ::appos"),
    ],
};

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct PageKeys {
    pub(super) route: Option<Text>,
    pub(super) title: Option<Text>,
    pub(super) description: Option<Text>,
    pub(super) overrides: Flag,
    pub(super) view: Option<GroupList>,
    #[darling(rename = "use")]
    pub(super) use_: Option<GroupList>,
    pub(super) admin: Option<GroupList>,
    pub(super) public_access: Flag,
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
    /// The key was written, rightly or wrongly.
    #[darling(skip)]
    pub(super) route_attempted: bool,
}

pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> PageKeys {
    let route_attempted = crate::attributes::is_attempted(&args, &PLACE, "route");
    PageKeys { route_attempted, ..read(args, &PLACE, sink) }
}

pub(super) fn parse_function(item: &TokenStream, sink: &Sink) -> Option<Function> {
    syntax::parse_function(item, "page", "fn home() -> Element { rsx! { .. } }", sink)
}
