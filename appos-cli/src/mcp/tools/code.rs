//! What a change reaches, and what is wrong with the project.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{Asking, Tool, counted, read, schema_of};
use crate::check::Report;
use crate::impact::{Answer as Reached, Fallback, Question, join, load, read as seen};
use crate::logs::LogFolder;
use crate::mcp::answer::Answer;
use crate::mcp::refusal::Refused;
use crate::project::dump::ManifestObject;

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "impact",
        title: "What a change reaches",
        description: "Tells who uses an object or a field of a record, directly and through others, what it uses itself, \
                      and which routes, pages, web APIs and processes a change of it reaches. The compiler has resolved \
                      the names; what was seen at run time is added. The first question after a change takes as long as \
                      a check of the project.",
        arguments: schema_of::<Impact>,
        run: |asking, arguments| impact(asking, &read(arguments)?),
        would: None,
    },
    Tool {
        name: "run_check",
        title: "Check the project",
        description: "Builds the project if it has changed and tells what is wrong beside what the compiler says: each \
                      finding with its code, place, reason and the correct form. For administrators.",
        arguments: schema_of::<Check>,
        run: |asking, arguments| check(asking, &read(arguments)?),
        would: None,
    },
];

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Impact {
    /// Reference of an object, or of a field: `crm.records.customer.email`
    object: String,
    /// If the project does not compile, answer for the last state that did
    #[serde(default)]
    stale: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Check {}

fn impact(asking: &Asking<'_>, wanted: &Impact) -> Result<Answer, Refused> {
    let sight = asking.sight;
    let own = |name: &str| name.splitn(4, '.').take(3).collect::<Vec<_>>().join(".");
    if !sight.is_whole() {
        // Asked before the graph, whose suggestions name what he may not view.
        sight.must_see(&own(&wanted.object))?;
    }
    let platform = asking.project.platform()?;
    let fallback = if wanted.stale { Fallback::LastGraph } else { Fallback::Nothing };
    let (mut graph, is_stale) = load(&platform, fallback)?;
    join(&mut graph, seen(&platform, &LogFolder::of(&platform, None)));
    let reached = Reached::of(&graph, &Question::read(&graph, &wanted.object)?, is_stale);
    let mut json = serde_json::to_value(&reached)
        .map_err(|error| Refused::new("failed", format!("it cannot be told: {error}"), ""))?;
    let withheld = if sight.is_whole() { 0 } else { withhold(asking, &mut json)? };
    let number = |key: &str| json[key].as_array().map_or(0, Vec::len);
    let (users, used) = (counted(number("dependents"), "object"), counted(number("dependencies"), "object"));
    let summary = format!("{users} would notice a change; it uses {used}.");
    let answer = Answer::new(json, summary, "Ask for one field, or for one of the objects on the way.");
    Ok(match withheld {
        0 => answer,
        number => answer.note(format!("{number} more are not for {} to view", sight.shown())),
    })
}

/// Takes out what somebody may not view, and answers how much that was.
fn withhold(asking: &Asking<'_>, json: &mut Json) -> Result<usize, Refused> {
    let sight = asking.sight;
    let mut withheld = 0;
    let sees = |json: &Json| json.as_str().is_some_and(|name| sight.sees(name));
    for key in ["dependents", "dependencies"] {
        if let Some(list) = json[key].as_array_mut() {
            let before = list.len();
            list.retain(|reached| sees(&reached["reference"]));
            withheld += before - list.len();
            for reached in list {
                if !sees(&reached["before"]) {
                    reached["before"] = Json::Null;
                }
            }
        }
    }
    let (_, built) = asking.project.built()?;
    let viewable = || built.manifest.objects.iter().filter(|object| sight.sees(&object.reference));
    let routes: Vec<String> = viewable().flat_map(ManifestObject::routes).collect();
    let apps: Vec<&str> = viewable().map(|object| object.app.as_str()).collect();
    for key in ["pages", "web_apis", "processes"] {
        if let Some(list) = json["reaches"][key].as_array_mut() {
            list.retain(|name| sees(name));
        }
    }
    if let Some(list) = json["reaches"]["routes"].as_array_mut() {
        list.retain(|route| route.as_str().is_some_and(|route| routes.iter().any(|seen| seen == route)));
    }
    if let Some(list) = json["reaches"]["apps"].as_array_mut() {
        list.retain(|app| app.as_str().is_some_and(|app| apps.contains(&app)));
    }
    if let Some(list) = json["dynamic"].as_array_mut() {
        list.retain(|call| sees(&call["from"]));
    }
    // Its sentences name whatever a change reaches.
    json["recommendation"] = json!([]);
    Ok(withheld)
}

fn check(asking: &Asking<'_>, _: &Check) -> Result<Answer, Refused> {
    asking.sight.must_be_whole("the check of the project")?;
    let report = Report::of(&asking.project.platform()?)?;
    let (errors, warnings) = report.counts();
    let summary = format!("{}, {}.", counted(errors, "error"), counted(warnings, "warning"));
    Ok(Answer::new(report.json(), summary, "Mend the first ones, and check again."))
}
