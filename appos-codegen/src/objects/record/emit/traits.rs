//! How the types travel to and from rows: thin, positional calls.
//!
//! The type of a field is not named here: the descriptor knows it. That is little for a compiler
//! to read, and a type that is no field type is reported once.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::model::{Field, Record};

pub(super) fn emit(record: &Record<'_>, support: &Ident) -> TokenStream {
    let row = emit_record(record, support);
    let written = emit_written(record, support);
    let query = emit_query(record, support);
    let (ident, fields) = (record.ident(), &record.names.fields);
    quote! {
        #row
        #written
        #query
        #support::record_traits!(#ident, #fields);
    }
}

fn emit_record(record: &Record<'_>, support: &Ident) -> TokenStream {
    let (ident, names) = (record.ident(), &record.names);
    let (new, patch, query, columns) = (&names.new, &names.patch, &names.query, &names.columns);
    let column_values = record.fields.iter().enumerate().filter(|(_, field)| field.is_named()).map(|(index, field)| {
        let name = field.ident;
        quote!(#name: #support::Column::field(#index),)
    });
    let unused = record.named().next().is_none().then(|| quote!(__appos_kind: ::core::marker::PhantomData));
    let (from_row, fields) =
        (emit_from_row(record, support), emit_fields(record, support, |field| field.many.is_none()));
    quote! {
        impl #support::Record for #ident {
            type New = #new;
            type Patch = #patch;
            type Query = #query;
            type Columns = #columns;
            // A static, not a constant: nothing of it is written for other crates to evaluate.
            fn columns() -> &'static #columns {
                static COLUMNS: #columns = #columns {
                    #(#column_values)* #unused
                };
                &COLUMNS
            }
            #from_row
            #fields
            fn system(&self) -> #support::SystemValues {
                let created = (self.created_at, self.created_by);
                #support::system_values(self.id, created, (self.updated_at, self.updated_by), self.version)
            }
        }
    }
}

/// The pass is positional: the author's fields come first and in order.
fn emit_from_row(record: &Record<'_>, support: &Ident) -> TokenStream {
    let fields = record.fields.iter().map(|field| {
        let ident = field.ident;
        if field.many.is_some() {
            return if field.is_one { quote!(#ident: row.one(pass)) } else { quote!(#ident: row.many(pass)) };
        }
        quote!(#ident: pass.next())
    });
    quote! {
        fn from_row(row: &#support::RowReader, pass: &mut #support::FieldPass) -> Self {
            Self {
                #(#fields,)*
                id: row.id(),
                created_at: row.created_at(),
                created_by: row.created_by(),
                updated_at: row.updated_at(),
                updated_by: row.updated_by(),
                version: row.version(),
            }
        }
    }
}

/// The type as the struct holds it.
pub(super) fn held(field: &Field<'_>, support: &Ident) -> TokenStream {
    let ty = field.ty;
    // A field that not everyone may read is there only for those who may.
    if field.view.is_some() && field.many.is_none() { quote!(#support::Restricted<#ty>) } else { quote!(#ty) }
}

/// One call per field of the descriptor; a field without a column is passed over.
fn emit_fields(record: &Record<'_>, support: &Ident, has: impl Fn(&Field<'_>) -> bool) -> TokenStream {
    let calls = record.fields.iter().map(|field| {
        let ident = field.ident;
        if has(field) { quote!(pass.field(&mut into.#ident, &from.#ident);) } else { quote!(pass.skip();) }
    });
    let unused = record.fields.iter().all(|field| !has(field)).then(|| quote!(#[allow(unused_variables)]));
    quote! {
        #unused
        fn fields(into: &mut Self, from: &Self, pass: &mut #support::FieldPass) {
            #(#calls)*
        }
    }
}

fn is_named(field: &Field<'_>) -> bool {
    field.is_named()
}

fn emit_written(record: &Record<'_>, support: &Ident) -> TokenStream {
    let (ident, written) = (record.ident(), &record.names.fields);
    let fields = emit_fields(record, support, is_named);
    quote! {
        impl<__K: #support::WriteKind> #support::RecordFields for #written<__K> {
            type Record = #ident;
            type Kind = __K;
            #fields
        }
    }
}

fn emit_query(record: &Record<'_>, support: &Ident) -> TokenStream {
    let (ident, query) = (record.ident(), &record.names.query);
    quote! {
        impl #support::RecordQuery for #query {
            type Record = #ident;
            fn from_inner(inner: #support::Query<#ident>) -> Self {
                Self(inner)
            }
            fn into_inner(self) -> #support::Query<#ident> {
                self.0
            }
        }
    }
}
