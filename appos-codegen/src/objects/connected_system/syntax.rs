//! What may be written on a connected system.

use darling::FromMeta;
use proc_macro2::TokenStream;

use crate::attributes::{
    Count, Duration, FacadePath, GroupList, Key, Place, Rate, Size, Text, TextList, is_attempted, read, take_refused,
};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::connected_system as catalogue;
use crate::syntax::{self, Function};

const PLACE: Place = Place {
    name: "#[connected_system]",
    keys: &[
        Key::new("kind", "kind = \"http\""),
        Key::new("description", "description = \"Payments\""),
        Key::new("view", "view = [\"crm_admins\"]"),
        Key::new("use", "use = [\"crm_users\"]"),
        Key::new("admin", "admin = [\"crm_admins\"]"),
        Key::new("base_url", "base_url = \"https://api.example.com/v1\""),
        Key::new("url", "url = \"postgres://reports@db.example.com/warehouse\""),
        Key::new("host", "host = \"mail.example.com\""),
        Key::new("port", "port = 587"),
        Key::new("tls", "tls = \"starttls\""),
        Key::new("from", "from = \"Acme <billing@example.com>\""),
        Key::new("pool_size", "pool_size = 10"),
        Key::new("idle_timeout", "idle_timeout = \"90s\""),
        Key::new("connect_timeout", "connect_timeout = \"5s\""),
        Key::new("timeout", "timeout = \"10s\""),
        Key::new("max_response", "max_response = \"10 MB\""),
        Key::new("rate_limit", "rate_limit = \"50/s\""),
        Key::new("health", "health = \"/ping\""),
        Key::new("breaker", "breaker = 10"),
        Key::new("breaker_wait", "breaker_wait = \"30s\""),
        Key::new("allow_networks", "allow_networks = [\"10.0.0.0/8\"]"),
        Key::new("ca_file", "ca_file = \"/etc/acme/ca.pem\""),
        Key::new("crate", "crate = ::appos"),
    ],
};

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct SystemKeys {
    pub(super) kind: Option<Text>,
    pub(super) description: Option<Text>,
    pub(super) view: Option<GroupList>,
    #[darling(rename = "use")]
    pub(super) use_: Option<GroupList>,
    pub(super) admin: Option<GroupList>,
    pub(super) base_url: Option<Text>,
    pub(super) url: Option<Text>,
    pub(super) host: Option<Text>,
    pub(super) port: Option<Count>,
    pub(super) tls: Option<Text>,
    pub(super) from: Option<Text>,
    pub(super) pool_size: Option<Count>,
    pub(super) idle_timeout: Option<Duration>,
    pub(super) connect_timeout: Option<Duration>,
    pub(super) timeout: Option<Duration>,
    pub(super) max_response: Option<Size>,
    pub(super) rate_limit: Option<Rate>,
    pub(super) health: Option<Text>,
    pub(super) breaker: Option<Count>,
    pub(super) breaker_wait: Option<Duration>,
    pub(super) allow_networks: Option<TextList>,
    pub(super) ca_file: Option<Text>,
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
    /// The key was written, rightly or wrongly.
    #[darling(skip)]
    pub(super) use_attempted: bool,
    /// Names of all settings that were written, rightly or wrongly.
    #[darling(skip)]
    pub(super) attempted: Vec<&'static str>,
}

pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> SystemKeys {
    let args = take_refused(args, &["public_access"], |key, _| sink.push(catalogue::public_system(key)));
    let use_attempted = is_attempted(&args, &PLACE, "use");
    let attempted = PLACE.names().filter(|name| is_attempted(&args, &PLACE, name)).collect();
    let read = read(args, &PLACE, sink);
    SystemKeys { use_attempted, attempted, ..read }
}

pub(super) fn parse_function(item: &TokenStream, sink: &Sink) -> Option<Function> {
    syntax::parse_function(item, "connected_system", "fn payments() -> Auth { bearer(secret(\"PAYMENTS_KEY\")) }", sink)
}
