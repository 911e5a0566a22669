//! The frame: where one is, where one can go, what has just happened.

use dioxus::prelude::*;

use crate::registry::ObjectDetail;
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::page::{use_location, use_visitor};

/// Header, navigation and content.
#[component]
pub(super) fn Frame(children: Element) -> Element {
    let visitor = use_visitor();
    let location = use_location();
    let path = location.read().path.clone();
    let links: Vec<(String, String, bool)> = Ctx::current()
        .and_then(|ctx| {
            ctx.with_current_rights(|rights| {
                let objects = visitor.engine.registry().objects().iter();
                let records = objects.filter_map(|object| match object.detail {
                    ObjectDetail::Record(record) if rights.allows(object, Permission::View) => {
                        let href = format!("/{}/{}", object.app, record.plural.as_str());
                        let here = path == href || path.starts_with(&format!("{href}/"));
                        Some((href, record.plural.as_str().to_owned(), here))
                    }
                    _ => None,
                });
                records.collect()
            })
        })
        .unwrap_or_default();
    rsx! {
        a { class: "ao-skip", href: "#main", "Skip to content" }
        header { class: "ao-top",
            a { class: "ao-brand", href: "/", "{visitor.platform}" }
            span { class: "ao-user", "{visitor.user.name}" }
        }
        div { class: "ao-body",
            nav { class: "ao-nav", aria_label: "Main",
                ul {
                    for (href , label , here) in links {
                        li { key: "{href}",
                            a { href: "{href}", aria_current: if here { "page" }, "{label}" }
                        }
                    }
                }
            }
            main { id: "main", class: "ao-main", tabindex: "-1", {children} }
        }
    }
}
