//! The answer to a question: the schema of `--json`, documented in the command's help.

use std::collections::BTreeSet;

use serde::Serialize;

use super::advice::advice;
use super::question::Question;
use crate::impact::graph::{Direction, Edge, Found, Graph, Kind, Node, Place, Seen, find};

/// Version of the schema; grows when a field changes its meaning.
const FORMAT: u32 = 1;

/// What depends on an object, what it depends on, and what a change of it reaches.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    /// Version of this schema.
    pub(crate) format: u32,
    /// True if the project has changed since and does not compile.
    pub(crate) stale: bool,
    /// What was asked for: one object, or those of a file or a change.
    pub(crate) objects: Vec<Asked>,
    /// Who uses it, nearest first.
    pub(crate) dependents: Vec<Reached>,
    /// What it uses, nearest first.
    pub(crate) dependencies: Vec<Reached>,
    /// What a change of it reaches outside the code.
    pub(crate) reaches: Reaches,
    /// Calls in the project whose target is known only when they happen.
    pub(crate) dynamic: Vec<DynamicCall>,
    /// What to heed.
    pub(crate) recommendation: Vec<String>,
}

/// What was asked for.
#[derive(Debug, Serialize)]
pub(crate) struct Asked {
    /// `crm.records.customer`.
    pub(crate) reference: String,
    /// Field of it, if one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<String>,
    /// Kind of the object.
    pub(crate) kind: String,
    /// App it belongs to.
    pub(crate) app: String,
    /// File it is written in.
    pub(crate) file: String,
    /// First line.
    pub(crate) line: usize,
}

impl Asked {
    /// The object, or the field of it.
    pub(super) fn name(&self) -> String {
        match &self.field {
            Some(field) => format!("{}.{field}", self.reference),
            // Code that is no object.
            None => self.reference.rsplit('#').next().unwrap_or_default().to_owned(),
        }
    }
}

/// An object on the way.
#[derive(Debug, Serialize)]
pub(crate) struct Reached {
    /// Its reference; for code that is no object, file and name.
    pub(crate) reference: String,
    /// Its kind.
    pub(crate) kind: String,
    /// App it belongs to.
    pub(crate) app: String,
    /// 1 is direct.
    pub(crate) distance: usize,
    /// The object before it on the shortest way.
    pub(crate) before: String,
    /// The uses between the two.
    pub(crate) uses: Vec<Use>,
}

/// One use.
#[derive(Debug, Serialize)]
pub(crate) struct Use {
    /// What is done.
    pub(crate) kind: Kind,
    /// With which field or choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none", flatten)]
    pub(crate) place: Option<Place>,
    /// Code that is no object on the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) through: Vec<String>,
    /// What was seen to happen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) seen: Option<Seen>,
}

/// What lies outside the code.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Reaches {
    /// Routes, each a method and a path.
    pub(crate) routes: Vec<String>,
    /// Other apps.
    pub(crate) apps: Vec<String>,
    /// Pages, sites and interfaces.
    pub(crate) pages: Vec<String>,
    /// Web APIs.
    pub(crate) web_apis: Vec<String>,
    /// Processes, with their steps.
    pub(crate) processes: Vec<String>,
}

/// A call whose target is a value.
#[derive(Debug, Serialize)]
pub(crate) struct DynamicCall {
    /// Who calls.
    pub(crate) from: String,
    /// Where.
    #[serde(flatten)]
    pub(crate) place: Place,
}

impl Answer {
    /// The answer that a graph gives.
    pub(crate) fn of(graph: &Graph, question: &Question, stale: bool) -> Self {
        let starts: Vec<(&str, Option<&str>)> =
            question.starts.iter().map(|start| (start.object.as_str(), start.field.as_deref())).collect();
        let dependents = find(graph, &starts, Direction::Dependents);
        // What a single field uses, its record uses; only the record as a whole is asked.
        let is_field = question.field().is_some();
        let dependencies = if is_field { Vec::new() } else { find(graph, &starts, Direction::Dependencies) };
        let nodes: Vec<&Node> = starts.iter().filter_map(|(object, _)| graph.nodes.get(*object)).collect();
        let reaches = Reaches::of(&nodes, &dependents);
        let label = |name: &str| graph.nodes.get(name).map_or_else(|| name.to_owned(), |node| node.label.clone());
        let dependents = dependents.iter().map(|found| Reached::of(found, &label)).collect::<Vec<_>>();
        let dependencies = dependencies.iter().map(|found| Reached::of(found, &label)).collect::<Vec<_>>();
        let dynamic =
            graph.dynamic.iter().map(|call| DynamicCall { from: call.from.clone(), place: call.place.clone() });
        let recommendation = advice(&nodes, question, &dependents, &reaches);
        let asked = question.starts.iter().zip(&nodes).map(|(start, node)| Asked {
            reference: start.object.clone(),
            field: start.field.clone(),
            kind: node.kind.clone(),
            app: node.app.clone(),
            file: node.file.clone(),
            line: node.lines.0,
        });
        Self {
            format: FORMAT,
            stale,
            objects: asked.collect(),
            dependents,
            dependencies,
            reaches,
            dynamic: dynamic.collect(),
            recommendation,
        }
    }
}

impl Reached {
    fn of(found: &Found<'_>, label: &impl Fn(&str) -> String) -> Self {
        Self {
            reference: found.name.to_owned(),
            kind: found.node.kind.clone(),
            app: found.node.app.clone(),
            distance: found.distance,
            before: found.before.to_owned(),
            uses: found.uses.iter().map(|(edge, through)| Use::of(edge, through, label)).collect(),
        }
    }
}

impl Use {
    fn of(edge: &Edge, through: &[&str], label: &impl Fn(&str) -> String) -> Self {
        Self {
            kind: edge.kind,
            field: edge.field.clone(),
            place: edge.place.clone(),
            through: through.iter().map(|name| label(name)).collect(),
            seen: edge.seen.clone(),
        }
    }
}

impl Reaches {
    fn of(starts: &[&Node], dependents: &[Found<'_>]) -> Self {
        let mut reaches =
            Self { routes: starts.iter().flat_map(|node| node.routes.clone()).collect(), ..Self::default() };
        let mut apps = BTreeSet::new();
        for found in dependents {
            reaches.routes.extend(
                found.node.routes.iter().filter(|route| !reaches.routes.contains(route)).cloned().collect::<Vec<_>>(),
            );
            if starts.iter().all(|start| start.app != found.node.app) && found.node.kind != "platform" {
                apps.insert(found.node.app.clone());
            }
            let name = found.name.to_owned();
            match found.node.kind.as_str() {
                "page" | "pages" | "site" | "sites" | "interface" | "interfaces" => reaches.pages.push(name),
                "web_api" | "web_apis" => reaches.web_apis.push(name),
                "process" | "processes" | "step" | "steps" => reaches.processes.push(name),
                _ => {}
            }
        }
        reaches.apps = apps.into_iter().collect();
        reaches
    }
}
