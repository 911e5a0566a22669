//! What an app speaks to a server of mail or files with. Whoever has one of these was asked whether he may use the
//! system.

use tokio::io::{AsyncRead, AsyncWrite};
use uuid::Uuid;

use super::fault::is_theirs;
use super::ftp::{FtpClient, RemoteFile};
use super::imap::{ImapClient, MailSearch, ReceivedMessage};
use super::mail::{self, Email};
use super::systems::{Client, Systems};
use crate::codegen_support::dispatch;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::platform::rules::resource;
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;

/// What a connected system of some kind is for an app.
pub trait SystemHandle: Send {
    /// The handle of a system that may be used.
    #[doc(hidden)]
    fn opened(system: Opened) -> Self;
}

/// A connected system that its caller may use: made by [`open_system`] alone.
#[derive(Clone, Copy, Debug)]
pub struct Opened(&'static ObjectDescriptor);

/// Hands a connected system to whoever may use it. Nothing is connected to yet.
///
/// # Errors
/// The caller may not use the system, or there is no caller.
pub async fn open_system<H: SystemHandle>(object: &'static ObjectDescriptor) -> Result<H> {
    dispatch(object, LoggedArguments::none(), |_, _| async { Ok(()) }).await?;
    Ok(H::opened(Opened(object)))
}

/// Speaks with a system, unless it has failed too often; tells how it went.
pub(super) async fn speak<T>(
    object: &'static ObjectDescriptor,
    work: impl AsyncFnOnce(Client) -> Result<T>,
) -> Result<T> {
    let ctx = Ctx::current().ok_or_else(|| {
        AppOsError::dispatch(format!("{} was used outside any execution", object.reference)).code_is("no_context")
    })?;
    let systems = resource::<Systems>(&ctx)?;
    let system = systems.get(object)?;
    if !system.breaker.lets_pass() {
        let message = format!("{} has failed too often and is left alone for a while", object.reference);
        return Err(AppOsError::integration(message).code_is("system_unavailable"));
    }
    let client = systems.client(&ctx, system).await?;
    let done = work(client).await;
    match &done {
        Ok(_) => systems.note(system, None),
        Err(error) if is_theirs(error) => systems.note(system, Some(error)),
        Err(_) => {}
    }
    done
}

pub(super) fn other_kind() -> AppOsError {
    AppOsError::dispatch("the connected system is of another kind").code_is("not_callable")
}

/// A connected system of kind `smtp`, by which mail is sent.
///
/// ```
/// use appos_runtime::outside::{Email, SmtpSystem};
/// # use appos_runtime::Result;
/// async fn greet(mailer: SmtpSystem) -> Result<()> {
///     let mail = Email::to("ann@example.com").subject("Welcome").text("Hello, Ann!");
///     mailer.send(mail).await?;
///     Ok(())
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SmtpSystem(Opened);

impl SystemHandle for SmtpSystem {
    fn opened(system: Opened) -> Self {
        Self(system)
    }
}

impl SmtpSystem {
    /// Sends a mail through the outbox: if and only if the open transaction is committed, again and again until the
    /// server takes it, with the rights that the caller has then. Without a transaction it is certain to be sent when
    /// this answers. Answers the delivery's id; its message id stays the same at every attempt, so that a mail that
    /// was sent twice is seen as one.
    ///
    /// # Errors
    /// Something is wrong with the mail (code `invalid_mail`, with the fields), or it cannot be stored.
    pub async fn send(&self, mail: Email) -> Result<Uuid> {
        mail::enqueue(self.0.0, &mail).await
    }

    /// Sends a mail at once, and once: for a caller who waits to be told that the server has taken it. It is sent
    /// also if the open transaction is not committed.
    ///
    /// # Errors
    /// Something is wrong with the mail (code `invalid_mail`), the server refuses it (`remote_refused`), or it cannot
    /// be reached (`connection_failed`, `tls_failed`, `authentication_failed`, `timeout`, `system_unavailable`).
    pub async fn send_now(&self, mail: Email) -> Result<()> {
        // Of what a mail and its connection hold, callers would hold as much.
        Box::pin(mail::send(self.0.0, &mail)).await
    }
}

/// The mailboxes of a connected system of kind `imap`. A clone speaks over the same sessions.
///
/// Messages are named by their mailbox, such as `INBOX`, and by their number in it (UID), which stays as it is.
///
/// ```
/// use appos_runtime::outside::{ImapSystem, MailSearch};
/// # use appos_runtime::Result;
/// async fn take_in(mailbox: ImapSystem) -> Result<usize> {
///     let found = mailbox.search("INBOX", &MailSearch::new().unseen()).await?;
///     for uid in &found {
///         let Some(message) = mailbox.fetch("INBOX", *uid).await? else { continue };
///         println!("{:?}: {:?}", message.from, message.subject);
///         mailbox.mark_seen("INBOX", *uid).await?;
///     }
///     Ok(found.len())
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ImapSystem(Opened);

impl SystemHandle for ImapSystem {
    fn opened(system: Opened) -> Self {
        Self(system)
    }
}

impl ImapSystem {
    async fn speak<T>(&self, work: impl AsyncFnOnce(&ImapClient) -> Result<T>) -> Result<T> {
        speak(self.0.0, async |client| match client {
            Client::Imap(client) => work(&client).await,
            _ => Err(other_kind()),
        })
        .await
    }

    /// The names of all mailboxes.
    ///
    /// # Errors
    /// The server cannot be reached (codes `connection_failed`, `tls_failed`, `authentication_failed`, `timeout`), or
    /// refuses (`remote_refused`).
    pub async fn mailboxes(&self) -> Result<Vec<String>> {
        self.speak(async |client| client.mailboxes().await).await
    }

    /// The numbers of the messages of a mailbox that are like this, the first that came first.
    ///
    /// # Errors
    /// A text holds a line break or another control character (code `invalid_argument`), there is no such mailbox
    /// (`remote_refused`), or the server cannot be reached.
    pub async fn search(&self, mailbox: &str, search: &MailSearch) -> Result<Vec<u32>> {
        self.speak(async |client| client.search(mailbox, search).await).await
    }

    /// Reads a message of `max_response` of the system at most, else of 25 MiB; it stays as unread as it was. `None`: there is none with this number.
    ///
    /// # Errors
    /// It is larger (code `too_large`), there is no such mailbox (`remote_refused`), or the server cannot be reached.
    pub async fn fetch(&self, mailbox: &str, uid: u32) -> Result<Option<ReceivedMessage>> {
        self.speak(async |client| client.fetch(mailbox, uid, client.max_response()).await).await
    }

    /// As [`fetch`](Self::fetch), with another limit in bytes. The message is held in memory.
    ///
    /// # Errors
    /// As [`fetch`](Self::fetch).
    pub async fn fetch_up_to(&self, mailbox: &str, uid: u32, most: u64) -> Result<Option<ReceivedMessage>> {
        self.speak(async |client| client.fetch(mailbox, uid, most).await).await
    }

    /// Marks a message as read.
    ///
    /// # Errors
    /// There is no such mailbox (code `remote_refused`), or the server cannot be reached.
    pub async fn mark_seen(&self, mailbox: &str, uid: u32) -> Result<()> {
        self.speak(async |client| client.mark_seen(mailbox, uid).await).await
    }

    /// Moves a message to another mailbox, where it has another number.
    ///
    /// # Errors
    /// There is no such mailbox, or the server cannot move (code `remote_refused`); or it cannot be reached.
    pub async fn move_to(&self, mailbox: &str, uid: u32, target: &str) -> Result<()> {
        self.speak(async |client| client.move_to(mailbox, uid, target).await).await
    }

    /// Deletes a message for good.
    ///
    /// # Errors
    /// There is no such mailbox, or the server cannot delete single messages (code `remote_refused`); or it cannot be
    /// reached.
    pub async fn delete(&self, mailbox: &str, uid: u32) -> Result<()> {
        self.speak(async |client| client.delete(mailbox, uid).await).await
    }
}

/// The files of a connected system of kind `ftp` or `ftps`. A clone speaks over the same connections.
///
/// ```
/// use appos_runtime::outside::FtpSystem;
/// # use appos_runtime::Result;
/// async fn exchange(files: FtpSystem) -> Result<()> {
///     for file in files.list("/outgoing").await? {
///         let bytes = files.read(&format!("/outgoing/{}", file.name)).await?;
///         println!("{}: {} bytes", file.name, bytes.len());
///     }
///     files.write("/incoming/report.csv", b"a;b").await?;
///     files.rename("/incoming/report.csv", "/incoming/report.done").await
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FtpSystem(Opened);

impl SystemHandle for FtpSystem {
    fn opened(system: Opened) -> Self {
        Self(system)
    }
}

impl FtpSystem {
    async fn speak<T>(&self, work: impl AsyncFnOnce(&FtpClient) -> Result<T>) -> Result<T> {
        speak(self.0.0, async |client| match client {
            Client::Ftp(client) => work(&client).await,
            _ => Err(other_kind()),
        })
        .await
    }

    /// What stands in a folder, by name; of `""`, in the one in which the account begins.
    ///
    /// # Errors
    /// The path holds a line break or another control character (code `invalid_argument`), there is no such folder
    /// (`remote_refused`), or the server cannot be reached (`connection_failed`, `tls_failed`,
    /// `authentication_failed`, `timeout`).
    pub async fn list(&self, folder: &str) -> Result<Vec<RemoteFile>> {
        self.speak(async |client| client.list(folder).await).await
    }

    /// What a file of `max_response` of the system at most holds, else of 25 MiB.
    ///
    /// # Errors
    /// It is larger (code `too_large`), and as [`list`](Self::list).
    pub async fn read(&self, path: &str) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.speak(async |client| client.download(path, &mut bytes, client.max_response()).await).await?;
        Ok(bytes)
    }

    /// Writes a file, over one that was there.
    ///
    /// # Errors
    /// The server does not take it (code `remote_refused`), and as [`list`](Self::list).
    pub async fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let mut source = bytes;
        self.speak(async |client| client.upload(path, &mut source, u64::MAX).await).await.map(drop)
    }

    /// Writes a file of the server to `target`, a part at a time, and answers how many bytes it has.
    ///
    /// # Errors
    /// It has more than `most` bytes (code `too_large`; `target` has a part of it then), `target` cannot be written
    /// (`failed`), and as [`list`](Self::list).
    pub async fn download(&self, path: &str, target: &mut (impl AsyncWrite + Unpin + Send), most: u64) -> Result<u64> {
        self.speak(async |client| client.download(path, target, most).await).await
    }

    /// Writes all of `source` to a file, a part at a time, and answers how many bytes there were.
    ///
    /// # Errors
    /// `source` has more than `most` bytes (code `too_large`; a part of it may stand on the server then) or cannot be
    /// read (`failed`), and as [`write`](Self::write).
    pub async fn upload(&self, path: &str, source: &mut (impl AsyncRead + Unpin + Send), most: u64) -> Result<u64> {
        self.speak(async |client| client.upload(path, source, most).await).await
    }

    /// Gives a file or folder another path.
    ///
    /// # Errors
    /// The server refuses (code `remote_refused`), and as [`list`](Self::list).
    pub async fn rename(&self, from: &str, to: &str) -> Result<()> {
        self.speak(async |client| client.rename(from, to).await).await
    }

    /// Deletes a file.
    ///
    /// # Errors
    /// The server refuses (code `remote_refused`), and as [`list`](Self::list).
    pub async fn delete(&self, path: &str) -> Result<()> {
        self.speak(async |client| client.delete(path).await).await
    }

    /// Makes a folder.
    ///
    /// # Errors
    /// The server refuses (code `remote_refused`), and as [`list`](Self::list).
    pub async fn mkdir(&self, path: &str) -> Result<()> {
        self.speak(async |client| client.mkdir(path).await).await
    }
}
