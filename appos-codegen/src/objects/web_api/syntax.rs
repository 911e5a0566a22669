//! What may be written on a web API.

use darling::FromMeta;
use proc_macro2::TokenStream;

use crate::attributes::{
    Count, Duration, FacadePath, Flag, GroupList, Key, Place, Rate, Signature, Size, Text, TextList, Word,
    is_attempted, read,
};
use crate::diagnostics::Sink;
use crate::syntax::{self, Function};

const PLACE: Place = Place {
    name: "#[web_api]",
    keys: &[
        Key::new("method", "method = \"POST\""),
        Key::new("path", "path = \"/orders/{order}/notes\""),
        Key::new("auth", "auth = service_account"),
        Key::new("description", "description = \"Notes of an order\""),
        Key::new("view", "view = [\"crm_users\"]"),
        Key::new("use", "use = [\"partners\"]"),
        Key::new("admin", "admin = [\"crm_admins\"]"),
        Key::new("public_access", "public_access"),
        Key::new("run_as", "run_as = \"webhooks@example.com\""),
        Key::new("version", "version = 2"),
        Key::new("rate_limit", "rate_limit = \"100/min\""),
        Key::new("timeout", "timeout = \"5s\""),
        Key::new("max_body", "max_body = \"1 MB\""),
        Key::new("accept", "accept = [\"image/png\", \"image/jpeg\"]"),
        Key::new("cors", "cors = [\"https://shop.example\"]"),
        Key::new("signature", "signature = hmac(secret(\"STRIPE_WEBHOOK\"), style = stripe)"),
        Key::new("example", "example = r#\"{ \"id\": \"evt_1\" }\"#"),
        Key::new("crate", "crate = ::appos"),
    ],
};

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct WebApiKeys {
    pub(super) method: Option<Text>,
    pub(super) path: Option<Text>,
    pub(super) auth: Option<Word>,
    pub(super) description: Option<Text>,
    pub(super) view: Option<GroupList>,
    #[darling(rename = "use")]
    pub(super) use_: Option<GroupList>,
    pub(super) admin: Option<GroupList>,
    pub(super) public_access: Flag,
    pub(super) run_as: Option<Text>,
    pub(super) version: Option<Count>,
    pub(super) rate_limit: Option<Rate>,
    pub(super) timeout: Option<Duration>,
    pub(super) max_body: Option<Size>,
    pub(super) accept: Option<TextList>,
    pub(super) cors: Option<TextList>,
    pub(super) signature: Option<Signature>,
    pub(super) example: Option<Text>,
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
    /// Keys without which there is no web API, and that the author has not even tried to write.
    #[darling(skip)]
    pub(super) absent: Vec<&'static str>,
}

pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> WebApiKeys {
    let needed = ["method", "path", "auth", "use"];
    let absent = needed.into_iter().filter(|name| !is_attempted(&args, &PLACE, name)).collect();
    WebApiKeys { absent, ..read(args, &PLACE, sink) }
}

pub(super) fn parse_function(item: &TokenStream, sink: &Sink) -> Option<Function> {
    syntax::parse_function(
        item,
        "web_api",
        "async fn add_note(order: Id<Order>, body: Json<Note>) -> Result<()> { .. }",
        sink,
    )
}
