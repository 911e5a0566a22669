//! What may be written on a rule.

use darling::FromMeta;
use proc_macro2::TokenStream;

use crate::attributes::{CASE_FORM, Case, Duration, FacadePath, Flag, GroupList, Key, Place, Text, read, take_cases};
use crate::diagnostics::Sink;
use crate::syntax::{self, Function};

pub(super) const ATTRIBUTE: &str = "expression_rule";

const PLACE: Place = Place {
    name: "#[expression_rule]",
    keys: &[
        Key::new("description", "description = \"Calculate customer lifetime value\""),
        Key::new("view", "view = [\"crm_users\"]"),
        Key::new("use", "use = [\"crm_users\"]"),
        Key::new("admin", "admin = [\"crm_admins\"]"),
        Key::new("public_access", "public_access"),
        Key::new("timeout", "timeout = \"5s\""),
        Key::new("cache", "cache = \"60s\""),
        Key::new("recursive", "recursive"),
        Key::repeatable("case", CASE_FORM),
        Key::new("crate", "crate = ::appos"),
    ],
};

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct RuleKeys {
    pub(super) description: Option<Text>,
    pub(super) view: Option<GroupList>,
    #[darling(rename = "use")]
    pub(super) use_: Option<GroupList>,
    pub(super) admin: Option<GroupList>,
    pub(super) public_access: Flag,
    pub(super) timeout: Option<Duration>,
    pub(super) cache: Option<Duration>,
    pub(super) recursive: Flag,
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
}

/// The keys, and the cases beside them.
pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> (RuleKeys, Vec<Case>) {
    let (args, cases) = take_cases(args, sink);
    (read(args, &PLACE, sink), cases)
}

pub(super) fn parse_function(item: &TokenStream, sink: &Sink) -> Option<Function> {
    syntax::parse_function(
        item,
        ATTRIBUTE,
        "async fn customer_ltv(customer_id: Id<Customer>) -> Result<Decimal> { .. }",
        sink,
    )
}
