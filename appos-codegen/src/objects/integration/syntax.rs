//! What may be written on an integration.

use darling::FromMeta;
use proc_macro2::TokenStream;

use crate::attributes::{
    Count, Duration, FacadePath, Flag, GroupList, Key, ObjectPath, Place, Rate, Size, Text, is_attempted, read,
    take_refused,
};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::integration as catalogue;
use crate::syntax::{self, Function};

const PLACE: Place = Place {
    name: "#[integration]",
    keys: &[
        Key::new("system", "system = connected_systems::payments"),
        Key::new("description", "description = \"Charges a card\""),
        Key::new("view", "view = [\"crm_users\"]"),
        Key::new("use", "use = [\"crm_users\"]"),
        Key::new("admin", "admin = [\"crm_admins\"]"),
        Key::new("retries", "retries = 3"),
        Key::new("timeout", "timeout = \"30s\""),
        Key::new("attempt_timeout", "attempt_timeout = \"5s\""),
        Key::new("rate_limit", "rate_limit = \"50/s\""),
        Key::new("max_response", "max_response = \"1 MB\""),
        Key::new("log_payload", "log_payload"),
        Key::new("crate", "crate = ::appos"),
    ],
};

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct IntegrationKeys {
    pub(super) system: Option<ObjectPath>,
    pub(super) description: Option<Text>,
    pub(super) view: Option<GroupList>,
    #[darling(rename = "use")]
    pub(super) use_: Option<GroupList>,
    pub(super) admin: Option<GroupList>,
    pub(super) retries: Option<Count>,
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) rate_limit: Option<Rate>,
    pub(super) max_response: Option<Size>,
    pub(super) log_payload: Flag,
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
    /// The key was written, rightly or wrongly.
    #[darling(skip)]
    pub(super) use_attempted: bool,
    #[darling(skip)]
    pub(super) system_attempted: bool,
}

pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> IntegrationKeys {
    let args = take_refused(args, &["public_access"], |key, _| sink.push(catalogue::public_integration(key)));
    let use_attempted = is_attempted(&args, &PLACE, "use");
    let system_attempted = is_attempted(&args, &PLACE, "system");
    let read = read(args, &PLACE, sink);
    IntegrationKeys { use_attempted, system_attempted, ..read }
}

pub(super) fn parse_function(item: &TokenStream, sink: &Sink) -> Option<Function> {
    syntax::parse_function(
        item,
        "integration",
        "fn create_charge(charge: NewCharge) -> Call<Charge> { post(\"/charges\").json(&charge) }",
        sink,
    )
}
