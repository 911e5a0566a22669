//! What a constant may not be. Signature rules are checked where the signature is read.

use super::model::Constant;
use crate::diagnostics::Sink;
use crate::project::Project;

pub(super) fn check(constant: &Constant<'_>, project: &Project, sink: &Sink) {
    constant.common.check(project, sink);
}
