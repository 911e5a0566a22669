//! A constant with all defaults applied.

use proc_macro2::Ident;
use syn::{Expr, ReturnType};

use super::syntax::ConstantKeys;
use crate::attributes::{Environments, Text};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::function as catalogue;
use crate::naming;
use crate::project::{ObjectKind, Project};
use crate::registration::Common;
use crate::security::PermissionLists;
use crate::syntax::{Function, Returns, contains_ident, first_paragraph, plain_name, resolve_returns};

pub(super) struct Constant<'a> {
    pub(super) common: Common,
    pub(super) function: &'a Function,
    pub(super) returns: Returns,
    pub(super) environments: Vec<Environment>,
    /// The body names the constant itself; its future must be boxed to have a size.
    pub(super) recursive: bool,
}

/// A value that holds in one environment instead of the body's.
pub(super) struct Environment {
    pub(super) name: String,
    pub(super) value: Expr,
}

impl Constant<'_> {
    pub(super) fn ident(&self) -> &Ident {
        &self.function.signature.ident
    }

    pub(super) fn has_type(&self) -> bool {
        matches!(self.function.signature.output, ReturnType::Type(..))
    }
}

pub(super) fn resolve<'a>(keys: ConstantKeys, function: &'a Function, project: &Project, sink: &Sink) -> Constant<'a> {
    let ConstantKeys { description, view, use_, admin, public_access, env, crate_: _ } = keys;
    let signature = &function.signature;
    let ident = &signature.ident;
    if !signature.inputs.is_empty() {
        sink.push(catalogue::constant_parameters(&signature.inputs, ident));
    }
    if let ReturnType::Default = signature.output {
        sink.push(catalogue::constant_without_type(ident));
    }
    let description = description.as_ref().map_or_else(|| first_paragraph(&function.attributes), Text::value);
    let environments = env
        .iter()
        .flat_map(Environments::values)
        .map(|(name, value)| Environment { name: plain_name(name), value: value.clone() })
        .collect();
    Constant {
        common: Common {
            kind: ObjectKind::Constant,
            ident: ident.clone(),
            name: naming::stem(ident),
            app: project.app.clone(),
            description,
            permissions: PermissionLists { view, use_, admin, ..PermissionLists::default() },
            public_access: public_access.is_set(),
            timeout: None,
        },
        function,
        returns: resolve_returns(signature, "constant", sink),
        environments,
        recursive: contains_ident(&function.body.stream(), ident),
    }
}
