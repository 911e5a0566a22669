//! Texts that lack a language which their app has.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::codes::NO_TRANSLATION;
use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::project::dump::{ManifestApp, ManifestObject};
use crate::terminal::Failure;

/// Most keys that one finding names.
const NAMED: usize = 3;

/// Of each set, one finding a language. The languages of an app are those that its `app.yaml` names; without any,
/// those in which at least one of its texts is.
#[expect(clippy::unnecessary_wraps, reason = "all rules have one shape")]
pub(super) fn missing(subject: &Subject<'_>) -> Result<Vec<Finding>, Failure> {
    let sets = subject.manifest.objects.iter().filter(|object| object.kind == "translation_set");
    let mut of_apps: BTreeMap<&str, Vec<&ManifestObject>> = BTreeMap::new();
    for set in sets.filter(|set| subject.place(&set.reference).is_some()) {
        of_apps.entry(&set.app).or_default().push(set);
    }
    let mut findings = Vec::new();
    for (app, sets) in of_apps {
        let named = subject.app(app).map(ManifestApp::languages).unwrap_or_default();
        let written = || sets.iter().flat_map(|set| set.texts()).flat_map(|text| text.languages);
        let languages: BTreeSet<String> =
            if named.is_empty() { written().collect() } else { named.into_iter().collect() };
        for set in sets {
            findings.extend(languages.iter().filter_map(|language| lacking(subject, set, language)));
        }
    }
    Ok(findings)
}

fn lacking(subject: &Subject<'_>, set: &ManifestObject, language: &str) -> Option<Finding> {
    // A region needs no text of its own: it falls back to its language.
    let base = language.split('-').next().unwrap_or_default();
    let has = |known: &String| known == language || known == base;
    let is_region = language != base;
    let lacks = set.texts().filter(|text| !text.languages.iter().any(has));
    let keys: Vec<String> = lacks.map(|text| text.key).collect();
    if keys.is_empty() || (is_region && set.texts().any(|text| text.languages.iter().any(|known| known == base))) {
        return None;
    }
    let shown = keys.iter().take(NAMED).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    let more = keys.len().saturating_sub(NAMED);
    let shown = if more == 0 { shown } else { format!("{shown} and {more} more") };
    let message = format!("{} lacks `{language}` for {shown}", set.reference);
    let help = format!("write `{language}: \"..\"` beside the other languages");
    let place = subject.place(&set.reference);
    Some(Finding::new(NO_TRANSLATION, message, help).at(place).of_object(&set.app, &set.reference))
}
