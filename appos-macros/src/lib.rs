//! The attribute macros of AppOS. Documented where authors meet them: in the `appos` crate.
#![allow(missing_docs, reason = "the facade documents the macros, with examples that can run there")]

mod app_source;
mod bridge;
mod project;

use appos_codegen::Kind;
use proc_macro::TokenStream;

#[proc_macro_attribute]
pub fn record(args: TokenStream, item: TokenStream) -> TokenStream {
    bridge::expand(Kind::Record, args, item)
}

#[proc_macro_attribute]
pub fn choices(args: TokenStream, item: TokenStream) -> TokenStream {
    bridge::expand(Kind::Choices, args, item)
}

#[proc_macro_attribute]
pub fn expression_rule(args: TokenStream, item: TokenStream) -> TokenStream {
    bridge::expand(Kind::ExpressionRule, args, item)
}

#[proc_macro_attribute]
pub fn constant(args: TokenStream, item: TokenStream) -> TokenStream {
    bridge::expand(Kind::Constant, args, item)
}

#[proc_macro_attribute]
pub fn process(args: TokenStream, item: TokenStream) -> TokenStream {
    bridge::expand(Kind::Process, args, item)
}

#[proc_macro_attribute]
pub fn step(args: TokenStream, item: TokenStream) -> TokenStream {
    bridge::expand(Kind::Step, args, item)
}

#[proc_macro_attribute]
pub fn interface(args: TokenStream, item: TokenStream) -> TokenStream {
    bridge::expand(Kind::Interface, args, item)
}

#[proc_macro_attribute]
pub fn page(args: TokenStream, item: TokenStream) -> TokenStream {
    bridge::expand(Kind::Page, args, item)
}

#[proc_macro_attribute]
pub fn site(args: TokenStream, item: TokenStream) -> TokenStream {
    bridge::expand(Kind::Site, args, item)
}

#[proc_macro_attribute]
pub fn connected_system(args: TokenStream, item: TokenStream) -> TokenStream {
    bridge::expand(Kind::ConnectedSystem, args, item)
}

#[proc_macro_attribute]
pub fn integration(args: TokenStream, item: TokenStream) -> TokenStream {
    bridge::expand(Kind::Integration, args, item)
}

#[proc_macro_attribute]
pub fn translation_set(args: TokenStream, item: TokenStream) -> TokenStream {
    bridge::expand(Kind::TranslationSet, args, item)
}

#[proc_macro]
pub fn t(args: TokenStream) -> TokenStream {
    bridge::expand_text(args)
}

#[proc_macro_attribute]
pub fn test(args: TokenStream, item: TokenStream) -> TokenStream {
    bridge::expand(Kind::Test, args, item)
}

#[proc_macro]
pub fn app(args: TokenStream) -> TokenStream {
    bridge::expand_app(args)
}

#[proc_macro]
pub fn platform(args: TokenStream) -> TokenStream {
    bridge::expand_platform(args)
}
