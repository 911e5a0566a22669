//! Where one is, and where one was.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    rsx! {
        Column {
            Breadcrumbs { crumbs: vec![ui::Crumb::link("CRM", "#gallery-ways"), ui::Crumb::link("Customers", "#gallery-ways"), ui::Crumb::here("Ada Lovelace")] }
            Pagination { label: "Pages of a list with cursors", summary: "51–100 of 1,204", previous: "#gallery-ways", next: "#gallery-ways" }
            Pagination { label: "Pages of a list with numbers", summary: "Page 1 of 25", first: "#gallery-ways", next: "#gallery-ways", last: "#gallery-ways" }
        }
    }
}
