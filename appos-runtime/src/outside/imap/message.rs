//! A message that was received, as its reader wants it.

use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders, PartType};

use crate::value::DateTime;

/// Somebody who sends or receives mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The name beside the address, if there is one.
    pub name: Option<String>,
    /// The address, such as `ann@example.com`. It is what the message says; anybody can write anything there.
    pub address: String,
}

/// A file in a message.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name as the message says, which is no path that anything should be stored under.
    pub name: Option<String>,
    /// Its type as the message says, which nobody has checked.
    pub content_type: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attachment")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

/// A message in a mailbox.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ReceivedMessage {
    /// Its number in its mailbox.
    pub uid: u32,
    /// Who sent it, by its own account.
    pub from: Vec<Address>,
    /// Who answers are for, where it names somebody.
    pub reply_to: Vec<Address>,
    /// Who it is for.
    pub to: Vec<Address>,
    /// Who else it is for.
    pub cc: Vec<Address>,
    /// What it is about.
    pub subject: Option<String>,
    /// When it was written, by its own account.
    pub date: Option<DateTime>,
    /// Its id, without angle brackets.
    pub message_id: Option<String>,
    /// Ids of what it answers.
    pub in_reply_to: Vec<String>,
    /// Ids of the messages before it in its thread, oldest first.
    pub references: Vec<String>,
    /// Its text; made from the HTML if it has no other.
    pub text: Option<String>,
    /// Its HTML, if it has some. It is a stranger's: never show it where scripts run.
    pub html: Option<String>,
    /// Its files.
    pub attachments: Vec<Attachment>,
}

impl ReceivedMessage {
    /// Reads a message; what cannot be read is left out.
    pub(crate) fn parse(uid: u32, bytes: &[u8]) -> Option<Self> {
        let message = MessageParser::default().parse(bytes)?;
        Some(Self {
            uid,
            from: addresses(message.from()),
            reply_to: addresses(message.reply_to()),
            to: addresses(message.to()),
            cc: addresses(message.cc()),
            subject: message.subject().map(str::to_owned),
            date: message.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
            message_id: message.message_id().map(str::to_owned),
            in_reply_to: ids(message.in_reply_to()),
            references: ids(message.references()),
            text: message.body_text(0).map(std::borrow::Cow::into_owned),
            html: html(&message),
            attachments: message.attachments().map(attachment).collect(),
        })
    }
}

/// Only what was written as HTML: the reader would make some of a text.
fn html(message: &Message<'_>) -> Option<String> {
    message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.to_string()),
        _ => None,
    })
}

fn addresses(found: Option<&mail_parser::Address<'_>>) -> Vec<Address> {
    let found = found.into_iter().flat_map(mail_parser::Address::iter);
    found
        .filter_map(|one| Some(Address { name: one.name().map(str::to_owned), address: one.address()?.to_owned() }))
        .collect()
}

fn ids(header: &HeaderValue<'_>) -> Vec<String> {
    match header {
        HeaderValue::Text(id) => vec![id.to_string()],
        HeaderValue::TextList(ids) => ids.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

fn attachment(part: &mail_parser::MessagePart<'_>) -> Attachment {
    let content_type = part.content_type().map(|kind| match kind.subtype() {
        Some(subtype) => format!("{}/{subtype}", kind.ctype()),
        None => kind.ctype().to_owned(),
    });
    Attachment {
        name: part.attachment_name().map(str::to_owned),
        content_type: content_type.unwrap_or_else(|| "application/octet-stream".to_owned()),
        bytes: part.contents().to_vec(),
    }
}
