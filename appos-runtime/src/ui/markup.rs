//! HTML that is written as text: the cells of a list, of which there are too many for a node each, and the frame,
//! which stands around every page. Everything that is no text of the program itself is escaped; there is no other way in.

use std::fmt;
use std::rc::Rc;

use dioxus::dioxus_core::{AttributeValue, IntoAttributeValue};

/// HTML that was written as text, to stand in an element as its `dangerous_inner_html`. Whoever holds it holds the
/// same text: a copy costs nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Html(Rc<str>);

impl Html {
    /// The HTML in an attribute.
    pub(crate) fn of(value: &AttributeValue) -> Option<&str> {
        match value {
            AttributeValue::Any(value) => (**value).as_any().downcast_ref().map(|Self(html)| &**html),
            _ => None,
        }
    }
}

impl Default for Html {
    fn default() -> Self {
        Self("".into())
    }
}

impl IntoAttributeValue for Html {
    fn into_value(self) -> AttributeValue {
        AttributeValue::any_value(self)
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// HTML on its way.
#[derive(Default)]
pub(crate) struct Markup(String);

impl Markup {
    /// Adds what the program itself says, as it is.
    pub(crate) fn own(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds what a component has drawn, in which every text is escaped.
    pub(crate) fn drawn(&mut self, html: &str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    /// Adds a text, or a part of an attribute between quotes: whatever stands in it, it is no markup.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        let mut rest = text;
        while let Some(place) = rest.find(['&', '<', '>', '"', '\'']) {
            let (before, from) = rest.split_at(place);
            self.0.push_str(before);
            self.0.push_str(match from.as_bytes().first() {
                Some(b'&') => "&amp;",
                Some(b'<') => "&lt;",
                Some(b'>') => "&gt;",
                Some(b'"') => "&quot;",
                _ => "&#39;",
            });
            rest = from.get(1..).unwrap_or_default();
        }
        self.0.push_str(rest);
        self
    }

    /// Adds a whole number.
    pub(crate) fn number(&mut self, number: i64) -> &mut Self {
        use std::fmt::Write as _;
        // Writing to a text cannot fail.
        write!(self.0, "{number}").ok();
        self
    }

    /// The HTML, in no more room than it takes.
    pub(crate) fn into_html(self) -> Html {
        Html(self.0.into())
    }
}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn a_text_is_no_markup_whatever_stands_in_it() {
        let mut markup = Markup::default();
        markup.own("<b title=\"").text("\"><script>").own("\">").text("a&b'c<é>").number(-3).own("</b>");
        assert_eq!(
            markup.into_html().to_string(),
            "<b title=\"&quot;&gt;&lt;script&gt;\">a&amp;b&#39;c&lt;é&gt;-3</b>"
        );
    }
}
