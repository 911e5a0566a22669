//! The descriptor of an object and its entry in the registry; the same for every kind.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use crate::attributes::Duration;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::object as catalogue;
use crate::naming;
use crate::project::{ObjectKind, Project};
use crate::security::PermissionLists;

/// What all objects have in common.
#[derive(Debug)]
pub(crate) struct Common {
    pub(crate) kind: ObjectKind,
    /// The author's name of it, also of the type that stands for it.
    pub(crate) ident: Ident,
    /// Last part of the reference.
    pub(crate) name: String,
    pub(crate) app: String,
    pub(crate) description: String,
    pub(crate) permissions: PermissionLists,
    pub(crate) public_access: bool,
    pub(crate) timeout: Option<Duration>,
}

impl Common {
    /// `crm.rules.customer_ltv`
    pub(crate) fn reference(&self) -> String {
        naming::reference(&self.app, self.kind.namespace(), &self.name)
    }

    /// Checks that concern every kind: groups and names.
    pub(crate) fn check(&self, project: &Project, sink: &Sink) {
        self.permissions.check(project, sink);
        if let Some(other) = project.other_definition(self.kind, &self.name, &self.ident) {
            sink.push(catalogue::already_defined(&self.ident, &self.name, other));
        }
    }

    /// `static __APPOS_OBJECT`, its registration and `impl Object`; `detail` may name statics beside it.
    pub(crate) fn emit(&self, support: &Ident, detail: &TokenStream) -> TokenStream {
        let Self { kind, ident, name, app, description, permissions, public_access, timeout } = self;
        let reference = self.reference();
        let kind = format_ident!("{}", kind.variant());
        let permissions = permissions.emit(support);
        // What every object has is taken from the base: these tokens stand in front of each.
        let timeout =
            timeout.map(emit_duration).map(|timeout| quote!(timeout: ::core::option::Option::Some(#timeout),));
        let public_access = public_access.then(|| quote!(public_access: true,));
        // The place of the author's name, not of the attribute.
        let place = quote_spanned!(ident.span()=> file: ::core::file!(), line: ::core::line!(),);
        quote! {
            static __APPOS_OBJECT: #support::ObjectDescriptor = #support::ObjectDescriptor {
                reference: #reference,
                kind: #support::ObjectKind::#kind,
                app: #app,
                name: #name,
                module: ::core::module_path!(),
                #place
                description: #description,
                permissions: #permissions,
                #public_access
                #timeout
                detail: #support::ObjectDetail::#kind(#detail),
                ..#support::ObjectDescriptor::NONE
            };
            #support::submit! { #support::Registration(&__APPOS_OBJECT) }
            impl #support::Object for #ident {
                fn object() -> &'static #support::ObjectDescriptor {
                    &__APPOS_OBJECT
                }
            }
        }
    }
}

/// `Duration::from_millis(5000)`
pub(crate) fn emit_duration(duration: Duration) -> TokenStream {
    let milliseconds = duration.milliseconds();
    quote!(::core::time::Duration::from_millis(#milliseconds))
}

/// `Some(..)` or `None`.
pub(crate) fn emit_option(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(::core::option::Option::None), |value| quote!(::core::option::Option::Some(#value)))
}
