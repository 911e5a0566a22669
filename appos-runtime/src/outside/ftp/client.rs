//! What files are fetched and brought with.

use suppaftp::Status;
use suppaftp::tokio::{AsyncRustlsFtpStream, AsyncRustlsStream, TransferStream};
use suppaftp::types::FtpError;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::connection::Ftp;
use super::entry::RemoteFile;
use crate::error::{AppOsError, Result};
use crate::outside::credential::Credential;
use crate::outside::endpoint::Endpoint;
use crate::outside::fault::{in_time, one_line, too_large};
use crate::outside::pool::Pool;

/// Bytes that are carried at a time.
const PART: usize = 64 << 10;

/// Most bytes of a listing.
const LONGEST_LISTING: u64 = 16 << 20;

/// Answers that open a connection for data.
const OPENED: [Status; 2] = [Status::AboutToSend, Status::AlreadyOpen];

/// A server that keeps files, with its connections.
#[derive(Debug)]
pub(crate) struct FtpClient {
    pool: Pool<Ftp>,
}

impl FtpClient {
    /// Connects to nothing yet.
    ///
    /// # Errors
    /// The credentials are none of FTP's (code `unsuited_credentials`), or a certificate is none
    /// (`invalid_certificate`).
    pub(crate) fn new(endpoint: Endpoint, credential: Credential) -> Result<Self> {
        Ok(Self { pool: Pool::new(Ftp::new(endpoint, credential)?)? })
    }

    /// Most bytes of a file, where the app says nothing else.
    pub(crate) fn max_response(&self) -> u64 {
        self.endpoint().max_response
    }

    fn endpoint(&self) -> &Endpoint {
        &self.pool.protocol().endpoint
    }

    fn fault(&self, error: FtpError) -> AppOsError {
        self.pool.protocol().fault(error)
    }

    /// One exchange of the protocol, in time.
    async fn step<T>(&self, what: &str, exchange: impl Future<Output = Result<T, FtpError>>) -> Result<T> {
        let limit = self.endpoint().timeout;
        in_time(self.endpoint(), (what, limit), async { exchange.await.map_err(|error| self.fault(error)) }).await
    }

    /// What stands in a folder, by name.
    ///
    /// # Errors
    /// The path holds a control character (`invalid_argument`), there is no such folder (`remote_refused`), the
    /// listing is larger than 16 MiB (`too_large`), or no connection can be had.
    pub(crate) async fn list(&self, folder: &str) -> Result<Vec<RemoteFile>> {
        one_line("folder", folder)?;
        self.pool
            .with(async |connection| {
                // Servers without `MLSD` (RFC 3659) refuse it with 500 or 502.
                let exact = connection.custom_data_command(format!("MLSD {folder}"), &OPENED);
                let (stream, read): (_, fn(&str) -> Option<RemoteFile>) = match self.step("a listing", exact).await {
                    Ok((_, stream)) => (stream, RemoteFile::from_mlsd),
                    Err(error) if error.code() == "remote_refused" => {
                        let plain = connection.custom_data_command(format!("LIST {folder}"), &OPENED);
                        (self.step("a listing", plain).await?.1, RemoteFile::from_list)
                    }
                    Err(error) => return Err(error),
                };
                let mut text = Vec::new();
                self.receive(stream, &mut text, ("the listing", LONGEST_LISTING)).await?;
                let mut files: Vec<_> = String::from_utf8_lossy(&text).lines().filter_map(read).collect();
                files.sort_by(|one, other| one.name.cmp(&other.name));
                Ok(files)
            })
            .await
    }

    /// Writes a file of the server to `target`, a part at a time, and answers how many bytes it has.
    ///
    /// # Errors
    /// The path holds a control character (`invalid_argument`), there is no such file (`remote_refused`), it has more
    /// than `most` bytes (`too_large`; `target` was given as many then), `target` fails (`failed`), or no connection
    /// can be had.
    pub(crate) async fn download(
        &self,
        path: &str,
        target: &mut (impl AsyncWrite + Unpin + Send),
        most: u64,
    ) -> Result<u64> {
        one_line("path", path)?;
        self.pool
            .with(async |connection| {
                let stream = self.step("a download", connection.retr_as_stream(path)).await?;
                self.receive(stream, target, ("the file", most)).await
            })
            .await
    }

    async fn receive(
        &self,
        mut stream: TransferStream<AsyncRustlsStream>,
        target: &mut (impl AsyncWrite + Unpin + Send),
        (what, most): (&str, u64),
    ) -> Result<u64> {
        let (mut part, mut total) = (vec![0; PART], 0_u64);
        loop {
            let read = async { stream.read(&mut part).await.map_err(FtpError::ConnectionError) };
            let length = self.step("a part of a file", read).await?;
            if length == 0 {
                break;
            }
            total += length as u64;
            if total > most {
                return Err(too_large(what, most));
            }
            target.write_all(&part[..length]).await.map_err(unwritable)?;
        }
        target.flush().await.map_err(unwritable)?;
        self.step("the end of a file", stream.finish()).await?;
        Ok(total)
    }

    /// Writes all of `source` to a file of the server, a part at a time, and answers how many bytes there were. One
    /// that was there is overwritten.
    ///
    /// # Errors
    /// The path holds a control character (`invalid_argument`), the server refuses (`remote_refused`), `source` has
    /// more than `most` bytes (`too_large`) or fails (`failed`), or no connection can be had. A part of the file may
    /// stand on the server then.
    pub(crate) async fn upload(
        &self,
        path: &str,
        source: &mut (impl AsyncRead + Unpin + Send),
        most: u64,
    ) -> Result<u64> {
        one_line("path", path)?;
        self.pool
            .with(async |connection| {
                let mut stream = self.step("an upload", connection.put_with_stream(path)).await?;
                let (mut part, mut total) = (vec![0; PART], 0_u64);
                loop {
                    let length = source.read(&mut part).await.map_err(unreadable)?;
                    if length == 0 {
                        break;
                    }
                    total += length as u64;
                    if total > most {
                        return Err(too_large("the file", most));
                    }
                    let write = async { stream.write_all(&part[..length]).await.map_err(FtpError::ConnectionError) };
                    self.step("a part of a file", write).await?;
                }
                self.step("the end of a file", stream.finish()).await?;
                Ok(total)
            })
            .await
    }

    /// Gives a file or folder another path.
    ///
    /// # Errors
    /// A path holds a control character (`invalid_argument`), the server refuses (`remote_refused`), or no connection
    /// can be had.
    pub(crate) async fn rename(&self, from: &str, to: &str) -> Result<()> {
        one_line("from", from)?;
        one_line("to", to)?;
        self.command("a renaming", async |connection| connection.rename(from, to).await).await
    }

    /// Deletes a file.
    ///
    /// # Errors
    /// As [`rename`](Self::rename).
    pub(crate) async fn delete(&self, path: &str) -> Result<()> {
        one_line("path", path)?;
        self.command("a deletion", async |connection| connection.rm(path).await).await
    }

    /// Makes a folder.
    ///
    /// # Errors
    /// As [`rename`](Self::rename).
    pub(crate) async fn mkdir(&self, path: &str) -> Result<()> {
        one_line("path", path)?;
        self.command("making a folder", async |connection| connection.mkdir(path).await).await
    }

    /// Connects, shows the credentials, and asks whether the server is there.
    ///
    /// # Errors
    /// One of these fails.
    pub(crate) async fn check(&self) -> Result<()> {
        self.command("the check", async |connection| connection.noop().await).await
    }

    async fn command(
        &self,
        what: &str,
        work: impl AsyncFnOnce(&mut AsyncRustlsFtpStream) -> Result<(), FtpError>,
    ) -> Result<()> {
        self.pool.with(async |connection| self.step(what, work(connection)).await).await
    }

    /// How many connections are open.
    #[cfg(test)]
    pub(super) fn connections(&self) -> usize {
        self.pool.size()
    }
}

fn unwritable(error: std::io::Error) -> AppOsError {
    AppOsError::execution("a download cannot be written").caused_by(error)
}

fn unreadable(error: std::io::Error) -> AppOsError {
    AppOsError::execution("what is to be uploaded cannot be read").caused_by(error)
}
