//! Menus: actions of a row, and a form behind a button.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    let sections = vec![
        ui::MenuSection::of(vec![
            ui::MenuLink::to("Edit", "#gallery-menus").icon("pencil").keys("E"),
            ui::MenuLink::download("Export as CSV", "#gallery-menus").icon("download"),
        ]),
        ui::MenuSection::of(vec![ui::MenuLink::opens("Delete", "gallery-delete").icon("trash-2").danger()]),
    ];
    rsx! {
        Row { gap: ui::Gap::Small,
            Menu { id: "menu-actions", label: "Actions", sections: sections.clone() }
            Menu { id: "menu-more", label: "More", compact: true, sections }
            Menu { id: "menu-columns", label: "Columns", icon: "columns-3",
                Form { get: true, actions: rsx! { Button { small: true, submit: true, "Apply" } },
                    MultiSelect { name: "columns", label: "Shown columns", values: vec!["name".to_owned()],
                        choices: vec![ui::Choice::new("name", "Name"), ui::Choice::new("tier", "Tier"), ui::Choice::new("owner", "Owner")] }
                }
            }
        }
    }
}
