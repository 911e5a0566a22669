//! A rule with all defaults applied.

use proc_macro2::Ident;

use super::syntax::RuleKeys;
use crate::attributes::{Case, Duration, Text};
use crate::diagnostics::Sink;
use crate::naming;
use crate::project::{ObjectKind, Project};
use crate::registration::Common;
use crate::security::PermissionLists;
use crate::syntax::{
    Function, Parameter, Returns, contains_ident, first_paragraph, resolve_parameters, resolve_returns,
};

pub(super) struct Rule<'a> {
    pub(super) common: Common,
    pub(super) function: &'a Function,
    pub(super) parameters: Vec<Parameter>,
    pub(super) returns: Returns,
    pub(super) cache: Option<Duration>,
    /// The future is boxed, so that the body may wait for the rule itself.
    pub(super) recursive: bool,
    pub(super) cases: Vec<Case>,
}

impl Rule<'_> {
    pub(super) fn ident(&self) -> &Ident {
        &self.function.signature.ident
    }

    /// True if a case gives as many arguments as the rule takes.
    pub(super) fn fits(&self, case: &Case) -> bool {
        case.arguments.len() == self.parameters.len()
    }
}

pub(super) fn resolve<'a>(
    (keys, cases): (RuleKeys, Vec<Case>),
    function: &'a Function,
    project: &Project,
    sink: &Sink,
) -> Rule<'a> {
    let RuleKeys { description, view, use_, admin, public_access, timeout, cache, recursive, crate_: _ } = keys;
    let signature = &function.signature;
    let ident = &signature.ident;
    let description = description.as_ref().map_or_else(|| first_paragraph(&function.attributes), Text::value);
    Rule {
        common: Common {
            kind: ObjectKind::Rule,
            ident: ident.clone(),
            name: naming::stem(ident),
            app: project.app.clone(),
            description,
            permissions: PermissionLists { view, use_, admin, ..PermissionLists::default() },
            public_access: public_access.is_set(),
            timeout,
        },
        function,
        parameters: resolve_parameters(signature, "rule", sink),
        returns: resolve_returns(signature, "rule", sink),
        cache,
        cases,
        recursive: recursive.is_set() || contains_ident(&function.body.stream(), ident),
    }
}
