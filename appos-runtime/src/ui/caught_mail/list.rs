//! The list of caught mail, and the question whether all of it is to be deleted. Both work without script.

use dioxus::prelude::*;

use super::ADDRESS;
use crate::error::Result;
use crate::outside::mail::{CaughtMail, list_caught_mail};
use crate::ui::components::{
    Banner, Button, ButtonVariant, Card, DataTable, EmptyState, LinkButton, PageHeader, Skeleton, TableCell,
    TableColumn, TableRow, Tone,
};
use crate::ui::page::{use_load, use_location, use_ticks, use_title, use_visitor};
use crate::ui::processes::current;
use crate::ui::processes::operations::EVERY;
use crate::ui::shell::refusal;
use crate::ui::text::Format;
use crate::ui::text::own::{caught_mail as words, operations};
use crate::value::DateTime;

/// What the page shows.
struct Seen {
    mails: Vec<CaughtMail>,
    now: DateTime,
}

async fn read() -> Result<Seen> {
    Ok(Seen { mails: list_caught_mail().await?, now: current()?.now() })
}

/// The list.
#[component]
pub(crate) fn CaughtMailList() -> Element {
    use_title(words::title());
    let visitor = use_visitor();
    let location = use_location();
    let of = (use_ticks(EVERY), location.read().query.clone());
    let load = use_load(of, |_| read());
    let location = location.read();
    let asks = location.parameter("ask").as_deref() == Some("clear");
    let was_cleared = location.parameter("cleared").is_some();
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 8 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(seen)) => rsx! {
            PageHeader { title: words::title(), description: words::hint(),
                if !seen.mails.is_empty() {
                    LinkButton { to: "{ADDRESS}?ask=clear", variant: ButtonVariant::Quiet, {words::clear()} }
                }
            }
            if asks && !seen.mails.is_empty() {
                {question(seen.mails.len(), &visitor.csrf_token)}
            }
            if seen.mails.is_empty() {
                if was_cleared {
                    Banner { tone: Tone::Good, title: words::cleared() }
                }
                EmptyState { title: words::none() }
            } else {
                {table(seen)}
            }
        },
    })
}

fn question(count: usize, csrf_token: &str) -> Element {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    rsx! {
        Card { title: words::clear_question(count), description: words::clear_hint(),
            form { class: "ao-form", method: "post", action: ADDRESS,
                input { r#type: "hidden", name: "csrf_token", value: "{csrf_token}" }
                div { class: "ao-form-actions",
                    Button { submit: true, name: "do", value: "clear", variant: ButtonVariant::Danger, {words::clear()} }
                    LinkButton { to: ADDRESS, variant: ButtonVariant::Quiet, {operations::not_now()} }
                }
            }
        }
    }
}

fn table(seen: &Seen) -> Element {
    let columns = vec![
        TableColumn::new(words::subject()),
        TableColumn::new(words::to()),
        TableColumn::new(words::system()).secondary(),
        TableColumn::new(words::caught_at()),
    ];
    let format = Format::current();
    let rows = seen.mails.iter().map(|mail| {
        let subject = subject(mail);
        let cells = vec![
            TableCell::text(&subject),
            TableCell::text(mail.to.expose()),
            TableCell::text(&mail.system),
            TableCell::text(mail.caught_at.map(|at| format.relative(at, seen.now)).unwrap_or_default()),
        ];
        TableRow::new(&mail.id, subject, cells).to(format!("{ADDRESS}/{}", mail.id))
    });
    rsx! {
        DataTable { label: words::title(), columns, rows: rows.collect::<Vec<_>>() }
    }
}

/// What a mail is about, or that it does not say.
pub(super) fn subject(mail: &CaughtMail) -> String {
    let subject = mail.subject.expose().trim();
    if subject.is_empty() { words::no_subject().to_owned() } else { subject.to_owned() }
}
