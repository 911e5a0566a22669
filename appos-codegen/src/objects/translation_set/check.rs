//! What a translation set may not be. Texts are checked where they are read.

use super::model::TranslationSet;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::translation_set as catalogue;
use crate::project::Project;

pub(super) fn check(set: &TranslationSet<'_>, project: &Project, sink: &Sink) {
    set.common.check(project, sink);
    check_keys(set, project, sink);
}

/// A key is one text: of the set, and of the app.
fn check_keys(set: &TranslationSet<'_>, project: &Project, sink: &Sink) {
    for (place, text) in set.texts.iter().enumerate() {
        if set.texts.iter().take(place).any(|before| before.key == text.key) {
            sink.push(catalogue::key_twice(&text.tokens, &text.key, None));
        } else if let Some(other) = project.texts.iter().find(|it| it.key == text.key && it.set != set.common.name) {
            sink.push(catalogue::key_twice(&text.tokens, &text.key, Some(&other.set)));
        }
    }
}
