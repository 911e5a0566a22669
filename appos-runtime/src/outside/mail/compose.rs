//! From a mail to the message that goes over the wire, or to all that is wrong with it.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Attachment, Body, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use mail_parser::decoders::html::html_to_text;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::email::Email;
use crate::error::{AppOsError, FieldError, Result};

/// Most bytes of a message, with all its files.
pub(crate) const LARGEST: usize = 20 << 20;

/// Most recipients of one mail.
const MOST_RECIPIENTS: usize = 100;

/// A message as it is sent, the same at every attempt.
#[derive(Serialize, Deserialize)]
pub(crate) struct Composed {
    /// Who is told if it cannot be delivered.
    pub(crate) sender: String,
    /// Everybody whom it is for, also those whom nobody sees.
    pub(crate) recipients: Vec<String>,
    pub(crate) message_id: String,
    /// As base64: it goes into JSON.
    message: String,
}

impl Composed {
    /// The message.
    ///
    /// # Errors
    /// It was kept by something else than this.
    pub(crate) fn message(&self) -> Result<Vec<u8>> {
        STANDARD.decode(&self.message).map_err(|error| AppOsError::execution("a kept mail is damaged").caused_by(error))
    }

    /// From whom to whom.
    ///
    /// # Errors
    /// It was kept by something else than this.
    pub(crate) fn envelope(&self) -> Result<Envelope> {
        let damaged = |_| AppOsError::execution("a kept mail is damaged");
        let recipients =
            self.recipients.iter().map(|one| one.parse::<Address>()).collect::<std::result::Result<_, _>>();
        let sender = self.sender.parse().map_err(damaged)?;
        Envelope::new(Some(sender), recipients.map_err(damaged)?)
            .map_err(|_| AppOsError::execution("a kept mail has no recipients"))
    }
}

/// What is wrong with a mail, field by field.
struct Check(Vec<FieldError>);

impl Check {
    fn wrong(&mut self, field: &str, code: &'static str, message: impl Into<String>) {
        self.0.push(FieldError { field: field.to_owned(), code: code.into(), message: message.into() });
    }

    /// A text that stands in a header.
    fn line(&mut self, field: &str, text: &str) -> bool {
        let fine = !text.chars().any(char::is_control);
        if !fine {
            self.wrong(field, "control_character", "holds a line break or a control character");
        }
        fine
    }

    fn mailboxes(&mut self, field: &str, addresses: &[String]) -> Vec<Mailbox> {
        let mut read = Vec::new();
        for address in addresses {
            if !self.line(field, address) {
                continue;
            }
            match address.parse() {
                Ok(mailbox) => read.push(mailbox),
                Err(_) => self.wrong(field, "email", "is no e-mail address"),
            }
        }
        read
    }

    /// An id of a message in its brackets.
    fn id(&mut self, field: &str, id: &str) -> String {
        let bare = id.trim().trim_start_matches('<').trim_end_matches('>');
        if bare.is_empty() || bare.chars().any(|one| one.is_control() || one.is_whitespace() || "<>".contains(one)) {
            self.wrong(field, "message_id", "is no id of a message");
        }
        format!("<{bare}>")
    }
}

impl Email {
    /// Checks the mail and writes it down, once: its id and its moment stay as they are however often it is sent.
    ///
    /// # Errors
    /// All that is wrong with it (code `invalid_mail`).
    pub(crate) fn compose(&self, default_from: Option<&str>, unix: Duration) -> Result<Composed> {
        let mut check = Check(Vec::new());
        let from = self.from.as_deref().or(default_from).map(str::to_owned);
        if from.is_none() {
            check.wrong("from", "required", "is missing: say `.from(..)`, or `from` of the connected system");
        }
        let from = check.mailboxes("from", from.as_slice()).pop();
        let [to, cc, bcc, reply_to] =
            [("to", &self.to), ("cc", &self.cc), ("bcc", &self.bcc), ("reply_to", &self.reply_to)]
                .map(|(field, addresses)| check.mailboxes(field, addresses));
        let recipients = self.to.len() + self.cc.len() + self.bcc.len();
        if recipients == 0 {
            check.wrong("to", "required", "names nobody");
        } else if recipients > MOST_RECIPIENTS {
            check.wrong("to", "too_many", format!("names more than {MOST_RECIPIENTS} recipients"));
        }
        check.line("subject", &self.subject);
        let in_reply_to = self.in_reply_to.as_ref().map(|id| check.id("in_reply_to", id));
        let references: Vec<_> = self.references.iter().map(|id| check.id("references", id)).collect();
        let files = self.files(&mut check);
        let wrong = |fields| {
            AppOsError::validation("the mail cannot be sent as it is").code_is("invalid_mail").with_fields(fields)
        };
        let (Some(from), true) = (from, check.0.is_empty()) else { return Err(wrong(check.0)) };

        let message_id = format!("{}@{}", Uuid::now_v7(), from.email.domain());
        let mut builder = Message::builder()
            .message_id(Some(format!("<{message_id}>")))
            .date(SystemTime::UNIX_EPOCH + unix)
            .subject(self.subject.as_str())
            .from(from);
        builder = to.into_iter().fold(builder, lettre::message::MessageBuilder::to);
        builder = cc.into_iter().fold(builder, lettre::message::MessageBuilder::cc);
        builder = bcc.into_iter().fold(builder, lettre::message::MessageBuilder::bcc);
        builder = reply_to.into_iter().fold(builder, lettre::message::MessageBuilder::reply_to);
        builder = in_reply_to.into_iter().fold(builder, lettre::message::MessageBuilder::in_reply_to);
        if !references.is_empty() {
            builder = builder.references(references.join(" "));
        }
        let message = match self.body(files) {
            Ok(single) => builder.singlepart(single),
            Err(several) => builder.multipart(several),
        };
        let message = message.map_err(|error| AppOsError::execution("a mail cannot be written").caused_by(error))?;
        kept(&message, message_id)
    }

    fn files(&self, check: &mut Check) -> Vec<SinglePart> {
        let mut parts = Vec::new();
        for file in &self.attachments {
            let field = "attachments";
            let has_name = check.line(field, &file.name);
            if file.name.trim().is_empty() {
                check.wrong(field, "required", "has a file without a name");
            }
            let kind = file.content_type.as_str();
            match ContentType::parse(kind) {
                Ok(content_type) if has_name && !kind.chars().any(char::is_control) => {
                    // Byte for byte: another encoding would change the ends of lines.
                    match Body::new_with_encoding(file.bytes.clone(), ContentTransferEncoding::Base64) {
                        Ok(body) => parts.push(Attachment::new(file.name.clone()).body(body, content_type)),
                        Err(_) => check.wrong(field, "invalid", "has a file that cannot be written down"),
                    }
                }
                Ok(_) if !has_name => {}
                _ => check.wrong(field, "content_type", "has a file whose content type is none, such as `text/csv`"),
            }
        }
        let total: usize = self.attachments.iter().map(|file| file.bytes.len()).sum();
        if total > LARGEST / 4 * 3 {
            check.wrong("attachments", "too_large", format!("are larger than {} bytes", LARGEST / 4 * 3));
        }
        parts
    }

    /// A text alone, or all there is.
    fn body(&self, files: Vec<SinglePart>) -> std::result::Result<SinglePart, MultiPart> {
        let text = match (&self.text, &self.html) {
            (Some(text), _) => text.clone(),
            (None, Some(html)) => html_to_text(html),
            (None, None) => String::new(),
        };
        let body = match &self.html {
            None => Ok(SinglePart::plain(text)),
            Some(html) => Err(MultiPart::alternative_plain_html(text, html.clone())),
        };
        if files.is_empty() {
            return body;
        }
        let mixed = MultiPart::mixed();
        let mixed = match body {
            Ok(single) => mixed.singlepart(single),
            Err(several) => mixed.multipart(several),
        };
        Err(files.into_iter().fold(mixed, MultiPart::singlepart))
    }
}

fn kept(message: &Message, message_id: String) -> Result<Composed> {
    let bytes = message.formatted();
    if bytes.len() > LARGEST {
        let error = AppOsError::validation("the mail cannot be sent as it is").code_is("invalid_mail");
        return Err(error.field("text", "too_large", format!("has more than {LARGEST} bytes with all its files")));
    }
    let envelope = message.envelope();
    let sender = envelope.from().map(ToString::to_string).unwrap_or_default();
    let recipients = envelope.to().iter().map(ToString::to_string).collect();
    Ok(Composed { sender, recipients, message_id, message: STANDARD.encode(bytes) })
}
