//! Files beside what cargo builds, in which answers are kept until something changes.

use std::fs;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::locate::Platform;
use crate::terminal::Failure;

/// What was kept last under a name; none if there is none that can be read.
pub(crate) fn read<T: DeserializeOwned>(platform: &Platform, name: &str) -> Option<T> {
    serde_json::from_slice(&fs::read(place(platform, name)).ok()?).ok()
}

/// Keeps a value. Written beside and moved, so that nobody reads half of it.
///
/// # Errors
/// The target folder cannot be written.
pub(crate) fn write(platform: &Platform, name: &str, value: &impl Serialize) -> Result<(), Failure> {
    let place = place(platform, name);
    let beside = place.with_extension(format!("{}.new", std::process::id()));
    let written = place.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
        fs::write(&beside, serde_json::to_vec(value)?)?;
        fs::rename(&beside, &place)
    });
    written.map_err(|error| Failure::work(format!("{} cannot be written: {error}", place.display()), ""))
}

/// Version and build of this program.
pub(crate) fn this_program() -> String {
    let built = std::env::current_exe().and_then(fs::metadata).and_then(|data| Ok((data.len(), data.modified()?)));
    let built = built.map(|(size, time)| (size, time.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos()));
    let (size, time) = built.unwrap_or_default();
    format!("{} {size} {time}", env!("CARGO_PKG_VERSION"))
}

/// Two projects may share a target folder: a platform is known by its place.
fn place(platform: &Platform, name: &str) -> PathBuf {
    let mut place = 0xcbf2_9ce4_8422_2325_u64;
    for byte in platform.manifest.as_os_str().as_encoded_bytes() {
        place = (place ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    platform.target.join("appos").join(format!("{name}-{}-{place:016x}.json", platform.package))
}
