//! What mail is read with.

use std::collections::BTreeSet;

use futures_util::TryStreamExt;

use super::connection::{Imap, Mailboxes, SMALL};
use super::message::ReceivedMessage;
use super::search::MailSearch;
use crate::error::{AppOsError, Result};
use crate::outside::credential::Credential;
use crate::outside::endpoint::Endpoint;
use crate::outside::fault::{garbled, in_time, one_line, refused, too_large};
use crate::outside::pool::Pool;

/// Bytes around a message in the answer that holds it.
const AROUND_A_MESSAGE: u64 = 64 << 10;

/// A server that keeps mail, with its sessions.
#[derive(Debug)]
pub(crate) struct ImapClient {
    pool: Pool<Imap>,
}

impl ImapClient {
    /// Connects to nothing yet.
    ///
    /// # Errors
    /// The credentials are none of IMAP's (code `unsuited_credentials`), or a certificate is none
    /// (`invalid_certificate`).
    pub(crate) fn new(endpoint: Endpoint, credential: Credential) -> Result<Self> {
        Ok(Self { pool: Pool::new(Imap::new(endpoint, credential)?)? })
    }

    /// Most bytes of a message, where the app says nothing else.
    pub(crate) fn max_response(&self) -> u64 {
        self.pool.protocol().endpoint.max_response
    }

    /// Lends a session to an exchange, which reads this many bytes at most.
    async fn exchange<T>(
        &self,
        (what, most): (&str, u64),
        work: impl AsyncFnOnce(&mut Mailboxes) -> Result<T>,
    ) -> Result<T> {
        let endpoint = &self.pool.protocol().endpoint;
        self.pool
            .with(async |mailboxes| {
                mailboxes.session.get_mut().allow(most);
                let done = in_time(endpoint, (what, endpoint.timeout), work(&mut *mailboxes)).await;
                if done.is_err() && mailboxes.session.get_ref().is_used_up() {
                    return Err(too_large("the answer of the server", most));
                }
                done
            })
            .await
    }

    /// The same with a mailbox open.
    async fn within<T>(
        &self,
        mailbox: &str,
        what: (&str, u64),
        work: impl AsyncFnOnce(&mut Mailboxes) -> Result<T>,
    ) -> Result<T> {
        one_line("mailbox", mailbox)?;
        self.exchange(what, async |mailboxes| {
            if mailboxes.open.as_deref() != Some(mailbox) {
                // Refused, none is open.
                mailboxes.open = None;
                mailboxes.session.select(mailbox).await.map_err(|error| self.fault(error))?;
                mailboxes.open = Some(mailbox.to_owned());
            }
            work(mailboxes).await
        })
        .await
    }

    fn fault(&self, error: async_imap::error::Error) -> AppOsError {
        self.pool.protocol().fault(error)
    }

    /// The names of all mailboxes.
    ///
    /// # Errors
    /// No session can be had, or the server refuses.
    pub(crate) async fn mailboxes(&self) -> Result<Vec<String>> {
        self.exchange(("listing mailboxes", SMALL), async |mailboxes| {
            let names = mailboxes.session.list(Some(""), Some("*")).await.map_err(|error| self.fault(error))?;
            let names: Vec<_> = names.try_collect().await.map_err(|error| self.fault(error))?;
            Ok(names.iter().map(|name| name.name().to_owned()).collect())
        })
        .await
    }

    /// The numbers of messages of a mailbox that are like this, oldest first.
    ///
    /// # Errors
    /// A text holds a control character (`invalid_argument`), there is no such mailbox (`remote_refused`), or no
    /// session can be had.
    pub(crate) async fn search(&self, mailbox: &str, search: &MailSearch) -> Result<Vec<u32>> {
        let query = search.query()?;
        let found = self.within(mailbox, ("a search", SMALL), async |mailboxes| {
            mailboxes.session.uid_search(&query).await.map_err(|error| self.fault(error))
        });
        Ok(found.await?.into_iter().collect::<BTreeSet<_>>().into_iter().collect())
    }

    /// Reads a message, which stays as unread as it was. `None`: there is none with this number.
    ///
    /// # Errors
    /// It has more than `most` bytes (code `too_large`), or no session can be had.
    pub(crate) async fn fetch(&self, mailbox: &str, uid: u32, most: u64) -> Result<Option<ReceivedMessage>> {
        let allowed = most.saturating_add(AROUND_A_MESSAGE);
        self.within(mailbox, ("fetching a message", allowed), async |mailboxes| {
            let Some(size) = self.size(mailboxes, uid).await? else { return Ok(None) };
            if u64::from(size) > most {
                return Err(too_large("the message", most));
            }
            let query = "(UID BODY.PEEK[])";
            let found = mailboxes.session.uid_fetch(uid.to_string(), query).await.map_err(|error| self.fault(error))?;
            let found: Vec<_> = found.try_collect().await.map_err(|error| self.fault(error))?;
            let body = found.iter().find(|one| one.uid == Some(uid)).and_then(|one| one.body());
            let Some(body) = body else { return Ok(None) };
            let parsed = ReceivedMessage::parse(uid, body);
            parsed.map(Some).ok_or_else(|| garbled(&self.pool.protocol().endpoint))
        })
        .await
    }

    async fn size(&self, mailboxes: &mut Mailboxes, uid: u32) -> Result<Option<u32>> {
        let found = mailboxes.session.uid_fetch(uid.to_string(), "(UID RFC822.SIZE)").await;
        let found: Vec<_> =
            found.map_err(|error| self.fault(error))?.try_collect().await.map_err(|error| self.fault(error))?;
        Ok(found.iter().find(|one| one.uid == Some(uid)).and_then(|one| one.size))
    }

    /// Marks a message as read.
    ///
    /// # Errors
    /// No session can be had, or the server refuses.
    pub(crate) async fn mark_seen(&self, mailbox: &str, uid: u32) -> Result<()> {
        self.within(mailbox, ("marking a message", SMALL), async |mailboxes| self.flag(mailboxes, uid, "\\Seen").await)
            .await
    }

    async fn flag(&self, mailboxes: &mut Mailboxes, uid: u32, flag: &str) -> Result<()> {
        let query = format!("+FLAGS.SILENT ({flag})");
        let stored = mailboxes.session.uid_store(uid.to_string(), query).await.map_err(|error| self.fault(error))?;
        stored.try_collect::<Vec<_>>().await.map_err(|error| self.fault(error)).map(drop)
    }

    /// Moves a message to another mailbox.
    ///
    /// # Errors
    /// There is no such mailbox, or the server does not know MOVE (RFC 6851) (`remote_refused`); or no session can
    /// be had.
    pub(crate) async fn move_to(&self, mailbox: &str, uid: u32, target: &str) -> Result<()> {
        one_line("target", target)?;
        self.within(mailbox, ("moving a message", SMALL), async |mailboxes| {
            mailboxes.session.uid_mv(uid.to_string(), target).await.map_err(|error| self.fault(error))
        })
        .await
    }

    /// Deletes a message for good, and no other.
    ///
    /// # Errors
    /// The server cannot delete single messages (UIDPLUS, RFC 4315) or refuses (`remote_refused`); or no session can
    /// be had.
    pub(crate) async fn delete(&self, mailbox: &str, uid: u32) -> Result<()> {
        self.within(mailbox, ("deleting a message", SMALL), async |mailboxes| {
            let can = mailboxes.session.capabilities().await.map_err(|error| self.fault(error))?.has_str("UIDPLUS");
            if !can {
                return Err(refused(&self.pool.protocol().endpoint, "it cannot delete single messages (UIDPLUS)"));
            }
            self.flag(mailboxes, uid, "\\Deleted").await?;
            let gone = mailboxes.session.uid_expunge(uid.to_string()).await.map_err(|error| self.fault(error))?;
            gone.try_collect::<Vec<_>>().await.map_err(|error| self.fault(error)).map(drop)
        })
        .await
    }

    /// Connects, shows the credentials, and asks whether the server is there.
    ///
    /// # Errors
    /// One of these fails.
    pub(crate) async fn check(&self) -> Result<()> {
        self.exchange(("the check", SMALL), async |mailboxes| {
            mailboxes.session.noop().await.map_err(|error| self.fault(error))
        })
        .await
    }

    /// Makes a mailbox.
    #[cfg(test)]
    pub(super) async fn make(&self, mailbox: &str) {
        let made = self.exchange(("making a mailbox", SMALL), async |mailboxes| {
            mailboxes.session.create(mailbox).await.map_err(|error| self.fault(error))
        });
        made.await.unwrap();
    }

    /// How many sessions are open.
    #[cfg(test)]
    pub(super) fn connections(&self) -> usize {
        self.pool.size()
    }
}
