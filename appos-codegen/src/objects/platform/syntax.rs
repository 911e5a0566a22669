//! The list of apps.

use proc_macro2::{Ident, TokenStream, TokenTree};

use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::app as catalogue;

/// The apps in the order written. Whatever is no name is reported and left out.
pub(super) fn parse_apps(args: TokenStream, sink: &Sink) -> Vec<Ident> {
    let mut apps = Vec::new();
    let mut after_name = false;
    for token in args {
        match token {
            TokenTree::Ident(name) if !after_name => {
                apps.push(name);
                after_name = true;
            }
            TokenTree::Punct(comma) if comma.as_char() == ',' && after_name => after_name = false,
            other => {
                sink.push(catalogue::not_an_app(&other));
                after_name = true;
            }
        }
    }
    apps
}
