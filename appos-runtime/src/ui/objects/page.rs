//! Pages: screens with an address of their own.

use dioxus::prelude::*;
use percent_encoding::percent_decode_str;

use super::address::PageArguments;
use super::draw::{Drawn, draw, loading};
use super::link::descriptor;
use super::route::{Segment, segments_of, specificity};
use crate::error::{AppOsError, ErrorKind, Result};
use crate::journal::LoggedArguments;
use crate::registry::{ObjectDescriptor, ObjectDetail, Registry};
use crate::state::Ctx;
use crate::ui::page::{Location, use_title};
use crate::ui::shell::{ByReference, Refusal, status_of, unknown};
use crate::ui::text::errors;
use crate::ui::text::own::{components as words, problems};

/// How a page is drawn.
#[derive(Debug)]
pub struct PageEntry {
    /// Reads the parameters and draws, which is dispatch.
    pub render: fn(&PageArguments) -> Result<Element>,
}

/// Draws a page.
///
/// # Errors
/// The visitor may not view it, and then it does not exist; or its body failed.
pub(crate) fn render_page(
    object: &'static ObjectDescriptor,
    given: &PageArguments,
    arguments: LoggedArguments,
    body: impl FnOnce(Ctx) -> Element,
) -> Result<Element> {
    match draw(object, given, arguments, body) {
        Drawn::Shown(element) => Ok(element),
        // Without an execution's id, as where nothing is: the log has the refusal.
        Drawn::Refused => Err(unknown()),
        Drawn::Failed(error) => Err(error),
        Drawn::NotYet => Ok(loading()),
    }
}

/// The page at the address with these parts below the app's name, and what it says of its parameters.
/// Of pages that fit, the one with the more fixed words is meant.
pub(crate) fn find_page(
    registry: &'static Registry,
    app: &str,
    parts: &[&str],
) -> Option<(&'static ObjectDescriptor, Vec<(&'static str, String)>)> {
    let parts = parts.strip_suffix(&[""]).unwrap_or(parts);
    let decoded: Option<Vec<String>> =
        parts.iter().map(|part| percent_decode_str(part).decode_utf8().ok().map(Into::into)).collect();
    let decoded = decoded?;
    let pages = registry.objects().iter().filter(|object| object.app == app);
    let fitting = pages.filter_map(|object| {
        let ObjectDetail::Page(page) = object.detail else { return None };
        let segments = segments_of(page);
        Some((specificity(&segments), *object, fit(&segments, &decoded)?))
    });
    fitting.max_by(|one, other| one.0.cmp(&other.0)).map(|(_, object, values)| (object, values))
}

/// The values of the parameters, if the parts of an address fit the route.
fn fit(segments: &[Segment], parts: &[String]) -> Option<Vec<(&'static str, String)>> {
    if segments.len() != parts.len() {
        return None;
    }
    let mut values = Vec::new();
    for (segment, part) in segments.iter().zip(parts) {
        match segment {
            Segment::Word(word) if word == part => {}
            Segment::Parameter(name) if !part.is_empty() => values.push((*name, part.clone())),
            _ => return None,
        }
    }
    Some(values)
}

/// The page that an address means.
pub(crate) fn page_of(
    registry: &'static Registry,
    location: &Location,
) -> Option<(&'static ObjectDescriptor, PageArguments)> {
    let segments = location.segments();
    let (app, parts) = segments.split_first()?;
    let (object, path) = find_page(registry, app, parts)?;
    let query = location.parameters().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Some((object, PageArguments { path, query }))
}

/// A page, or why it cannot be shown.
#[component]
pub(crate) fn PageScreen(object: ByReference, arguments: PageArguments) -> Element {
    let page = descriptor(object.0);
    let drawn = match page.and_then(|page| page.entry.downcast_ref::<PageEntry>()) {
        Some(entry) => (entry.render)(&arguments),
        None => Err(unknown()),
    };
    match drawn {
        Ok(element) => {
            use_title(page.map_or("", |page| page.title));
            element
        }
        Err(error) => rsx! {
            Refusal {
                code: status_of(&error).as_u16(),
                message: in_words(&error),
                execution_id: error.execution_id().map(|id| id.to_string()),
            }
        },
    }
}

/// What a visitor reads of an error. The text of a failed body is the author's, for the log.
fn in_words(error: &AppOsError) -> String {
    match error.kind() {
        ErrorKind::Execution => words::page_failed().to_owned(),
        ErrorKind::Dispatch if error.code() == "not_found" => problems::not_found().to_owned(),
        ErrorKind::Validation if error.code() == "bad_query" => {
            let parts = error.fields().iter().map(|wrong| format!("`{}` {}", wrong.field, wrong.message));
            words::address_misfit(&parts.collect::<Vec<_>>().join("; "))
        }
        _ => errors::message(error),
    }
}
