//! The secrets: where each is, who has entered it, and a form that replaces it. None is shown.

use std::collections::BTreeSet;

use dioxus::prelude::*;

use super::ADDRESS;
use super::screen::{Seen, name};
use crate::platform::stored_secrets::{SecretSource, secret_source};
use crate::ui::components::{Button, ButtonVariant, Card, DataTable, TableCell, TableColumn, TableRow, Tone};
use crate::ui::text::Format;
use crate::ui::text::own::systems as words;

/// All that are needed, and all that are stored.
pub(super) fn secrets(seen: &Seen, csrf_token: &str) -> Element {
    let needed = seen.systems.iter().flat_map(|system| system.secrets.iter().copied());
    let names: BTreeSet<&str> = needed.chain(seen.secrets.iter().map(|secret| secret.name.as_str())).collect();
    let columns = vec![
        TableColumn::new(words::secret()),
        TableColumn::badge(words::where_it_is()),
        TableColumn::new(words::needed_by()).secondary(),
        TableColumn::new(words::new_value()),
    ];
    let rows: Vec<TableRow> = names.into_iter().map(|secret| row(seen, secret, csrf_token)).collect();
    rsx! {
        if !rows.is_empty() {
            Card { title: words::secrets(), description: words::secrets_hint(), flush: true,
                DataTable { label: words::secrets(), columns, rows }
            }
        }
    }
}

fn row(seen: &Seen, secret: &str, csrf_token: &str) -> TableRow {
    let stored = seen.secrets.iter().find(|stored| stored.name == secret);
    let set = stored.and_then(|stored| {
        let at = Format::current().relative(stored.changed_at?, seen.now);
        Some(words::set_by(&at, &stored.changed_by_name))
    });
    let (label, tone) = match secret_source(&seen.secrets, secret) {
        SecretSource::Stored => (words::stored(), Tone::Good),
        SecretSource::Environment => (words::in_environment(), Tone::Good),
        SecretSource::Missing => (words::missing(), Tone::Bad),
    };
    let users = seen.systems.iter().filter(|system| system.secrets.contains(&secret)).map(|system| name(system.system));
    let cells = vec![
        TableCell::Element(rsx! {
            div {
                strong { "{secret}" }
                if let Some(set) = set {
                    br {}
                    span { class: "ao-dim", "{set}" }
                }
            }
        }),
        TableCell::badge(label, tone),
        TableCell::text(users.collect::<Vec<_>>().join(", ")),
        TableCell::Element(form(secret, stored.is_some(), csrf_token)),
    ];
    TableRow::new(secret, secret, cells)
}

/// The form by which a secret is entered: what is in it was typed just now, and comes back to nobody.
fn form(secret: &str, is_stored: bool, csrf_token: &str) -> Element {
    let label = words::new_value_of(secret);
    rsx! {
        form { class: "ao-secret", method: "post", action: ADDRESS,
            input { r#type: "hidden", name: "csrf_token", value: "{csrf_token}" }
            input { r#type: "hidden", name: "name", value: "{secret}" }
            input {
                class: "ao-input",
                r#type: "password",
                name: "value",
                autocomplete: "new-password",
                "aria-label": "{label}",
            }
            Button { small: true, submit: true, name: "do", value: "set", {words::set()} }
            if is_stored {
                Button { small: true, submit: true, name: "do", value: "forget", variant: ButtonVariant::Quiet, {words::forget()} }
            }
        }
    }
}
