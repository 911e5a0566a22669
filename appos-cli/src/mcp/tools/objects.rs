//! What the project consists of: objects, records, routes.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{Asking, Tool, counted, read, schema_of};
use crate::commands::objects::{permissions, select};
use crate::commands::permissions::lines;
use crate::commands::routes::routes;
use crate::mcp::answer::Answer;
use crate::mcp::refusal::Refused;
use crate::mcp::source::source;
use crate::project::dump::{Manifest, ManifestObject};

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "list_objects",
        title: "List objects",
        description: "Lists the objects of the project (records, rules, processes, pages and so on) that the user may \
                      view: reference, kind, app, description, permissions, file and line. Begin here.",
        arguments: schema_of::<List>,
        run: |asking, arguments| list(asking, &read(arguments)?),
        would: None,
    },
    Tool {
        name: "get_object",
        title: "Look at an object",
        description: "Tells everything of one object: what the registry says (fields, parameters, permissions, routes) \
                      and its source code with the place.",
        arguments: schema_of::<One>,
        run: |asking, arguments| get(asking, &read(arguments)?),
        would: None,
    },
    Tool {
        name: "schema",
        title: "The schema of a record",
        description: "Tells the fields, columns, types, relations and indexes of a record, who may do what with it and \
                      with each field, and its routes.",
        arguments: schema_of::<Record>,
        run: |asking, arguments| schema(asking, &read(arguments)?),
        would: None,
    },
    Tool {
        name: "routes",
        title: "List routes",
        description: "Lists the HTTP routes by which objects are reached: method, path, object. Sign-in, documentation \
                      and health have routes of their own, which belong to no object.",
        arguments: schema_of::<Routes>,
        run: |asking, arguments| list_routes(asking, &read(arguments)?),
        would: None,
    },
];

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct List {
    /// Only objects of this kind: record, rule, constant, process, step, interface, page, site, `translation_set`,
    /// `web_api`, `connected_system`, integration
    kind: Option<String>,
    /// Only objects of this app
    app: Option<String>,
    /// Only objects with this in their reference or description
    search: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    /// Reference of the object, such as `crm.rules.customer_ltv`
    object: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Record {
    /// Reference of the record, such as `crm.records.customer`
    record: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Routes {
    /// Only routes of objects of this app
    app: Option<String>,
    /// Only routes with this in their path, or whose object is called so
    search: Option<String>,
}

/// The objects that somebody may view.
fn seen(asking: &Asking<'_>, app: Option<&str>) -> Result<Manifest, Refused> {
    let (_, built) = asking.project.built()?;
    // Who does not see everything is not told which apps there are.
    let is_told = app.filter(|_| asking.sight.is_whole());
    let mut manifest = select(built.manifest, None, is_told)?;
    manifest.objects.retain(|object| app.is_none_or(|app| object.app == app));
    manifest.objects.retain(|object| asking.sight.sees(&object.reference));
    Ok(manifest)
}

fn list(asking: &Asking<'_>, wanted: &List) -> Result<Answer, Refused> {
    let mut manifest = seen(asking, wanted.app.as_deref())?;
    if let Some(kind) = &wanted.kind {
        let (_, built) = asking.project.built()?;
        let mut kinds: Vec<String> = built.manifest.objects.into_iter().map(|object| object.kind).collect();
        kinds.sort();
        kinds.dedup();
        if !kinds.contains(kind) {
            let message = format!("there is no object of the kind `{}`", crate::escape::escaped(kind));
            return Err(Refused::new("wrong_question", message, format!("kinds are {}", kinds.join(", "))));
        }
        manifest.objects.retain(|object| object.kind == *kind);
    }
    if let Some(search) = wanted.search.as_ref().map(|search| search.to_lowercase()) {
        manifest.objects.retain(|object| {
            let described = object.rest.get("description").and_then(Json::as_str).unwrap_or_default();
            object.reference.to_lowercase().contains(&search) || described.to_lowercase().contains(&search)
        });
    }
    let objects: Vec<Json> = manifest.objects.iter().map(brief).collect();
    let summary = counted(objects.len(), "object");
    let json = json!({ "format": 1, "objects": objects });
    Ok(Answer::new(json, summary, "Ask with `app`, `kind` or `search`."))
}

fn brief(object: &ManifestObject) -> Json {
    json!({
        "reference": object.reference,
        "kind": object.kind,
        "app": object.app,
        "description": object.rest.get("description"),
        "permissions": permissions(object),
        "file": object.file,
        "line": object.line,
    })
}

/// One object, if somebody may view it.
fn one(asking: &Asking<'_>, manifest: &Manifest, named: &str) -> Result<ManifestObject, Refused> {
    let found = manifest.objects.iter().find(|object| object.reference == named);
    if let Some(object) = found.filter(|object| asking.sight.sees(&object.reference)) {
        return Ok(object.clone());
    }
    let seen = manifest.objects.iter().map(|object| object.reference.as_str()).filter(|name| asking.sight.sees(name));
    // What is asked for is often the last part alone.
    let same = seen.clone().find(|name| name.rsplit('.').next() == Some(named));
    let mut refused = Refused::of_unseen(named, asking.sight.shown());
    if let Some(near) = same.or_else(|| crate::terminal::nearest(named, seen)) {
        refused.help = format!("did you mean `{near}`?");
    }
    Err(refused)
}

fn get(asking: &Asking<'_>, wanted: &One) -> Result<Answer, Refused> {
    let (platform, built) = asking.project.built()?;
    let object = one(asking, &built.manifest, &wanted.object)?;
    let code = source(&platform, &object);
    let summary = format!("A {} of the app {}.", object.kind, object.app);
    let json = json!({
        "format": 1,
        "object": object,
        "permissions": lines(&built.manifest, &object),
        "routes": routes(&object),
        "hidden_fields": asking.sight.hidden(&object.reference),
        "source": code.as_ref().map(|code| &code.text),
        "lines": code.as_ref().map(|code| [code.first, code.last]),
    });
    let answer = Answer::new(json, summary, "Read the file for the rest of the source.");
    Ok(if code.is_some() { answer } else { answer.note("its source is not in the files of this project") })
}

fn schema(asking: &Asking<'_>, wanted: &Record) -> Result<Answer, Refused> {
    let (_, built) = asking.project.built()?;
    let object = one(asking, &built.manifest, &wanted.record)?;
    if object.kind != "record" {
        let message = format!("{} is a {}, and no record", object.reference, object.kind);
        return Err(Refused::new("wrong_question", message, "`get_object` tells of any object"));
    }
    let relations: Vec<&ManifestObject> = built
        .manifest
        .objects
        .iter()
        .filter(|other| other.kind == "record" && asking.sight.sees(&other.reference))
        .filter(|other| other.rest.get("fields").is_some_and(|fields| mentions(fields, &object.reference)))
        .collect();
    let summary = format!("A record with {}.", counted(object.fields().count(), "field"));
    let json = json!({
        "format": 1,
        "record": object,
        "permissions": lines(&built.manifest, &object),
        "hidden_fields": asking.sight.hidden(&object.reference),
        "referred_to_by": relations.iter().map(|other| &other.reference).collect::<Vec<_>>(),
        "routes": routes(&object),
    });
    Ok(Answer::new(json, summary, "`get_object` tells of one object."))
}

/// True if a reference stands somewhere in what is said of fields.
fn mentions(json: &Json, reference: &str) -> bool {
    match json {
        Json::String(text) => text == reference,
        Json::Array(list) => list.iter().any(|below| mentions(below, reference)),
        Json::Object(map) => map.values().any(|below| mentions(below, reference)),
        _ => false,
    }
}

fn list_routes(asking: &Asking<'_>, wanted: &Routes) -> Result<Answer, Refused> {
    let manifest = seen(asking, wanted.app.as_deref())?;
    let mut found: Vec<_> = manifest.objects.iter().flat_map(routes).collect();
    if let Some(search) = &wanted.search {
        found.retain(|route| route.path.contains(search.as_str()) || route.object.contains(search.as_str()));
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    let summary = counted(found.len(), "route");
    Ok(Answer::new(json!({ "format": 1, "routes": found }), summary, "Ask with `app` or `search`."))
}
