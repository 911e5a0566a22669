//! For the fuzz targets: an `appos.yaml` without a file.

use std::path::Path;

use super::load::{checked, read_text};
use super::{ConfigErrors, PlatformConfig};

/// An `appos.yaml`: mistakes have a place, print no control character and no secret.
pub fn platform(text: &str) {
    let (mut config, mut mistakes) = (PlatformConfig::default(), Vec::new());
    read_text(text, "appos.yaml", &mut config, &mut mistakes);
    // Elsewhere nothing tells that it is a secret.
    let in_place = text.matches(SECRET).count() == text.matches(PLACE).count() && !text.contains(['"', '\'', '|', '>']);
    match checked(config, mistakes, Path::new(".")) {
        Ok(config) => assert!(!in_place || !format!("{config:?}").contains(SECRET)),
        Err(ConfigErrors(mistakes)) => {
            let errors = ConfigErrors(mistakes);
            assert!(!in_place || !errors.to_string().contains(SECRET), "{errors}");
            told(&errors, text);
        }
    }
}

/// A password in the seeds.
const SECRET: &str = "hunter22";
/// Where it stands.
const PLACE: &str = "\ndatabase:\n  url: postgres://acme:hunter22@";

/// What is said of a text's mistakes can be printed, and names lines that it has.
pub(crate) fn told(errors: &ConfigErrors, text: &str) {
    assert!(!errors.0.is_empty(), "an error without a mistake");
    let lines = text.chars().filter(|sign| matches!(sign, '\n' | '\r')).count() + 2;
    for mistake in &errors.0 {
        assert!(mistake.line.is_none_or(|line| (1..=lines).contains(&line)), "{mistake:?} of {lines} lines");
        let shown = mistake.to_string();
        assert!(shown.chars().all(|sign| sign == '\n' || !sign.is_control()), "{shown:?}");
    }
}
