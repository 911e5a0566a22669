//! The file that holds a graph.

use std::fs;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;
use crate::impact::graph::{FORMAT, Graph};
use crate::project::locate::Platform;
use crate::terminal::Failure;

/// A graph with what it was made of.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stored {
    format: u32,
    /// This program: another may see more.
    program: String,
    pub(super) fingerprint: Fingerprint,
    pub(super) graph: Graph,
}

impl Stored {
    pub(super) fn of(fingerprint: Fingerprint, graph: Graph) -> Self {
        Self { format: FORMAT, program: program(), fingerprint, graph }
    }

    /// The graph that was stored last; none if there is none that can be read.
    pub(super) fn read(platform: &Platform) -> Option<Self> {
        let stored: Self = serde_json::from_slice(&fs::read(place(platform)).ok()?).ok()?;
        (stored.format == FORMAT && stored.program == program()).then_some(stored)
    }

    /// Written beside and moved, so that nobody reads half of it.
    pub(super) fn write(&self, platform: &Platform) -> Result<(), Failure> {
        let place = place(platform);
        let beside = place.with_extension(format!("{}.new", std::process::id()));
        let written = place.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
            fs::write(&beside, serde_json::to_vec(self)?)?;
            fs::rename(&beside, &place)
        });
        written.map_err(|error| Failure::work(format!("{} cannot be written: {error}", place.display()), ""))
    }
}

/// Version and build of this program.
fn program() -> String {
    let built = std::env::current_exe().and_then(fs::metadata).and_then(|data| Ok((data.len(), data.modified()?)));
    let built = built.map(|(size, time)| (size, time.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos()));
    let (size, time) = built.unwrap_or_default();
    format!("{} {size} {time}", env!("CARGO_PKG_VERSION"))
}

fn place(platform: &Platform) -> PathBuf {
    platform.target.join("appos").join(format!("impact-{}.json", platform.package))
}
