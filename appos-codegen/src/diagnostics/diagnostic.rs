//! One mistake: what is wrong, where, and the correct form.

use proc_macro2::Span;
use quote::ToTokens;

/// One mistake in the author's code.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    message: String,
    help: String,
    start: Span,
    end: Span,
}

impl Diagnostic {
    /// A mistake at the given tokens, from the first to the last.
    pub(crate) fn at(tokens: &impl ToTokens, message: impl Into<String>, help: impl Into<String>) -> Self {
        let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
        let start = spans.next().unwrap_or_else(Span::call_site);
        let end = spans.last().unwrap_or(start);
        Self { message: message.into(), help: help.into(), start, end }
    }

    /// A mistake at a place that is known by its span only.
    pub(crate) fn at_span(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), start: span, end: span }
    }

    /// What is wrong, in lower case, without a final period.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The correct form, as the words after `help: `.
    pub fn help(&self) -> &str {
        &self.help
    }

    /// The text of the tokens it points at, where the source is at hand (it is in tests).
    pub fn source_text(&self) -> Option<String> {
        self.start.join(self.end).and_then(|span| span.source_text()).or_else(|| self.start.source_text())
    }

    pub(crate) fn spans(&self) -> (Span, Span) {
        (self.start, self.end)
    }
}
