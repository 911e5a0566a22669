//! The static data that drives everything about a record.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::model::{Field, Record};
use crate::attributes::{FieldNames, Flag, ObjectPath};
use crate::security::emit_groups;
use crate::syntax::plain_name;

pub(super) fn emit(record: &Record<'_>, support: &TokenStream) -> TokenStream {
    let type_name = plain_name(record.ident());
    let (table, plural) = (&record.table, &record.plural);
    let display = record
        .display
        .as_ref()
        .and_then(|name| record.position(&name.value()))
        .map_or_else(|| quote!(::core::option::Option::None), |index| quote!(::core::option::Option::Some(#index)));
    let audit_log = record.audit_log;
    let [create, update, delete] = record.hooks.each_ref().map(|hook| emit_hook(record, hook.as_ref(), support));
    let unique = emit_indexes(record, &record.unique);
    let indexes = emit_indexes(record, &record.indexes);
    let fields = record.fields.iter().map(|field| emit_field(record, field, support));
    let object = record.common.emit(support, &quote!(&__APPOS_RECORD));
    quote! {
        static __APPOS_RECORD: #support::RecordDescriptor = #support::RecordDescriptor {
            table: #table,
            plural: #plural,
            type_name: #type_name,
            display: #display,
            audit_log: #audit_log,
            hooks: #support::Hooks { create: #create, update: #update, delete: #delete },
            fields: &[#(#fields),*],
            unique: &[#(#unique),*],
            indexes: &[#(#indexes),*],
        };
        #object
    }
}

/// A call of the rule with the row, which is a dispatch like any other.
fn emit_hook(record: &Record<'_>, hook: Option<&ObjectPath>, support: &TokenStream) -> TokenStream {
    let Some(rule) = hook.map(ObjectPath::written) else { return quote!(::core::option::Option::None) };
    let ident = record.ident();
    // The place of the rule's name, so that a rule that takes something else is reported there.
    let place = rule.path.segments.last().map_or_else(|| rule.span(), |name| name.ident.span());
    let row = quote_spanned!(place=> __appos_typed);
    quote! {
        ::core::option::Option::Some(|__appos_row| ::std::boxed::Box::pin(async move {
            let __appos_typed: #ident = #support::typed_row::<#ident>(__appos_row)?;
            #rule(#row).await?;
            ::core::result::Result::Ok(())
        }))
    }
}

/// `&[0, 2]` per group; names that are no field have been reported.
fn emit_indexes(record: &Record<'_>, groups: &[FieldNames]) -> Vec<TokenStream> {
    groups
        .iter()
        .map(|names| {
            let indexes = names.literals().iter().filter_map(|name| record.position(&name.value()));
            quote!(&[#(#indexes),*])
        })
        .collect()
}

fn emit_field(record: &Record<'_>, field: &Field<'_>, support: &TokenStream) -> TokenStream {
    let Field { name, column, label, description, .. } = field;
    let (field_type, nullable) = emit_type(field, support);
    let [unique, index, search, sensitive] =
        [&field.unique, &field.index, &field.search, &field.sensitive].map(Flag::is_set);
    let default = emit_default(record, field, support);
    let (view, update) = (emit_groups(field.view.as_ref()), emit_groups(field.update.as_ref()));
    let validations = field.validations.iter().map(|validation| validation.emit(support));
    let on_delete = field.on_delete.as_ref().map_or("Restrict", |on_delete| on_delete.rule.variant());
    let on_delete = Ident::new(on_delete, Span::call_site());
    quote! {
        #support::FieldDescriptor {
            name: #name,
            column: #column,
            label: #label,
            description: #description,
            field_type: #field_type,
            nullable: #nullable,
            unique: #unique,
            index: #index,
            search: #search,
            sensitive: #sensitive,
            default: #default,
            view: #view,
            update: #update,
            validations: &[#(#validations),*],
            on_delete: #support::OnDelete::#on_delete,
        }
    }
}

/// What the column holds is asked of the type, so that rustc judges types, not their text.
fn emit_type(field: &Field<'_>, support: &TokenStream) -> (TokenStream, TokenStream) {
    if let Some(other) = field.many {
        let object = quote_spanned!(other.span()=> <#other as #support::Record>::object);
        return (quote!(#support::FieldType::Many(#object)), quote!(false));
    }
    let ty = field.ty;
    let scale = field
        .scale
        .as_ref()
        .and_then(|scale| u32::try_from(scale.value()).ok())
        .map(|scale| quote!(.with_scale(#scale)));
    (
        quote_spanned!(ty.span()=> <#ty as #support::FieldValue>::TYPE #scale),
        quote_spanned!(ty.span()=> <#ty as #support::FieldValue>::NULLABLE),
    )
}

/// The default is written once, in `NewCustomer::default()`: a wrong one is one error.
fn emit_default(record: &Record<'_>, field: &Field<'_>, support: &TokenStream) -> TokenStream {
    if field.default.is_none() || field.many.is_some() {
        return quote!(::core::option::Option::None);
    }
    let (new, ident, ty) = (&record.names.new, field.ident, field.ty);
    quote_spanned! {ty.span()=>
        ::core::option::Option::Some(|| {
            <#ty as #support::FieldValue>::into_value(<#new as ::core::default::Default>::default().#ident)
        })
    }
}
