//! Compressed files. Lines are read from either end and at places, which a compressed file has none of: its lines are
//! unpacked to a file of their own, which nobody else can read, and which is gone when nobody reads it any more.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use flate2::read::MultiGzDecoder;
use tempfile::NamedTempFile;

/// What a compressed file was unpacked to, while somebody reads it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unpacked(Arc<Mutex<Weak<NamedTempFile>>>);

/// The lines of a file, to be read.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) file: File,
    /// How far it is to be read.
    pub(crate) size: u64,
    /// Is there as long as it is read.
    pub(super) held: Option<Arc<NamedTempFile>>,
}

impl Opened {
    pub(super) fn plain(file: File, size: u64) -> Self {
        Self { file, size, held: None }
    }
}

impl Unpacked {
    /// Opens what was unpacked, or unpacks it.
    ///
    /// # Errors
    /// The file cannot be read, or is broken; or there is no room for what is in it.
    pub(super) fn open(&self, packed: &Path) -> io::Result<Opened> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = match known.upgrade() {
            Some(held) => held,
            None => {
                let mut unpacked = NamedTempFile::new()?;
                io::copy(&mut MultiGzDecoder::new(io::BufReader::new(File::open(packed)?)), &mut unpacked)?;
                Arc::new(unpacked)
            }
        };
        *known = Arc::downgrade(&held);
        // With a place of its own in it: others read it, too.
        let file = held.reopen()?;
        Ok(Opened { size: file.metadata()?.len(), file, held: Some(held) })
    }
}
