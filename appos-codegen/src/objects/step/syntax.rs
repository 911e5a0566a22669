//! What may be written on a step.

use darling::FromMeta;
use proc_macro2::TokenStream;

use crate::attributes::{Count, Duration, FacadePath, Key, ObjectPath, Place, Text, read, take_refused};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::process as catalogue;
use crate::syntax::{self, Function};

const PLACE: Place = Place {
    name: "#[step]",
    keys: &[
        Key::new("description", "description = \"Opens the customer's account\""),
        Key::new("retries", "retries = 3"),
        Key::new("backoff", "backoff = \"1s\""),
        Key::new("timeout", "timeout = \"30s\""),
        Key::new("compensate", "compensate = steps::close_account"),
        Key::new("crate", "crate = ::appos"),
    ],
};

/// Keys that other objects have.
const REFUSED: [&str; 8] =
    ["view", "use", "admin", "public_access", "deadline", "display_name", "version", "earlier_of"];

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct StepKeys {
    pub(super) description: Option<Text>,
    pub(super) retries: Option<Count>,
    pub(super) backoff: Option<Duration>,
    pub(super) timeout: Option<Duration>,
    pub(super) compensate: Option<ObjectPath>,
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
}

pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> StepKeys {
    let args = take_refused(args, &REFUSED, |key, name| {
        sink.push(match name {
            "view" | "use" | "admin" | "public_access" => catalogue::permission_on_step(key, name),
            _ => catalogue::key_of_process(key, name),
        });
    });
    read(args, &PLACE, sink)
}

pub(super) fn parse_function(item: &TokenStream, sink: &Sink) -> Option<Function> {
    syntax::parse_function(
        item,
        "step",
        "async fn create_account(customer_id: Id<Customer>) -> Result<AccountId> { .. }",
        sink,
    )
}
