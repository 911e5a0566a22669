//! Changes of a project's manifests, with comments and order kept.

use std::path::{Component, Path, PathBuf};

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

/// Adds a folder to the members of a workspace, and to its default members if it lists any, unless a
/// pattern covers it. None if there is no workspace.
pub(crate) fn add_member(manifest: &str, folder: &str) -> Option<String> {
    let mut document: DocumentMut = manifest.parse().ok()?;
    let workspace = document.get_mut("workspace")?.as_table_mut()?;
    for key in ["members", "default-members"] {
        if key == "default-members" && !workspace.contains_key(key) {
            continue;
        }
        let members = workspace.entry(key).or_insert_with(|| Array::new().into()).as_array_mut()?;
        if !members.iter().filter_map(Value::as_str).any(|pattern| covers(pattern, folder)) {
            push(members, folder);
        }
    }
    Some(document.to_string())
}

/// As the items before it: each on a line of its own, if they are so.
fn push(array: &mut Array, text: &str) {
    let mut value = Value::from(text);
    if let Some(decor) = array.iter().last().map(|last| last.decor().clone()) {
        *value.decor_mut() = decor;
    }
    if array.len() == 1
        && array.iter().next().is_some_and(|only| only.decor().prefix().is_none_or(|it| it.as_str() == Some("")))
    {
        value.decor_mut().set_prefix(" ");
    }
    array.push_formatted(value);
}

/// True if a pattern of cargo's means this folder; `*` is any part of a path.
fn covers(pattern: &str, folder: &str) -> bool {
    let (mut patterns, mut parts) = (pattern.trim_end_matches('/').split('/'), folder.split('/'));
    loop {
        match (patterns.next(), parts.next()) {
            (None, None) => return true,
            (Some(pattern), Some(part)) if fits(pattern, part) => {}
            _ => return false,
        }
    }
}

fn fits(pattern: &str, part: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == part,
        Some((start, end)) => part.len() >= start.len() + end.len() && part.starts_with(start) && part.ends_with(end),
    }
}

/// Adds a dependency on a folder. None if the manifest has a form in which it cannot be added.
pub(crate) fn add_dependency(manifest: &str, name: &str, path: &str) -> Option<String> {
    let mut document: DocumentMut = manifest.parse().ok()?;
    let dependencies = document.entry("dependencies").or_insert_with(|| Item::Table(Table::new()));
    let dependencies = dependencies.as_table_mut()?;
    if dependencies.contains_key(name) {
        return None;
    }
    let names: Vec<String> = dependencies.iter().map(|(name, _)| name.to_owned()).collect();
    let mut table = InlineTable::new();
    table.insert("path", path.into());
    dependencies.insert(name, Item::Value(table.into()));
    if names.is_sorted() {
        dependencies.sort_values();
    }
    Some(document.to_string())
}

/// How a new package in `folder` names `appos`, as the package with this manifest does.
pub(crate) fn appos_for(manifest: &str, of: &Path, folder: &Path) -> Option<String> {
    let document: DocumentMut = manifest.parse().ok()?;
    let mut value = document.get("dependencies")?.get("appos")?.clone().into_value().ok()?;
    if let Some(table) = value.as_inline_table_mut() {
        // What else is written there, such as features, is the platform's own.
        if table.contains_key("workspace") {
            return Some("{ workspace = true }".to_owned());
        }
        if let Some(path) = table.get("path").and_then(Value::as_str).map(PathBuf::from) {
            let path = if path.is_absolute() { path } else { relative(folder, &of.join(path)) };
            table.insert("path", path.to_str()?.replace('\\', "/").into());
        }
    }
    value.decor_mut().clear();
    Some(value.to_string())
}

/// True if the workspace has a version of this crate for all.
pub(crate) fn shares(manifest: &str, name: &str) -> bool {
    let document: Option<DocumentMut> = manifest.parse().ok();
    let found = document.as_ref().and_then(|it| it.get("workspace")?.get("dependencies")?.get(name));
    found.is_some()
}

/// From one folder to another.
pub(crate) fn relative(from: &Path, to: &Path) -> PathBuf {
    let (from, to) = (plain(from), plain(to));
    let same = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = from.iter().skip(same).map(|_| Component::ParentDir);
    let down = to.iter().skip(same).copied();
    up.chain(down).collect()
}

/// Without `.` and `..`.
fn plain(path: &Path) -> Vec<Component<'_>> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::ParentDir if matches!(parts.last(), Some(Component::Normal(_))) => drop(parts.pop()),
            Component::CurDir => {}
            part => parts.push(part),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{add_dependency, add_member, appos_for, covers};

    #[test]
    fn a_member_is_added_unless_a_pattern_covers_it() {
        let covered = "[workspace]\nmembers = [\"apps/*\"] # all\ndefault-members = [\".\", \"apps/*\"]\n";
        assert_eq!(add_member(covered, "apps/billing").as_deref(), Some(covered));
        let listed = "# top\n[workspace]\nmembers = [\"apps/crm\"] # two\ndefault-members = [\n    \".\",\n    \"apps/crm\",\n]\n";
        let expected = "# top\n[workspace]\nmembers = [\"apps/crm\", \"apps/billing\"] # two\ndefault-members = [\n    \".\",\n    \"apps/crm\",\n    \"apps/billing\",\n]\n";
        assert_eq!(add_member(listed, "apps/billing").as_deref(), Some(expected));
        assert_eq!(add_member("[package]\n", "apps/billing"), None);
        assert!(covers("apps/*", "apps/a") && covers("ap*s/a", "apps/a") && !covers("apps/*", "apps/a/b"));
    }

    #[test]
    fn a_dependency_takes_its_place_and_comments_stay() {
        let sorted =
            "[dependencies]\n# ours\nappos = \"1\"\ncrm = { path = \"apps/crm\" } # it\n\n[dev-dependencies]\n";
        let expected = "[dependencies]\n# ours\nappos = \"1\"\nbilling = { path = \"apps/billing\" }\ncrm = { path = \"apps/crm\" } # it\n\n[dev-dependencies]\n";
        assert_eq!(add_dependency(sorted, "billing", "apps/billing").as_deref(), Some(expected));
        assert_eq!(add_dependency(expected, "billing", "apps/billing"), None);
    }

    #[test]
    fn a_new_app_gets_appos_from_where_the_platform_does() {
        let of = |value: &str| {
            appos_for(
                &format!("[dependencies]\nappos = {value} # x\n"),
                Path::new("/w/acme"),
                Path::new("/w/acme/apps/a"),
            )
        };
        assert_eq!(of("{ workspace = true }").as_deref(), Some("{ workspace = true }"));
        assert_eq!(of("{ path = \"../..\" }").as_deref(), Some("{ path = \"../../../..\" }"));
        assert_eq!(of("{ path = \"/appos\" }").as_deref(), Some("{ path = \"/appos\" }"));
        assert_eq!(of("\"=0.1.0\"").as_deref(), Some("\"=0.1.0\""));
    }
}
