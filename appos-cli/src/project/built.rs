//! The program of a platform and what it says of itself, without cargo while nothing has changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::dump::{Manifest, dump};
use super::fingerprint::Fingerprint;
use super::locate::Platform;
use super::{build, kept};
use crate::terminal::Failure;

/// A program that was built, and its registry.
pub(crate) struct Built {
    /// Where it is.
    pub(crate) program: PathBuf,
    /// What it says of itself.
    pub(crate) manifest: Manifest,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    fingerprint: Fingerprint,
    program: PathBuf,
    /// Size and time of the program: somebody else may have built another.
    state: (u64, SystemTime),
    manifest: Manifest,
}

/// Builds the program if a file has changed since the last time, and asks it what it consists of.
///
/// # Errors
/// It does not build, or is no platform.
pub(crate) fn built(platform: &Platform) -> Result<Built, Failure> {
    if let Some(kept) = kept::read::<Kept>(platform, "built")
        && state(&kept.program) == Some(kept.state)
        && kept.fingerprint.holds(platform)
    {
        return Ok(Built { program: kept.program, manifest: kept.manifest });
    }
    let fingerprint = Fingerprint::take(platform);
    let program = build::build(platform)?;
    let manifest = dump(&program)?;
    if let Some(state) = state(&program) {
        let fingerprint = fingerprint.with_lock_of_now(platform);
        let kept = Kept { fingerprint, program: program.clone(), state, manifest: manifest.clone() };
        // Only a saving of time: without it cargo is asked again.
        let _ = kept::write(platform, "built", &kept);
    }
    Ok(Built { program, manifest })
}

/// The program that was built last, if it is still there.
pub(crate) fn last_built(platform: &Platform) -> Option<PathBuf> {
    kept::read::<Kept>(platform, "built").map(|kept| kept.program).filter(|program| program.is_file())
}

/// What the program said of itself when it was asked last, without asking whether that still holds.
pub(crate) fn known(platform: &Platform) -> Option<Manifest> {
    kept::read::<Kept>(platform, "built").map(|kept| kept.manifest)
}

fn state(program: &Path) -> Option<(u64, SystemTime)> {
    let data = fs::metadata(program).ok()?;
    Some((data.len(), data.modified().ok()?))
}
