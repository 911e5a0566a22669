//! How the types travel to and from rows: thin, positional calls.
//!
//! Whatever is asked of a field's type is asked as `<Type as FieldValue>::..`: then rustc words
//! the error for a type that is no field type the same everywhere, and prints it once.

use proc_macro2::TokenStream;
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
    quote! {
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
        record.fields.iter().enumerate().filter(|(_, field)| field.computed.is_none()).map(|(index, field)| {
            let name = field.ident;
            let kind = if field.many.is_some() { quote!(ManyColumn) } else { quote!(Column) };
            quote!(#name: #support::#kind::field(#index))
        });
    let (from_row, fields) = (emit_from_row(record, support), emit_row_fields(record, support));
    quote! {
        #[automatically_derived]
        impl #support::Record for #ident {
            type New = #new;
            type Patch = #patch;
            type Query = #query;
            type Columns = #columns;
            // A static, not a constant: nothing of it is written for other crates to evaluate.
            fn columns() -> &'static #columns {
                static COLUMNS: #columns = #columns {
                id: #support::Column::system(#support::SystemField::Id),
                #(#column_values,)*
                created_at: #support::Column::system(#support::SystemField::CreatedAt),
                created_by: #support::Column::system(#support::SystemField::CreatedBy),
                updated_at: #support::Column::system(#support::SystemField::UpdatedAt),
                updated_by: #support::Column::system(#support::SystemField::UpdatedBy),
                version: #support::Column::system(#support::SystemField::Version),
                };
                &COLUMNS
            }
            fn object() -> &'static #support::ObjectDescriptor {
                &__APPOS_OBJECT
            }
            #from_row
            #fields
            fn system(&self) -> #support::SystemValues {
                #support::SystemValues {
                    id: self.id.get(),
                    created_at: self.created_at,
                    created_by: self.created_by.map(#support::Ref::get),
                    updated_at: self.updated_at,
                    updated_by: self.updated_by.map(#support::Ref::get),
                    version: self.version,
                }
            }
        }
    }
}

/// The pass is positional: the author's fields come first and in order.
fn emit_from_row(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let fields = record.fields.iter().map(|field| {
        let ident = field.ident;
        if field.many.is_some() {
            return if field.is_one { quote!(#ident: row.one(pass)) } else { quote!(#ident: row.many(pass)) };
        }
        let ty = held(field, support);
        let next = if field.computed.is_some() { quote!(computed) } else { quote!(next) };
        quote_spanned!(field.ty.span()=> #ident: <#ty as #support::FieldValue>::#next(pass))
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
pub(super) fn held(field: &Field<'_>, support: &TokenStream) -> TokenStream {
    let ty = field.ty;
    // A field that not everyone may read is there only for those who may.
    if field.view.is_some() && field.many.is_none() { quote!(#support::Restricted<#ty>) } else { quote!(#ty) }
}

fn emit_row_fields(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    emit_fields(
        record,
        support,
        |field| field.many.is_none(),
        |field| {
            let (ident, ty) = (field.ident, held(field, support));
            quote_spanned!(field.ty.span()=> <#ty as #support::FieldValue>::field(&mut into.#ident, &from.#ident, pass);)
        },
    )
}

/// One call per field of the descriptor; a field without a column is passed over.
fn emit_fields(
    record: &Record<'_>,
    support: &TokenStream,
    has: impl Fn(&Field<'_>) -> bool,
    call: impl Fn(&Field<'_>) -> TokenStream,
) -> TokenStream {
    let calls = record.fields.iter().map(|field| if has(field) { call(field) } else { quote!(pass.skip();) });
    quote! {
        #[allow(unused_variables)]
        fn fields(into: &mut Self, from: &Self, pass: &mut #support::FieldPass) {
            #(#calls)*
        }
    }
}

fn is_named(field: &Field<'_>) -> bool {
    field.is_named()
}

fn emit_new(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let (ident, new) = (record.ident(), &record.names.new);
    let fields = emit_fields(
        record,
        support,
        is_named,
        |Field { ident, ty, .. }| quote_spanned!(ty.span()=> <#ty as #support::FieldValue>::field(&mut into.#ident, &from.#ident, pass);),
    );
    quote! {
        #[automatically_derived]
        impl #support::NewRecord for #new {
            type Record = #ident;
            #fields
        }
    }
}

fn emit_patch(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let (ident, patch) = (record.ident(), &record.names.patch);
    let fields = emit_fields(
        record,
        support,
        is_named,
        |Field { ident, ty, .. }| quote_spanned!(ty.span()=> <#ty as #support::FieldValue>::change(&mut into.#ident, &from.#ident, pass);),
    );
    quote! {
        #[automatically_derived]
        impl #support::PatchRecord for #patch {
            type Record = #ident;
            #fields
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
