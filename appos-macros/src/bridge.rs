//! Compiler tokens ↔ `proc_macro2`, and what the author sees if we panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

use appos_codegen::{Expansion, Kind};
use proc_macro::TokenStream;
use quote::quote;

use crate::{app_source, project};

pub(crate) fn expand(kind: Kind, args: TokenStream, item: TokenStream) -> TokenStream {
    let original = item.clone();
    guarded(original, || {
        let mut project = project::at_call();
        match kind {
            Kind::Test => project.around = project::around_call(),
            Kind::TranslationSet => project.texts = project::texts_at_call().texts,
            _ => {}
        }
        appos_codegen::expand(kind, args.into(), item.into(), &project)
    })
}

/// An expression; a panic of ours must become one, too.
pub(crate) fn expand_text(args: TokenStream) -> TokenStream {
    catch_unwind(AssertUnwindSafe(|| appos_codegen::expand_text(args.into(), &project::texts_at_call()).into()))
        .unwrap_or_else(|_| TokenStream::from(quote!(::core::compile_error!("appos failed on this text"))))
}

pub(crate) fn expand_app(args: TokenStream) -> TokenStream {
    guarded(TokenStream::new(), || {
        let folder = app_source::at_call();
        appos_codegen::expand_app(&args.into(), folder.as_ref().map_err(String::as_str))
    })
}

pub(crate) fn expand_platform(args: TokenStream) -> TokenStream {
    guarded(TokenStream::new(), || {
        let migrations = project::migrations();
        appos_codegen::expand_platform(args.into(), migrations.as_deref())
    })
}

/// A panic is our mistake: the author keeps their item and learns what to report.
fn guarded(original: TokenStream, expand: impl FnOnce() -> Expansion) -> TokenStream {
    catch_unwind(AssertUnwindSafe(|| expand().into_tokens().into())).unwrap_or_else(|cause| {
        let reason = cause
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| cause.downcast_ref::<&str>().copied())
            .unwrap_or("no reason given");
        let message = format!("appos failed on this item: {reason}\nhelp: report it with the item: https://github.com/appos-rs/appos/issues");
        let mut tokens = original;
        tokens.extend(TokenStream::from(quote!(::core::compile_error! { #message })));
        tokens
    })
}
