//! An object or a field of one, as it is asked for.

use crate::impact::graph::{Graph, Node};
use crate::terminal::{Failure, nearest};

/// What a graph is asked for: one object, or those of a file or a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Question {
    /// The objects.
    pub(crate) starts: Vec<Start>,
}

/// An object of a graph, and perhaps one field of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Start {
    /// Name of the object.
    pub(crate) object: String,
    /// Name of a field or choice.
    pub(crate) field: Option<String>,
}

impl Start {
    /// An object as a whole.
    pub(crate) fn of(object: &str) -> Self {
        Self { object: object.to_owned(), field: None }
    }
}

impl Question {
    /// Reads `crm.records.customer` or `crm.records.customer.email`.
    ///
    /// # Errors
    /// There is no such object or field.
    pub(crate) fn read(graph: &Graph, written: &str) -> Result<Self, Failure> {
        if graph.nodes.get(written).is_some_and(Node::is_object) {
            return Ok(Self { starts: vec![Start::of(written)] });
        }
        if let Some((object, field)) = written.rsplit_once('.')
            && let Some(node) = graph.nodes.get(object).filter(|node| node.is_object())
        {
            let is_system = node.kind == "record" && SYSTEM_FIELDS.contains(&field);
            if is_system || node.fields.iter().any(|known| known == field) {
                let start = Start { object: object.to_owned(), field: Some(field.to_owned()) };
                return Ok(Self { starts: vec![start] });
            }
            let fields = node.fields.iter().map(String::as_str);
            let help = match nearest(field, fields.clone()) {
                Some(near) => format!("write `{object}.{near}`"),
                None if node.fields.is_empty() => format!("a {} has no fields", node.kind),
                None => format!("its fields are {}", fields.collect::<Vec<_>>().join(", ")),
            };
            return Err(Failure::usage(format!("`{object}` has no field `{field}`"), help));
        }
        let objects = || graph.nodes.iter().filter(|(_, node)| node.is_object()).map(|(name, _)| name.as_str());
        // What is asked for is often the last part alone.
        let same = objects().filter(|name| name.rsplit('.').next() == Some(written)).collect::<Vec<_>>();
        let help = match (same.as_slice(), nearest(written, objects())) {
            ([], None) => "`cargo appos objects` lists all objects".to_owned(),
            ([], Some(near)) => format!("write `{near}`"),
            (same, _) => format!("write `{}`", same.join("` or `")),
        };
        Err(Failure::usage(format!("there is no object `{written}`"), help))
    }

    /// The field that is asked for.
    pub(crate) fn field(&self) -> Option<&str> {
        self.starts.iter().find_map(|start| start.field.as_deref())
    }

    /// As it is written.
    pub(crate) fn written(&self) -> String {
        match self.starts.as_slice() {
            [Start { object, field: Some(field) }] => format!("{object}.{field}"),
            [Start { object, .. }] => object.clone(),
            several => format!("{} objects", several.len()),
        }
    }
}

/// Fields that every record has, which the registry does not list.
const SYSTEM_FIELDS: [&str; 6] = ["id", "created_at", "created_by", "updated_at", "updated_by", "version"];
