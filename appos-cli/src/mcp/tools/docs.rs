//! The book, and the pages of findings.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde_json::json;

use super::{Asking, Tool, counted, read, schema_of};
use crate::mcp::answer::Answer;
use crate::mcp::book;
use crate::mcp::refusal::Refused;

pub(super) const TOOLS: &[Tool] = &[Tool {
    name: "search_docs",
    title: "Search the documentation",
    description: "Searches the book of AppOS, its reference of settings, commands, macros, problems and compile errors, \
                  and the pages of what `run_check` finds (A0001 and so on). Answers sections with the page each stands \
                  on; with `page` the whole page.",
    arguments: schema_of::<Search>,
    run: |asking, arguments| search(asking, &read(arguments)?),
    would: None,
}];

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Search {
    /// Words to look for, or a code
    query: Option<String>,
    /// Path of a page that is wanted as a whole, such as `concepts/security.md`
    page: Option<String>,
    /// Most sections, at most 20; 5 without it
    limit: Option<usize>,
}

fn search(_: &Asking<'_>, wanted: &Search) -> Result<Answer, Refused> {
    let mut answer = match (&wanted.page, &wanted.query) {
        (Some(path), _) => {
            let page = book::page(path)?;
            let json = json!({ "format": 1, "path": page.path, "title": page.title, "page": page.text });
            Answer::new(json, format!("The page {}.", page.path), "Search for a section of it.")
        }
        (None, Some(query)) => {
            let found = book::search(query, wanted.limit.unwrap_or(5).clamp(1, 20));
            let summary = format!("{}, the best first.", counted(found.len(), "section"));
            Answer::new(json!({ "format": 1, "sections": found }), summary, "Ask with a smaller `limit`.")
        }
        (None, None) => {
            return Err(Refused::new("wrong_arguments", "nothing is asked for", "give a `query`, or a `page`"));
        }
    };
    answer.is_data = false;
    Ok(answer)
}
