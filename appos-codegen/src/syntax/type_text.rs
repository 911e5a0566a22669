//! A type as a person would write it: the descriptor shows it in documents and tools.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// `Option<Id<Customer>>` from its tokens, which print with spaces between all of them.
pub(crate) fn type_text(tokens: &impl ToTokens) -> String {
    let mut text = String::new();
    write(tokens.to_token_stream(), &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    let mut after_word = false;
    for token in tokens {
        match token {
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if after_word {
                    text.push(' ');
                }
                text.push_str(&token.to_string());
                after_word = true;
            }
            TokenTree::Punct(punct) => {
                after_word = false;
                match punct.as_char() {
                    ',' => text.push_str(", "),
                    ';' => text.push_str("; "),
                    '+' => text.push_str(" + "),
                    '=' => text.push_str(" = "),
                    '-' if punct.spacing() == Spacing::Joint => text.push_str(" -"),
                    '>' if text.ends_with('-') => text.push_str("> "),
                    '>' if text.ends_with(" = ") => text.push_str("> "),
                    other => text.push(other),
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
                after_word = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::type_text;

    #[test]
    fn types_read_as_written() {
        assert_eq!(type_text(&quote!(Option<Id<Customer>>)), "Option<Id<Customer>>");
        assert_eq!(type_text(&quote!(HashMap<String, Vec<(u8, bool)>>)), "HashMap<String, Vec<(u8, bool)>>");
        assert_eq!(type_text(&quote!(&'static str)), "&'static str");
        assert_eq!(type_text(&quote!([u8; 4])), "[u8; 4]");
        assert_eq!(type_text(&quote!(platform::records::User)), "platform::records::User");
        assert_eq!(type_text(&quote!(fn(u8) -> bool)), "fn(u8) -> bool");
        assert_eq!(type_text(&quote!(())), "()");
    }
}
