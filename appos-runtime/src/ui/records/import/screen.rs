//! The screen: what it shows depends on how far the file is.

use std::sync::Arc;
use std::time::Duration;

use dioxus::prelude::*;

use super::mapping::{self, Target};
use crate::error::{AppOsError, Result};
use crate::record::Readable;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::components::{
    Banner, Button, ButtonVariant, CheckboxField, Choice, FileDrop, LinkButton, PageHeader, SelectField, Skeleton,
    Tone, end,
};
use crate::ui::page::{
    ImportProgress, Preview, Visitor, use_awake, use_load, use_location, use_posted, use_title, use_visitor,
};
use crate::ui::records::address;
use crate::ui::shell::{ByReference, names, refusal, unknown};
use crate::ui::text::own::{actions, imports, lists};

/// How often a page that is open looks how far an import is.
const EVERY: Duration = Duration::from_millis(700);

/// What the screen works with.
struct Ready {
    targets: Vec<Target>,
    keys: Vec<(&'static str, String)>,
    may_update: bool,
}

/// Rows from a file.
#[component]
pub(in crate::ui::records) fn Import(object: ByReference) -> Element {
    let object = object.0;
    let visitor = use_visitor();
    let location = use_location();
    let title = imports::title(&names::within(&names::plural(object)));
    use_title(title.clone());
    use_awake();
    // While an import runs, an open page looks again.
    let mut looked = use_signal(|| 0_u32);
    use_future(move || async move {
        loop {
            tokio::time::sleep(EVERY).await;
            looked += 1;
        }
    });
    let load = use_load((), move |()| ready(object));
    let location = location.read();
    let file = location.parameter("file").unwrap_or_default();
    let run = location.parameter("run").unwrap_or_default();
    let preview = visitor.imports.preview(visitor.user.id, object, &file);
    let progress = visitor.imports.progress(visitor.user.id, object, &run);
    if progress.as_ref().is_some_and(|progress| !progress.is_over) {
        looked.read();
    }
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 6 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(ready)) => rsx! {
            PageHeader { title: title.clone(),
                LinkButton { to: address::list(object), {lists::back_to(&names::within(&names::plural(object)))} }
            }
            Refused { address: format!("{}/import", address::list(object)) }
            if let Some(progress) = &progress {
                {told(object, progress, (&run, &file))}
            }
            if let Some(preview) = preview.filter(|_| progress.as_ref().is_none_or(|progress| progress.is_over && (progress.dry_run || progress.has_failed))) {
                {mapped(object, &visitor, ready, &preview, &file)}
            } else if progress.is_none() {
                {sent(object, &visitor, !file.is_empty())}
            }
        },
    })
}

async fn ready(object: &'static ObjectDescriptor) -> Result<Arc<Ready>> {
    let ctx = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    let rights = ctx.scope().fresh_rights().await?;
    if !rights.allows(object, Permission::Create) {
        return Err(unknown());
    }
    let readable = Readable::of(object, &rights);
    Ok(Arc::new(Ready {
        targets: mapping::targets(object, &readable, &rights),
        keys: mapping::keys(object, &readable),
        may_update: rights.allows(object, Permission::Update),
    }))
}

/// Why the last form was refused.
#[component]
fn Refused(address: String) -> Element {
    let Some(posted) = use_posted(&address) else { return rsx! {} };
    rsx! {
        Banner { tone: Tone::Bad, title: posted.wrong.message.clone(),
            if !posted.wrong.fields.is_empty() {
                ul { class: "ao-wrong",
                    for (place , (field , _ , message)) in posted.wrong.fields.iter().take(50).enumerate() {
                        li { key: "{place}", "{field}: {message}" }
                    }
                }
            }
        }
    }
}

/// The first step: the file.
fn sent(object: &'static ObjectDescriptor, visitor: &Visitor, gone: bool) -> Element {
    rsx! {
        if gone {
            Banner { tone: Tone::Warning, title: imports::gone() }
        }
        form {
            method: "post",
            action: "{address::list(object)}/import",
            enctype: "multipart/form-data",
            class: "ao-form ao-import-file",
            "data-reload": "",
            input { r#type: "hidden", name: "csrf_token", value: "{visitor.csrf_token}" }
            FileDrop {
                name: "file",
                label: imports::file(),
                required: true,
                accept: ".csv,.jsonl,.ndjson,text/csv,application/jsonl",
                note: imports::file_hint(),
            }
            div { class: "ao-form-actions",
                Button { submit: true, variant: ButtonVariant::Primary, {actions::upload()} }
            }
        }
    }
}

/// The second step: which fields its columns fill, and how it is imported.
fn mapped(
    object: &'static ObjectDescriptor,
    visitor: &Visitor,
    ready: &Ready,
    preview: &Preview,
    file: &str,
) -> Element {
    let targets: Vec<Choice> =
        ready.targets.iter().map(|target| Choice::new(target.name.as_str(), target.label.as_str())).collect();
    let keys: Vec<Choice> = ready.keys.iter().map(|(name, label)| Choice::new(*name, label.as_str())).collect();
    let modes =
        vec![Choice::new("all_or_nothing", imports::all_or_nothing()), Choice::new("partial", imports::partial())];
    rsx! {
        form {
            method: "post",
            action: "{address::list(object)}/import",
            class: "ao-form ao-import-run",
            "data-reload": "",
            input { r#type: "hidden", name: "csrf_token", value: "{visitor.csrf_token}" }
            input { r#type: "hidden", name: "file", value: "{file}" }
            h2 { "{preview.name}" }
            div { class: "ao-table-frame",
                div { class: "ao-table-scroll ao-at-once", role: "region", aria_label: imports::preview(), tabindex: "0",
                    table { class: "ao-table",
                        caption { class: "ao-hidden", {imports::preview()} }
                        thead {
                            tr {
                                for (place , column) in preview.columns.iter().enumerate() {
                                    th { key: "{place}", scope: "col", "{column}" }
                                }
                            }
                        }
                        tbody {
                            for (place , row) in preview.rows.iter().enumerate() {
                                tr { key: "{place}",
                                    for (place , cell) in row.iter().enumerate() {
                                        td { key: "{place}", "{cell}" }
                                    }
                                }
                            }
                        }
                    }
                    {end()}
                }
            }
            fieldset { class: "ao-import-columns",
                legend { {imports::columns()} }
                for (place , column) in preview.columns.iter().enumerate() {
                    SelectField {
                        key: "{place}",
                        name: "map[{column}]",
                        label: column.clone(),
                        choices: targets.clone(),
                        value: mapping::guess(column, &ready.targets).unwrap_or_default().to_owned(),
                        empty: imports::leave_out(),
                    }
                }
            }
            if ready.may_update {
                SelectField { name: "match", label: imports::key(), choices: keys, empty: imports::no_key() }
            }
            SelectField { name: "mode", label: imports::mode(), choices: modes, value: "all_or_nothing" }
            CheckboxField { name: "dry_run", label: imports::dry_run(), value: "true", checked: true }
            div { class: "ao-form-actions",
                Button { submit: true, variant: ButtonVariant::Primary, {actions::import()} }
                LinkButton { to: "{address::list(object)}/import", {imports::another()} }
            }
        }
    }
}

/// How far an import is, and what was wrong.
fn told(object: &'static ObjectDescriptor, progress: &ImportProgress, (run, file): (&str, &str)) -> Element {
    let (tone, title) = match (progress.is_over, progress.has_failed, progress.dry_run) {
        (false, ..) => (Tone::Info, imports::running()),
        (true, true, _) => (Tone::Bad, imports::has_failed()),
        (true, false, true) => (Tone::Info, imports::tried()),
        (true, false, false) => (Tone::Good, imports::done()),
    };
    let mistakes =
        format!("/api/{}/v1/{}/imports/{run}/errors", object.app, crate::model::record_of(object).plural.as_str());
    let path = format!("{}/import/refused", address::list(object));
    let refused = crate::ui::page::address(&path, [("file", file), ("run", run)].into_iter());
    let only = progress.partial && !progress.dry_run;
    rsx! {
        Banner { tone, title,
            p { class: "ao-import-numbers",
                {imports::numbers(progress.lines, progress.created, progress.updated, progress.failed)}
            }
            if let Some(problem) = &progress.problem {
                p { "{problem}" }
            }
            if !progress.is_over {
                p {
                    LinkButton { to: "", small: true, {actions::reload()} }
                }
            }
        }
        if !progress.mistakes.is_empty() {
            div { class: "ao-table-frame",
                div { class: "ao-table-scroll ao-at-once", role: "region", aria_label: imports::mistakes(), tabindex: "0",
                    table { class: "ao-table ao-import-mistakes",
                        caption { class: "ao-hidden", {imports::mistakes()} }
                        thead {
                            tr {
                                th { scope: "col", {imports::line()} }
                                th { scope: "col", {lists::field_to_change()} }
                                th { scope: "col", {imports::wrong()} }
                            }
                        }
                        tbody {
                            for (place , (line , field , message)) in progress.mistakes.iter().enumerate() {
                                tr { key: "{place}",
                                    td { "{line}" }
                                    td { "{field}" }
                                    td { "{message}" }
                                }
                            }
                        }
                    }
                    {end()}
                }
            }
            if progress.is_over && !file.is_empty() {
                p {
                    a { href: "{refused}", download: "", "data-reload": "",
                        if only { {imports::refused_lines()} } else { {imports::marked_lines()} }
                    }
                    span { class: "ao-dim", " " {imports::refused_hint()} }
                }
            }
            p {
                a { href: "{mistakes}", download: "", "data-reload": "", {imports::all_mistakes()} }
            }
        }
    }
}
