//! What a rule may not be. Signature rules are checked where the signature is read.

use super::model::Rule;
use crate::diagnostics::Sink;
use crate::project::Project;

pub(super) fn check(rule: &Rule<'_>, project: &Project, sink: &Sink) {
    rule.common.check(project, sink);
}
