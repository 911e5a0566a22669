//! What a site may not be. Signature rules are checked where the signature is read.

use super::model::Site;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::screen as catalogue;
use crate::project::{ObjectKind, Project};

pub(super) fn check(site: &Site<'_>, project: &Project, sink: &Sink) {
    let common = &site.screen.common;
    common.check(project, sink);
    let others = project.objects.iter().filter(|object| object.kind == ObjectKind::Site && object.name != common.name);
    // Reported at the one that comes later, where the scan has seen both.
    if let Some(other) = others.min_by(|one, other| one.name.cmp(&other.name))
        && other.name < common.name
    {
        sink.push(catalogue::second_site(site.ident(), other));
    }
}
