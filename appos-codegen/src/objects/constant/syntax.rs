//! What may be written on a constant.

use darling::FromMeta;
use proc_macro2::TokenStream;

use crate::attributes::{Environments, FacadePath, Flag, GroupList, Key, Place, Text, read};
use crate::diagnostics::Sink;
use crate::syntax::{self, Function};

const PLACE: Place = Place {
    name: "#[constant]",
    keys: &[
        Key::new("description", "description = \"Standard tax rate\""),
        Key::new("view", "view = [\"crm_users\"]"),
        Key::new("use", "use = [\"crm_users\"]"),
        Key::new("admin", "admin = [\"crm_admins\"]"),
        Key::new("public_access", "public_access"),
        Key::braced("env", "env = { dev = 0.0, test = dec!(0.1) }"),
        Key::new("crate", "crate = ::appos"),
    ],
};

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct ConstantKeys {
    pub(super) description: Option<Text>,
    pub(super) view: Option<GroupList>,
    #[darling(rename = "use")]
    pub(super) use_: Option<GroupList>,
    pub(super) admin: Option<GroupList>,
    pub(super) public_access: Flag,
    pub(super) env: Option<Environments>,
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
}

pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> ConstantKeys {
    read(args, &PLACE, sink)
}

pub(super) fn parse_function(item: &TokenStream, sink: &Sink) -> Option<Function> {
    syntax::parse_function(item, "constant", "fn tax_rate() -> Decimal { dec!(0.18) }", sink)
}
