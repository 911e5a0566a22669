//! The mail that the platform itself sends: by which system, and what is wrong with the settings of it.

use super::email::Email;
use super::sending::enqueue;
use crate::config::{ConfigMistake, PlatformConfig};
use crate::error::Result;
use crate::registry::{ObjectDescriptor, ObjectDetail, Registry, SystemKind};

/// The connected system by which the platform itself sends.
pub(crate) struct OwnMail(&'static ObjectDescriptor);

impl OwnMail {
    /// The system that the settings name; `None`: they name none that sends mail.
    pub(crate) fn of(registry: &'static Registry, config: &PlatformConfig) -> Option<Self> {
        let object = named(registry, config.mail.system.as_deref()?)?;
        is_smtp(object).then_some(Self(object))
    }

    /// Sends a mail through the outbox, as the caller.
    ///
    /// # Errors
    /// Something is wrong with the mail, or the row cannot be written.
    pub(crate) async fn send(&self, mail: &Email) -> Result<()> {
        enqueue(self.0, mail).await.map(drop)
    }
}

/// True if some system of this program sends mail.
pub(crate) fn sends_mail(registry: &Registry) -> bool {
    registry.objects().iter().any(|object| is_smtp(object))
}

fn is_smtp(object: &ObjectDescriptor) -> bool {
    matches!(object.detail, ObjectDetail::ConnectedSystem(system) if system.kind == SystemKind::Smtp)
}

/// By its reference, or as settings name systems: `crm.mailer`.
fn named(registry: &'static Registry, name: &str) -> Option<&'static ObjectDescriptor> {
    let all = registry.objects().iter().copied();
    let mut systems = all.filter(|object| matches!(object.detail, ObjectDetail::ConnectedSystem(_)));
    systems.find(|object| object.reference == name || format!("{}.{}", object.app, object.name) == name)
}

/// What is wrong with the settings of the platform's own mail.
pub(crate) fn mail_mistakes(registry: &'static Registry, config: &PlatformConfig) -> Vec<ConfigMistake> {
    let Some(name) = config.mail.system.as_deref() else { return Vec::new() };
    let mistake = |message: String, help: String| {
        vec![ConfigMistake { file: "appos.yaml".to_owned(), line: None, column: None, message, help: Some(help) }]
    };
    match named(registry, name) {
        None => {
            let all = registry.objects().iter().filter(|object| is_smtp(object));
            let help = match all.map(|object| format!("`{}`", object.reference)).collect::<Vec<_>>() {
                none if none.is_empty() => "remove it: no app of this program has a system of kind `smtp`".to_owned(),
                some => format!("write one of these: {}", some.join(", ")),
            };
            mistake(format!("`mail.system` names `{name}`, which is no connected system"), help)
        }
        Some(object) if !is_smtp(object) => mistake(
            format!("`mail.system` names `{name}`, which does not send mail"),
            "name a connected system of kind `smtp`".to_owned(),
        ),
        // Links would lead to the address on which the server listens, which is nobody's but its own.
        Some(_) if !config.mail.catches(&config.environment) && config.server.public_url.is_none() => mistake(
            "`mail.system` is set, and `server.public_url` is not: links in mails would lead nowhere".to_owned(),
            "write `public_url: https://acme.example` below `server`".to_owned(),
        ),
        Some(_) => Vec::new(),
    }
}
