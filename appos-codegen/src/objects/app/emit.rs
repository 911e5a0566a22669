//! Modules, namespaces, the scope that objects import, and the app's registration.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::processes;
use crate::naming;
use crate::paths::Facade;
use crate::project::{AppContent, AppFolder, AppModule, NAMESPACES};

pub(super) fn emit(folder: &AppFolder) -> TokenStream {
    let modules = folder
        .modules
        .iter()
        .filter(|module| !folder.declared.contains(&module.name))
        .map(|module| emit_root_module(module, folder));
    let steps = emit_steps_of_processes(folder);
    let scope = emit_scope();
    let registration = emit_registration(folder);
    quote! {
        #(#modules)*
        #steps
        #scope
        #registration
    }
}

/// Names resolve even if `app.yaml` cannot be read: one mistake, one error.
pub(super) fn emit_without_manifest() -> TokenStream {
    emit_scope()
}

fn emit_root_module(module: &AppModule, folder: &AppFolder) -> TokenStream {
    let Some(name) = module_ident(&module.name) else { return TokenStream::new() };
    match &module.content {
        AppContent::Folder(inner) if NAMESPACES.contains(&module.name.as_str()) => {
            let doc = format!("The {} of this app.", module.name.replace('_', " "));
            let modules = inner.iter().map(|inner| emit_namespace_module(inner, &module.name));
            let others = match module.name.as_str() {
                "processes" => processes::hide_steps(inner),
                "steps" => processes::lift_steps(folder),
                _ => TokenStream::new(),
            };
            quote! {
                #[doc = #doc]
                pub mod #name { #(#modules)* #others }
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

/// The namespace `steps` of an app that has no such folder: its steps stand beside their processes.
fn emit_steps_of_processes(folder: &AppFolder) -> TokenStream {
    let has_own =
        folder.declared.iter().chain(folder.modules.iter().map(|module| &module.name)).any(|it| it == "steps");
    let steps = processes::lift_steps(folder);
    if has_own || steps.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[doc = "The steps of this app."]
        pub mod steps { #steps }
    }
}

/// A file inside a namespace: private, its public names lifted into the namespace.
fn emit_namespace_module(module: &AppModule, namespace: &str) -> TokenStream {
    let Some(name) = file_ident(module) else { return TokenStream::new() };
    let lift = quote!(#[allow(unused_imports, unreachable_pub)] pub use #name::*;);
    // Of the files of processes, the namespace of steps takes what is its own.
    let visibility = (namespace == "processes").then(|| quote!(pub(crate)));
    match &module.content {
        AppContent::File { .. } => {
            let path = (name != module.name).then(|| format!("{}.rs", module.name)).map(|file| quote!(#[path = #file]));
            quote!(#path #visibility mod #name; #lift)
        }
        AppContent::Folder(inner) => {
            let doc = format!("Objects in the folder `{}`.", module.name);
            let inner = inner.iter().map(|inner| emit_namespace_module(inner, namespace));
            quote!(#[doc = #doc] pub mod #name { #(#inner)* } #lift)
        }
    }
}

/// The module of a file in a namespace.
pub(super) fn file_ident(module: &AppModule) -> Option<Ident> {
    match &module.content {
        // The file's own object is a type of the same name, which the module would hide.
        AppContent::File { objects } if objects.iter().any(|(_, name)| *name == module.name) => {
            Some(format_ident!("{}_file", module.name))
        }
        _ => module_ident(&module.name),
    }
}

pub(super) fn module_ident(name: &str) -> Option<Ident> {
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
