//! Modules, namespaces, the scope that objects import, and the app's registration.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::naming;
use crate::paths::Facade;
use crate::project::{AppContent, AppFolder, AppModule, NAMESPACES};

pub(super) fn emit(folder: &AppFolder) -> TokenStream {
    let modules = folder.modules.iter().filter(|module| !folder.declared.contains(&module.name)).map(emit_root_module);
    let scope = emit_scope();
    let registration = emit_registration(folder);
    quote! {
        #(#modules)*
        #scope
        #registration
    }
}

/// Names resolve even if `app.yaml` cannot be read: one mistake, one error.
pub(super) fn emit_without_manifest() -> TokenStream {
    emit_scope()
}

fn emit_root_module(module: &AppModule) -> TokenStream {
    let Some(name) = module_ident(&module.name) else { return TokenStream::new() };
    match &module.content {
        AppContent::Folder(inner) if NAMESPACES.contains(&module.name.as_str()) => {
            let doc = format!("The {} of this app.", module.name.replace('_', " "));
            let inner = inner.iter().map(emit_namespace_module);
            quote! {
                #[doc = #doc]
                pub mod #name { #(#inner)* }
            }
        }
        // A namespace with a `mod.rs` is the author's own work.
        AppContent::File { .. } if NAMESPACES.contains(&module.name.as_str()) => {
            let doc = format!("The {} of this app.", module.name.replace('_', " "));
            quote!(#[doc = #doc] pub mod #name;)
        }
        AppContent::File { .. } => quote!(mod #name;),
        AppContent::Folder(_) => TokenStream::new(),
    }
}

/// A file inside a namespace: private, its public names lifted into the namespace.
fn emit_namespace_module(module: &AppModule) -> TokenStream {
    let Some(name) = module_ident(&module.name) else { return TokenStream::new() };
    let lift = |name: &Ident| quote!(#[allow(unused_imports, unreachable_pub)] pub use #name::*;);
    match &module.content {
        AppContent::File { names } if names.contains(&module.name) => {
            // The file's own object is a type of the same name, which the module would hide.
            let file = format!("{}.rs", module.name);
            let name = format_ident!("{}_file", module.name);
            let lift = lift(&name);
            quote!(#[path = #file] mod #name; #lift)
        }
        AppContent::File { .. } => {
            let lift = lift(&name);
            quote!(mod #name; #lift)
        }
        AppContent::Folder(inner) => {
            let doc = format!("Objects in the folder `{}`.", module.name);
            let inner = inner.iter().map(emit_namespace_module);
            let lift = lift(&name);
            quote!(#[doc = #doc] pub mod #name { #(#inner)* } #lift)
        }
    }
}

fn module_ident(name: &str) -> Option<Ident> {
    syn::parse_str::<Ident>(name)
        .or_else(|_| syn::parse_str::<Ident>(&format!("r#{name}")))
        .ok()
        .map(|ident| ident_at_call(&ident))
}

fn ident_at_call(ident: &Ident) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(Span::call_site());
    ident
}

/// All namespaces exist, so that `records::` always resolves; the app's own hide the empty ones.
fn emit_scope() -> TokenStream {
    let namespaces: Vec<Ident> = NAMESPACES.iter().map(|name| Ident::new(name, Span::call_site())).collect();
    let prelude = Facade::new(None).prelude();
    quote! {
        #[doc(hidden)]
        mod __appos_fallback { #(pub mod #namespaces {})* }
        #[doc(hidden)]
        #[allow(unused_imports)]
        pub use __appos_fallback::*;
        #[doc(hidden)]
        #[allow(unused_imports, unreachable_pub)]
        pub mod __appos_scope {
            pub use #prelude;
            pub use super::*;
            pub use super::records::*;
        }
    }
}

fn emit_registration(folder: &AppFolder) -> TokenStream {
    let support = Facade::new(None).support_path();
    let path = &folder.manifest.path;
    let name = folder.manifest.name.as_deref().or(folder.crate_name.as_deref()).unwrap_or_default();
    let descriptor = Ident::new(naming::APP, Span::call_site());
    let logo = match &folder.manifest.logo {
        Some(logo) => quote!(::core::option::Option::Some(::core::include_bytes!(#logo))),
        None => quote!(::core::option::Option::None),
    };
    quote! {
        #[doc(hidden)]
        pub static #descriptor: #support::AppDescriptor = #support::AppDescriptor {
            name: #name,
            yaml_path: #path,
            // Compiled in, which also makes a change of the file a reason to build.
            yaml: ::core::include_str!(#path),
            version: ::core::env!("CARGO_PKG_VERSION"),
            logo: #logo,
        };
        #support::submit! { #support::AppRegistration(&#descriptor) }
    }
}
