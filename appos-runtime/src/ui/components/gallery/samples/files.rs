//! Files: dropped or chosen.

use dioxus::prelude::*;

use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    rsx! {
        Form { files: true,
            FileDrop { name: "customers", label: "Customers", accept: ".csv", note: "CSV, at most 50 MB", required: true }
            FileDrop { name: "contract", label: "Contract", note: "PDF", current: "contract-2025.pdf", error: "This is no PDF." }
        }
    }
}
