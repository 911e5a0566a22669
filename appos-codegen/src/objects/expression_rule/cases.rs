//! The cases of a rule: tests of its own, which exist where tests are built and nowhere else.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::model::Rule;
use crate::attributes::{Answer, Case, converted};
use crate::callable::Callable;
use crate::paths::Facade;
use crate::syntax::plain_name;

/// A section for the rule's documentation.
pub(super) fn documentation(rule: &Rule<'_>) -> String {
    if rule.cases.is_empty() {
        return String::new();
    }
    let lines = rule.cases.iter().map(|case| format!("- `{}`", case.text(rule.ident())));
    format!("\n# Cases\n\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// One test for each case that fits: `cases_of_total::case_1`.
pub(super) fn emit(rule: &Rule<'_>, callable: &Callable<'_>, facade: &Facade) -> TokenStream {
    if rule.cases.is_empty() {
        return TokenStream::new();
    }
    let cfg = callable.cfg();
    let module = format_ident!("cases_of_{}", plain_name(rule.ident()), span = Span::call_site());
    let tests = rule.cases.iter().enumerate().filter(|(_, case)| rule.fits(case));
    let tests = tests.map(|(place, case)| emit_case(rule, case, place + 1, facade));
    quote! {
        #(#cfg)*
        #[cfg(test)]
        #[allow(clippy::pedantic, clippy::style, clippy::complexity)]
        mod #module {
            #[allow(unused_imports)]
            use super::*;
            #(#tests)*
        }
    }
}

fn emit_case(rule: &Rule<'_>, case: &Case, number: usize, facade: &Facade) -> TokenStream {
    let support = &facade.support();
    let (ident, value) = (rule.ident(), &rule.returns.value);
    let name = format_ident!("case_{number}", span = Span::call_site());
    let text = case.text(ident);
    let locals: Vec<Ident> =
        (0..case.arguments.len()).map(|index| format_ident!("__appos_{index}", span = Span::mixed_site())).collect();
    // Types are the rule's: what does not fit is reported at the author's value.
    let given = rule.parameters.iter().zip(&case.arguments).zip(&locals).map(|((parameter, argument), local)| {
        let ty = &parameter.ty;
        let argument = converted(argument, ty);
        quote_spanned!(argument.span()=> let #local: #ty = #argument;)
    });
    let expected = match &case.answer {
        Answer::Value(answer) => {
            let (blamed, answer) = (facade.support_at(answer.span()), converted(answer, value));
            quote_spanned!(answer.span()=> #blamed::Expected::<#value>::Value(#answer))
        }
        Answer::Error(text) => quote!(#support::Expected::<#value>::Error(#text)),
    };
    // A value that cannot be compared is reported at the type of the answer.
    let run = facade.support_at(value.span());
    let run = quote_spanned!(value.span()=> #run::run_case::<#value, _, _, _>);
    quote! {
        #[::core::prelude::v1::test]
        fn #name() {
            #run(
                #text,
                || async move {
                    #(#given)*
                    super::#ident(#(#locals),*).await
                },
                || #expected,
            )
        }
    }
}
