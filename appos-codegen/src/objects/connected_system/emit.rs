//! A system becomes a name that stands for it, and its registration, in which its body hides.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::model::{Kind, System};
use crate::callable::{is_lint, is_outer};
use crate::paths::Facade;
use crate::syntax::doc_attributes;

pub(super) fn emit(system: &System<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let standing = emit_type(system);
    let open = emit_open(system, support);
    let registration = emit_registration(system, support);
    quote!(#standing #open #registration)
}

/// A system with mistakes: whoever names it is told of no second one.
pub(super) fn emit_stub(system: &System<'_>, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let (standing, ident) = (emit_type(system), system.ident());
    let cfg = system.function.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let object = system.common.emit(support, &quote!(&#support::ConnectedSystemDescriptor::NONE));
    quote!(#standing #(#cfg)* const _: () = { #object impl #support::SystemObject for #ident {} };)
}

fn emit_type(system: &System<'_>) -> TokenStream {
    let ident = system.ident();
    let attributes = &system.function.attributes;
    let outer = attributes.iter().filter(|attribute| is_outer(attribute) || is_lint(attribute));
    let (description, reference) = (&system.common.description, system.common.reference());
    let text = format!("{description}\n\nThe connected system `{reference}`.");
    let docs = doc_attributes(attributes, text.trim_start());
    quote! {
        #docs
        #(#outer)*
        #[allow(non_camel_case_types)]
        pub struct #ident {}
    }
}

/// The function that hands the system to whoever may use it; HTTP is spoken by integrations alone, and databases by
/// records.
fn emit_open(system: &System<'_>, support: &Ident) -> TokenStream {
    let (ident, reference) = (system.ident(), system.common.reference());
    let handle = match system.kind {
        Some(Kind::Smtp) => "SmtpSystem",
        Some(Kind::Imap) => "ImapSystem",
        Some(Kind::Ftp | Kind::Ftps) => "FtpSystem",
        Some(Kind::Http | Kind::Database) | None => return TokenStream::new(),
    };
    let handle = format_ident!("{handle}");
    let doc = format!("Opens the connected system `{reference}`.");
    quote! {
        #[doc = #doc]
        pub fn #ident() -> impl ::core::future::Future<Output = #support::Result<#support::#handle>> + ::core::marker::Send {
            #support::open_system::<#support::#handle>(<#ident as #support::Object>::object())
        }
    }
}

fn emit_registration(system: &System<'_>, support: &Ident) -> TokenStream {
    let attributes = &system.function.attributes;
    let cfg = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let inner = attributes.iter().filter(|attribute| !is_outer(attribute) && !attribute.path().is_ident("doc"));
    let kind = format_ident!("{}", system.kind.unwrap_or(Kind::Http).variant());
    let names = system.settings.iter().map(|setting| setting.name);
    let values = system.settings.iter().map(|setting| &setting.text);
    let (ident, body) = (system.ident(), system.function.body.stream());
    let object = system.common.emit(support, &quote!(&__APPOS_SYSTEM));
    quote! {
        #(#cfg)*
        const _: () = {
            #(#inner)*
            fn __appos_auth() -> #support::Auth {
                #[allow(unused_imports)]
                use #support::auth::*;
                #body
            }
            static __APPOS_SYSTEM: #support::ConnectedSystemDescriptor = #support::ConnectedSystemDescriptor {
                kind: #support::SystemKind::#kind,
                settings: &[#((#names, #values)),*],
                auth: __appos_auth,
            };
            #object
            impl #support::SystemObject for #ident {}
        };
    }
}
