//! The static data that drives everything about a record.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Expr;
use syn::spanned::Spanned;

use super::super::model::{Field, Record};
use crate::attributes::{FieldNames, Hook, HookList, ObjectPath, Text};
use crate::security::emit_groups;
use crate::syntax::plain_name;

pub(super) fn emit(record: &Record<'_>, support: &Ident) -> TokenStream {
    let type_name = plain_name(record.ident());
    let (table, name) = (&record.table, &record.common.name);
    let plural = record.plural.as_ref().map(Text::value);
    let plural = plural.map_or_else(|| quote!(Of(#name)), |plural| quote!(Written(#plural)));
    let display = record
        .display
        .as_ref()
        .and_then(|name| record.position(&name.value()))
        .map_or_else(|| quote!(::core::option::Option::None), |index| quote!(::core::option::Option::Some(#index)));
    let audit_log = record.audit_log.is_set();
    let mut others = TokenStream::new();
    if record.soft_delete.is_set() {
        others.extend(quote!(soft_delete: true,));
    }
    if let Some(system) = record.connected_system.as_ref().and_then(system_name) {
        let reference = format!("{}.connected_systems.{system}", record.common.app);
        others.extend(quote!(connected_system: ::core::option::Option::Some(#reference),));
    }
    if record.external.is_set() {
        others.extend(quote!(external: true,));
    }
    if let Some(old) = record.renamed_from.as_ref().map(Text::value) {
        others.extend(quote!(renamed_from: ::core::option::Option::Some(#old),));
    }
    if let Some(rows) = &record.rows {
        let rows = emit_rows(record, rows, support);
        others.extend(quote!(rows: #rows,));
    }
    if let Some(filing) = &record.filing {
        let filing = filing.emit(support);
        others.extend(quote!(filing: #filing,));
    }
    let hooks = if record.hooks.iter().all(|hooks| hooks.hooks().is_empty()) {
        quote!(#support::Hooks::NONE)
    } else {
        let [create, update, delete] = record.hooks.each_ref().map(|hooks| emit_hooks(record, hooks, support));
        quote!(#support::Hooks { create: #create, update: #update, delete: #delete })
    };
    // Clippy reads what is emitted: nothing is taken from a base that is not needed.
    let is_whole = record.soft_delete.is_set()
        && record.external.is_set()
        && record.rows.is_some()
        && record.renamed_from.is_some()
        && record.connected_system.is_some()
        && record.filing.is_some();
    let rest = (!is_whole).then(|| quote!(..#support::RecordDescriptor::NONE));
    let unique = emit_indexes(record, &record.unique);
    let indexes = emit_indexes(record, &record.indexes);
    let fields = record.fields.iter().map(|field| emit_field(record, field, support));
    let object = record.common.emit(support, &quote!(&__APPOS_RECORD));
    let system = record.connected_system.as_ref().map(|system| emit_system(system, support));
    quote! {
        static __APPOS_RECORD: #support::RecordDescriptor = #support::RecordDescriptor {
            table: #table,
            plural: #support::Plural::#plural,
            type_name: #type_name,
            display: #display,
            audit_log: #audit_log,
            hooks: #hooks,
            fields: &[#(#fields),*],
            unique: &[#(#unique),*],
            indexes: &[#(#indexes),*],
            #others
            #rest
        };
        #object
        #system
    }
}

/// Has rustc say at the author's path whether there is such a system. Of which kind it is, the start says.
fn emit_system(system: &ObjectPath, support: &Ident) -> TokenStream {
    let system = system.of_system();
    let place = system.path.segments.last().map_or_else(|| system.span(), |name| name.ident.span());
    quote_spanned!(place=> const _: fn() -> &'static #support::ObjectDescriptor = <#system as #support::Object>::object;)
}

/// The name of a connected system, by the path of its function.
fn system_name(path: &ObjectPath) -> Option<String> {
    path.written().path.segments.last().map(|segment| plain_name(&segment.ident))
}

/// One entry for each rule, in the order written.
fn emit_hooks(record: &Record<'_>, hooks: &HookList, support: &Ident) -> TokenStream {
    let hooks = hooks.hooks().iter().map(|hook| emit_hook(record, hook, support));
    quote!(&[#(#hooks),*])
}

/// A call of the rule with the row, of the outbox with its id, or the start of a process with its id; all are
/// dispatches like any other.
fn emit_hook(record: &Record<'_>, hook: &Hook, support: &Ident) -> TokenStream {
    let (ident, Hook { rule, after_commit }) = (record.ident(), hook);
    // The place of the rule's name, so that a rule that takes something else is reported there.
    let place = rule.path.segments.last().map_or_else(|| rule.span(), |name| name.ident.span());
    let argument = quote_spanned!(place=> __appos_argument);
    let object = quote_spanned!(place=> <#rule as #support::Object>::object);
    let is_process = hook.is_process();
    let call = if is_process {
        quote! {
            |__appos_row| {
                let __appos_argument: #support::Id<#ident> = #support::row_id(&__appos_row);
                #support::start_with_write(#rule(#argument))
            }
        }
    } else if *after_commit {
        // The call is never made: it lets rustc judge what the rule takes.
        quote! {
            |__appos_row| {
                let _ = |__appos_argument: #support::Id<#ident>| #rule(#argument);
                #support::enqueue_hook(#object(), &__appos_row)
            }
        }
    } else {
        quote! {
            |__appos_row| ::std::boxed::Box::pin(async move {
                let __appos_argument: #ident = #support::typed_row::<#ident>(__appos_row)?;
                #rule(#argument).await?;
                ::core::result::Result::Ok(())
            })
        }
    };
    let after_commit = *after_commit || is_process;
    quote!(#support::Hook { rule: #object, after_commit: #after_commit, call: #call })
}

/// A call of the rule, which is a dispatch like any other; it must speak of this record.
fn emit_rows(record: &Record<'_>, rule: &ObjectPath, support: &Ident) -> TokenStream {
    let (rule, ident) = (rule.written(), record.ident());
    let place = rule.path.segments.last().map_or_else(|| rule.span(), |name| name.ident.span());
    // Spans of the rule's name, so that one that speaks of another record is reported there.
    let ask = quote_spanned!(place=> let __appos_rows: #support::Rows<#ident> = #rule().await?;);
    let rows = quote_spanned!(place=> __appos_rows);
    quote! {
        ::core::option::Option::Some(|| ::std::boxed::Box::pin(async move {
            #ask
            ::core::result::Result::Ok(#support::Rows::into_condition(#rows))
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

/// Only what differs from a plain field is written: these tokens are most of what a record
/// costs to compile.
fn emit_field(record: &Record<'_>, field: &Field<'_>, support: &Ident) -> TokenStream {
    let Field { name, column, description, .. } = field;
    let mut others = TokenStream::new();
    if column != name {
        others.extend(quote!(column: #column,));
    }
    if let Some(old) = field.renamed_from.as_ref().map(Text::value) {
        others.extend(quote!(renamed_from: ::core::option::Option::Some(#old),));
    }
    if !description.is_empty() {
        others.extend(quote!(description: #description,));
    }
    for (key, flag) in
        [("unique", &field.unique), ("index", &field.index), ("search", &field.search), ("sensitive", &field.sensitive)]
    {
        // Of the other side of a reference it says that there is one row at most.
        if flag.is_set() || (key == "unique" && field.is_one) {
            let key = Ident::new(key, Span::call_site());
            others.extend(quote!(#key: true,));
        }
    }
    if field.default.is_some() && field.is_named() {
        let default = emit_default(record, field, support);
        others.extend(quote!(default: #default,));
    }
    if field.of_file {
        others.extend(quote!(of_file: true,));
    }
    for (key, list) in [("view", &field.view), ("update", &field.update)] {
        if list.is_some() {
            let (key, groups) = (Ident::new(key, Span::call_site()), emit_groups(list.as_ref()));
            others.extend(quote!(#key: #groups,));
        }
    }
    if !field.validations.is_empty() {
        let validations = field.validations.iter().map(|validation| validation.emit(field.ty, support));
        others.extend(quote!(validations: &[#(#validations),*],));
    }
    // What is no closure has been reported.
    if let Some(computed) = field.computed.as_ref().filter(|made| matches!(made, Expr::Closure(_) | Expr::Path(_))) {
        let computed = emit_computed(record, field, computed, support);
        others.extend(quote!(computed: #computed,));
    }
    if let Some(auto_number) = &field.auto_number {
        let format = auto_number.format().map_or_else(String::new, syn::LitStr::value);
        others.extend(quote!(auto_number: ::core::option::Option::Some(#format),));
    }
    if let Some(on_delete) = &field.on_delete {
        let on_delete = Ident::new(on_delete.rule.variant(), Span::call_site());
        others.extend(quote!(on_delete: #support::OnDelete::#on_delete,));
    }
    let scale = field
        .scale
        .as_ref()
        .and_then(|scale| u32::try_from(scale.value()).ok())
        .map(|scale| quote!(.with_scale(#scale)));
    let plain = emit_plain(field, support);
    let plain = quote!(#plain #scale);
    if others.is_empty() { plain } else { quote!(#support::FieldDescriptor { #others ..#plain }) }
}

/// What the column holds is asked of the type, so that rustc judges types, not their text.
fn emit_plain(field: &Field<'_>, support: &Ident) -> TokenStream {
    let Field { name, label, ty, .. } = field;
    if let Some(other) = field.many {
        return quote_spanned!(other.span()=> #support::many_of::<#other>(#name, #label));
    }
    // Asked so, and not by a generic function, rustc has nothing to add to what it says of a wrong type.
    let column = quote_spanned!(ty.span()=> <#ty as #support::FieldValue>::COLUMN);
    quote!(#support::FieldDescriptor::plain(#name, #label, #column))
}

/// The author's closure, which sees the row as whoever asks sees it.
fn emit_computed(record: &Record<'_>, field: &Field<'_>, closure: &Expr, support: &Ident) -> TokenStream {
    let (ident, ty) = (record.ident(), field.ty);
    quote_spanned! {ty.span()=>
        ::core::option::Option::Some(|__appos_row| {
            let __appos_compute: fn(&#ident) -> #ty = #closure;
            let __appos_typed: #ident = #support::typed_row::<#ident>(__appos_row.clone())?;
            ::core::result::Result::Ok(<#ty as #support::FieldValue>::into_value(__appos_compute(&__appos_typed)))
        })
    }
}

/// The default is written once, in `NewCustomer::default()`: a wrong one is one error.
fn emit_default(record: &Record<'_>, field: &Field<'_>, support: &Ident) -> TokenStream {
    let (new, ident, ty) = (&record.names.new, field.ident, field.ty);
    quote_spanned! {ty.span()=>
        ::core::option::Option::Some(|| {
            <#ty as #support::FieldValue>::into_value(<#new as ::core::default::Default>::default().#ident)
        })
    }
}
