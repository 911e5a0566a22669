//! Files of documents: received, looked at, kept, handed out and removed.
//!
//! A file is kept under an id that is made for it, and a row of one table says what has become of it. The row is
//! there before the first byte, and gone after the last one: whatever ends in between, somebody finds the row and
//! clears up. Nobody reaches a file but by a dispatch of its document.

mod check;
mod content;
mod kind;
mod limits;
mod name;
mod receive;
mod service;
mod storage;
mod sweep;
mod table;
mod thumbnail;
mod typed;

pub(crate) use check::{Found, examine};
pub use content::FileContent;
pub(crate) use kind::{is_picture, is_shown};
pub(crate) use limits::Limits;
pub(crate) use name::disposition;
pub(crate) use receive::{Incoming, Received, receive};
pub(crate) use service::{FileVersion, create, limits, open, replace, restore, versions};
pub(crate) use storage::Storage;
pub(crate) use sweep::Sweeper;
pub(crate) use table::prepare;
pub(crate) use thumbnail::thumbnail;
pub use typed::{DocumentRecord, FileUpload};

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use tokio::sync::{Notify, Semaphore};
use uuid::Uuid;

use crate::config::FilesConfig;
use crate::record::Store;

/// All that is known of files while a program runs.
pub(crate) struct Files {
    storage: Storage,
    store: Arc<Store>,
    settings: FilesConfig,
    /// Files that a rule is being asked about: it alone reads them.
    asked_about: Mutex<HashSet<Uuid>>,
    /// For those who make small pictures.
    thumbnails: Arc<Semaphore>,
    /// Tells the sweeper that there is something to remove.
    dropped: Notify,
}

impl Files {
    /// The files of a platform.
    pub(crate) fn new(storage: Storage, store: Arc<Store>, settings: FilesConfig) -> Self {
        Self {
            storage,
            store,
            settings,
            asked_about: Mutex::default(),
            thumbnails: thumbnail::turns(),
            dropped: Notify::new(),
        }
    }

    /// Where they are kept.
    pub(crate) fn storage(&self) -> &Storage {
        &self.storage
    }
}
