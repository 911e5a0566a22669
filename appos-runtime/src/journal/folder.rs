//! Folders for what a platform writes: its log, its database.

use std::fs::DirBuilder;
use std::io;
use std::path::Path;

/// Makes a folder and those above it, as far as they are missing, closed to other people of the
/// machine: logs and databases are nobody else's business.
pub(crate) fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o750);
    builder.create(folder)
}
