//! What is shown of a mail that was caught. What it says reaches no log.

use serde::{Deserialize, Serialize};

use super::table::{Found, MESSAGES, SUMMARIES};
use crate::error::{AppOsError, Result};
use crate::outside::imap::{Address, Attachment, ReceivedMessage};
use crate::outside::mail::compose::Composed;
use crate::platform::rules::Secret;
use crate::value::DateTime;
use crate::vault::SecretKeys;

/// What a list shows of a mail.
#[derive(Serialize, Deserialize)]
pub(super) struct Summary {
    from: String,
    to: String,
    subject: String,
}

impl Summary {
    /// Of a mail that is to be kept.
    pub(super) fn of(composed: &Composed) -> Result<Self> {
        let message = parsed(composed)?;
        Ok(Self {
            from: in_one_line(&message.from),
            // Also those whom nobody sees.
            to: composed.recipients.join(", "),
            subject: message.subject.unwrap_or_default(),
        })
    }
}

/// A mail in the list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CaughtMail {
    /// By which it is shown.
    pub(crate) id: String,
    /// When it would have been sent.
    pub(crate) caught_at: Option<DateTime>,
    /// The connected system by which it would have been sent.
    pub(crate) system: String,
    /// Its sender.
    pub(crate) from: Secret,
    /// Everybody whom it is for.
    pub(crate) to: Secret,
    /// What it is about.
    pub(crate) subject: Secret,
}

impl CaughtMail {
    pub(super) fn read(found: Found, keys: &SecretKeys) -> Result<Self> {
        let summary = keys.open(SUMMARIES.of(&found.mail), &found.text)?;
        Ok(Self::of(found, serde_json::from_str(&summary)?))
    }

    fn of(found: Found, summary: Summary) -> Self {
        Self {
            id: found.mail,
            caught_at: found.caught_at,
            system: found.system,
            from: summary.from.into(),
            to: summary.to.into(),
            subject: summary.subject.into(),
        }
    }
}

/// A file of a mail.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct MailFile {
    /// Its name.
    pub(crate) name: Secret,
    /// Its type, as the mail says.
    pub(crate) content_type: String,
    /// Its bytes.
    pub(crate) size: usize,
}

/// A mail as a whole.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ShownMail {
    /// As in the list.
    #[serde(flatten)]
    pub(crate) listed: CaughtMail,
    /// Its text.
    pub(crate) text: Secret,
    /// Its HTML, if it has some.
    pub(crate) html: Option<Secret>,
    /// Its head, as it would have been sent.
    pub(crate) headers: Secret,
    /// Its files.
    pub(crate) attachments: Vec<MailFile>,
    /// What the files hold, in the same order.
    #[serde(skip)]
    pub(crate) contents: Vec<Vec<u8>>,
}

impl ShownMail {
    pub(super) fn read(found: Found, keys: &SecretKeys) -> Result<Self> {
        let composed: Composed = serde_json::from_str(&keys.open(MESSAGES.of(&found.mail), &found.text)?)?;
        let bytes = composed.message()?;
        let message = parsed(&composed)?;
        let summary = Summary::of(&composed)?;
        let file = |(index, file): (usize, &Attachment)| MailFile {
            name: file.name.clone().unwrap_or_else(|| format!("file-{}", index + 1)).into(),
            content_type: file.content_type.clone(),
            size: file.bytes.len(),
        };
        Ok(Self {
            text: message.text.unwrap_or_default().into(),
            html: message.html.map(Into::into),
            headers: head(&bytes).into(),
            attachments: message.attachments.iter().enumerate().map(file).collect(),
            contents: message.attachments.into_iter().map(|file| file.bytes).collect(),
            listed: CaughtMail::of(found, summary),
        })
    }
}

fn parsed(composed: &Composed) -> Result<ReceivedMessage> {
    let message = ReceivedMessage::parse(0, &composed.message()?);
    message.ok_or_else(|| AppOsError::execution("a kept mail is damaged"))
}

/// What stands before the first empty line.
fn head(message: &[u8]) -> String {
    let message = String::from_utf8_lossy(message);
    let head = message.split("\r\n\r\n").next().unwrap_or_default();
    head.replace("\r\n", "\n")
}

fn in_one_line(addresses: &[Address]) -> String {
    let one = |one: &Address| match &one.name {
        Some(name) => format!("{name} <{}>", one.address),
        None => one.address.clone(),
    };
    addresses.iter().map(one).collect::<Vec<_>>().join(", ")
}
