//! To anything by a few letters.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    let entry = |label: &str, icon: &str, hint: &str| ui::PaletteEntry {
        label: label.to_owned(),
        to: "#gallery-palette".to_owned(),
        hint: Some(hint.to_owned()),
        icon: Some(icon.into()),
        keys: None,
    };
    let groups = vec![
        ui::PaletteGroup {
            label: "Pages".to_owned(),
            entries: vec![entry("Customers", "users", "CRM"), entry("Invoices", "receipt", "Billing")],
        },
        ui::PaletteGroup { label: "Customers".to_owned(), entries: vec![entry("Ada Lovelace", "user", "London")] },
    ];
    rsx! {
        Row {
            GlobalSearch { action: "#gallery-palette", label: "Search customers", keys: "" }
            Button { opens: "gallery-go", icon: "command", "Open the palette" }
        }
        CommandPalette { id: "gallery-go", groups, action: "#gallery-palette" }
    }
}
