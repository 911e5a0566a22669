//! Texts of others on a terminal: what would move its cursor, colour or reorder it is shown, not done.

use std::borrow::Cow;
use std::fmt::Write;

/// True of signs that a terminal obeys, or that reorder the ones around them.
fn is_obeyed(sign: char) -> bool {
    sign.is_control()
        || matches!(sign,
            '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A text in one line that no terminal obeys: `\n`, `\u{1b}`.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    replaced(text, |sign, out| out.extend(sign.escape_default()))
}

/// The same for a text of several lines.
pub(crate) fn escaped_lines(text: &str) -> String {
    text.split('\n').map(escaped).collect::<Vec<_>>().join("\n")
}

/// JSON in one line that means the same and that no terminal obeys.
pub(crate) fn escaped_json(text: &str) -> Cow<'_, str> {
    replaced(text, |sign, out| {
        for unit in sign.encode_utf16(&mut [0; 2]) {
            // Writing to a text cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    })
}

fn replaced(text: &str, escape: impl Fn(char, &mut String)) -> Cow<'_, str> {
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        if is_obeyed(sign) { escape(sign, &mut out) } else { out.push(sign) }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{escaped, escaped_json};

    #[test]
    fn a_terminal_obeys_nothing_of_it() {
        assert_eq!(escaped("Zoë\u{1b}[2J\r\n\u{9b}31m\u{202e}x"), "Zoë\\u{1b}[2J\\r\\n\\u{9b}31m\\u{202e}x");
        let json = "{\"a\":\"\u{9b}31m\u{7f}\"}";
        let shown = escaped_json(json);
        assert_eq!(shown, "{\"a\":\"\\u009b31m\\u007f\"}");
        let (before, after): (serde_json::Value, serde_json::Value) =
            (serde_json::from_str(json).unwrap(), serde_json::from_str(&shown).unwrap());
        assert_eq!(before, after);
    }
}
