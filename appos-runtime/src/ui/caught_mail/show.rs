//! `/caught-mail/{id}`: one mail. Its HTML is an app's, made of what strangers may have written: it is shown in a frame
//! in which nothing runs and which loads nothing.

use dioxus::prelude::*;

use super::ADDRESS;
use super::list::subject;
use crate::outside::mail::{ShownMail, show_caught_mail};
use crate::ui::components::{
    ButtonVariant, Card, DataTable, Detail, Details, LinkButton, PageHeader, Skeleton, TableCell, TableColumn, TableRow,
};
use crate::ui::page::{use_load, use_title};
use crate::ui::shell::refusal;
use crate::ui::text::Format;
use crate::ui::text::own::caught_mail as words;

/// One mail.
#[component]
pub(crate) fn CaughtMailScreen(id: String) -> Element {
    let load = use_load(id, show_caught_mail);
    let title = load.with(|answer| match answer {
        Some(Ok(mail)) => subject(&mail.listed),
        _ => words::title().to_owned(),
    });
    use_title(title.clone());
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 8 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(mail)) => rsx! {
            PageHeader { title,
                LinkButton { to: ADDRESS, variant: ButtonVariant::Quiet, {words::back()} }
            }
            {about(mail)}
            if mail.html.is_some() {
                {html(mail)}
            }
            Card { title: words::text(),
                p { class: "ao-prose", {mail.text.expose()} }
            }
            if !mail.attachments.is_empty() {
                {attachments(mail)}
            }
            Card { title: words::headers(),
                p { class: "ao-prose ao-mail-head", {mail.headers.expose()} }
            }
        },
    })
}

fn about(mail: &ShownMail) -> Element {
    let listed = &mail.listed;
    let caught_at = listed.caught_at.map(|at| Format::current().date_time(at)).unwrap_or_default();
    rsx! {
        Card {
            Details {
                Detail { label: words::from(), {listed.from.expose()} }
                Detail { label: words::to(), {listed.to.expose()} }
                Detail { label: words::system(), "{listed.system}" }
                Detail { label: words::caught_at(), "{caught_at}" }
            }
        }
    }
}

fn html(mail: &ShownMail) -> Element {
    let address = format!("{ADDRESS}/{}/html", mail.listed.id);
    rsx! {
        Card { title: words::shown_as(),
            // The empty list of permissions: no scripts, no forms, no origin.
            iframe { class: "ao-mail", src: "{address}", "sandbox": "", title: words::shown_as() }
        }
    }
}

fn attachments(mail: &ShownMail) -> Element {
    let columns = vec![TableColumn::new(words::attachments()), TableColumn::new(words::size()).secondary()];
    let rows = mail.attachments.iter().enumerate().map(|(index, file)| {
        let name = file.name.expose();
        let address = format!("{ADDRESS}/{}/files/{index}", mail.listed.id);
        let size = u64::try_from(file.size).unwrap_or(u64::MAX);
        let link = TableCell::Element(rsx! {
            a { href: "{address}", download: "", "data-reload": "", "{name}" }
        });
        TableRow::new(index, name, vec![link, TableCell::text(words::bytes(size))])
    });
    rsx! {
        Card { title: words::attachments(), flush: true,
            DataTable { label: words::attachments(), columns, rows: rows.collect::<Vec<_>>() }
        }
    }
}
