//! One of several, several of them, yes or no.

use dioxus::prelude::*;

use crate::ui::components::*;

pub(super) fn show() -> Element {
    let tiers = || vec![Choice::new("bronze", "Bronze"), Choice::new("silver", "Silver"), Choice::new("gold", "Gold")];
    rsx! {
        Form { wide: true,
            SelectField { name: "tier", label: "Tier", value: "silver", empty: "None", choices: tiers() }
            RadioGroup { name: "tier_radio", label: "Tier", value: "gold", required: true, choices: tiers() }
            RadioGroup { name: "period", label: "Period", value: "month", bar: true,
                choices: vec![Choice::new("week", "Week"), Choice::new("month", "Month"), Choice::new("year", "Year")] }
            MultiSelect { name: "tags", label: "Tags", values: vec!["new".to_owned()],
                choices: vec![Choice::new("new", "New"), Choice::new("paid", "Paid").hint("12 orders"), Choice::new("late", "Late")] }
            CheckboxField { name: "newsletter", label: "Send the newsletter", checked: true }
            CheckboxField { name: "terms", label: "I accept the terms", required: true, error: "Must be accepted." }
            SwitchField { name: "notify", label: "Notify me", help: "By e-mail, at most once a day." }
        }
    }
}
