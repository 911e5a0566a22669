//! How the screens of a record draw the interface that stands for a piece of them: a function that makes the
//! component of what the screen gives, checked by rustc at the author's own words.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::emit::properties_name;
use super::model::Interface;
use super::piece::{Piece, PieceKind};
use crate::paths::Facade;
use crate::syntax::plain_name;

/// The definition of the piece, and what names it.
pub(super) fn emit(interface: &Interface<'_>, facade: &Facade) -> (TokenStream, TokenStream) {
    let none = (TokenStream::new(), quote!(::core::option::Option::None));
    // What has mistakes in its signature is not drawn by anything.
    let Some(piece) = interface.piece.as_ref().filter(|_| !interface.screen.broken) else { return none };
    let Some(entry) = emit_entry(interface, piece, facade) else { return none };
    let support = &facade.support();
    let record = &piece.record;
    let kind = format_ident!("{}", piece.kind.variant());
    let field = optional(piece.field.as_ref());
    let after = optional(piece.after.as_ref());
    let replaces = piece.replaces.iter().map(plain_name);
    let at = facade.support_at(record.span());
    let object = quote_spanned!(record.span()=> <#record as #at::Object>::object());
    let definition = quote! {
        // How much of a path an attribute names is its author's taste.
        #[allow(unused_qualifications)]
        static __APPOS_PIECE: #support::PieceDescriptor = #support::PieceDescriptor {
            kind: #support::PieceKind::#kind,
            record: || #object,
            field: #field,
            after: #after,
            replaces: &[#(#replaces),*],
            entry: &#entry,
        };
    };
    (definition, quote!(::core::option::Option::Some(&__APPOS_PIECE)))
}

fn optional(name: Option<&Ident>) -> TokenStream {
    match name.map(plain_name) {
        Some(name) => quote!(::core::option::Option::Some(#name)),
        None => quote!(::core::option::Option::None),
    }
}

/// `None`: it has not the parameters that it needs, which was reported.
fn emit_entry(interface: &Interface<'_>, piece: &Piece, facade: &Facade) -> Option<TokenStream> {
    let support = &facade.support();
    let (component, record) = (interface.component(), &piece.record);
    let parameter = match (piece.kind, interface.screen.parameters.as_slice()) {
        (PieceKind::List, []) => return Some(quote!(#support::PieceEntry::Plain(|| #support::mount(#component, ())))),
        (PieceKind::List, _) => return None,
        (_, [own]) => own,
        _ => return None,
    };
    let (name, properties) = (&parameter.ident, properties_name(interface));
    // A value of another type is blamed on the parameter's, and what is no column on the field.
    let given = Ident::new("__appos_given", Span::mixed_site().located_at(parameter.ty.span()));
    let show = quote!(|#given| #support::mount(#component, #properties { #name: #given }));
    let input = Ident::new("__appos_input", Span::mixed_site());
    let column = piece.field.as_ref().map(|field| {
        let columns = Ident::new("__appos_columns", Span::mixed_site().located_at(field.span()));
        quote_spanned!(field.span()=> |#columns| #columns.#field)
    });
    let (variant, function) = match piece.kind {
        PieceKind::Detail | PieceKind::Section => ("Row", "piece_of_row"),
        PieceKind::Form | PieceKind::FormSection => ("Form", "piece_of_form"),
        PieceKind::Display | PieceKind::Cell => ("Value", "piece_of_value"),
        PieceKind::Input => ("Input", "piece_of_input"),
        PieceKind::List => return None,
    };
    let (variant, function) = (format_ident!("{variant}"), format_ident!("{function}"));
    let call = match column {
        Some(column) => quote!(#support::#function::<#record, _>(#column, #input, #show)),
        None => quote!(#support::#function::<#record>(#input, #show)),
    };
    Some(quote!(#support::PieceEntry::#variant(|#input| #call)))
}
