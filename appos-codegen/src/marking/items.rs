//! Goes through the items that an object emits and marks those that others can use.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, Fields, File, ImplItem, Item, ItemConst, ItemFn, ItemImpl, ItemStruct, ReturnType, Stmt, Type};

use super::{methods, note};
use crate::expand::Kind;
use crate::naming::{self, RecordNames};
use crate::project::Project;
use crate::syntax::contains_ident;

/// What an object emitted, with its public items marked.
pub(crate) fn mark(kind: Kind, project: &Project, tokens: TokenStream) -> TokenStream {
    // Mistakes have been reported; what cannot be read has no users.
    let Ok(mut file) = syn::parse2::<File>(tokens.clone()) else { return tokens };
    let Some(ident) = file.items.iter().find_map(name_of).cloned() else { return tokens };
    let reference = naming::reference(&project.app, namespace(kind), &naming::stem(&ident));
    let mut added = Vec::new();
    for item in &mut file.items {
        match item {
            Item::Struct(item) => mark_struct(item, &ident, &reference, kind, &mut added),
            Item::Enum(item) => item.attrs.push(note::attribute(&reference, "read")),
            Item::Type(item) => item.attrs.push(note::attribute(&reference, "reference")),
            Item::Fn(item) => mark_function(item, &reference),
            Item::Const(item) => mark_block(item, &ident, &reference),
            _ => {}
        }
    }
    let methods = match kind {
        Kind::Record => {
            let is_document = contains_ident(&tokens, &Ident::new("DocumentRecord", Span::call_site()));
            methods::emit(&ident, &reference, is_document, &project.methods)
        }
        _ => TokenStream::new(),
    };
    let mut tokens = file.into_token_stream();
    tokens.extend(added);
    tokens.extend(methods);
    tokens
}

const fn namespace(kind: Kind) -> &'static str {
    match kind {
        Kind::Record => "records",
        Kind::Choices => "choices",
        Kind::ExpressionRule => "rules",
        Kind::Constant => "constants",
        Kind::Process => "processes",
        Kind::Step => "steps",
        Kind::Interface => "interfaces",
        Kind::Page => "pages",
        Kind::Site => "sites",
        Kind::TranslationSet => "translations",
        Kind::ConnectedSystem => "connected_systems",
        Kind::Integration => "integrations",
        Kind::WebApi => "web_apis",
        // No object: nothing is marked.
        Kind::Test => "tests",
    }
}

fn name_of(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        _ => None,
    }
}

/// Fields inherit the mark of their struct; the compiler's report names them.
fn mark_struct(item: &mut ItemStruct, ident: &Ident, reference: &str, kind: Kind, added: &mut Vec<TokenStream>) {
    // A text is told; a type that stands for an object is named.
    let is_text = kind == Kind::TranslationSet && item.ident != *ident;
    item.attrs.push(note::attribute(reference, if is_text { "read" } else { "reference" }));
    // A record that refers to itself: see `note::nothing`.
    let is_row = kind == Kind::Record && item.ident == *ident;
    if let (Fields::Named(fields), true) = (&item.fields, is_row) {
        let types = fields.named.iter().map(|field| &field.ty);
        let cfg = item.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
        added.push(quote! {
            #(#cfg)*
            const _: () = {
                #[allow(dead_code, unused_variables, clippy::too_many_arguments)]
                fn __appos_types(#(_: #types),*) {}
            };
        });
    }
}

/// The callable, and inside it the author's body.
fn mark_function(item: &mut ItemFn, reference: &str) {
    item.attrs.retain(|attribute| !attribute.path().is_ident("deprecated"));
    item.attrs.push(note::attribute(reference, "call"));
    for statement in &mut item.block.stmts {
        if let Stmt::Item(Item::Fn(inner)) = statement
            && inner.sig.ident == naming::BODY
        {
            inner.attrs.push(note::nothing());
        }
    }
}

/// The block of implementations: finders are marked. Bodies in which no word is the author's are
/// left out, as nothing of this build ever runs, and each would be reported.
fn mark_block(item: &mut ItemConst, ident: &Ident, reference: &str) {
    let Expr::Block(block) = &mut *item.expr else { return };
    let query = RecordNames::of(ident).query;
    for statement in &mut block.block.stmts {
        let Stmt::Item(Item::Impl(implementation)) = statement else { continue };
        let is_query = matches!(&*implementation.self_ty, Type::Path(path) if path.path.is_ident(&query));
        if is_query && implementation.trait_.is_none() {
            mark_finders(implementation, reference);
        } else if is_generated(implementation) {
            own_system_columns(implementation, ident);
            empty_bodies(implementation);
        }
    }
}

/// `impl Default` of a new row holds the author's defaults; the other traits are the same for all.
fn is_generated(implementation: &ItemImpl) -> bool {
    let name = implementation.trait_.as_ref().and_then(|(path, _)| path.segments.last());
    name.is_some_and(|name| name.ident != "Default")
}

/// The columns that every record has are of one type for all: here each record gets its own, to be marked.
fn own_system_columns(implementation: &mut ItemImpl, ident: &Ident) {
    let is_theirs = |ty: &Type| match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "SystemColumns"),
        _ => false,
    };
    let own = methods::system_columns_name(ident);
    let replaced = implementation.items.iter_mut().find_map(|item| match item {
        ImplItem::Type(target) if is_theirs(&target.ty) => Some(&mut target.ty),
        _ => None,
    });
    let Some(target) = replaced else { return };
    *target = syn::parse_quote!(#own);
    for item in &mut implementation.items {
        if let ImplItem::Fn(function) = item {
            function.sig.output = syn::parse_quote!(-> &#own);
        }
    }
}

fn empty_bodies(implementation: &mut ItemImpl) {
    for item in &mut implementation.items {
        let is_open =
            |output: &ReturnType| matches!(output, ReturnType::Type(_, ty) if matches!(**ty, Type::ImplTrait(_)));
        if let ImplItem::Fn(function) = item
            && !is_open(&function.sig.output)
        {
            function.block = syn::parse_quote!({ loop {} });
        }
    }
}

fn mark_finders(implementation: &mut ItemImpl, reference: &str) {
    for item in &mut implementation.items {
        if let ImplItem::Fn(function) = item {
            let field = naming::field_of_finder(&function.sig.ident);
            function.attrs.push(note::attribute(&format!("{reference}.{field}"), "read"));
        }
    }
}
