//! What can be read as it is: pages of the book, and the source of objects.

use rmcp::model::{Resource, ResourceContents, ResourceTemplate};
use serde_json::{Value as Json, json};

use super::book;
use super::refusal::Refused;
use super::source::source;
use super::tools::Asking;

/// Where pages are.
const DOCS: &str = "appos://docs/";
/// Where objects are.
const OBJECTS: &str = "appos://objects/";

/// All that somebody can read. Where the project does not build, the pages alone.
pub(super) fn list(asking: &Asking<'_>) -> Vec<Resource> {
    let pages = book::pages().iter().map(|page| {
        Resource::new(format!("{DOCS}{}", page.path), page.path)
            .with_title(page.title)
            .with_mime_type("text/markdown")
            .with_size(page.text.len() as u64)
    });
    let objects = asking.project.built().map(|(_, built)| built.manifest.objects).unwrap_or_default();
    let objects = objects.into_iter().filter(|object| asking.sight.sees(&object.reference));
    let objects = objects.map(|object| {
        let described = object.rest.get("description").and_then(Json::as_str).unwrap_or_default();
        Resource::new(format!("{OBJECTS}{}", object.reference), object.reference.clone())
            .with_description(format!("Source of a {}. {described}", object.kind))
            .with_mime_type("text/x-rust")
    });
    pages.chain(objects).collect()
}

/// How addresses are made.
pub(super) fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new(format!("{DOCS}{{+page}}"), "docs")
            .with_title("A page of the documentation")
            .with_description("A page by its path, such as `concepts/security.md`, or by the code of a finding")
            .with_mime_type("text/markdown"),
        ResourceTemplate::new(format!("{OBJECTS}{{reference}}"), "objects")
            .with_title("The source of an object")
            .with_description("Source code by the reference of the object, such as `crm.rules.customer_ltv`")
            .with_mime_type("text/x-rust"),
    ]
}

/// The same as JSON.
pub(super) fn templates_as_json() -> Json {
    let told = |template: ResourceTemplate| json!({ "address": template.uri_template, "title": template.title });
    templates().into_iter().map(told).collect()
}

/// Reads one.
///
/// # Errors
/// There is none, or it is not for whoever asks.
pub(super) fn read(asking: &Asking<'_>, address: &str) -> Result<ResourceContents, Refused> {
    if let Some(path) = address.strip_prefix(DOCS) {
        let page = book::page(path)?;
        return Ok(ResourceContents::text(page.text, address).with_mime_type("text/markdown"));
    }
    let unknown = || {
        let message = format!("there is nothing at `{}`", crate::escape::escaped(address));
        Refused::new("not_found", message, format!("addresses begin with {DOCS} or {OBJECTS}"))
    };
    let reference = address.strip_prefix(OBJECTS).ok_or_else(unknown)?;
    let (platform, built) = asking.project.built()?;
    let object = built.manifest.objects.iter().find(|object| object.reference == reference);
    let object = object.filter(|object| asking.sight.sees(&object.reference));
    let object = object.ok_or_else(|| Refused::of_unseen(reference, asking.sight.shown()))?;
    let found = source(&platform, object).ok_or_else(|| {
        let message = format!("the source of {reference} is not in the files of this project");
        Refused::new("not_found", message, "`get_object` tells what the registry knows of it")
    })?;
    let text = format!("// {}, lines {} to {}\n{}\n", object.file, found.first, found.last, found.text);
    Ok(ResourceContents::text(text, address).with_mime_type("text/x-rust"))
}
