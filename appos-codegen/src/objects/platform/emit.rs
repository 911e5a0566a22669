//! `fn main` that hands the apps to the platform.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::syntax::PlatformSyntax;
use crate::paths::Facade;

pub(super) fn emit(syntax: &PlatformSyntax, migrations: Option<&str>) -> TokenStream {
    let support = Facade::new(None).support_path();
    // The place of the name, so that a crate that is not an app is reported there.
    let descriptors = syntax.apps.iter().map(|app| quote_spanned!(app.span()=> &::#app::__APPOS_APP));
    let first_start = match &syntax.first_start {
        Some(rule) => quote! {
            ::core::option::Option::Some(|| ::std::boxed::Box::pin(async {
                #rule().await?;
                ::core::result::Result::Ok(())
            }))
        },
        None => quote!(::core::option::Option::None),
    };
    let (module, all) = match migrations {
        Some(path) => (quote!(#[path = #path] mod __appos_migrations;), quote!(__appos_migrations::ALL)),
        None => (TokenStream::new(), quote!(&[])),
    };
    quote! {
        #module

        fn main() -> ::std::process::ExitCode {
            // A static of its own: what other crates' statics are referred to in must live as long.
            static APPS: &[&#support::AppDescriptor] = &[#(#descriptors),*];
            #support::run_platform(#support::PlatformDescriptor {
                name: ::core::env!("CARGO_PKG_NAME"),
                version: ::core::env!("CARGO_PKG_VERSION"),
                build: ::core::option_env!("APPOS_BUILD"),
                apps: APPS,
                first_start: #first_start,
                migrations: #all,
            })
        }
    }
}
