//! Folders that the platform writes to: can it, may others look into them, and is there room.

use std::path::{Path, PathBuf};

use super::Check;
use crate::config::PlatformConfig;
use crate::record::database_file;

const FOLDER: &str = "folder";
const SPACE: &str = "space";
/// With less room on the disk writes will soon fail.
#[cfg(unix)]
const LITTLE: u64 = 1 << 30;
/// With less, they probably fail now.
#[cfg(unix)]
const NONE: u64 = 64 << 20;

pub(super) fn examine(config: &PlatformConfig) -> Vec<Check> {
    let file = database_file(&config.database);
    let of_database = file.as_deref().map(|file| match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    });
    let mut folders = vec![config.logging.folder.clone(), config.logging.folder.join("logs")];
    folders.extend(of_database.filter(|folder| *folder != config.logging.folder));
    let mut checks = Vec::new();
    for folder in folders {
        let mut found = folder_checks(&folder);
        let is_open = found.iter().any(|check| check.status != super::Status::Ok);
        if let Some(file) = file.as_deref().filter(|file| is_open && file.parent() == Some(&folder)) {
            found.extend(file_check(file));
        }
        checks.extend(found);
    }
    checks.extend(space(&config.logging.folder, file.as_deref()));
    checks
}

fn folder_checks(folder: &Path) -> Vec<Check> {
    let shown = folder.display();
    if !folder.exists() {
        let Some(above) = folder.ancestors().find(|above| above.is_dir() || above.as_os_str().is_empty()) else {
            return vec![Check::failed(FOLDER, format!("{shown} cannot be made"), format!("`mkdir -p {shown}`"))];
        };
        let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        return vec![match trial(above) {
            Ok(()) => Check::ok(FOLDER, format!("{shown} is made by the first start")),
            Err(error) => Check::failed(
                FOLDER,
                format!("{shown} cannot be made: {error}"),
                format!("`sudo mkdir -p {shown} && sudo chown $USER {shown}`"),
            ),
        }];
    }
    if let Err(error) = trial(folder) {
        let help = format!("`sudo chown -R $USER {shown} && chmod -R u+rwX {shown}`");
        return vec![Check::failed(FOLDER, format!("{shown} cannot be written: {error}"), help)];
    }
    match others(folder) {
        Others::Nothing => vec![Check::ok(FOLDER, format!("{shown} can be written, and others cannot look into it"))],
        Others::Read => vec![Check::warning(
            FOLDER,
            format!("{shown} can be read by everybody on this machine"),
            format!("`chmod o-rwx {shown}`"),
        )],
        Others::Write => vec![Check::failed(
            FOLDER,
            format!("{shown} can be changed by everybody on this machine"),
            format!("`chmod o-rwx {shown}`"),
        )],
    }
}

/// The file of a database, where its folder does not protect it.
fn file_check(file: &Path) -> Option<Check> {
    let shown = file.display();
    let help = format!("`chmod o-rwx {shown}*`");
    match others(file) {
        Others::Nothing => None,
        Others::Read => {
            Some(Check::warning(FOLDER, format!("the database {shown} can be read by everybody on this machine"), help))
        }
        Others::Write => Some(Check::failed(
            FOLDER,
            format!("the database {shown} can be changed by everybody on this machine"),
            help,
        )),
    }
}

/// Writes a file and removes it.
fn trial(folder: &Path) -> std::io::Result<()> {
    tempfile::Builder::new().prefix(".doctor").tempfile_in(folder).map(drop)
}

/// What people of the machine may do who are neither the owner nor of the group.
enum Others {
    Nothing,
    Read,
    Write,
}

#[cfg(unix)]
fn others(path: &Path) -> Others {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_or(0, |data| data.permissions().mode());
    // A folder whose files only their owners may remove is as open as any to new ones.
    match mode & 0o007 {
        0 => Others::Nothing,
        bits if bits & 0o002 != 0 => Others::Write,
        _ => Others::Read,
    }
}

#[cfg(not(unix))]
fn others(_: &Path) -> Others {
    Others::Nothing
}

/// Room on the disks of log and database.
#[cfg(unix)]
fn space(logs: &Path, file: Option<&Path>) -> Vec<Check> {
    use std::os::unix::fs::MetadataExt;
    let mut seen = Vec::new();
    let mut checks = Vec::new();
    for path in [Some(logs), file.and_then(Path::parent)].into_iter().flatten() {
        let path = path.ancestors().find(|path| path.is_dir()).unwrap_or(Path::new("."));
        let Ok(data) = std::fs::metadata(path) else { continue };
        if seen.contains(&data.dev()) {
            continue;
        }
        seen.push(data.dev());
        let shown = path.display();
        let free = match rustix::fs::statvfs(path) {
            Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
            Err(error) => {
                checks.push(Check::warning(SPACE, format!("the disk of {shown} does not say: {error}"), ""));
                continue;
            }
        };
        let found = format!("{} free on the disk of {shown}", amount(free));
        let help = "delete what is not needed there, or lower `logging.retention`";
        checks.push(match free {
            free if free < NONE => Check::failed(SPACE, found, help),
            free if free < LITTLE => Check::warning(SPACE, found, help),
            _ => Check::ok(SPACE, found),
        });
    }
    checks
}

#[cfg(not(unix))]
fn space(_: &Path, _: Option<&Path>) -> Vec<Check> {
    Vec::new()
}

#[cfg(unix)]
fn amount(bytes: u64) -> String {
    if bytes >= 10 << 30 { format!("{} GB", bytes >> 30) } else { format!("{} MB", bytes >> 20) }
}
