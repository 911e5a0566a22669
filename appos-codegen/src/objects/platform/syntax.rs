//! The list of apps, and what a platform does with an empty database.

use proc_macro2::{Ident, TokenStream, TokenTree};

use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::app as catalogue;

/// What the author wrote.
#[derive(Default)]
pub(super) struct PlatformSyntax {
    /// The apps in the order written.
    pub(super) apps: Vec<Ident>,
    /// Path of a rule without parameters: `first_start = crm::rules::seed`.
    pub(super) first_start: Option<TokenStream>,
}

/// Whatever is no name and no known key is reported and left out.
pub(super) fn parse_platform(args: TokenStream, sink: &Sink) -> PlatformSyntax {
    let mut syntax = PlatformSyntax::default();
    let mut after_name = false;
    let mut tokens = args.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) if !after_name => {
                after_name = true;
                if name == "first_start" && is_punct(tokens.peek(), '=') {
                    tokens.next();
                    let mut path = TokenStream::new();
                    while tokens.peek().is_some() && !is_punct(tokens.peek(), ',') {
                        path.extend(tokens.next());
                    }
                    match syn::parse2::<syn::Path>(path.clone()) {
                        Ok(_) => syntax.first_start = Some(path),
                        Err(_) => sink.push(catalogue::not_a_first_start(&name)),
                    }
                } else {
                    syntax.apps.push(name);
                }
            }
            TokenTree::Punct(comma) if comma.as_char() == ',' && after_name => after_name = false,
            other => {
                sink.push(catalogue::not_an_app(&other));
                after_name = true;
            }
        }
    }
    syntax
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}
