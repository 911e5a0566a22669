//! Which messages of a mailbox are meant.

use std::fmt::Write as _;

use crate::error::Result;
use crate::outside::fault::one_line;
use crate::value::Date;

/// What messages have to be like, all of it at once; of nothing said, all messages are.
///
/// ```
/// use appos_runtime::outside::MailSearch;
/// let search = MailSearch::new().unseen().from("ann@example.com").subject("Invoice 42");
/// # let _ = search;
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct MailSearch {
    unseen: bool,
    since: Option<Date>,
    from: Option<String>,
    subject: Option<String>,
}

impl MailSearch {
    /// All messages.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only those that nobody has read.
    pub fn unseen(mut self) -> Self {
        self.unseen = true;
        self
    }

    /// Only those that came on this day or later, by the server's calendar.
    pub fn since(mut self, day: Date) -> Self {
        self.since = Some(day);
        self
    }

    /// Only those with this in the name or address of who sent them; upper and lower case are the same.
    pub fn from(mut self, part: impl Into<String>) -> Self {
        self.from = Some(part.into());
        self
    }

    /// Only those with this in the subject; upper and lower case are the same.
    pub fn subject(mut self, part: impl Into<String>) -> Self {
        self.subject = Some(part.into());
        self
    }

    /// As the protocol writes it.
    ///
    /// # Errors
    /// A text holds a line break or another control character.
    pub(super) fn query(&self) -> Result<String> {
        let texts = [("from", "FROM", &self.from), ("subject", "SUBJECT", &self.subject)];
        let mut query = String::new();
        if texts.iter().any(|(_, _, text)| text.as_ref().is_some_and(|text| !text.is_ascii())) {
            query.push_str("CHARSET UTF-8 ");
        }
        query.push_str(if self.unseen { "UNSEEN" } else { "ALL" });
        if let Some(day) = self.since {
            let _ = write!(query, " SINCE {}", day.format("%-d-%b-%Y"));
        }
        for (name, key, text) in texts {
            let Some(text) = text else { continue };
            one_line(name, text)?;
            let _ = write!(query, " {key} \"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        }
        Ok(query)
    }
}
