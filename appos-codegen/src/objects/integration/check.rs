//! What an integration may not be, one function per rule. Signature rules are checked where the signature is read.

use super::model::Integration;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::integration as catalogue;
use crate::project::Project;

/// More would be a way to harm the system that is called.
const MOST_RETRIES: u64 = 10;

pub(super) fn check(integration: &Integration<'_>, project: &Project, sink: &Sink) {
    integration.common.check(project, sink);
    check_tier(integration, project, sink);
    if integration.system.is_none() && !integration.system_attempted {
        sink.push(catalogue::no_system(integration.ident()));
    }
    if let Some(retries) = &integration.retries
        && retries.value() > MOST_RETRIES
    {
        sink.push(catalogue::too_many_retries(retries.written(), MOST_RETRIES));
    }
    if let Some(word) = &integration.function.signature.asyncness {
        sink.push(catalogue::asynchronous(word, integration.ident()));
    }
}

/// Integrations are tier 1: they inherit nothing, so somebody must be told who may use them.
fn check_tier(integration: &Integration<'_>, project: &Project, sink: &Sink) {
    if integration.common.permissions.use_.is_none() && !integration.use_attempted {
        let group = project.groups.iter().flatten().next().cloned().unwrap_or_else(|| format!("{}_users", project.app));
        sink.push(catalogue::no_use(integration.ident(), &group));
    }
}
