//! Lists that the app has written itself, below the title that every list has.

use dioxus::prelude::*;

use crate::record::authorize;
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::components::{ButtonVariant, LinkButton, PageHeader, Skeleton};
use crate::ui::page::{use_load, use_title};
use crate::ui::pieces::Piece;
use crate::ui::records::address::list as list_address;
use crate::ui::shell::{ByReference, names, refusal};
use crate::ui::text::own::actions;

/// The list of a record, drawn by an interface. Whoever may not view the record learns as little of it as from the
/// generated one.
#[component]
pub(super) fn OwnList(object: ByReference, piece: Piece) -> Element {
    let object = object.0;
    use_title(names::plural(object));
    let load = use_load((), move |()| async move {
        authorize(object, Permission::View).await?;
        let ctx = Ctx::current().ok_or_else(|| crate::AppOsError::execution("a screen outside of a request"))?;
        Ok(ctx.scope().fresh_rights().await?.allows(object, Permission::Create))
    });
    load.with(|answer| match answer {
        None => rsx! {
            PageHeader { title: names::plural(object) }
            Skeleton { lines: 12 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(may_create)) => rsx! {
            PageHeader { title: names::plural(object),
                if *may_create {
                    LinkButton { to: "{list_address(object)}/new", icon: "plus", variant: ButtonVariant::Primary,
                        {actions::create_one(&names::within(&names::singular(object)))}
                    }
                }
            }
            {piece.plain()}
        },
    })
}
