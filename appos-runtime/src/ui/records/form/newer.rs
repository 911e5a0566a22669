//! That somebody else changes a row while its form is open.

use dioxus::prelude::*;

use super::super::relation::names as names_of;
use super::super::words;
use super::names;
use crate::error::Result;
use crate::record;
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;
use crate::ui::components::{Banner, Tone};
use crate::ui::page::{use_changes, use_load};
use crate::ui::shell::ByReference;
use crate::ui::text::own::forms;

/// What has become of a row.
enum Now {
    AsBefore,
    /// By whom, if that may be known.
    Changed(Option<String>),
    Gone,
}

/// Says so when a row is another than the form shows. Nothing of what is typed is touched: it is for whoever
/// types to ask for what is new.
#[component]
pub(super) fn Newer(object: ByReference, id: i64, version: i64) -> Element {
    let changes = use_changes(object.0);
    let load = use_load((id, version, changes), move |(id, version, changes)| async move {
        // The form was made a moment ago.
        if changes == 0 { Ok(Now::AsBefore) } else { now(object.0, id, version).await }
    });
    let what = words::singular_within(object.0);
    load.with(|now| match now {
        Some(Ok(Now::Changed(who))) => {
            let who = who.as_deref().unwrap_or_else(|| forms::somebody());
            rsx! {
                Banner { tone: Tone::Warning, title: forms::just_changed(who, &what),
                    actions: rsx! {
                        button { class: "ao-button ao-small", r#type: "submit", name: names::MERGE, value: "true", {forms::show_changes()} }
                    },
                    p { {forms::typed_stays()} }
                }
            }
        }
        Some(Ok(Now::Gone)) => rsx! {
            Banner { tone: Tone::Bad, title: forms::just_deleted(&what) }
        },
        _ => rsx! {},
    })
}

async fn now(object: &'static ObjectDescriptor, id: i64, version: i64) -> Result<Now> {
    let row = match record::get(object, id).await {
        Ok(row) if row.system.version == version => return Ok(Now::AsBefore),
        Ok(row) => row,
        Err(error) if error.code() == "record_not_found" => return Ok(Now::Gone),
        Err(error) => return Err(error),
    };
    let Some((ctx, user)) = Ctx::current().zip(row.system.updated_by) else { return Ok(Now::Changed(None)) };
    let rights = ctx.scope().fresh_rights().await?;
    let named = names_of(&rights, [(words::users(), user)]).await?;
    Ok(Now::Changed(named.of(words::users(), user).map(str::to_owned)))
}
