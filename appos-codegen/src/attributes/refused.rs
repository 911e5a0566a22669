//! Keys that belong to another object: they are taken out before the others are read, so that the author is told
//! where they are written.

use proc_macro2::{Ident, TokenStream, TokenTree};

/// Takes the keys of these names out of the tokens between an attribute's parentheses, and reports each.
pub(crate) fn take_refused(tokens: TokenStream, names: &[&str], report: impl Fn(&Ident, &str)) -> TokenStream {
    let mut rest = TokenStream::new();
    let mut is_refused = false;
    let mut is_first = true;
    for token in tokens {
        let is_comma = matches!(&token, TokenTree::Punct(sign) if sign.as_char() == ',');
        if let (TokenTree::Ident(key), true) = (&token, is_first)
            && let Some(name) = names.iter().find(|name| key == *name)
        {
            report(key, name);
            is_refused = true;
        }
        is_first = is_comma;
        // Its comma goes with it.
        if !is_refused {
            rest.extend([token]);
        }
        is_refused &= !is_comma;
    }
    rest
}
