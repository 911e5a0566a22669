//! The list of a record's rows.

use dioxus::prelude::*;

use crate::journal::LoggedArguments;
use crate::model::{JsonRow, record_of};
use crate::question::Asking;
use crate::record::{self, Listing};
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;
use crate::ui::page::{Location, use_load, use_location, use_title};
use crate::ui::shell::{ByReference, refusal};

/// The list of a record's rows, as its address asks for them.
#[component]
pub(super) fn List(object: ByReference) -> Element {
    let location = use_location();
    use_title(record_of(object.0).plural.as_str());
    let load = use_load(location.read().clone(), move |location| rows(object.0, location));
    load.with(|answer| match answer {
        None => rsx! { p { "Loading" } },
        Some(Err(error)) => refusal(error),
        Some(Ok(listing)) => rsx! {
            h1 { {record_of(object.0).plural.as_str()} }
            ul {
                for row in &listing.rows {
                    li { key: "{row.system.id}", {serde_json::to_string(&JsonRow::whole(object.0, row)).unwrap_or_default()} }
                }
            }
        },
    })
}

async fn rows(object: &'static ObjectDescriptor, location: Location) -> crate::error::Result<Listing> {
    let ctx = Ctx::current().ok_or_else(|| crate::error::AppOsError::dispatch("no execution").code_is("no_context"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let logged = LoggedArguments::begin().argument("query", &location.query).finish();
    record::list(object, logged, |readable| {
        Ok(Asking { object, readable, rights: &rights }.list(&location.parameters())?.selection)
    })
    .await
}
