//! Steps stand in the files of their processes, and have a namespace of their own: each of the two namespaces takes
//! what is its own of a file.
//!
//! Files are lifted as a whole, so that types and conditional objects come along; what belongs to the other
//! namespace is hidden by an import that nobody else sees.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::emit::{file_ident, module_ident};
use crate::project::{AppContent, AppFolder, AppModule, ObjectKind};

/// Hides the steps in the namespace of processes.
pub(super) fn hide_steps(modules: &[AppModule]) -> TokenStream {
    let files = files(modules, &TokenStream::new());
    let imports = files.iter().map(|file| file.own(&files, ObjectKind::Process, ObjectKind::Step));
    quote!(#(#imports)*)
}

/// Lifts the steps into the namespace of steps.
pub(super) fn lift_steps(folder: &AppFolder) -> TokenStream {
    let declared = folder.declared.iter().any(|name| name == "processes");
    let found = folder.modules.iter().find(|module| module.name == "processes").map(|module| &module.content);
    match found {
        Some(AppContent::Folder(modules)) if !declared => {
            let files = files(modules, &quote!(super::processes::));
            let lifted = files.iter().map(|file| {
                let path = &file.path;
                let own = file.own(&files, ObjectKind::Step, ObjectKind::Process);
                quote!(#[allow(unused_imports, unreachable_pub)] pub use #path::*; #own)
            });
            quote!(#(#lifted)*)
        }
        // The author's own work: what is public in it is public here.
        _ if found.is_some() || declared => {
            quote!(
                #[allow(unused_imports, unreachable_pub)]
                pub use super::processes::*;
            )
        }
        _ => TokenStream::new(),
    }
}

/// A file of processes, as a module.
struct File<'a> {
    path: TokenStream,
    objects: &'a [(ObjectKind, String)],
}

impl File<'_> {
    /// Hides what is of the other kind, unless another file has one of this kind with its name.
    fn own(&self, files: &[File<'_>], own: ObjectKind, other: ObjectKind) -> TokenStream {
        let path = &self.path;
        let has = |file: &File<'_>, kind: ObjectKind, name: &str| {
            file.objects.iter().any(|(of, it)| *of == kind && it == name)
        };
        let names = |kind: ObjectKind| self.objects.iter().filter(move |(of, _)| *of == kind).map(|(_, name)| name);
        let ident = |name: &String| module_ident(name);
        let hidden: Vec<Ident> =
            names(other).filter(|name| !files.iter().any(|file| has(file, own, name))).filter_map(ident).collect();
        let shown: Vec<Ident> =
            names(own).filter(|name| files.iter().any(|file| has(file, other, name))).filter_map(ident).collect();
        let hidden = (!hidden.is_empty())
            .then(|| quote!(#[allow(unused_imports, hidden_glob_reexports)] use #path::{#(#hidden),*};));
        let shown = (!shown.is_empty())
            .then(|| quote!(#[allow(unused_imports, unreachable_pub)] pub use #path::{#(#shown),*};));
        quote!(#hidden #shown)
    }
}

/// All files under a folder, with the paths of their modules.
fn files<'a>(modules: &'a [AppModule], before: &TokenStream) -> Vec<File<'a>> {
    let mut found = Vec::new();
    for module in modules {
        let Some(name) = file_ident(module) else { continue };
        let path = quote!(#before #name);
        match &module.content {
            AppContent::File { objects } => found.push(File { path, objects }),
            AppContent::Folder(inner) => found.extend(files(inner, &quote!(#path::))),
        }
    }
    found
}
