//! Settings of files.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

/// `files`: where the files of documents are kept.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FilesConfig {
    /// `folder`: where they are kept, unless that is an S3 bucket; without it, `files` in the folder of the logs.
    pub folder: Option<PathBuf>,
    /// `max_size`: largest file of a document that says nothing of it, in bytes.
    pub max_size: u64,
    /// `abandoned_after`: how long after its last sign of life an upload counts as dead, and what there is of its file
    /// is removed.
    pub abandoned_after: Duration,
    /// `sweep`: how often it is looked for files that are to be removed.
    pub sweep: Duration,
    /// `s3`: a bucket to keep them in.
    pub s3: S3Config,
}

impl Default for FilesConfig {
    fn default() -> Self {
        Self {
            folder: None,
            max_size: 100 << 20,
            abandoned_after: Duration::from_mins(10),
            sweep: Duration::from_mins(1),
            s3: S3Config::default(),
        }
    }
}

/// `files.s3`: a bucket of S3, or of a server that speaks like it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct S3Config {
    /// `bucket`: its name; without it, files are kept in a folder.
    pub bucket: Option<String>,
    /// `region`: where it is.
    pub region: String,
    /// `endpoint`: address of the server, unless it is Amazon's.
    pub endpoint: Option<String>,
    /// `prefix`: what the names of all files begin with.
    pub prefix: Option<String>,
    /// `access_key_id`: which key requests are signed with.
    pub access_key_id: Option<String>,
    /// `secret_access_key`: the key itself; from an environment variable only.
    pub secret_access_key: Option<SecretString>,
}

impl Default for S3Config {
    fn default() -> Self {
        Self {
            bucket: None,
            region: "us-east-1".to_owned(),
            endpoint: None,
            prefix: None,
            access_key_id: None,
            secret_access_key: None,
        }
    }
}
