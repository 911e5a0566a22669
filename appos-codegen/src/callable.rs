//! What functions share that are called through dispatch: a public function, and a body that only dispatch
//! can reach.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Attribute;
use syn::spanned::Spanned;

use crate::naming;
use crate::registration::Common;
use crate::syntax::{Function, Parameter, Returns, doc_attributes};

/// A function object, resolved.
pub(crate) struct Callable<'a> {
    pub(crate) common: &'a Common,
    pub(crate) function: &'a Function,
    pub(crate) parameters: &'a [Parameter],
    pub(crate) returns: &'a Returns,
    /// What its documentation ends with.
    pub(crate) notes: &'a str,
}

/// How the erased entry finds the list of parameters.
pub(crate) struct Invocation {
    pub(crate) parameters: TokenStream,
}

impl Callable<'_> {
    /// Attributes that decide whether the item exists; every emitted item needs them.
    pub(crate) fn cfg(&self) -> Vec<&Attribute> {
        self.function.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect()
    }

    /// The public function: the author's signature, the body hidden inside, `dispatch` as its value.
    pub(crate) fn emit_outer(&self, support: &Ident, dispatch: &TokenStream, boxed: bool) -> TokenStream {
        let ident = &self.common.ident;
        let head = self.emit_head();
        let names = self.parameters.iter().map(|parameter| &parameter.ident);
        let types = self.parameters.iter().map(|parameter| &parameter.ty);
        let value = &self.returns.value;
        let future = quote!(::core::future::Future<Output = #support::Result<#value>> + ::core::marker::Send);
        let (output, dispatch) = if boxed {
            (quote!(::core::pin::Pin<::std::boxed::Box<dyn #future>>), quote!(::std::boxed::Box::pin(#dispatch)))
        } else {
            (quote!(impl #future), dispatch.clone())
        };
        let body = self.emit_body(support);
        quote! {
            #head
            pub fn #ident(#(#names: #types),*) -> #output {
                #body
                #dispatch
            }
        }
    }

    /// What stands above the public function: documentation, and attributes about its name.
    pub(crate) fn emit_head(&self) -> TokenStream {
        let outer = self.outer_attributes();
        let mut docs = doc_attributes(&self.function.attributes, &self.documentation());
        if !self.notes.is_empty() {
            let notes = self.notes;
            docs.extend(quote!(#[doc = #notes]));
        }
        quote!(#docs #(#outer)*)
    }

    /// The type of the same name, by which the object is referred to without calling it.
    pub(crate) fn emit_type(&self) -> TokenStream {
        let ident = &self.common.ident;
        let cfg = self.cfg();
        quote! {
            #(#cfg)*
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            pub struct #ident {}
        }
    }

    /// The author's function with `ctx` in scope. The pass is hygienic: the body cannot name it,
    /// so it cannot call itself past dispatch. The lints judge what the author cannot choose.
    pub(crate) fn emit_body(&self, support: &Ident) -> TokenStream {
        let name = body_name();
        let attributes = self.inner_attributes();
        let asyncness = &self.function.signature.asyncness;
        let fn_token = &self.function.signature.fn_token;
        let ctx = context_name(self.function);
        let pass = Ident::new("_pass", Span::mixed_site());
        let parameters = self.parameters.iter().map(|Parameter { ident, mutable, ty, .. }| {
            let mutability = mutable.then(|| quote!(mut));
            quote!(#mutability #ident: #ty)
        });
        let output = &self.function.signature.output;
        let body = &self.function.body;
        quote! {
            #(#attributes)*
            #[allow(clippy::needless_pass_by_value, clippy::too_many_arguments, clippy::unused_async)]
            #asyncness #fn_token #name(#[allow(unused_variables)] #ctx: #support::Ctx, #pass: #support::Pass, #(#parameters),*) #output
            #body
        }
    }

    /// `move |ctx, pass| ..`: a future of `Result<value>`.
    pub(crate) fn emit_body_call(&self, support: &Ident) -> TokenStream {
        let ctx = Ident::new("ctx", Span::mixed_site());
        let pass = Ident::new("pass", Span::mixed_site());
        let call = self.emit_call(&ctx, &pass);
        if self.function.signature.asyncness.is_some() && self.returns.fallible {
            return quote!(move |#ctx, #pass| #call);
        }
        let answer = self.emit_answer(support, &ctx, &pass);
        quote!(move |#ctx, #pass| async move { #answer })
    }

    /// The body's answer as `Result<value>`, inside an async block.
    pub(crate) fn emit_answer(&self, support: &Ident, ctx: &Ident, pass: &Ident) -> TokenStream {
        let call = self.emit_call(ctx, pass);
        let call = if self.function.signature.asyncness.is_some() { quote!(#call.await) } else { call };
        if self.returns.fallible {
            call
        } else {
            let value = &self.returns.value;
            quote!(#support::Result::<#value>::Ok(#call))
        }
    }

    fn emit_call(&self, ctx: &Ident, pass: &Ident) -> TokenStream {
        let name = body_name();
        let names = self.parameters.iter().map(|parameter| &parameter.ident);
        quote!(#name(#ctx, #pass, #(#names),*))
    }

    /// The arguments as the log shows them.
    pub(crate) fn emit_logged_arguments(&self, support: &Ident) -> TokenStream {
        if self.parameters.is_empty() {
            return quote!(#support::LoggedArguments::none());
        }
        let arguments = self.parameters.iter().map(|Parameter { ident, name, sensitive, ty, .. }| {
            if *sensitive {
                quote!(.redacted(#name))
            } else {
                quote_spanned!(ty.span()=> .argument::<#ty>(#name, &#ident))
            }
        });
        quote!(#support::LoggedArguments::begin() #(#arguments)* .finish())
    }

    /// The erased entry: reads arguments from JSON, then makes the typed call.
    pub(crate) fn emit_invoke(&self, support: &Ident, invocation: Invocation) -> TokenStream {
        let Invocation { parameters: list } = invocation;
        let ident = &self.common.ident;
        let json = Ident::new("__appos_json", Span::mixed_site());
        let (reading, locals) = self.emit_reading(support, &json, &list);
        let value = &self.returns.value;
        let result = quote_spanned!(value.span()=> #support::to_json::<#value>(#ident(#(#locals?),*).await?));
        quote! {
            |#json| ::std::boxed::Box::pin(async move {
                #reading
                #result
            })
        }
    }

    /// Reads the arguments from `json`, all mistakes at once; the names of what was read, each a result that is
    /// good after it.
    pub(crate) fn emit_reading(&self, support: &Ident, json: &Ident, list: &TokenStream) -> (TokenStream, Vec<Ident>) {
        let input = Ident::new("__appos_in", Span::mixed_site());
        let locals: Vec<Ident> = (0..self.parameters.len())
            .map(|index| format_ident!("__appos_{index}", span = Span::mixed_site()))
            .collect();
        let takes = self.parameters.iter().zip(&locals).map(
            |(Parameter { name, ty, .. }, local)| quote_spanned!(ty.span()=> let #local = #input.take::<#ty>(#name);),
        );
        let mutability = (!locals.is_empty()).then(|| quote!(mut));
        let reading = quote! {
            let #mutability #input = #support::ArgumentReader::new(#json, #list)?;
            #(#takes)*
            #input.finish()?;
        };
        (reading, locals)
    }

    fn documentation(&self) -> String {
        let Common { kind, description, .. } = self.common;
        let reference = self.common.reference();
        let kind = kind.as_str();
        if description.is_empty() {
            format!("The {kind} `{reference}`.")
        } else {
            format!("{description}\n\nThe {kind} `{reference}`.")
        }
    }

    fn outer_attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.function.attributes.iter().filter(|attribute| is_outer(attribute) || is_lint(attribute))
    }

    fn inner_attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.function.attributes.iter().filter(|attribute| !is_outer(attribute) && !attribute.path().is_ident("doc"))
    }
}

/// Attributes about the name, not about the body.
pub(crate) fn is_outer(attribute: &Attribute) -> bool {
    ["cfg", "deprecated", "must_use"].iter().any(|name| attribute.path().is_ident(name))
}

/// Lint levels hold for both; an expectation would be unmet on one of them.
pub(crate) fn is_lint(attribute: &Attribute) -> bool {
    ["allow", "warn", "deny", "forbid"].iter().any(|name| attribute.path().is_ident(name))
}

pub(crate) fn body_name() -> Ident {
    Ident::new(naming::BODY, Span::call_site())
}

/// `ctx`, seen by the body as if the author had written it there.
pub(crate) fn context_name(function: &Function) -> Ident {
    Ident::new("ctx", Span::call_site().resolved_at(function.body.span_open()))
}
