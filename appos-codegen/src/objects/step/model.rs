//! A step with all defaults applied.

use proc_macro2::Ident;

use super::syntax::StepKeys;
use crate::attributes::{Count, Duration, ObjectPath, Text};
use crate::diagnostics::Sink;
use crate::naming;
use crate::project::{ObjectKind, Project};
use crate::registration::Common;
use crate::security::PermissionLists;
use crate::syntax::{Function, Parameter, Returns, first_paragraph, resolve_parameters, resolve_returns};

pub(super) struct Step<'a> {
    pub(super) common: Common,
    pub(super) function: &'a Function,
    pub(super) parameters: Vec<Parameter>,
    pub(super) returns: Returns,
    pub(super) retries: Option<Count>,
    pub(super) backoff: Option<Duration>,
    /// The step that undoes this one.
    pub(super) compensate: Option<ObjectPath>,
}

impl Step<'_> {
    pub(super) fn ident(&self) -> &Ident {
        &self.function.signature.ident
    }
}

pub(super) fn resolve<'a>(keys: StepKeys, function: &'a Function, project: &Project, sink: &Sink) -> Step<'a> {
    let StepKeys { description, retries, backoff, timeout, compensate, crate_: _ } = keys;
    let signature = &function.signature;
    let ident = &signature.ident;
    let description = description.as_ref().map_or_else(|| first_paragraph(&function.attributes), Text::value);
    Step {
        common: Common {
            kind: ObjectKind::Step,
            ident: ident.clone(),
            name: naming::stem(ident),
            app: project.app.clone(),
            description,
            permissions: PermissionLists::default(),
            public_access: false,
            timeout,
        },
        function,
        parameters: resolve_parameters(signature, "step", sink),
        returns: resolve_returns(signature, "step", sink),
        retries,
        backoff,
        compensate,
    }
}
