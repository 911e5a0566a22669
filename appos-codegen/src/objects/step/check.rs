//! What a step may not be. Signature rules are checked where the signature is read.

use super::model::Step;
use crate::attributes::ObjectPath;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::process as catalogue;
use crate::project::Project;
use crate::syntax::plain_name;

/// More tries than this are no patience: something else has to be done.
const MOST_RETRIES: u64 = 100;

pub(super) fn check(step: &Step<'_>, project: &Project, sink: &Sink) {
    step.common.check(project, sink);
    if let Some(retries) = step.retries.as_ref().filter(|retries| retries.value() > MOST_RETRIES) {
        sink.push(catalogue::too_many_retries(retries.written(), MOST_RETRIES));
    }
    let Some(other) = step.compensate.as_ref().map(ObjectPath::written) else { return };
    if other.path.segments.last().is_some_and(|last| plain_name(&last.ident) == plain_name(step.ident())) {
        sink.push(catalogue::compensates_itself(other, step.ident()));
    }
}
