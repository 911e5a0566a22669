//! Turns mistakes into `compile_error!` calls at the author's tokens.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, TokenStream, TokenTree};

use super::Diagnostic;

/// One `compile_error!` per mistake, each under its own token.
pub(crate) fn compile_errors(diagnostics: &[Diagnostic]) -> TokenStream {
    diagnostics.iter().flat_map(compile_error).collect()
}

/// `::core::compile_error! { ".." }`, its first and last token placed so that rustc underlines
/// everything between them (joining spans is not stable).
fn compile_error(diagnostic: &Diagnostic) -> TokenStream {
    let (start, end) = diagnostic.spans();
    let punct = |character, spacing| {
        let mut punct = Punct::new(character, spacing);
        punct.set_span(start);
        TokenTree::from(punct)
    };
    let mut text = Literal::string(&text(diagnostic));
    text.set_span(end);
    let mut braces = Group::new(Delimiter::Brace, TokenStream::from(TokenTree::from(text)));
    braces.set_span(end);
    [
        punct(':', Spacing::Joint),
        punct(':', Spacing::Alone),
        Ident::new("core", start).into(),
        punct(':', Spacing::Joint),
        punct(':', Spacing::Alone),
        Ident::new("compile_error", start).into(),
        punct('!', Spacing::Alone),
        braces.into(),
    ]
    .into_iter()
    .collect()
}

fn text(diagnostic: &Diagnostic) -> String {
    format!("{}\nhelp: {}", diagnostic.message(), diagnostic.help())
}
