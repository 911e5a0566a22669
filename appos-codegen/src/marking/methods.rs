//! What a record does through the trait that all records share, as methods of its own: only those
//! can be marked for one record. The compiler prefers them to the trait's.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::note;
use crate::naming::{self, RecordNames};
use crate::project::KnownMethod;
use crate::syntax::plain_name;

pub(super) fn emit(record: &Ident, reference: &str, is_document: bool, written: &[KnownMethod]) -> TokenStream {
    let support = &Ident::new(naming::SUPPORT_INSIDE, Span::call_site());
    let RecordNames { new, patch, query, columns, .. } = RecordNames::of(record);
    let future = |output: TokenStream| quote!(impl ::core::future::Future<Output = #support::Result<#output>> + ::core::marker::Send);
    let (row, rows, nothing, count) =
        (future(quote!(Self)), future(quote!(::std::vec::Vec<T>)), future(quote!(())), future(quote!(u64)));
    let found = future(quote!(::core::option::Option<Self>));
    let entries = future(quote!(::std::vec::Vec<#support::AuditEntry>));
    let id = quote!(id: impl ::core::convert::Into<#support::Id<Self>>);
    let sql = quote!(sql: &'static str, parameters: impl ::core::iter::IntoIterator<Item = #support::Json>);
    let methods = [
        ("query", "read", quote!(fn query() -> #query), quote!(query())),
        (
            "rows",
            "read",
            quote!(fn rows(condition: impl ::core::ops::FnOnce(&#columns) -> #support::Condition) -> #support::Rows<Self>),
            quote!(rows(condition)),
        ),
        ("get", "read", quote!(fn get(#id) -> #row), quote!(get(id))),
        ("find", "read", quote!(fn find(#id) -> #found), quote!(find(id))),
        ("count", "read", quote!(fn count() -> #count), quote!(count())),
        ("timeline", "read", quote!(fn timeline(&self) -> #entries), quote!(timeline(self))),
        (
            "unchecked_sql",
            "read",
            quote!(fn unchecked_sql<T: #support::serde::de::DeserializeOwned>(#sql) -> #rows),
            quote!(unchecked_sql(sql, parameters)),
        ),
        ("create", "create", quote!(fn create(new: #new) -> #row), quote!(create(new))),
        ("update", "write", quote!(fn update(self, patch: #patch) -> #row), quote!(update(self, patch))),
        ("restore", "write", quote!(fn restore(#id) -> #row), quote!(restore(id))),
        ("delete", "delete", quote!(fn delete(self) -> #nothing), quote!(delete(self))),
    ];
    // Whoever wrote a method of this name means that one.
    let name = plain_name(record);
    let is_written = |method: &str| written.iter().any(|known| known.of == name && known.name == method);
    let methods = methods.into_iter().filter(|(method, ..)| !is_written(method)).map(|(_, role, signature, call)| {
        let mark = note::attribute(reference, role);
        quote!(#mark pub #signature { <Self as #support::Record>::#call })
    });
    let of_files = is_document.then(|| of_files(record, reference, &is_written)).into_iter().flatten();
    let (system, mark) = (system_columns_name(record), note::attribute(reference, "reference"));
    quote! {
        #[allow(dead_code, missing_docs, clippy::all)]
        impl #record { #(#methods)* #(#of_files)* }
        #[doc(hidden)]
        #[allow(dead_code, missing_docs)]
        #mark
        pub struct #system {
            pub id: #support::Column<#support::Id<#record>>,
            pub created_at: #support::Column<#support::DateTime>,
            pub created_by: #support::Column<::core::option::Option<#support::UserRef>>,
            pub updated_at: #support::Column<#support::DateTime>,
            pub updated_by: #support::Column<::core::option::Option<#support::UserRef>>,
            pub version: #support::Column<i64>,
        }
    }
}

/// The same of what a document does with its file.
fn of_files(record: &Ident, reference: &str, is_written: &dyn Fn(&str) -> bool) -> Vec<TokenStream> {
    let support = &Ident::new(naming::SUPPORT_INSIDE, Span::call_site());
    let RecordNames { new, .. } = RecordNames::of(record);
    let future = |output: TokenStream| quote!(impl ::core::future::Future<Output = #support::Result<#output>> + ::core::marker::Send);
    let (row, content) = (future(quote!(Self)), future(quote!(#support::FileContent)));
    let methods = [
        (
            "upload",
            "create",
            quote!(fn upload(new: #new, file: #support::FileUpload) -> #row),
            quote!(upload(new, file)),
        ),
        (
            "replace",
            "write",
            quote!(fn replace(&self, file: #support::FileUpload) -> #row),
            quote!(replace(self, file)),
        ),
        ("content", "read", quote!(fn content(&self) -> #content), quote!(content(self))),
        (
            "content_of",
            "read",
            quote!(fn content_of(&self, version: i64) -> #content),
            quote!(content_of(self, version)),
        ),
        (
            "restore_version",
            "write",
            quote!(fn restore_version(&self, version: i64) -> #row),
            quote!(restore_version(self, version)),
        ),
    ];
    let methods = methods.into_iter().filter(|(method, ..)| !is_written(method));
    let methods = methods.map(|(_, role, signature, call)| {
        let mark = note::attribute(reference, role);
        quote!(#mark pub #signature { <Self as #support::DocumentRecord>::#call })
    });
    methods.collect()
}

/// The columns that every record has, of one record.
pub(super) fn system_columns_name(record: &Ident) -> Ident {
    format_ident!("__Appos{}SystemColumns", plain_name(record))
}
