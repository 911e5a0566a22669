//! The readers of text from outside, for the fuzz targets: each is given any text and checks what
//! must hold of the answer. Compiled under `cfg(fuzzing)` only; no program has it.

use std::sync::OnceLock;

use crate::config::AppConfig;
use crate::journal::TraceContext;
use crate::registry::{ObjectDescriptor, Registry};
use crate::security::Pattern;

pub use crate::config::fuzzing::platform;
pub use crate::record::fuzzing::cursor;
pub use crate::web::fuzzing::{body, header, question};

/// A pattern of a grant, compared with a regular expression: what is read covers what the
/// expression covers, is written as it was read, and stays within its app.
pub fn pattern(text: &str, reference: &str, covers: impl FnOnce(&str, &str) -> bool) {
    let Ok(pattern) = text.parse::<Pattern>() else { return };
    assert_eq!(pattern.to_string(), text, "a pattern is written as it was read");
    assert_eq!(text.split('.').next(), Some(pattern.app()));
    if let [app, namespace, name] = reference.split('.').collect::<Vec<_>>()[..] {
        let matched = pattern.matches(app, namespace, name);
        assert_eq!(matched, covers(text, reference), "`{text}` and `{reference}`");
        assert!(!matched || app == pattern.app(), "`{text}` reaches into `{app}`");
    }
}

/// A reference: it leads to the object that has it, letter for letter, or to none.
pub fn reference(text: &str) {
    static OBJECTS: OnceLock<Vec<&'static ObjectDescriptor>> = OnceLock::new();
    let objects = OBJECTS.get_or_init(|| Registry::global().objects().to_vec());
    assert!(!objects.is_empty(), "the platform's own objects are linked");
    let there = objects.iter().any(|object| object.reference == text);
    let found = Registry::global().find(text);
    assert_eq!(found.map(|object| object.reference), there.then_some(text));
    if let Some(nearest) = Registry::global().nearest(text) {
        assert!(objects.iter().any(|object| object.reference == nearest), "{nearest} does not exist");
    }
}

/// The headers of a trace: what is read of them is written as a header that says the same, and fits into one.
pub fn trace(parent: &str, state: &str) {
    let Some(read) = TraceContext::read(parent, Some(state)) else { return };
    assert!(read.trace_id() != 0 && read.parent_span() != 0);
    let kept = read.kept();
    assert!(kept.len() <= 55 + 1 + 512 && kept.bytes().all(|sign| matches!(sign, b' '..=b'~')), "{kept}");
    assert_eq!(TraceContext::of_kept(&kept), Some(read));
}

/// An `app.yaml`: mistakes have a place within the text, and print no control character.
pub fn app(text: &str) {
    if let Err(errors) = AppConfig::parse(text, "app.yaml") {
        crate::config::fuzzing::told(&errors, text);
    }
}
