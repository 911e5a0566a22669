//! A form that was refused: what is wrong stands above it and below each field.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    let problems = vec![
        ui::FormProblem { field: Some("email".to_owned()), text: "E-mail: this is no e-mail address".to_owned() },
        ui::FormProblem { field: Some("credit_limit".to_owned()), text: "Credit limit: must be at least 0".to_owned() },
    ];
    rsx! {
        Form { action: "#gallery-form", token: "…", unsaved: true, problems,
            actions: rsx! {
                Button { variant: ui::ButtonVariant::Primary, submit: true, "Save" }
                LinkButton { to: "#gallery-form", variant: ui::ButtonVariant::Quiet, "Cancel" }
            },
            TextField { name: "company", label: "Company", value: "Acme", required: true, autocomplete: "organization" }
            TextField { name: "email", label: "E-mail", kind: ui::InputKind::Email, value: "ada@acme",
                required: true, help: "Where invoices go.", error: "This is no e-mail address." }
            TextField { name: "credit_limit", label: "Credit limit", kind: ui::InputKind::Decimal, value: "-5.00",
                suffix: "EUR", error: "Must be at least 0." }
            RelationPicker { name: "owner", label: "Owner", chosen: ui::Choice::new("1", "Ada Lovelace"), create: "#gallery-form",
                choices: vec![ui::Choice::new("1", "Ada Lovelace").hint("London"), ui::Choice::new("2", "Alan Turing").hint("Manchester")] }
            SwitchField { name: "active", label: "Active", checked: true, help: "Only active customers can order." }
        }
    }
}
