//! The words and signs of a file in order, with their places.

use proc_macro2::{Delimiter, LineColumn, TokenStream, TokenTree};
use serde::{Deserialize, Serialize};

/// A place in a file: line and column from 1, as the compiler counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Position {
    /// Line.
    pub(crate) line: usize,
    /// Column, in characters.
    pub(crate) column: usize,
}

impl From<LineColumn> for Position {
    fn from(place: LineColumn) -> Self {
        Self { line: place.line, column: place.column + 1 }
    }
}

/// A word, a sign, a literal or a bracket.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) start: Position,
    pub(super) end: Position,
}

impl Token {
    pub(super) fn is_name(&self) -> bool {
        self.text.starts_with(|first: char| first == '_' || first.is_alphabetic())
    }
}

/// All tokens; those inside brackets stand between the brackets.
pub(super) fn tokens(stream: TokenStream) -> Vec<Token> {
    let mut found = Vec::new();
    collect(stream, &mut found);
    found
}

fn collect(stream: TokenStream, into: &mut Vec<Token>) {
    for tree in stream {
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                let mut bracket = |text: &str, span: proc_macro2::Span| {
                    into.push(Token { text: text.to_owned(), start: span.start().into(), end: span.end().into() });
                };
                bracket(open, group.span_open());
                let close = (close, group.span_close());
                collect(group.stream(), into);
                let (text, span) = close;
                into.push(Token { text: text.to_owned(), start: span.start().into(), end: span.end().into() });
            }
            other => {
                let span = other.span();
                into.push(Token { text: other.to_string(), start: span.start().into(), end: span.end().into() });
            }
        }
    }
}
