//! Where bytes lie: a folder of this machine, or a bucket of S3. Each file has a folder of its own, named by its id.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{BoxStream, StreamExt, TryStreamExt, try_unfold};
use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ClientOptions, GetOptions, GetRange, GetResultPayload, ObjectStore, ObjectStoreExt};
use secrecy::ExposeSecret;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::config::{FilesConfig, S3Config};
use crate::error::{AppOsError, Result};
use crate::journal::private_folder;

/// What is written at a time in a folder.
const PART_OF_FOLDER: usize = 1 << 20;
/// What is sent at a time to S3, which takes no less than 5 MB.
const PART_OF_S3: usize = 8 << 20;
/// What is read at a time.
const PART_READ: usize = 256 << 10;

/// Bytes of a file, a part at a time.
pub(crate) type Parts = BoxStream<'static, Result<Bytes>>;

/// A place for files.
pub(crate) struct Storage {
    store: Arc<dyn ObjectStore>,
    /// The folder, if that is what it is.
    folder: Option<PathBuf>,
    prefix: Key,
}

/// What is kept of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The file itself.
    Content,
    /// A small picture of it.
    Thumbnail,
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Thumbnail => "thumbnail",
        }
    }
}

impl Storage {
    /// Opens the place that the settings name; the folder is made when the first file comes.
    ///
    /// # Errors
    /// The settings of the bucket are not whole, or the folder cannot be used.
    pub(crate) fn open(config: &FilesConfig, logs: &Path) -> Result<Self> {
        if let Some(bucket) = &config.s3.bucket {
            return Self::of_bucket(bucket, &config.s3);
        }
        let folder = config.folder.clone().unwrap_or_else(|| logs.join("files"));
        private_folder(&folder).map_err(|error| unusable(&folder, &error.to_string()))?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(|error| unusable(&folder, &error.to_string()))?;
        // What was answered to be kept is still there when the power comes back.
        Ok(Self { store: Arc::new(store.with_fsync(true)), folder: Some(folder), prefix: Key::default() })
    }

    fn of_bucket(bucket: &str, config: &S3Config) -> Result<Self> {
        let wrong =
            |why: String| AppOsError::dispatch(format!("files cannot be kept in S3: {why}")).code_is("no_files");
        let (Some(id), Some(secret)) = (&config.access_key_id, &config.secret_access_key) else {
            let why = "set `files.s3.access_key_id`, and the environment variable APPOS__FILES__S3__SECRET_ACCESS_KEY";
            return Err(wrong(why.to_owned()));
        };
        // One cryptography for all that speaks TLS; somebody else may have chosen it already.
        rustls::crypto::ring::default_provider().install_default().ok();
        let plain = config.endpoint.as_deref().is_some_and(|endpoint| endpoint.starts_with("http://"));
        let client = ClientOptions::new()
            .with_connect_timeout(Duration::from_secs(10))
            // Of one part, not of the file.
            .with_timeout(Duration::from_mins(2))
            .with_allow_http(plain);
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(bucket)
            .with_region(&config.region)
            .with_access_key_id(id)
            .with_secret_access_key(secret.expose_secret())
            .with_client_options(client);
        if let Some(endpoint) = &config.endpoint {
            builder = builder.with_endpoint(endpoint).with_virtual_hosted_style_request(false);
        }
        let store = builder.build().map_err(|error| wrong(error.to_string()))?;
        let prefix = config.prefix.as_deref().map(Key::from).unwrap_or_default();
        Ok(Self { store: Arc::new(store), folder: None, prefix })
    }

    /// Few entries a folder: the first signs of an id would be those of its time.
    fn folder_of(&self, id: Uuid) -> Key {
        let text = id.simple().to_string();
        let last = text.get(text.len().saturating_sub(2)..).unwrap_or_default();
        self.prefix.clone().join(last).join(text.as_str())
    }

    fn key(&self, id: Uuid, part: Part) -> Key {
        self.folder_of(id).join(part.name())
    }

    /// Begins to write; nothing can be read before [`finish`](Writing::finish).
    pub(crate) fn write(&self, id: Uuid, part: Part) -> Writing {
        let size = if self.folder.is_some() { PART_OF_FOLDER } else { PART_OF_S3 };
        let writer = BufWriter::with_capacity(Arc::clone(&self.store), self.key(id, part), size);
        Writing(writer.with_max_concurrency(1))
    }

    /// Bytes of a file from a place on to another one.
    ///
    /// # Errors
    /// There is no such file (code `file_missing`), or it cannot be read.
    pub(crate) async fn read(&self, id: Uuid, part: Part, (from, to): (u64, u64)) -> Result<Parts> {
        if from >= to {
            // An empty file has no range.
            self.store.head(&self.key(id, part)).await.map_err(unreadable)?;
            return Ok(futures_util::stream::empty().boxed());
        }
        let options = GetOptions { range: Some(GetRange::Bounded(from..to)), ..GetOptions::default() };
        let found = self.store.get_opts(&self.key(id, part), options).await.map_err(unreadable)?;
        // What there is of it: a part that is asked for may be longer.
        let part = (found.range.start, found.range.end);
        Ok(match found.payload {
            // Read in larger parts than the crate would.
            GetResultPayload::File(file, _) => parts_of(file, part),
            GetResultPayload::Stream(stream) => stream.map_err(unreadable).boxed(),
        })
    }

    /// Removes everything of a file, also what was only begun. To remove what is not there is no mistake.
    ///
    /// # Errors
    /// It cannot be removed now.
    pub(crate) async fn erase(&self, id: Uuid) -> Result<()> {
        if let Some(folder) = &self.folder {
            let folder = folder.join(self.folder_of(id).as_ref());
            let removed = tokio::task::spawn_blocking(move || match std::fs::remove_dir_all(folder) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
                other => other,
            });
            let removed = removed.await.map_err(|error| failed().caused_by(error))?;
            return removed.map_err(|error| failed().caused_by(error));
        }
        for part in [Part::Thumbnail, Part::Content] {
            match self.store.delete(&self.key(id, part)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(failed().caused_by(error)),
            }
        }
        Ok(())
    }

    /// The size of a file; `None`: there is none.
    ///
    /// # Errors
    /// Nobody can tell now.
    pub(crate) async fn size(&self, id: Uuid) -> Result<Option<u64>> {
        match self.store.head(&self.key(id, Part::Content)).await {
            Ok(found) => Ok(Some(found.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed().caused_by(error)),
        }
    }

    /// Tries what the next file will do: a folder is written to, a bucket is asked.
    ///
    /// # Errors
    /// The folder cannot be written, or the bucket does not answer.
    pub(crate) async fn probe(&self) -> Result<()> {
        let Some(folder) = &self.folder else { return self.size(Uuid::nil()).await.map(drop) };
        let trial = folder.join(format!(".writable-{}", Uuid::now_v7().simple()));
        let tried = tokio::task::spawn_blocking(move || {
            std::fs::write(&trial, "")?;
            std::fs::remove_file(trial)
        });
        tried.await.map_err(|error| full().caused_by(error))?.map_err(|error| full().caused_by(error))
    }

    /// Ids of all files; `None`: a name that is none of ours.
    pub(crate) fn all(&self) -> BoxStream<'static, Result<Option<Uuid>>> {
        let prefix = (!self.prefix.as_ref().is_empty()).then(|| self.prefix.clone());
        let listed = self.store.list(prefix.as_ref()).map_err(|error| failed().caused_by(error));
        let named = listed.map_ok(|found| {
            let folder = found.location.parts().rev().nth(1);
            folder.and_then(|folder| Uuid::parse_str(folder.as_ref()).ok())
        });
        named.boxed()
    }
}

impl std::fmt::Debug for Storage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Storage")
    }
}

/// A file that is being written.
pub(crate) struct Writing(BufWriter);

impl Writing {
    /// Takes more of it.
    ///
    /// # Errors
    /// It cannot be written (code `storage_full`).
    pub(crate) async fn put(&mut self, bytes: Bytes) -> Result<()> {
        self.0.put(bytes).await.map_err(|error| full().caused_by(error))
    }

    /// That was all: from now on it can be read.
    ///
    /// # Errors
    /// It cannot be written (code `storage_full`).
    pub(crate) async fn finish(mut self) -> Result<()> {
        self.0.shutdown().await.map_err(|error| full().caused_by(error))
    }

    /// It is not to be there.
    pub(crate) async fn give_up(mut self) {
        if let Err(error) = self.0.abort().await {
            tracing::warn!(%error, "what there is of a file is removed later");
        }
    }
}

/// Reads on in threads that may wait.
fn parts_of(file: std::fs::File, (from, to): (u64, u64)) -> Parts {
    let read = move |(mut file, at, to): (std::fs::File, u64, u64)| async move {
        if at >= to {
            return Ok(None);
        }
        let read = tokio::task::spawn_blocking(move || {
            use std::io::{Read, Seek, SeekFrom};
            if at == from {
                file.seek(SeekFrom::Start(at))?;
            }
            let length = usize::try_from(to - at).unwrap_or(usize::MAX).min(PART_READ);
            let mut part = vec![0; length];
            file.read_exact(&mut part)?;
            Ok::<_, std::io::Error>((file, part))
        });
        let (file, part) =
            read.await.map_err(|error| cut().caused_by(error))?.map_err(|error| cut().caused_by(error))?;
        let next = at + part.len() as u64;
        Ok(Some((Bytes::from(part), (file, next, to))))
    };
    try_unfold((file, from, to), read).boxed()
}

fn unusable(folder: &Path, why: &str) -> AppOsError {
    let folder = folder.display();
    AppOsError::dispatch(format!("files cannot be kept in the folder {folder}: {why}")).code_is("no_files")
}

fn unreadable(error: object_store::Error) -> AppOsError {
    match error {
        error @ object_store::Error::NotFound { .. } => {
            AppOsError::dispatch("the file of this document is missing").code_is("file_missing").caused_by(error)
        }
        error => AppOsError::dispatch("files cannot be read right now").code_is("files_unavailable").caused_by(error),
    }
}

fn failed() -> AppOsError {
    AppOsError::dispatch("files cannot be reached right now").code_is("files_unavailable")
}

fn full() -> AppOsError {
    AppOsError::dispatch("the file cannot be kept").code_is("storage_full")
}

fn cut() -> AppOsError {
    AppOsError::execution("the file cannot be read to its end")
}
