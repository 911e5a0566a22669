//! Menus: actions of a row, and a form behind a button.

use dioxus::prelude::*;

use crate::ui::components::*;

pub(super) fn show() -> Element {
    let sections = vec![
        MenuSection::of(vec![
            MenuLink::to("Edit", "#gallery-menus").icon("pencil").keys("E"),
            MenuLink::download("Export as CSV", "#gallery-menus").icon("download"),
        ]),
        MenuSection::of(vec![MenuLink::opens("Delete", "gallery-delete").icon("trash-2").danger()]),
    ];
    rsx! {
        Row { gap: Gap::Small,
            Menu { id: "menu-actions", label: "Actions", sections: sections.clone() }
            Menu { id: "menu-more", label: "More", compact: true, sections }
            Menu { id: "menu-columns", label: "Columns", icon: "columns-3",
                Form { get: true, actions: rsx! { Button { small: true, submit: true, "Apply" } },
                    MultiSelect { name: "columns", label: "Shown columns", values: vec!["name".to_owned()],
                        choices: vec![Choice::new("name", "Name"), Choice::new("tier", "Tier"), Choice::new("owner", "Owner")] }
                }
            }
        }
    }
}
