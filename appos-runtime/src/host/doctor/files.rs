//! Files of documents: with `--files` each of them is looked at.

use clap::Args;

use super::Check;
use crate::config::PlatformConfig;
use crate::error::Result;
use crate::outside::files::{Found, Storage, examine as look};
use crate::platform::PlatformGuard;
use crate::record::{Store, is_there};

const FILES: &str = "files";

/// What is to be looked at beside the rest.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct DoctorArguments {
    /// Look at each file of documents
    #[arg(long)]
    files: bool,
    /// Remove files that belong to no document
    #[arg(long, requires = "files")]
    repair: bool,
}

/// Nothing, unless it is asked for.
pub(super) async fn examine(config: &PlatformConfig, asked: DoctorArguments) -> Vec<Check> {
    if !asked.files {
        return Vec::new();
    }
    if !is_there(&config.database) {
        return vec![Check::ok(FILES, "there is no database yet, and so no file")];
    }
    match found(config, asked.repair).await {
        Ok(found) => checks(&found),
        Err(error) => vec![Check::failed(FILES, error.to_string(), "mend what the message says, and call this again")],
    }
}

async fn found(config: &PlatformConfig, repair: bool) -> Result<Found> {
    let store = Store::open_to_read(&config.database, PlatformGuard::new(&[])).await?;
    let storage = Storage::open(&config.files, &config.logging.folder)?;
    let found = look(&store, &storage, repair).await;
    store.close().await;
    found
}

fn checks(found: &Found) -> Vec<Check> {
    let mut checks = Vec::new();
    let (missing, count) = &found.missing;
    if *count > 0 {
        let told = format!("{count} missing, or not as large as they were: {}", missing.join("; "));
        checks.push(Check::failed(FILES, told, "bring them back from a backup, or restore another version"));
    }
    if found.orphans > found.removed {
        let told = format!("{} belong to no document", found.orphans - found.removed);
        checks.push(Check::warning(FILES, told, "`cargo appos doctor --files --repair` removes them"));
    }
    if found.foreign > 0 {
        let told = format!("{} have names that the platform gives to none", found.foreign);
        checks.push(Check::warning(FILES, told, "look who puts them there"));
    }
    let removed =
        if found.removed > 0 { format!(", {} that belonged to none removed", found.removed) } else { String::new() };
    checks.push(Check::ok(FILES, format!("{} as they were{removed}", found.whole)));
    checks
}
