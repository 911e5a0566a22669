//! Names and values of a record.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    rsx! {
        Card { title: "Customer",
            Details {
                Detail { label: "Name", "Ada Lovelace" }
                Detail { label: "E-mail",
                    a { href: "mailto:ada@acme.example", "ada@acme.example" }
                }
                Detail { label: "Status",
                    Badge { label: "Active", tone: ui::Tone::Good }
                }
                Detail { label: "Owner",
                    Avatar { name: "Grace Hopper", named: true }
                }
                Detail { label: "Phone" }
                Detail { label: "Notes", wide: true, "Prefers to be called in the morning. Knows everybody in the analytical department." }
            }
        }
    }
}
