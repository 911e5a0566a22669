//! `permissions.lock`: who may do what, as the code says it; a line for each object, permission and
//! group, so that a change of rights is a line of a review.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::commands::permissions::lines;
use crate::project::dump::Manifest;

/// Its name, in the folder of the platform.
pub(crate) const FILE: &str = "permissions.lock";

const HEADING: &str = "\
# Who may do what, as the code says it: object, permission, group; `-` is nobody.
# Written by `cargo appos permissions --lock`; a change of it is a change of rights.
";

/// The whole file.
pub(crate) fn in_words(manifest: &Manifest) -> String {
    let mut text = HEADING.to_owned();
    for line in rights(manifest) {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{line}");
    }
    text
}

/// One line each, sorted.
pub(super) fn rights(manifest: &Manifest) -> BTreeSet<String> {
    let mut rights = BTreeSet::new();
    for app in &manifest.apps {
        rights.extend(app.groups().iter().map(|group| format!("{} reach {group}", app.name)));
    }
    for line in manifest.objects.iter().flat_map(|object| lines(manifest, object)) {
        let object =
            line.field.as_ref().map_or_else(|| line.object.clone(), |field| format!("{}.{field}", line.object));
        if line.groups.is_empty() {
            rights.insert(format!("{object} {} -", line.permission));
        }
        rights.extend(line.groups.iter().map(|group| format!("{object} {} {group}", line.permission)));
    }
    rights
}

/// The lines of a file that say something, each with its number.
pub(super) fn read(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}
