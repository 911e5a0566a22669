//! The types beside the struct: what is needed to create, to change, to find, and to name a
//! column.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit};

use super::super::model::{Field, Record};
use super::record::docs;
use crate::naming;
use crate::syntax::plain_name;

pub(super) fn emit(record: &Record<'_>, support: &Ident) -> TokenStream {
    let fields = emit_fields(record, support);
    let query = emit_query(record, support);
    let others = emit_other_columns(record, support);
    quote!(#fields #query #others)
}

/// What they can do beside the traits: no item of its own, so that it can stand in the block.
pub(super) fn emit_methods(record: &Record<'_>, support: &Ident) -> TokenStream {
    let (default, finders) = (emit_default(record, support), emit_finders(record));
    let columns = emit_column_chain(record, support);
    quote!(#default #finders #columns)
}

/// New rows, changes and columns are one struct: each struct costs every build of the app.
fn emit_fields(record: &Record<'_>, support: &Ident) -> TokenStream {
    let cfg = record.cfg();
    let (new, patch, columns, fields) =
        (&record.names.new, &record.names.patch, &record.names.columns, &record.names.fields);
    let name = plain_name(record.ident());
    let fields_doc = format!("The fields of a `{name}`: to be written, or their columns.");
    let new_doc = format!("The fields of a new `{name}`, for create.");
    let patch_doc = format!("Changes to a `{name}`: the fields that are `Some`, for update.");
    let columns_doc = format!("The columns of `{name}`, for filters and order.");
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
        #[allow(missing_docs)]
        pub struct #fields<__K: #support::FieldKind> { #(#members)* #unused }
        #(#cfg)*
        #[doc = #new_doc]
        pub type #new = #fields<#support::New>;
        #(#cfg)*
        #[doc = #patch_doc]
        pub type #patch = #fields<#support::Patch>;
        #(#cfg)*
        #[doc = #columns_doc]
        pub type #columns = #fields<#support::Columns>;
    }
}

fn emit_default(record: &Record<'_>, support: &Ident) -> TokenStream {
    let fields = &record.names.fields;
    let defaults = record.fields.iter().enumerate().filter(|(_, field)| field.is_named()).map(|(place, field)| {
        let (ident, value) = (field.ident, default(place, field));
        quote!(#ident: #value,)
    });
    let unused = record.named().next().is_none().then(|| quote!(__appos_kind: ::core::marker::PhantomData));
    quote! {
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

fn emit_query(record: &Record<'_>, support: &Ident) -> TokenStream {
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
        if is_scalar(ty) {
            // A plain parameter is less for every build to read.
            return quote! {
                pub fn #finder(self, value: #ty) -> Self {
                    Self(self.0.finder::<#ty>(#index, value))
                }
            };
        }
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

/// Columns of fields that nobody writes: they are no fields of the struct for writing.
fn emit_other_columns(record: &Record<'_>, support: &Ident) -> TokenStream {
    let (owner, others) = (record.ident(), &record.names.others);
    let mut fields = record.unwritten_columns().peekable();
    if fields.peek().is_none() {
        return TokenStream::new();
    }
    let cfg = record.cfg();
    let doc = format!("The columns of `{}` that nobody writes.", plain_name(owner));
    let fields = fields.map(|(_, Field { ident, ty, many, .. })| match many {
        Some(other) => quote!(pub #ident: #support::ManyColumn<#owner, #other>),
        None => quote!(pub #ident: #support::Column<#ty>),
    });
    quote! {
        #(#cfg)*
        #[doc = #doc]
        #[allow(missing_docs)]
        pub struct #others { #(#fields),* }
    }
}

/// From the columns of the fields to those that every record has, by way of those that nobody
/// writes if there are any.
fn emit_column_chain(record: &Record<'_>, support: &Ident) -> TokenStream {
    let (ident, columns, others) = (record.ident(), &record.names.columns, &record.names.others);
    let chain = |from: &Ident, to: &TokenStream, value: &TokenStream| {
        quote! {
            impl ::core::ops::Deref for #from {
                type Target = #to;
                fn deref(&self) -> &#to {
                    #value
                }
            }
        }
    };
    let system = (quote!(#support::SystemColumns<#ident>), quote!(#support::SystemColumns::of()));
    let mut fields = record.unwritten_columns().peekable();
    if fields.peek().is_none() {
        return chain(columns, &system.0, &system.1);
    }
    let fields = fields.map(|(place, field)| {
        let (name, kind) = (field.ident, if field.many.is_some() { quote!(ManyColumn) } else { quote!(Column) });
        quote!(#name: #support::#kind::field(#place))
    });
    let value = quote! {
        static OTHERS: #others = #others { #(#fields),* };
        &OTHERS
    };
    let (first, second) = (chain(columns, &quote!(#others), &value), chain(others, &system.0, &system.1));
    quote!(#first #second)
}

/// True of the types of which a value is written as it is: numbers, and the author's choices.
fn is_scalar(ty: &syn::Type) -> bool {
    // A text may be borrowed, a decimal a literal, and what is generic made of what it holds.
    const CONVERTED: [&str; 4] = ["String", "Decimal", "Json", "Uuid"];
    let syn::Type::Path(path) = ty else { return false };
    path.path.get_ident().is_some_and(|ident| CONVERTED.iter().all(|name| ident != name))
}
