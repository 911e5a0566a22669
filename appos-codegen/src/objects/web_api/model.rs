//! A web API with all defaults applied.

use proc_macro2::Ident;
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::{FnArg, Type};

use super::path::{self, Path};
use super::syntax::WebApiKeys;
use crate::attributes::{Count, Rate, Signature, Size, Text, TextList, Word};
use crate::diagnostics::Sink;
use crate::naming;
use crate::paths::Facade;
use crate::project::{ObjectKind, Project};
use crate::registration::Common;
use crate::security::PermissionLists;
use crate::syntax::{
    Function, Parameter, Returns, argument_of, first_paragraph, last_segment, resolve_parameters, resolve_returns,
};

/// Types around another one that say where a parameter stands.
const PLACES: [&str; 4] = ["Form", "Headers", "Json", "Query"];

pub(super) struct WebApi<'a> {
    pub(super) common: Common,
    pub(super) function: &'a Function,
    /// With the names of the types as written.
    pub(super) parameters: Vec<Parameter>,
    pub(super) returns: Returns,
    pub(super) method: Option<Text>,
    pub(super) path: Path,
    pub(super) auth: Option<Word>,
    pub(super) run_as: Option<Text>,
    pub(super) written_version: Option<Count>,
    pub(super) rate_limit: Option<Rate>,
    pub(super) max_body: Option<Size>,
    pub(super) accept: Option<TextList>,
    pub(super) cors: Option<TextList>,
    pub(super) signature: Option<Signature>,
    pub(super) example: Option<Text>,
    pub(super) absent: Vec<&'static str>,
}

impl WebApi<'_> {
    pub(super) fn ident(&self) -> &Ident {
        &self.function.signature.ident
    }

    /// The `n` of `/api/{app}/v{n}`.
    pub(super) fn version(&self) -> u32 {
        version(self.written_version.as_ref())
    }

    /// True for a part of the path.
    pub(super) fn is_in_path(&self, parameter: &Parameter) -> bool {
        self.path.parameters.contains(&parameter.name)
    }

    /// The parameters that are read from the body, as far as their types are known by name.
    pub(super) fn bodies(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|it| !self.is_in_path(it) && is_body(&it.ty))
    }

    /// True if a file is sent to it.
    pub(super) fn takes_file(&self) -> bool {
        self.parameters.iter().any(|it| !self.is_in_path(it) && is_named(&it.ty, "Upload"))
    }
}

fn version(written: Option<&Count>) -> u32 {
    written.map_or(1, |version| u32::try_from(version.value()).unwrap_or(u32::MAX))
}

fn is_named(ty: &Type, name: &str) -> bool {
    last_segment(ty).is_some_and(|segment| segment.ident == name)
}

fn is_body(ty: &Type) -> bool {
    ["Json", "Form"].iter().any(|name| argument_of(ty, name).is_some())
        || is_named(ty, "Upload")
        || is_named(ty, "Body")
}

/// `Json<Event>` stands for `http::Json<Event>`: `Json` alone is a value of any kind, which takes no argument.
pub(super) fn name_places(signature: &mut syn::Signature, facade: &Facade) {
    for input in &mut signature.inputs {
        let FnArg::Typed(typed) = input else { continue };
        let Type::Path(path) = &*typed.ty else { continue };
        let bare = path.qself.is_none() && path.path.segments.len() == 1 && path.path.leading_colon.is_none();
        if let (true, Some(segment)) = (bare, path.path.segments.first())
            && PLACES.iter().any(|name| segment.ident == name)
            && argument_of(&typed.ty, &segment.ident.to_string()).is_some()
        {
            let support = facade.support_at(segment.span());
            let ty = quote_spanned!(segment.span()=> #support::http::#segment);
            if let Ok(ty) = syn::parse2(ty) {
                typed.ty = ty;
            }
        }
    }
}

pub(super) fn resolve<'a>(
    keys: WebApiKeys,
    (function, written): (&'a Function, &syn::Signature),
    project: &Project,
    sink: &Sink,
) -> WebApi<'a> {
    let signature = &function.signature;
    let ident = &signature.ident;
    let mut parameters = resolve_parameters(signature, "web API", sink);
    // What is shown to people is what the author wrote.
    for (name, ty) in written.inputs.iter().filter_map(named) {
        if let Some(parameter) = parameters.iter_mut().find(|it| it.ident == *name) {
            parameter.type_name = crate::syntax::type_text(ty);
        }
    }
    let path = keys.path.as_ref().map(|path| path::resolve(path, version(keys.version.as_ref()), sink));
    let description = keys.description.as_ref().map_or_else(|| first_paragraph(&function.attributes), Text::value);
    let (view, use_, admin) = (keys.view, keys.use_, keys.admin);
    WebApi {
        common: Common {
            kind: ObjectKind::WebApi,
            ident: ident.clone(),
            name: naming::stem(ident),
            app: project.app.clone(),
            description,
            permissions: PermissionLists { view, use_, admin, ..PermissionLists::default() },
            public_access: keys.public_access.is_set(),
            timeout: keys.timeout,
        },
        function,
        parameters,
        returns: resolve_returns(signature, "web API", sink),
        method: keys.method,
        path: path.unwrap_or_default(),
        auth: keys.auth,
        run_as: keys.run_as,
        written_version: keys.version,
        rate_limit: keys.rate_limit,
        max_body: keys.max_body,
        accept: keys.accept,
        cors: keys.cors,
        signature: keys.signature,
        example: keys.example,
        absent: keys.absent,
    }
}

/// Name and type of a parameter.
fn named(input: &FnArg) -> Option<(&Ident, &Type)> {
    match input {
        FnArg::Typed(typed) => match &*typed.pat {
            syn::Pat::Ident(name) => Some((&name.ident, &typed.ty)),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}
