//! What an interface may not be. Signature rules are checked where the signature is read.

use super::check_piece;
use super::model::Interface;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::screen as catalogue;
use crate::naming;
use crate::project::{ObjectKind, Project};

/// Names that the builder of a component's properties has already.
const TAKEN: [&str; 2] = ["build", "into_vcomponent"];

pub(super) fn check(interface: &Interface<'_>, project: &Project, sink: &Sink) {
    let common = &interface.screen.common;
    common.check(project, sink);
    let component = interface.component();
    if !component.to_string().starts_with(|first: char| first.is_alphabetic()) {
        sink.push(catalogue::no_component_name(interface.written));
    }
    // Inside the file, the component would hide the record's type.
    let same = |object: &&_| -> bool {
        let object: &crate::project::KnownObject = object;
        object.kind == ObjectKind::Record && naming::object_name(&object.name) == common.name
    };
    if let Some(record) = project.objects.iter().find(same) {
        sink.push(catalogue::component_is_record(interface.written, component, record));
    } else if naming::is_reserved_type(component) {
        sink.push(crate::diagnostics::catalogue::object::reserved_type_name(component));
    }
    for parameter in &interface.screen.parameters {
        if TAKEN.contains(&parameter.name.as_str()) || parameter.name == "key" {
            sink.push(catalogue::props_name(&parameter.ident));
        }
    }
    if let Some(piece) = &interface.piece {
        check_piece::check(interface, piece, project, sink);
    }
}
