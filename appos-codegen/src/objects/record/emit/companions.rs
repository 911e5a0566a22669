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
    let fields = emit_fields(record, support);
    let query = emit_query(record, support);
    let columns = emit_columns(record, support);
    quote!(#fields #query #columns)
}

/// What they can do beside the traits: no item of its own, so that it can stand in the block.
pub(super) fn emit_methods(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let (default, finders) = (emit_default(record, support), emit_finders(record));
    quote!(#default #finders)
}

/// New rows and changes are one struct: each struct costs every build of the app.
fn emit_fields(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let cfg = record.cfg();
    let (new, patch, fields) = (&record.names.new, &record.names.patch, &record.names.fields);
    let name = plain_name(record.ident());
    let fields_doc = format!("The fields of a `{name}` as they are written.");
    let new_doc = format!("The fields of a new `{name}`, for create.");
    let patch_doc = format!("Changes to a `{name}`: the fields that are `Some`, for update.");
    let members = record.named().map(|field| {
        let (docs, Field { ident, ty, .. }) = (docs(field), field);
        quote!(#docs pub #ident: __K::Of<#ty>,)
    });
    // A type has to use its parameters; a record with nothing to write is rare, but legal.
    let unused = record.named().next().is_none().then(|| {
        quote! {
            #[doc(hidden)]
            pub __appos_kind: ::core::marker::PhantomData<__K>,
        }
    });
    quote! {
        #(#cfg)*
        #[doc = #fields_doc]
        pub struct #fields<__K: #support::WriteKind> { #(#members)* #unused }
        #(#cfg)*
        #[doc = #new_doc]
        pub type #new = #fields<#support::New>;
        #(#cfg)*
        #[doc = #patch_doc]
        pub type #patch = #fields<#support::Patch>;
    }
}

fn emit_default(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let fields = &record.names.fields;
    let defaults = record.fields.iter().enumerate().filter(|(_, field)| field.is_named()).map(|(place, field)| {
        let (ident, value) = (field.ident, default(place, field));
        quote!(#ident: #value,)
    });
    let unused = record.named().next().is_none().then(|| quote!(__appos_kind: ::core::marker::PhantomData));
    quote! {
        #[automatically_derived]
        impl<__K: #support::WriteKind> ::core::default::Default for #fields<__K> {
            fn default() -> Self {
                Self { #(#defaults)* #unused }
            }
        }
    }
}

/// The author's expression with the field's type as its only hint; a text becomes whatever the
/// field holds.
fn default(place: usize, field: &Field<'_>) -> TokenStream {
    let ty = field.ty;
    match &field.default {
        None => quote!(__APPOS_RECORD.initial(#place)),
        Some(text @ Expr::Lit(ExprLit { lit: Lit::Str(_), .. })) => {
            quote_spanned!(text.span()=> __K::given::<#ty>(|| ::core::convert::Into::into(#text)))
        }
        Some(expression) => quote!(__K::given::<#ty>(|| #expression)),
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

fn emit_finders(record: &Record<'_>) -> TokenStream {
    let query = &record.names.query;
    let finders = record.fields.iter().enumerate().filter(|(_, field)| field.is_stored()).map(|(index, field)| {
        let ty = field.ty;
        let finder = naming::finder(field.ident);
        quote! {
            pub fn #finder(self, value: impl ::core::convert::Into<#ty>) -> Self {
                Self(self.0.finder::<#ty>(#index, value))
            }
        }
    });
    quote! {
        /// Each keeps the rows whose field of this name has this value.
        #[allow(missing_docs)]
        impl #query { #(#finders)* }
    }
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
