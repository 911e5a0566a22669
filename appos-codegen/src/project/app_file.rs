//! The part of `app.yaml` that the macros need. Reading is lenient: the runtime reads the file
//! strictly and reports mistakes with their lines.

use saphyr::{LoadableYamlNode, Yaml};

/// Name, groups and logo of an app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppFile {
    /// `name`, if it is there and a text.
    pub name: Option<String>,
    /// `groups`, in the order written.
    pub groups: Vec<String>,
    /// `theme.logo`, if it is there and a text.
    pub logo: Option<String>,
}

impl AppFile {
    /// Reads the text of an `app.yaml`.
    ///
    /// # Errors
    /// The text is not YAML; the message says where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let documents = Yaml::load_from_str(text).map_err(|error| error.to_string())?;
        let Some(root) = documents.first() else { return Ok(Self::default()) };
        Ok(Self {
            name: entry(root, "name").and_then(text_of),
            groups: entry(root, "groups").map(groups_of).unwrap_or_default(),
            logo: entry(root, "theme").and_then(|theme| entry(theme, "logo")).and_then(text_of),
        })
    }
}

fn entry<'a>(node: &'a Yaml<'a>, key: &str) -> Option<&'a Yaml<'a>> {
    node.as_mapping_get(key)
}

fn text_of(node: &Yaml<'_>) -> Option<String> {
    node.as_str().map(str::to_owned)
}

/// A list of names or of maps with a `name`, or a mapping whose keys are the names.
fn groups_of(node: &Yaml<'_>) -> Vec<String> {
    if let Some(list) = node.as_sequence() {
        return list
            .iter()
            .filter_map(|item| text_of(item).or_else(|| entry(item, "name").and_then(text_of)))
            .collect();
    }
    node.as_mapping().into_iter().flatten().filter_map(|(name, _)| text_of(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::AppFile;

    fn groups(text: &str) -> Vec<String> {
        AppFile::parse(text).map(|app| app.groups).unwrap_or_default()
    }

    #[test]
    fn groups_are_read_in_three_shapes() {
        let expected = ["crm_users", "crm_admins"];
        assert_eq!(groups("name: crm\ngroups: [crm_users, crm_admins]\n"), expected);
        assert_eq!(groups("groups:\n  - name: crm_users\n    description: People\n  - crm_admins\n"), expected);
        assert_eq!(groups("groups:\n  crm_users: People\n  crm_admins:\n"), expected);
    }

    #[test]
    fn an_empty_file_has_nothing() {
        assert_eq!(AppFile::parse(""), Ok(AppFile::default()));
    }

    #[test]
    fn broken_yaml_is_an_error() {
        assert!(AppFile::parse("name: [crm").is_err());
    }
}
