//! The struct itself: the author's fields, then the system fields.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::model::{Field, Record};
use super::traits::held;
use crate::syntax::{doc_attributes, is_named};

pub(super) fn emit(record: &Record<'_>, support: &Ident) -> TokenStream {
    let ident = record.ident();
    let docs = doc_attributes(record.written, &documentation(record));
    let kept = record.written.iter().filter(|attribute| {
        !["doc", "derive"].iter().any(|name| attribute.path().is_ident(name)) && !is_named(attribute, "serde")
    });
    let fields = record.fields.iter().map(|field| emit_field(field, support));
    quote! {
        #docs
        #(#kept)*
        #[allow(missing_docs)]
        pub struct #ident {
            /// Number of the row, given by the database.
            pub id: #support::Id<#ident>,
            #(#fields,)*
            /// When the row was created (UTC).
            pub created_at: #support::DateTime,
            /// User who created it.
            pub created_by: ::core::option::Option<#support::UserRef>,
            /// When it was last changed (UTC).
            pub updated_at: #support::DateTime,
            /// User who last changed it.
            pub updated_by: ::core::option::Option<#support::UserRef>,
            /// Counts the changes, from 1.
            pub version: i64,
        }
    }
}

fn emit_field(field: &Field<'_>, support: &Ident) -> TokenStream {
    let ident = field.ident;
    let attributes = field.attributes.iter().filter(|attribute| {
        !is_named(attribute, "serde") && !attribute.path().is_ident("cfg") && !attribute.path().is_ident("doc")
    });
    let docs = docs(field);
    let ty = held(field, support);
    quote!(#docs #(#attributes)* pub #ident: #ty)
}

/// The author's docs, else the description.
pub(super) fn docs(field: &Field<'_>) -> TokenStream {
    let written: Vec<_> = field.attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).collect();
    if written.is_empty() && !field.description.is_empty() {
        let text = &field.description;
        return quote!(#[doc = #text]);
    }
    quote!(#(#written)*)
}

fn documentation(record: &Record<'_>) -> String {
    let reference = record.common.reference();
    if record.common.description.is_empty() {
        format!("A row of the record `{reference}`.")
    } else {
        format!("{}\n\nA row of the record `{reference}`.", record.common.description)
    }
}
