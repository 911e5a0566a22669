//! Numbers in inputs of forms: as their reader writes them, without signs between groups of digits.

use super::Format;

impl Format {
    /// The sign before the fraction.
    fn decimal_sign(&self) -> char {
        // What lies between the two digits, in whatever way the language writes them.
        if self.float(1.5).contains(',') { ',' } else { '.' }
    }

    /// A number, as programs write it, as the value of an input.
    pub(crate) fn number_for_input(&self, plain: &str) -> String {
        match self.decimal_sign() {
            ',' => plain.replace('.', ","),
            _ => plain.to_owned(),
        }
    }

    /// What an input holds, as programs write it. What is no number stays what it is.
    ///
    /// Either sign can stand before the fraction, as in what was copied from elsewhere, but where it could
    /// group digits as well it does: `1,234` is a thousand and more for readers of English.
    pub(crate) fn number_from_input(&self, text: &str) -> String {
        let text: String =
            text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '\u{2019}')).collect();
        let own = self.decimal_sign();
        let other = if own == ',' { '.' } else { ',' };
        let fraction = match (text.rfind(own), text.rfind(other)) {
            (None, None) => return text,
            (Some(own_at), Some(other_at)) if own_at < other_at => other,
            (Some(_), _) => own,
            (None, Some(_)) if is_grouped(&text, other) => own,
            (None, Some(_)) => other,
        };
        let group = if fraction == ',' { '.' } else { ',' };
        let whole = text.split(fraction).next().unwrap_or_default();
        // A number has one fraction, and groups of three digits, if any.
        if text.matches(fraction).count() > 1 || (whole.contains(group) && !is_grouped(whole, group)) {
            return text;
        }
        text.replace(group, "").replace(fraction, ".")
    }
}

/// True if a sign could stand between groups of three digits.
fn is_grouped(text: &str, sign: char) -> bool {
    let mut groups = text.trim_start_matches(['-', '+']).split(sign);
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&first.len())
        && digits(first)
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && digits(group))
}

#[cfg(test)]
mod tests {
    use super::super::Format;

    #[test]
    fn a_number_is_read_as_its_reader_writes_it() {
        for (language, text, plain) in [
            ("en", "12.50", "12.50"),
            ("en", "12,50", "12.50"),
            ("en", "1,234", "1234"),
            ("en", "1,234.5", "1234.5"),
            ("en", "-1,234,567.5", "-1234567.5"),
            ("en", "0,123", "0.123"),
            ("de", "12,50", "12.50"),
            ("de", "12.50", "12.50"),
            ("de", "1.234", "1234"),
            ("de", "1.234,5", "1234.5"),
            ("fr", "1\u{202f}234,5", "1234.5"),
            ("en", "1,23,4.5", "1,23,4.5"),
            ("en", "1.2.3", "1.2.3"),
            ("en", "soon", "soon"),
            ("en", "", ""),
        ] {
            assert_eq!(Format::of_language(language).number_from_input(text), plain, "{language}: {text}");
        }
        for language in ["en", "de", "fr"] {
            let format = Format::of_language(language);
            assert_eq!(format.number_from_input(&format.number_for_input("-1234.567")), "-1234.567", "{language}");
        }
    }
}
