//! A mail as an app writes it.

#[cfg(feature = "web")]
use dioxus::prelude::Element;

use crate::outside::imap::ReceivedMessage;

/// A mail that is to be sent: built here, checked as a whole, and sent through the outbox.
///
/// An address is written as `ann@example.com` or as `Ann Lee <ann@example.com>`. What is wrong with a mail, such as a
/// line break in its subject, is told before anything is stored or sent.
///
/// ```
/// use appos_runtime::outside::Email;
/// let mail = Email::to("Ann Lee <ann@example.com>")
///     .cc("books@example.com")
///     .from("Shop <shop@example.com>")
///     .subject("Your invoice 42")
///     .text("It is attached.")
///     .attach("invoice-42.pdf", "application/pdf", b"%PDF-1.7 ..".to_vec());
/// # let _ = mail;
/// ```
#[derive(Clone, Default)]
#[must_use = "a mail that is built is not sent yet"]
pub struct Email {
    pub(super) from: Option<String>,
    pub(super) to: Vec<String>,
    pub(super) cc: Vec<String>,
    pub(super) bcc: Vec<String>,
    pub(super) reply_to: Vec<String>,
    pub(super) subject: String,
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
    pub(super) attachments: Vec<File>,
    pub(super) in_reply_to: Option<String>,
    pub(super) references: Vec<String>,
}

/// A file of a mail.
#[derive(Clone)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) content_type: String,
    pub(super) bytes: Vec<u8>,
}

impl Email {
    /// A mail for this address.
    pub fn to(address: impl Into<String>) -> Self {
        Self { to: vec![address.into()], ..Self::default() }
    }

    /// For this address as well.
    pub fn and_to(mut self, address: impl Into<String>) -> Self {
        self.to.push(address.into());
        self
    }

    /// A copy for this address, which everybody sees.
    pub fn cc(mut self, address: impl Into<String>) -> Self {
        self.cc.push(address.into());
        self
    }

    /// A copy for this address, which nobody else sees.
    pub fn bcc(mut self, address: impl Into<String>) -> Self {
        self.bcc.push(address.into());
        self
    }

    /// Who sends it; without this, the address that the connected system names as `from`.
    pub fn from(mut self, address: impl Into<String>) -> Self {
        self.from = Some(address.into());
        self
    }

    /// Where answers go, if not to the sender.
    pub fn reply_to(mut self, address: impl Into<String>) -> Self {
        self.reply_to.push(address.into());
        self
    }

    /// What it is about.
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// Its text. Without one, it is made from the HTML.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Its HTML: what a component shows, or `rsx!` with some. Values in it are escaped, as on every screen. Styles
    /// have to stand in the attribute `style`; scripts and links to the platform's own files do nothing in a mail.
    ///
    /// ```
    /// use appos_runtime::outside::Email;
    /// use appos_runtime::ui::dioxus::prelude::*;
    /// let name = "Ann <b>";
    /// let mail = Email::to("ann@example.com").subject("Hello").html(rsx! { p { "Hello, {name}!" } });
    /// # let _ = mail;
    /// ```
    #[cfg(feature = "web")]
    pub fn html(mut self, shown: Element) -> Self {
        let body = dioxus_ssr::render_element(shown);
        self.html =
            Some(format!("<!doctype html><html><head><meta charset=\"utf-8\"></head><body>{body}</body></html>"));
        self
    }

    /// A file with its name and type, such as `text/csv`.
    pub fn attach(
        mut self,
        name: impl Into<String>,
        content_type: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
    ) -> Self {
        self.attachments.push(File { name: name.into(), content_type: content_type.into(), bytes: bytes.into() });
        self
    }

    /// Says that it answers the message with this id, with or without angle brackets.
    pub fn in_reply_to(mut self, message_id: impl Into<String>) -> Self {
        let id = message_id.into();
        self.references.push(id.clone());
        self.in_reply_to = Some(id);
        self
    }

    /// An answer to a message: to its sender or whom it names for answers, with its subject, and in its thread.
    ///
    /// ```
    /// use appos_runtime::outside::{Email, ReceivedMessage};
    /// fn thanks(message: &ReceivedMessage) -> Email {
    ///     Email::answer(message).text("Thank you!")
    /// }
    /// ```
    pub fn answer(message: &ReceivedMessage) -> Self {
        let subject = message.subject.as_deref().unwrap_or_default();
        let begins = subject.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("re:"));
        // What a stranger has written must not make the answer one that is refused.
        let subject: String = subject.chars().filter(|character| !character.is_control()).collect();
        let to = if message.reply_to.is_empty() { &message.from } else { &message.reply_to };
        let mut answer = Self {
            to: to.iter().map(|sender| sender.address.clone()).collect(),
            subject: if begins { subject } else { format!("Re: {subject}") },
            references: message.references.clone(),
            ..Self::default()
        };
        if let Some(id) = &message.message_id {
            answer = answer.in_reply_to(id.as_str());
        }
        answer
    }
}

impl std::fmt::Debug for Email {
    /// What it says is between its writer and its readers.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let recipients = self.to.len() + self.cc.len() + self.bcc.len();
        f.debug_struct("Email").field("recipients", &recipients).finish_non_exhaustive()
    }
}
