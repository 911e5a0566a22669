//! A table: sorted, with rows that can be chosen, states, numbers, and what can be done with a row.

use dioxus::prelude::*;

use crate::ui::components as ui;
use crate::ui::components::by_name::*;

pub(super) fn show() -> Element {
    let columns = vec![
        ui::TableColumn::new("Name").sort("?sort=-name#gallery-table").sorted(ui::SortDirection::Ascending),
        ui::TableColumn::new("E-mail").secondary(),
        ui::TableColumn::badge("Status"),
        ui::TableColumn::number("Credit limit").sort("?sort=credit_limit#gallery-table"),
        ui::TableColumn::date("Customer since").sort("?sort=since#gallery-table"),
        ui::TableColumn::new("Newsletter"),
        ui::TableColumn::actions("Actions"),
    ];
    let people = [
        ("Ada Lovelace", "ada@acme.example", ui::Tone::Good, "Active", "12,000.00", "2021-03-14"),
        ("Alan Turing", "alan@acme.example", ui::Tone::Warning, "On hold", "8,500.00", "2022-11-02"),
        ("Grace Hopper", "grace@acme.example", ui::Tone::Good, "Active", "105,000.00", "2019-07-30"),
        ("Katherine Johnson", "katherine@acme.example", ui::Tone::Bad, "Blocked", "0.00", "2024-01-09"),
    ];
    let rows = people.iter().enumerate().map(|(id, (name, mail, tone, status, limit, since))| {
        let actions = rsx! { IconButton { icon: "pencil", label: "Edit {name}", to: "#gallery-table" } };
        let cells = vec![
            ui::TableCell::text(name),
            ui::TableCell::text(mail),
            ui::TableCell::badge(status, *tone),
            if id == 2 { ui::TableCell::Hidden } else { ui::TableCell::text(limit) },
            ui::TableCell::text(since),
            ui::TableCell::Flag(id % 2 == 0),
            ui::TableCell::Element(actions),
        ];
        ui::TableRow::new(id, *name, cells).to("#gallery-table")
    });
    rsx! {
        DataTable { label: "Customers", columns, rows: rows.collect(), select: "ids", form: "gallery-bulk",
            footer: rsx! { Pagination { summary: "1–4 of 1,204", next: "?page=2#gallery-table" } } }
        BulkBar { id: "gallery-bulk",
            Button { small: true, submit: true, name: "do", value: "export", icon: "download", "Export" }
            Button { small: true, submit: true, name: "do", value: "delete", variant: ui::ButtonVariant::Danger, "Delete" }
        }
    }
}
