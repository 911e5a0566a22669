//! What may be written on a process.

use darling::FromMeta;
use proc_macro2::TokenStream;

use crate::attributes::{
    Count, Duration, FacadePath, GroupList, Key, NameList, ObjectPath, Place, Text, TriggerList, is_attempted, read,
    take_refused,
};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::process as catalogue;
use crate::syntax::{self, Function};

const PLACE: Place = Place {
    name: "#[process]",
    keys: &[
        Key::new("description", "description = \"Sets a new customer up\""),
        Key::new("display_name", "display_name = \"Onboarding of {customer_id}\""),
        Key::new("view", "view = [\"crm_users\"]"),
        Key::new("use", "use = [\"crm_users\"]"),
        Key::new("admin", "admin = [\"crm_admins\"]"),
        Key::new("search", "search = [customer_id]"),
        Key::new("deadline", "deadline = \"30d\""),
        Key::new("version", "version = 2"),
        Key::new("earlier_of", "earlier_of = processes::onboard_customer"),
        Key::new("trigger", "trigger = schedule(\"0 8 * * *\", time_zone = \"Europe/Berlin\")"),
        Key::new("run_as", "run_as = \"nightly@example.com\""),
        Key::new("crate", "crate = ::appos"),
    ],
};

/// Keys that other objects have.
const REFUSED: [&str; 5] = ["timeout", "public_access", "retries", "backoff", "compensate"];

#[derive(Default, FromMeta)]
#[darling(default)]
#[expect(clippy::struct_excessive_bools, reason = "for each key whether it was written, rightly or wrongly")]
pub(super) struct ProcessKeys {
    pub(super) description: Option<Text>,
    pub(super) display_name: Option<Text>,
    pub(super) view: Option<GroupList>,
    #[darling(rename = "use")]
    pub(super) use_: Option<GroupList>,
    pub(super) admin: Option<GroupList>,
    pub(super) search: Option<NameList>,
    pub(super) deadline: Option<Duration>,
    pub(super) version: Option<Count>,
    pub(super) earlier_of: Option<ObjectPath>,
    pub(super) trigger: Option<TriggerList>,
    pub(super) run_as: Option<Text>,
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
    /// The key was written, rightly or wrongly.
    #[darling(skip)]
    pub(super) use_attempted: bool,
    #[darling(skip)]
    pub(super) version_attempted: bool,
    #[darling(skip)]
    pub(super) trigger_attempted: bool,
    #[darling(skip)]
    pub(super) run_as_attempted: bool,
}

pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> ProcessKeys {
    let args = take_refused(args, &REFUSED, |key, name| {
        sink.push(match name {
            "public_access" => catalogue::public_process(key),
            "timeout" => catalogue::timeout_of_process(key),
            _ => catalogue::key_of_step(key, name),
        });
    });
    let (use_attempted, version_attempted) =
        (is_attempted(&args, &PLACE, "use"), is_attempted(&args, &PLACE, "version"));
    let (trigger_attempted, run_as_attempted) =
        (is_attempted(&args, &PLACE, "trigger"), is_attempted(&args, &PLACE, "run_as"));
    let read = read(args, &PLACE, sink);
    ProcessKeys { use_attempted, version_attempted, trigger_attempted, run_as_attempted, ..read }
}

pub(super) fn parse_function(item: &TokenStream, sink: &Sink) -> Option<Function> {
    syntax::parse_function(
        item,
        "process",
        "async fn onboard_customer(customer_id: Id<Customer>) -> Result<()> { .. }",
        sink,
    )
}
