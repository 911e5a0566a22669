//! What an app speaks to a server of mail or files with. Whoever has one of these was asked whether he may use the
//! system.

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};

use super::ftp::{FtpClient, RemoteFile};
use super::imap::{ImapClient, MailSearch, ReceivedMessage};
use crate::error::Result;

/// Most bytes of a message or a file, where the app says nothing else.
const LARGEST: u64 = 25 << 20;

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
#[derive(Clone, Debug)]
pub struct ImapSystem(Arc<ImapClient>);

impl ImapSystem {
    pub(crate) fn new(client: Arc<ImapClient>) -> Self {
        Self(client)
    }

    /// The names of all mailboxes.
    ///
    /// # Errors
    /// The server cannot be reached (codes `connection_failed`, `tls_failed`, `authentication_failed`, `timeout`), or
    /// refuses (`remote_refused`).
    pub async fn mailboxes(&self) -> Result<Vec<String>> {
        self.0.mailboxes().await
    }

    /// The numbers of the messages of a mailbox that are like this, the first that came first.
    ///
    /// # Errors
    /// A text holds a line break or another control character (code `invalid_argument`), there is no such mailbox
    /// (`remote_refused`), or the server cannot be reached.
    pub async fn search(&self, mailbox: &str, search: &MailSearch) -> Result<Vec<u32>> {
        self.0.search(mailbox, search).await
    }

    /// Reads a message of 25 MiB at most; it stays as unread as it was. `None`: there is none with this number.
    ///
    /// # Errors
    /// It is larger (code `too_large`), there is no such mailbox (`remote_refused`), or the server cannot be reached.
    pub async fn fetch(&self, mailbox: &str, uid: u32) -> Result<Option<ReceivedMessage>> {
        self.fetch_up_to(mailbox, uid, LARGEST).await
    }

    /// As [`fetch`](Self::fetch), with another limit in bytes. The message is held in memory.
    ///
    /// # Errors
    /// As [`fetch`](Self::fetch).
    pub async fn fetch_up_to(&self, mailbox: &str, uid: u32, most: u64) -> Result<Option<ReceivedMessage>> {
        self.0.fetch(mailbox, uid, most).await
    }

    /// Marks a message as read.
    ///
    /// # Errors
    /// There is no such mailbox (code `remote_refused`), or the server cannot be reached.
    pub async fn mark_seen(&self, mailbox: &str, uid: u32) -> Result<()> {
        self.0.mark_seen(mailbox, uid).await
    }

    /// Moves a message to another mailbox, where it has another number.
    ///
    /// # Errors
    /// There is no such mailbox, or the server cannot move (code `remote_refused`); or it cannot be reached.
    pub async fn move_to(&self, mailbox: &str, uid: u32, target: &str) -> Result<()> {
        self.0.move_to(mailbox, uid, target).await
    }

    /// Deletes a message for good.
    ///
    /// # Errors
    /// There is no such mailbox, or the server cannot delete single messages (code `remote_refused`); or it cannot be
    /// reached.
    pub async fn delete(&self, mailbox: &str, uid: u32) -> Result<()> {
        self.0.delete(mailbox, uid).await
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
#[derive(Clone, Debug)]
pub struct FtpSystem(Arc<FtpClient>);

impl FtpSystem {
    pub(crate) fn new(client: Arc<FtpClient>) -> Self {
        Self(client)
    }

    /// What stands in a folder, by name; of `""`, in the one in which the account begins.
    ///
    /// # Errors
    /// The path holds a line break or another control character (code `invalid_argument`), there is no such folder
    /// (`remote_refused`), or the server cannot be reached (`connection_failed`, `tls_failed`,
    /// `authentication_failed`, `timeout`).
    pub async fn list(&self, folder: &str) -> Result<Vec<RemoteFile>> {
        self.0.list(folder).await
    }

    /// What a file of 25 MiB at most holds.
    ///
    /// # Errors
    /// It is larger (code `too_large`), and as [`list`](Self::list).
    pub async fn read(&self, path: &str) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.0.download(path, &mut bytes, LARGEST).await?;
        Ok(bytes)
    }

    /// Writes a file, over one that was there.
    ///
    /// # Errors
    /// The server does not take it (code `remote_refused`), and as [`list`](Self::list).
    pub async fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let mut source = bytes;
        self.0.upload(path, &mut source, u64::MAX).await.map(drop)
    }

    /// Writes a file of the server to `target`, a part at a time, and answers how many bytes it has.
    ///
    /// # Errors
    /// It has more than `most` bytes (code `too_large`; `target` has a part of it then), `target` cannot be written
    /// (`failed`), and as [`list`](Self::list).
    pub async fn download(
        &self,
        path: &str,
        target: &mut (impl AsyncWrite + Unpin + Send),
        most: u64,
    ) -> Result<u64> {
        self.0.download(path, target, most).await
    }

    /// Writes all of `source` to a file, a part at a time, and answers how many bytes there were.
    ///
    /// # Errors
    /// `source` has more than `most` bytes (code `too_large`; a part of it may stand on the server then) or cannot be
    /// read (`failed`), and as [`write`](Self::write).
    pub async fn upload(&self, path: &str, source: &mut (impl AsyncRead + Unpin + Send), most: u64) -> Result<u64> {
        self.0.upload(path, source, most).await
    }

    /// Gives a file or folder another path.
    ///
    /// # Errors
    /// The server refuses (code `remote_refused`), and as [`list`](Self::list).
    pub async fn rename(&self, from: &str, to: &str) -> Result<()> {
        self.0.rename(from, to).await
    }

    /// Deletes a file.
    ///
    /// # Errors
    /// The server refuses (code `remote_refused`), and as [`list`](Self::list).
    pub async fn delete(&self, path: &str) -> Result<()> {
        self.0.delete(path).await
    }

    /// Makes a folder.
    ///
    /// # Errors
    /// The server refuses (code `remote_refused`), and as [`list`](Self::list).
    pub async fn mkdir(&self, path: &str) -> Result<()> {
        self.0.mkdir(path).await
    }
}
