//! The types beside the struct: what is needed to create, to change, to find, and to name a
//! column.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit};

use super::super::model::{Field, Record};
use super::record::docs;
use crate::naming;
use crate::syntax::plain_name;

pub(super) fn emit(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let new = emit_new(record);
    let patch = emit_patch(record);
    let query = emit_query(record, support);
    let columns = emit_columns(record, support);
    quote!(#new #patch #query #columns)
}

/// What they can do beside the traits: no item of its own, so that it can stand in the block.
pub(super) fn emit_methods(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let (default, finders) = (emit_default(record, support), emit_finders(record, support));
    quote!(#default #finders)
}

fn emit_new(record: &Record<'_>) -> TokenStream {
    let cfg = record.cfg();
    let new = &record.names.new;
    let doc = format!("The fields of a new `{}`, for create.", plain_name(record.ident()));
    let fields = record.named().map(|field| {
        let (docs, Field { ident, ty, .. }) = (docs(field), field);
        quote!(#docs pub #ident: #ty)
    });
    quote! {
        #(#cfg)*
        #[doc = #doc]
        pub struct #new { #(#fields),* }
    }
}

fn emit_default(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let new = &record.names.new;
    let defaults = record.named().map(|field| {
        let (ident, value) = (field.ident, default(field, support));
        quote!(#ident: #value)
    });
    quote! {
        #[automatically_derived]
        impl ::core::default::Default for #new {
            fn default() -> Self {
                Self { #(#defaults),* }
            }
        }
    }
}

/// The author's expression with the field's type as its only hint; a text becomes whatever the
/// field holds.
fn default(field: &Field<'_>, support: &TokenStream) -> TokenStream {
    let ty = field.ty;
    match &field.default {
        None => quote_spanned!(ty.span()=> <#ty as #support::FieldValue>::initial()),
        Some(text @ Expr::Lit(ExprLit { lit: Lit::Str(_), .. })) => {
            quote_spanned!(text.span()=> ::core::convert::Into::<#ty>::into(#text))
        }
        Some(expression) => quote!(#expression),
    }
}

fn emit_patch(record: &Record<'_>) -> TokenStream {
    let cfg = record.cfg();
    let patch = &record.names.patch;
    let doc = format!("Changes to a `{}`: the fields that are `Some`, for update.", plain_name(record.ident()));
    let fields = record.named().map(|field| {
        let Field { ident, ty, .. } = field;
        quote!(pub #ident: ::core::option::Option<#ty>)
    });
    quote! {
        #(#cfg)*
        #[doc = #doc]
        #[allow(missing_docs)]
        #[derive(Default)]
        pub struct #patch { #(#fields),* }
    }
}

fn emit_query(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let cfg = record.cfg();
    let (ident, query) = (record.ident(), &record.names.query);
    let doc = format!("A search for rows of `{}`.", plain_name(ident));
    quote! {
        #(#cfg)*
        #[doc = #doc]
        #[derive(Clone)]
        #[must_use]
        pub struct #query(#support::Query<#ident>);
    }
}

fn emit_finders(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let query = &record.names.query;
    let finders = record.fields.iter().enumerate().filter(|(_, field)| field.is_stored()).map(|(index, field)| {
        let ty = field.ty;
        let finder = naming::finder(field.ident);
        let doc = format!("Keeps the rows whose `{}` is this value.", field.name);
        let value = quote_spanned!(ty.span()=> <#ty as #support::FieldValue>::value_of(value));
        quote! {
            #[doc = #doc]
            pub fn #finder(self, value: impl ::core::convert::Into<#ty>) -> Self {
                Self(self.0.equals(#index, #value))
            }
        }
    });
    quote!(impl #query { #(#finders)* })
}

fn emit_columns(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let cfg = record.cfg();
    let (ident, columns) = (record.ident(), &record.names.columns);
    let doc = format!("The columns of `{}`, for filters and order.", plain_name(ident));
    let owner = ident;
    let fields =
        record.fields.iter().filter(|field| field.computed.is_none()).map(|Field { ident, ty, many, .. }| match many {
            Some(other) => quote!(pub #ident: #support::ManyColumn<#owner, #other>),
            None => quote!(pub #ident: #support::Column<#ty>),
        });
    quote! {
        #(#cfg)*
        #[doc = #doc]
        #[allow(missing_docs)]
        pub struct #columns {
            pub id: #support::Column<#support::Id<#ident>>,
            #(#fields,)*
            pub created_at: #support::Column<#support::DateTime>,
            pub created_by: #support::Column<::core::option::Option<#support::UserRef>>,
            pub updated_at: #support::Column<#support::DateTime>,
            pub updated_by: #support::Column<::core::option::Option<#support::UserRef>>,
            pub version: #support::Column<i64>,
        }
    }
}
