//! What may be written on a test.

use darling::FromMeta;
use proc_macro2::TokenStream;

use crate::attributes::{FacadePath, Key, Place, read};
use crate::diagnostics::Sink;
use crate::syntax::{Function, read_function};

const PLACE: Place = Place { name: "#[appos::test]", keys: &[Key::new("crate", "crate = ::appos")] };

#[derive(Default, FromMeta)]
#[darling(default)]
pub(super) struct TestKeys {
    #[darling(rename = "crate")]
    pub(super) crate_: Option<FacadePath>,
}

pub(super) fn parse_keys(args: TokenStream, sink: &Sink) -> TestKeys {
    read(args, &PLACE, sink)
}

pub(super) fn parse_function(item: &TokenStream, sink: &Sink) -> Option<Function> {
    read_function(item, "appos::test", "async fn a_customer_has_no_orders_yet() { .. }", sink)
}
