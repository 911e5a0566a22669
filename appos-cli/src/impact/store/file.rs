//! The file that holds a graph.

use serde::{Deserialize, Serialize};

use crate::impact::graph::{FORMAT, Graph};
use crate::project::fingerprint::Fingerprint;
use crate::project::kept;
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
        Self { format: FORMAT, program: kept::this_program(), fingerprint, graph }
    }

    /// The graph that was stored last; none if there is none that can be read.
    pub(super) fn read(platform: &Platform) -> Option<Self> {
        let stored: Self = kept::read(platform, "impact")?;
        (stored.format == FORMAT && stored.program == kept::this_program()).then_some(stored)
    }

    pub(super) fn write(&self, platform: &Platform) -> Result<(), Failure> {
        kept::write(platform, "impact", self)
    }
}
