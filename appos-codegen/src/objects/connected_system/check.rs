//! What a connected system may not be, one function per rule.

use syn::ReturnType;

use super::model::{Kind, System};
use super::settings::{SHARED, own};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::connected_system as catalogue;
use crate::project::Project;
use crate::syntax::last_segment;

pub(super) fn check(system: &System<'_>, project: &Project, sink: &Sink) {
    system.common.check(project, sink);
    check_tier(system, project, sink);
    check_kind(system, sink);
    check_signature(system, sink);
}

/// Systems are tier 1: they inherit nothing, so somebody must be told who may use them.
fn check_tier(system: &System<'_>, project: &Project, sink: &Sink) {
    if system.common.permissions.use_.is_none() && !system.use_attempted {
        let group = project.groups.iter().flatten().next().cloned().unwrap_or_else(|| format!("{}_users", project.app));
        sink.push(catalogue::no_use(system.ident(), &group));
    }
}

fn check_kind(system: &System<'_>, sink: &Sink) {
    let Some(kind) = system.kind else {
        match &system.written_kind {
            Some(written) => {
                sink.push(catalogue::unknown_kind(written.literal(), &written.value(), &Kind::ALL.map(Kind::as_str)));
            }
            None if system.attempted.contains(&"kind") => {}
            None => sink.push(catalogue::no_kind(system.ident(), &Kind::ALL.map(Kind::as_str))),
        }
        return;
    };
    for setting in &system.settings {
        if !SHARED.contains(&setting.name) && !own(kind).contains(&setting.name) {
            let known: Vec<&str> = own(kind).iter().copied().chain(SHARED).collect();
            match &setting.tokens {
                Some(tokens) => {
                    sink.push(catalogue::setting_of_other_kind(tokens, kind.as_str(), setting.name, &known))
                }
                None => {
                    sink.push(catalogue::setting_of_other_kind(system.ident(), kind.as_str(), setting.name, &known));
                }
            }
        }
    }
    let (place, form) = kind.place();
    if !system.attempted.contains(&place) {
        sink.push(catalogue::no_place(system.ident(), kind.as_str(), place, form));
    }
}

fn check_signature(system: &System<'_>, sink: &Sink) {
    let signature = &system.function.signature;
    if !signature.inputs.is_empty() {
        sink.push(catalogue::parameters(&signature.inputs, system.ident()));
    }
    if let Some(word) = &signature.asyncness {
        sink.push(catalogue::asynchronous(word, system.ident()));
    }
    match &signature.output {
        ReturnType::Type(_, ty) if last_segment(ty).is_some_and(|segment| segment.ident == "Auth") => {}
        ReturnType::Type(_, ty) => sink.push(catalogue::wrong_answer(ty, system.ident())),
        ReturnType::Default => sink.push(catalogue::wrong_answer(system.ident(), system.ident())),
    }
}
