//! Records without a display field, and fields whose values should not be everybody's.

use crate::check::codes::{NO_DISPLAY, OPEN_SECRET};
use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::project::dump::{ManifestField, ManifestObject};
use crate::terminal::Failure;

/// Words that a text which is a secret has in its name.
const SECRETS: [&str; 12] = [
    "password",
    "passphrase",
    "passwd",
    "secret",
    "token",
    "apikey",
    "credential",
    "credentials",
    "pin",
    "cvv",
    "cvc",
    "ssn",
];

/// Two words that are a secret together.
const KEYS: [&str; 4] = ["api_key", "private_key", "access_key", "secret_key"];

#[expect(clippy::unnecessary_wraps, reason = "all rules have one shape")]
pub(super) fn without_display(subject: &Subject<'_>) -> Result<Vec<Finding>, Failure> {
    let nameless = records(subject).filter(|record| record.display().is_none());
    Ok(nameless
        .map(|record| {
            let message = format!("rows of {} have no name: people see their number", record.reference);
            let field = record.fields().find(is_open_text).map(|field| field.name);
            let help = format!("write `display = \"{}\"` in `#[record(..)]`", field.as_deref().unwrap_or("a_field"));
            let place = subject.place(&record.reference);
            Finding::new(NO_DISPLAY, message, help).at(place).of_object(&record.app, &record.reference)
        })
        .collect())
}

#[expect(clippy::unnecessary_wraps, reason = "all rules have one shape")]
pub(super) fn open_secrets(subject: &Subject<'_>) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    for record in records(subject) {
        for field in record.fields().filter(|field| field.view.is_none()) {
            let Some(why) = why_secret(&field) else { continue };
            let message = format!("whoever may view {} sees `{}`, which {why}", record.reference, field.name);
            let help = "write `#[field(sensitive, view = [\"..\"])]`, with the groups that need it";
            let place = subject.field_place(&record.reference, &field.name);
            findings.push(Finding::new(OPEN_SECRET, message, help).at(place).of_object(&record.app, &record.reference));
        }
    }
    Ok(findings)
}

fn is_open_text(field: &ManifestField) -> bool {
    field.field_type.starts_with("text") && field.view.is_none() && why_secret(field).is_none()
}

/// Records of apps whose source is here.
fn records<'a>(subject: &'a Subject<'_>) -> impl Iterator<Item = &'a ManifestObject> {
    let objects = subject.manifest.objects.iter();
    objects.filter(|object| object.kind == "record" && subject.place(&object.reference).is_some())
}

fn why_secret(field: &ManifestField) -> Option<&'static str> {
    if field.sensitive {
        return Some("is sensitive");
    }
    let is_text = field.field_type.starts_with("text");
    let has_word = field.name.split('_').any(|word| SECRETS.contains(&word));
    let has_key = KEYS.iter().any(|key| field.name == *key || field.name.ends_with(&format!("_{key}")));
    (is_text && (has_word || has_key)).then_some("is named like a secret")
}
