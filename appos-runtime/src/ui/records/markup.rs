//! HTML that is written as text: the cells of a list, of which there are too many for a node each.
//! Everything that is no text of the program itself is escaped; there is no other way in.

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

    /// The HTML.
    pub(crate) fn into_html(mut self) -> String {
        // An open page keeps it, and would keep the room for as much again.
        self.0.shrink_to_fit();
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn a_text_is_no_markup_whatever_stands_in_it() {
        let mut markup = Markup::default();
        markup.own("<b title=\"").text("\"><script>").own("\">").text("a&b'c<é>").number(-3).own("</b>");
        assert_eq!(markup.into_html(), "<b title=\"&quot;&gt;&lt;script&gt;\">a&amp;b&#39;c&lt;é&gt;-3</b>");
    }
}
