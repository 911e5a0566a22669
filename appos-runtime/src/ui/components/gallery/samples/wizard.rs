//! Work in steps.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    let steps = ["File", "Columns", "Check", "Import"].map(str::to_owned).to_vec();
    rsx! {
        Card {
            Wizard { label: "Import customers", steps, current: 1, back: "#gallery-wizard", next: "Check the rows", form: "gallery-columns",
                Form { id: "gallery-columns", action: "#gallery-wizard",
                    SelectField { name: "column_1", label: "Column 1: Company", value: "name",
                        choices: vec![ui::Choice::new("name", "Name"), ui::Choice::new("email", "E-mail")] }
                }
            }
        }
    }
}
