//! Programs from `PyPI`, installed into the build folder the first time they are needed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs a command; its output is in the error, too.
pub fn done(command: &mut Command) -> Result<Output, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    if output.status.success() { Ok(output) } else { Err(format!("{command:?}: {}", String::from_utf8_lossy(&text))) }
}

/// The folder of the programs of these packages. Where they cannot be installed, the test says so
/// and is over, unless the variable says that it must not be.
pub fn programs(variable: &str, name: &str, packages: &[&str]) -> Option<PathBuf> {
    installed(name, packages)
        .inspect_err(|error| {
            let needed = std::env::var_os(variable).is_some_and(|value| value == "1");
            assert!(!needed, "{name} cannot be installed: {error}");
            eprintln!("NOT TESTED: {name} cannot be installed: {error}");
        })
        .ok()
}

fn installed(name: &str, packages: &[&str]) -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let (programs, complete) = (folder.join("bin"), folder.join("complete"));
    // Test programs that need the same one wait for each other, and for one that was ended.
    let lock = fs::File::create(folder.with_extension("lock")).map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;
    if complete.exists() {
        return Ok(programs);
    }
    // An installation that was cut off is made anew.
    fs::remove_dir_all(&folder).ok();
    let make = || done(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    if make().is_err() {
        // Debian keeps it in a package of its own.
        debian::install(&["python3", "python3-venv"], || {
            fs::remove_dir_all(&folder).ok();
            make().ok()
        })?;
    }
    let mut pip = Command::new(programs.join("python3"));
    done(pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages))?;
    fs::write(complete, "").map_err(|error| error.to_string())?;
    Ok(programs)
}
