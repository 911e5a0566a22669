//! One of several, several of them, yes or no.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    let tiers = || {
        vec![ui::Choice::new("bronze", "Bronze"), ui::Choice::new("silver", "Silver"), ui::Choice::new("gold", "Gold")]
    };
    rsx! {
        Form { wide: true,
            SelectField { name: "tier", label: "Tier", value: "silver", empty: "None", choices: tiers() }
            RadioGroup { name: "tier_radio", label: "Tier", value: "gold", required: true, choices: tiers() }
            RadioGroup { name: "period", label: "Period", value: "month", bar: true,
                choices: vec![ui::Choice::new("week", "Week"), ui::Choice::new("month", "Month"), ui::Choice::new("year", "Year")] }
            MultiSelect { name: "tags", label: "Tags", values: vec!["new".to_owned()],
                choices: vec![ui::Choice::new("new", "New"), ui::Choice::new("paid", "Paid").hint("12 orders"), ui::Choice::new("late", "Late")] }
            CheckboxField { name: "newsletter", label: "Send the newsletter", checked: true }
            CheckboxField { name: "terms", label: "I accept the terms", required: true, error: "Must be accepted." }
            SwitchField { name: "notify", label: "Notify me", help: "By e-mail, at most once a day." }
        }
    }
}
