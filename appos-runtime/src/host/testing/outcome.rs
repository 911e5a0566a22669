//! How the body of a test ends.

use std::error::Error;

use crate::error::AppOsError;

/// What a test may answer: nothing, or `Result<()>`.
#[diagnostic::on_unimplemented(
    message = "a test answers nothing or `Result<()>`, not `{Self}`",
    label = "write `async fn name() {{ .. }}` or `async fn name() -> Result<()> {{ .. }}`"
)]
pub trait Outcome {
    /// Why it failed, in words.
    ///
    /// # Errors
    /// It failed.
    fn outcome(self) -> Result<(), String>;
}

impl Outcome for () {
    fn outcome(self) -> Result<(), String> {
        Ok(())
    }
}

impl<E: Into<AppOsError>> Outcome for Result<(), E> {
    fn outcome(self) -> Result<(), String> {
        self.map_err(|error| shown(&error.into()))
    }
}

/// An error with all that helps to find its cause. A test's author may see what a client may not.
pub(super) fn shown(error: &AppOsError) -> String {
    let mut text = format!("{error} ({:?}, code `{}`)", error.kind(), error.code());
    if error.chain().len() > 1 {
        text.push_str("\n  through: ");
        text.push_str(&error.chain().join(" <- "));
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str("\n  because: ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
