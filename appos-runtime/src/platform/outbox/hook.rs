//! A record's rule that is called after the commit of a write.

use std::pin::Pin;

use serde_json::{Map, Value as Json};

use super::enqueue::enqueue;
use crate::error::Result;
use crate::model::Row;
use crate::registry::{ObjectDescriptor, ObjectDetail};

/// Enqueues a rule with the id of a row. Not with the row: the rule runs later, when the row may be another.
pub fn enqueue_hook(
    rule: &'static ObjectDescriptor,
    row: &Row,
) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'static>> {
    let parameters = match rule.detail {
        ObjectDetail::Rule(rule) => rule.parameters,
        _ => &[],
    };
    let id = Json::from(row.system.id);
    let arguments: Map<String, Json> =
        parameters.first().map(|parameter| (parameter.name.to_owned(), id)).into_iter().collect();
    Box::pin(async move { enqueue(rule.reference, arguments.into()).await.map(drop) })
}
