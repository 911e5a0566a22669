//! How the types travel to and from rows: thin, positional calls.
//!
//! Whatever is asked of a field's type is asked as `<Type as FieldValue>::..`: then rustc words
//! the error for a type that is no field type the same everywhere, and prints it once.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::model::{Field, Record};

pub(super) fn emit(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let row = emit_record(record, support);
    let new = emit_new(record, support);
    let patch = emit_patch(record, support);
    let query = emit_query(record, support);
    let (ident, names) = (record.ident(), &record.names);
    let (new_name, patch_name) = (&names.new, &names.patch);
    let clones = emit_clones(record, support);
    quote! {
        #clones
        #row
        #new
        #patch
        #query
        #support::record_traits!(#ident, #new_name, #patch_name);
    }
}

fn emit_record(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let (ident, names) = (record.ident(), &record.names);
    let (new, patch, query, columns) = (&names.new, &names.patch, &names.query, &names.columns);
    let column_values =
        record.fields.iter().enumerate().filter(|(_, field)| field.many.is_none()).map(|(index, field)| {
            let name = field.ident;
            quote!(#name: #support::Column::field(#index))
        });
    let (from_row, to_row) = (emit_from_row(record, support), emit_to_row(record, support));
    quote! {
        #[automatically_derived]
        impl #support::Record for #ident {
            type New = #new;
            type Patch = #patch;
            type Query = #query;
            type Columns = #columns;
            const COLUMNS: &'static #columns = &#columns {
                id: #support::Column::system(#support::SystemField::Id),
                #(#column_values,)*
                created_at: #support::Column::system(#support::SystemField::CreatedAt),
                created_by: #support::Column::system(#support::SystemField::CreatedBy),
                updated_at: #support::Column::system(#support::SystemField::UpdatedAt),
                updated_by: #support::Column::system(#support::SystemField::UpdatedBy),
                version: #support::Column::system(#support::SystemField::Version),
            };
            fn object() -> &'static #support::ObjectDescriptor {
                &__APPOS_OBJECT
            }
            #from_row
            #to_row
        }
    }
}

/// The reader is positional: the author's fields come first and in order.
fn emit_from_row(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let fields = record.fields.iter().map(|field| {
        let ident = field.ident;
        if field.many.is_some() {
            return quote!(#ident: row.many());
        }
        let ty = held(field, support);
        quote_spanned!(field.ty.span()=> #ident: row.field_with(<#ty as #support::FieldValue>::from_value)?)
    });
    quote! {
        fn from_row(row: &mut #support::RowReader) -> #support::Result<Self> {
            ::core::result::Result::Ok(Self {
                #(#fields,)*
                id: row.id(),
                created_at: row.created_at(),
                created_by: row.created_by(),
                updated_at: row.updated_at(),
                updated_by: row.updated_by(),
                version: row.version(),
            })
        }
    }
}

/// The type as the struct holds it.
pub(super) fn held(field: &Field<'_>, support: &TokenStream) -> TokenStream {
    let ty = field.ty;
    // A field that not everyone may read is there only for those who may.
    if field.view.is_some() && field.many.is_none() { quote!(#support::Restricted<#ty>) } else { quote!(#ty) }
}

fn emit_to_row(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let values = record.fields.iter().map(|field| {
        let ident = field.ident;
        if field.many.is_some() {
            return quote!(#support::Value::Null);
        }
        let ty = held(field, support);
        quote_spanned!(field.ty.span()=> <#ty as #support::FieldValue>::to_value(&self.#ident))
    });
    quote! {
        fn to_row(&self) -> #support::Row {
            #support::Row::new(
                #support::SystemValues {
                    id: self.id.get(),
                    created_at: self.created_at,
                    created_by: self.created_by.map(|user| user.get()),
                    updated_at: self.updated_at,
                    updated_by: self.updated_by.map(|user| user.get()),
                    version: self.version,
                },
                ::std::vec![#(#values),*],
            )
        }
    }
}

fn emit_new(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let (ident, new) = (record.ident(), &record.names.new);
    let values = record.fields.iter().map(|Field { ident, ty, many, .. }| {
        if many.is_some() {
            quote!(#support::Value::Null)
        } else {
            quote_spanned!(ty.span()=> <#ty as #support::FieldValue>::into_value(self.#ident))
        }
    });
    let from_values = emit_from_values(record, support, &quote!(ValueReader));
    quote! {
        #[automatically_derived]
        impl #support::NewRecord for #new {
            type Record = #ident;
            fn into_values(self) -> ::std::vec::Vec<#support::Value> {
                ::std::vec![#(#values),*]
            }
            #from_values
        }
    }
}

fn emit_patch(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let (ident, patch) = (record.ident(), &record.names.patch);
    let values = record.fields.iter().map(|Field { ident, ty, many, .. }| {
        if many.is_some() {
            quote!(::core::option::Option::None)
        } else {
            quote_spanned!(ty.span()=> self.#ident.map(<#ty as #support::FieldValue>::into_value))
        }
    });
    let from_values = emit_from_values(record, support, &quote!(PatchReader));
    quote! {
        #[automatically_derived]
        impl #support::PatchRecord for #patch {
            type Record = #ident;
            fn into_values(self) -> ::std::vec::Vec<::core::option::Option<#support::Value>> {
                ::std::vec![#(#values),*]
            }
            #from_values
        }
    }
}

/// Reads one value per field of the descriptor; a field without a column is passed over.
fn emit_from_values(record: &Record<'_>, support: &TokenStream, reader: &TokenStream) -> TokenStream {
    let mut skips = TokenStream::new();
    let mut fields = Vec::new();
    for Field { ident, ty, many, .. } in &record.fields {
        if many.is_some() {
            skips.extend(quote!(values.skip();));
            continue;
        }
        let read = quote_spanned!(ty.span()=> values.field_with(<#ty as #support::FieldValue>::from_value)?);
        // The fields of a struct are evaluated in the order in which they are written.
        let read = if skips.is_empty() { read } else { quote!({ #skips #read }) };
        skips = TokenStream::new();
        fields.push(quote!(#ident: #read));
    }
    quote! {
        #[allow(unused_variables)]
        fn from_values(values: &mut #support::#reader) -> #support::Result<Self> {
            ::core::result::Result::Ok(Self { #(#fields),* })
        }
    }
}

fn emit_query(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let (ident, query) = (record.ident(), &record.names.query);
    quote! {
        #[automatically_derived]
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

fn emit_clones(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let fields = record.fields.iter().map(|field| {
        let ident = field.ident;
        if field.many.is_some() {
            return quote!(#ident: ::core::clone::Clone::clone(&self.#ident));
        }
        let ty = held(field, support);
        quote_spanned!(field.ty.span()=> #ident: <#ty as #support::FieldValue>::copy(&self.#ident))
    });
    let row = quote! {
        #(#fields,)*
        id: self.id,
        created_at: self.created_at,
        created_by: self.created_by,
        updated_at: self.updated_at,
        updated_by: self.updated_by,
        version: self.version,
    };
    let new = record.stored().map(
        |Field { ident, ty, .. }| quote_spanned!(ty.span()=> #ident: <#ty as #support::FieldValue>::copy(&self.#ident)),
    );
    let patch = record.stored().map(|Field { ident, ty, .. }| {
        quote_spanned!(ty.span()=> #ident: self.#ident.as_ref().map(<#ty as #support::FieldValue>::copy))
    });
    let row = emit_clone(record.ident(), &row);
    let new = emit_clone(&record.names.new, &quote!(#(#new),*));
    let patch = emit_clone(&record.names.patch, &quote!(#(#patch),*));
    quote!(#row #new #patch)
}

fn emit_clone(ident: &Ident, fields: &TokenStream) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl ::core::clone::Clone for #ident {
            fn clone(&self) -> Self {
                Self { #fields }
            }
        }
    }
}
