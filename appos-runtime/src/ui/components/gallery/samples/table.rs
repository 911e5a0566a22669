//! A table: sorted, with rows that can be chosen, states, numbers, and what can be done with a row.

use dioxus::prelude::*;

use crate::ui::components::*;

pub(super) fn show() -> Element {
    let columns = vec![
        TableColumn::new("Name").sort("?sort=-name#gallery-table").sorted(SortDirection::Ascending),
        TableColumn::new("E-mail").secondary(),
        TableColumn::badge("Status"),
        TableColumn::number("Credit limit").sort("?sort=credit_limit#gallery-table"),
        TableColumn::date("Customer since").sort("?sort=since#gallery-table"),
        TableColumn::new("Newsletter"),
        TableColumn::actions("Actions"),
    ];
    let people = [
        ("Ada Lovelace", "ada@acme.example", Tone::Good, "Active", "12,000.00", "2021-03-14"),
        ("Alan Turing", "alan@acme.example", Tone::Warning, "On hold", "8,500.00", "2022-11-02"),
        ("Grace Hopper", "grace@acme.example", Tone::Good, "Active", "105,000.00", "2019-07-30"),
        ("Katherine Johnson", "katherine@acme.example", Tone::Bad, "Blocked", "0.00", "2024-01-09"),
    ];
    let rows = people.iter().enumerate().map(|(id, (name, mail, tone, status, limit, since))| {
        let actions = rsx! { IconButton { icon: "pencil", label: "Edit {name}", to: "#gallery-table" } };
        let cells = vec![
            TableCell::text(name),
            TableCell::text(mail),
            TableCell::badge(status, *tone),
            if id == 2 { TableCell::Hidden } else { TableCell::text(limit) },
            TableCell::text(since),
            TableCell::Flag(id % 2 == 0),
            TableCell::Element(actions),
        ];
        TableRow::new(id, *name, cells).to("#gallery-table")
    });
    rsx! {
        DataTable { label: "Customers", columns, rows: rows.collect(), select: "ids", form: "gallery-bulk",
            footer: rsx! { Pagination { summary: "1–4 of 1,204", next: "?page=2#gallery-table" } } }
        BulkBar { id: "gallery-bulk",
            Button { small: true, submit: true, name: "do", value: "export", icon: "download", "Export" }
            Button { small: true, submit: true, name: "do", value: "delete", variant: ButtonVariant::Danger, "Delete" }
        }
    }
}
