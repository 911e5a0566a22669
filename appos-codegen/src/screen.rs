//! What interfaces, pages and sites share: a plain function whose body only dispatch can reach,
//! and which answers what is drawn.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Attribute, ReturnType};

use crate::callable::{body_name, context_name, is_lint, is_outer};
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::screen as catalogue;
use crate::registration::Common;
use crate::syntax::{Function, Parameter, doc_attributes, last_segment};

/// A function that draws, resolved.
pub(crate) struct Screen<'a> {
    pub(crate) common: Common,
    pub(crate) function: &'a Function,
    pub(crate) parameters: Vec<Parameter>,
    /// The type it answers: `Element` or `Navigation`.
    pub(crate) answer: &'static str,
    /// The signature has mistakes: the names stay usable, the body is left out.
    pub(crate) broken: bool,
}

/// Reports what a function that draws may not be: asynchronous, or without the answer it is for.
pub(crate) fn check_signature(function: &Function, what: &str, answer: &str, sink: &Sink) {
    let signature = &function.signature;
    if let Some(word) = &signature.asyncness {
        sink.push(catalogue::asynchronous(word, what, &signature.ident));
    }
    match &signature.output {
        ReturnType::Default => sink.push(catalogue::answers_nothing(what, &signature.ident, answer)),
        ReturnType::Type(_, ty) => {
            let fits = last_segment(ty).is_some_and(|segment| segment.ident == answer && segment.arguments.is_empty());
            if !fits {
                sink.push(catalogue::answers_other(ty, what, &signature.ident, answer));
            }
        }
    }
}

impl Screen<'_> {
    /// Attributes that decide whether the item exists; every emitted item needs them.
    pub(crate) fn cfg(&self) -> Vec<&Attribute> {
        self.function.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect()
    }

    /// Attributes about the name, and lint levels.
    pub(crate) fn outer_attributes(&self) -> Vec<&Attribute> {
        self.function.attributes.iter().filter(|attribute| is_outer(attribute) || is_lint(attribute)).collect()
    }

    /// The author's documentation, or what can be said without it, and `notes` below.
    pub(crate) fn documentation(&self, notes: &str) -> TokenStream {
        let Common { kind, description, .. } = &self.common;
        let (kind, reference) = (kind.as_str(), self.common.reference());
        let otherwise = if description.is_empty() {
            format!("The {kind} `{reference}`.")
        } else {
            format!("{description}\n\nThe {kind} `{reference}`.")
        };
        let docs = doc_attributes(&self.function.attributes, &otherwise);
        let notes = (!notes.is_empty()).then(|| {
            let notes = format!("\n{notes}");
            quote!(#[doc = #notes])
        });
        quote!(#docs #notes)
    }

    /// The author's function with `ctx` in scope, which needs a pass that only dispatch makes.
    pub(crate) fn emit_body(&self, support: &Ident) -> TokenStream {
        let name = body_name();
        let ctx = context_name(self.function);
        let pass = Ident::new("_pass", Span::mixed_site());
        let attributes = self.function.attributes.iter();
        let attributes = attributes.filter(|attribute| !is_outer(attribute) && !attribute.path().is_ident("doc"));
        let parameters = self.parameters.iter().map(|Parameter { ident, mutable, ty, .. }| {
            let mutability = mutable.then(|| quote!(mut));
            quote!(#mutability #ident: #ty)
        });
        let (output, body) = match (&self.function.signature.output, self.broken) {
            (ReturnType::Type(arrow, ty), false) => {
                let body = &self.function.body;
                (quote!(#arrow #ty), quote!(#body))
            }
            _ => {
                let answer = Ident::new(self.answer, Span::call_site());
                (quote!(-> #support::#answer), quote!({ loop {} }))
            }
        };
        quote! {
            #(#attributes)*
            #[allow(clippy::needless_pass_by_value, clippy::too_many_arguments, clippy::too_many_lines)]
            fn #name(#[allow(unused_variables)] #ctx: #support::Ctx, #pass: #support::Pass, #(#parameters),*) #output
            #body
        }
    }

    /// `move |ctx, pass| __appos_body(ctx, pass, ..)`
    pub(crate) fn emit_call(&self) -> TokenStream {
        let name = body_name();
        let ctx = Ident::new("ctx", Span::mixed_site());
        let pass = Ident::new("pass", Span::mixed_site());
        let names = self.parameters.iter().map(|parameter| &parameter.ident);
        quote!(move |#ctx, #pass| #name(#ctx, #pass, #(#names),*))
    }
}
