//! A query string as it came: decoded parameters in order, and what is wrong with them.

use percent_encoding::percent_decode_str;

use crate::error::{AppOsError, FieldError, Result};

/// Rows of a page when none are asked for.
pub(crate) const DEFAULT_LIMIT: u64 = 20;
/// Most rows of a page.
pub(crate) const MAX_LIMIT: u64 = 200;

/// A decoded query string, in order.
#[derive(Default)]
pub(crate) struct Parameters(Vec<(String, String)>);

/// The error of a query string.
pub(crate) fn bad_query(errors: Vec<FieldError>) -> AppOsError {
    AppOsError::validation("some query parameters are wrong").code_is("bad_query").with_fields(errors)
}

/// What is wrong with one parameter.
pub(crate) fn wrong(name: &str, code: &'static str, message: impl Into<String>) -> FieldError {
    FieldError { field: name.to_owned(), code: code.into(), message: message.into() }
}

impl Parameters {
    /// Decodes a query string.
    ///
    /// # Errors
    /// It is not UTF-8.
    pub(crate) fn read(query: &str) -> Result<Self> {
        let decode = |text: &str| {
            let text = text.replace('+', " ");
            percent_decode_str(&text).decode_utf8().map(std::borrow::Cow::into_owned)
        };
        let mut all = Vec::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (Ok(name), Ok(value)) = (decode(name), decode(value)) else {
                return Err(bad_query(vec![wrong(
                    &part.chars().take(40).collect::<String>(),
                    "bad_encoding",
                    "is not UTF-8",
                )]));
            };
            all.push((name, value));
        }
        Ok(Self(all))
    }

    /// Refuses every parameter but these, each at most once.
    pub(crate) fn only(&self, known: &[&str]) -> Result<()> {
        let mut errors = Vec::new();
        for (place, (name, _)) in self.0.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                errors.push(wrong(name, "unknown_parameter", "is not a parameter of this route"));
            } else if self.0[..place].iter().any(|(earlier, _)| earlier == name) {
                errors.push(wrong(name, "repeated", "stands more than once"));
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(bad_query(errors)) }
    }

    /// The same without those of these names.
    pub(crate) fn except(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(name, _)| !names.contains(&name.as_str())).cloned().collect())
    }

    /// All of them, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a parameter.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Reads `cursor` and `limit` of a timeline: the entry to begin below, and how many to give.
pub(crate) fn timeline_page(query: &str) -> Result<(Option<i64>, u64)> {
    let parameters = Parameters::read(query)?;
    parameters.only(&["cursor", "limit"])?;
    let mut errors = Vec::new();
    let before = parameters.get("cursor").map(|text| text.parse::<i64>().ok().filter(|id| *id > 0));
    if before == Some(None) {
        errors.push(wrong("cursor", "bad_cursor", "use the `next` of the same timeline"));
    }
    let limit = match parameters.get("limit").map(str::parse::<u64>) {
        None => DEFAULT_LIMIT,
        Some(Ok(limit)) if (1..=MAX_LIMIT).contains(&limit) => limit,
        Some(_) => {
            errors.push(wrong("limit", "out_of_range", format!("must be a whole number from 1 to {MAX_LIMIT}")));
            DEFAULT_LIMIT
        }
    };
    if errors.is_empty() { Ok((before.flatten(), limit)) } else { Err(bad_query(errors)) }
}
