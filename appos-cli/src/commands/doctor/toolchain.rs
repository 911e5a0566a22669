//! What building needs: rustc, cargo, a C compiler, and what formats and lints.

use std::process::{Command, Stdio};

use super::finding::Finding;
use crate::project::cargo;
use crate::project::locate::Platform;

const INSTALL: &str = "install Rust: https://rustup.rs";

/// Looks at the tools; a project says how new they have to be.
pub(super) fn findings(platform: Option<&Platform>) -> Vec<Finding> {
    let mut findings = vec![rustc(platform)];
    findings.push(match said(cargo().arg("--version")) {
        Some(version) => Finding::ok("cargo", version),
        None => Finding::failed("cargo", "cannot be started", INSTALL),
    });
    findings.push(c_compiler());
    for (name, mut command, component) in
        [("rustfmt", Command::new("rustfmt"), "rustfmt"), ("clippy", Command::new("cargo-clippy"), "clippy")]
    {
        findings.push(match said(command.arg("--version")) {
            Some(version) => Finding::ok(name, version),
            None => Finding::warning(name, "is not installed", format!("`rustup component add {component}`")),
        });
    }
    findings
}

/// The first line that a program says of itself.
fn said(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}

fn rustc(platform: Option<&Platform>) -> Finding {
    // Without a word of the project what AppOS itself needs holds.
    let asked = platform.and_then(|platform| platform.rust_version.as_deref());
    let (needed, who) = asked.map_or((env!("CARGO_PKG_RUST_VERSION"), "AppOS"), |version| (version, "the project"));
    let Some(version) =
        said(Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("--version"))
    else {
        return Finding::failed("rustc", "cannot be started", INSTALL);
    };
    let number = version.split_whitespace().nth(1).unwrap_or_default();
    if numbers(number) < numbers(needed) {
        let help = format!("`rustup update`, or `rustup toolchain install {needed}`");
        return Finding::failed("rustc", format!("{number} is older than {needed}, which {who} needs"), help);
    }
    Finding::ok("rustc", format!("{number}; {who} needs {needed}"))
}

/// `1.94.0-nightly` as numbers, which can be compared.
fn numbers(version: &str) -> [u32; 3] {
    let mut parts = version.split('-').next().unwrap_or_default().split('.').map(|part| part.parse().unwrap_or(0));
    [(); 3].map(|()| parts.next().unwrap_or(0))
}

/// SQLite is C; and on most systems rustc links by the C compiler.
fn c_compiler() -> Finding {
    let named = std::env::var("CC").ok().filter(|name| !name.trim().is_empty());
    let name = named.as_deref().unwrap_or(if cfg!(windows) { "cl" } else { "cc" });
    let mut words = name.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(name));
    command.args(words);
    if !cfg!(windows) {
        command.arg("--version");
    }
    let said = if cfg!(windows) {
        command.stdin(Stdio::null()).output().is_ok().then(|| name.to_owned())
    } else {
        said(&mut command)
    };
    match said {
        Some(version) => Finding::ok("linker", version),
        None => Finding::failed(
            "linker",
            format!("the C compiler `{name}` cannot be started; it builds SQLite, and links"),
            match std::env::consts::OS {
                "macos" => "`xcode-select --install`",
                "windows" => "install the Build Tools of Visual Studio, with C++",
                _ => "`sudo apt-get install build-essential`, or gcc by the package manager of this system",
            },
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(numbers("1.100.0") > numbers("1.94"));
        assert!(numbers("1.94.0-nightly") >= numbers("1.94"));
        assert!(numbers("1.93.1") < numbers("1.94"));
    }
}
