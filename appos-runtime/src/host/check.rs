//! What must be true of the compiled-in objects before a platform starts.

use std::collections::HashMap;

use crate::registry::{ObjectKind, Registry};
use crate::value::FieldType;

/// Names under `/api/{app}/v1/` that are no record's.
const RESERVED_ROUTES: [&str; 1] = ["rules"];

/// Everything that is wrong, in words.
pub(super) fn problems(registry: &'static Registry) -> Vec<String> {
    let mut problems = Vec::new();
    let mut routes: HashMap<(&str, &str), &str> = HashMap::new();
    let mut tables: HashMap<&str, &str> = HashMap::new();
    for (object, record) in registry.records() {
        if RESERVED_ROUTES.contains(&record.plural.as_str()) {
            problems.push(format!(
                "{}: the plural `{}` is a route of the platform; write `plural = \"..\"`",
                object.reference,
                record.plural.as_str()
            ));
        }
        if let Some(other) = routes.insert((object.app, record.plural.as_str()), object.reference) {
            problems.push(format!(
                "{} and {other} have the same plural `{}`; write `plural = \"..\"`",
                object.reference,
                record.plural.as_str()
            ));
        }
        if let Some(other) = tables.insert(record.table, object.reference) {
            problems.push(format!(
                "{} and {other} have the same table `{}`; write `table = \"..\"`",
                object.reference, record.table
            ));
        }
        for field in record.fields {
            let FieldType::Many(target) = field.field_type else { continue };
            let target = target();
            let refers =
                registry.records().filter(|(other, _)| other.reference == target.reference).any(|(_, other)| {
                    other.fields.iter().any(|to| {
                        let refers =
                            matches!(to.field_type, FieldType::Reference(to) if to().reference == object.reference);
                        refers && (to.unique || !field.unique)
                    })
                });
            if !refers {
                problems.push(format!(
                    "{}.{}: {} has no {}`Ref` to {}; add one",
                    object.reference,
                    field.name,
                    target.reference,
                    if field.unique { "unique " } else { "" },
                    object.reference
                ));
            }
        }
    }
    debug_assert!(registry.objects().iter().all(|object| ObjectKind::ALL.contains(&object.kind)));
    problems
}
