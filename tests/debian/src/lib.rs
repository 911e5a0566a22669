//! Programs that tests need, from Debian's packages.

use std::fs::File;
use std::process::Command;

/// What is needed, from packages that are installed if it is not there; with a message for a person if that is not
/// possible. Tests that need something at the same time wait for each other, also those of different programs.
///
/// ```
/// let shell = debian::install(&["dash"], || std::fs::exists("/bin/sh").ok().filter(|there| *there));
/// assert_eq!(shell, Ok(true));
/// ```
///
/// # Errors
/// Nobody here may install packages, there is no `apt-get`, or the packages do not have it.
pub fn install<T>(packages: &[&str], find: impl Fn() -> Option<T>) -> Result<T, String> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let wanted = format!("on Debian: apt-get install {}", packages.join(" "));
    let failed = |error: String| format!("{error}; {wanted}");
    // Two of `apt-get` at the same time, and one of them ends with an error.
    let lock = File::create(std::env::temp_dir().join("appos-tests-apt-get.lock"));
    let lock = lock.map_err(|error| failed(error.to_string()))?;
    lock.lock().map_err(|error| failed(error.to_string()))?;
    if let Some(found) = find() {
        return Ok(found);
    }
    let install = [&["install", "--yes", "--no-install-recommends"], packages].concat();
    for arguments in [&["update"][..], &install] {
        let done = Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive").output();
        let done = done.map_err(|error| failed(error.to_string()))?;
        if !done.status.success() {
            return Err(failed(String::from_utf8_lossy(&done.stderr).into_owned()));
        }
    }
    find().ok_or_else(|| failed("the packages do not have it".to_owned()))
}
