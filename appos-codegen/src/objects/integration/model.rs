//! An integration with all defaults applied.

use proc_macro2::Ident;
use quote::quote;
use syn::ExprPath;

use super::syntax::IntegrationKeys;
use crate::attributes::{Count, Duration, Rate, Size, Text};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::integration as catalogue;
use crate::naming;
use crate::project::{ObjectKind, Project};
use crate::registration::Common;
use crate::security::PermissionLists;
use crate::syntax::{
    Function, Parameter, Returns, argument_of, first_paragraph, resolve_parameters, resolve_returns, type_text,
};

pub(super) struct Integration<'a> {
    pub(super) common: Common,
    pub(super) function: &'a Function,
    pub(super) parameters: Vec<Parameter>,
    /// What callers are given: `T` of the `Call<T>` that the body answers.
    pub(super) returns: Returns,
    pub(super) system: Option<ExprPath>,
    pub(super) retries: Option<Count>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) rate_limit: Option<Rate>,
    pub(super) max_response: Option<Size>,
    pub(super) log_payload: bool,
    pub(super) use_attempted: bool,
    pub(super) system_attempted: bool,
}

impl Integration<'_> {
    pub(super) fn ident(&self) -> &Ident {
        &self.function.signature.ident
    }
}

pub(super) fn resolve<'a>(
    keys: IntegrationKeys,
    function: &'a Function,
    project: &Project,
    sink: &Sink,
) -> Integration<'a> {
    let signature = &function.signature;
    let ident = &signature.ident;
    let description = keys.description.as_ref().map_or_else(|| first_paragraph(&function.attributes), Text::value);
    let mut returns = resolve_returns(signature, "integration", sink);
    match argument_of(&returns.value, "Call") {
        Some(value) => {
            let value = value.clone();
            returns = Returns { type_name: type_text(&value), value, fallible: returns.fallible };
        }
        None => sink.push(catalogue::no_call(&signature.output, ident)),
    }
    Integration {
        common: Common {
            kind: ObjectKind::Integration,
            ident: ident.clone(),
            name: naming::stem(ident),
            app: project.app.clone(),
            description,
            permissions: PermissionLists {
                view: keys.view,
                use_: keys.use_,
                admin: keys.admin,
                ..PermissionLists::default()
            },
            public_access: false,
            timeout: keys.timeout,
        },
        function,
        parameters: resolve_parameters(signature, "integration", sink),
        returns,
        system: keys.system.map(|path| in_namespace(path.written())),
        retries: keys.retries,
        attempt_timeout: keys.attempt_timeout,
        rate_limit: keys.rate_limit,
        max_response: keys.max_response,
        log_payload: keys.log_payload.is_set(),
        use_attempted: keys.use_attempted,
        system_attempted: keys.system_attempted,
    }
}

/// A bare name is one of the app's own systems.
fn in_namespace(written: &ExprPath) -> ExprPath {
    match written.path.get_ident() {
        Some(name) => syn::parse2(quote!(connected_systems::#name)).unwrap_or_else(|_| written.clone()),
        None => written.clone(),
    }
}
