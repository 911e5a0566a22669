//! What a program says of itself: its registry as JSON.
//!
//! The types here are the reading side of the format; a program may be built with another
//! AppOS than this command, so fields that are not known are kept as they are.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::terminal::Failure;

/// The version of the format that this command reads.
const FORMAT: u32 = 1;

/// The argument with which a platform prints its registry instead of serving.
const ARGUMENT: &str = "__manifest";

/// A registry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the format.
    pub format: u32,
    /// Apps in order of name.
    pub apps: Vec<ManifestApp>,
    /// Objects in order of reference.
    pub objects: Vec<ManifestObject>,
}

/// One app.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ManifestApp {
    /// Name.
    pub name: String,
    /// Version of its crate.
    pub version: String,
    /// Fields this command does not use.
    #[serde(flatten)]
    pub rest: Map<String, Json>,
}

/// One object.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ManifestObject {
    /// `app.namespace.name`.
    pub reference: String,
    /// Kind of the object, such as `record`.
    pub kind: String,
    /// App it belongs to.
    pub app: String,
    /// Tier of its permissions.
    pub tier: u8,
    /// True if the public may reach it.
    pub public_access: bool,
    /// Groups by permission, as written.
    pub permissions: Permissions,
    /// Source file, as the compiler names it.
    pub file: String,
    /// Line of its name.
    pub line: u32,
    /// Fields this command does not use.
    #[serde(flatten)]
    pub rest: Map<String, Json>,
}

/// One field of a record, as far as tools read it.
#[derive(Clone, Debug, Deserialize)]
pub struct ManifestField {
    /// Name.
    pub name: String,
    /// True if logs never show it.
    #[serde(default)]
    pub sensitive: bool,
    /// Kind of value, in words.
    #[serde(rename = "type")]
    pub field_type: String,
    /// Groups that may read it, if not everyone who may view the record.
    #[serde(default)]
    pub view: Option<Vec<String>>,
    /// Groups that may write it, if not everyone who may change the record.
    #[serde(default)]
    pub update: Option<Vec<String>>,
}

/// A finding of `cargo appos check` that an app allows.
#[derive(Clone, Debug, Deserialize)]
pub struct ManifestAllowed {
    /// Its code.
    pub code: String,
    /// Why it is meant to be.
    pub reason: String,
    /// Line of `app.yaml`.
    pub line: usize,
}

impl ManifestApp {
    /// Crates that its code may use beside `appos`.
    pub fn allowed_crates(&self) -> Vec<String> {
        self.list("allowed_crates")
    }

    /// Findings that are meant to be.
    pub fn allowed(&self) -> Vec<ManifestAllowed> {
        self.list("allow")
    }

    /// Languages that its `app.yaml` names.
    pub fn languages(&self) -> Vec<String> {
        self.list("languages")
    }

    /// Groups through which a user reaches it.
    pub fn groups(&self) -> Vec<String> {
        self.list("groups")
    }

    fn list<T: serde::de::DeserializeOwned>(&self, key: &str) -> Vec<T> {
        self.rest.get(key).and_then(|list| Vec::deserialize(list).ok()).unwrap_or_default()
    }

    /// Groups of objects of a tier that name none, by permission.
    pub fn defaults(&self, tier: u8) -> Permissions {
        let of_tier = self.rest.get("defaults").and_then(|defaults| defaults.get(tier.to_string()));
        of_tier.and_then(|lists| Permissions::deserialize(lists).ok()).unwrap_or_default()
    }
}

impl ManifestObject {
    /// Routes by which it is reached from outside, each a method and a path.
    pub fn routes(&self) -> Vec<String> {
        self.rest.get("routes").and_then(|routes| Vec::deserialize(routes).ok()).unwrap_or_default()
    }

    /// The field by which rows of a record are named to people.
    pub fn display(&self) -> Option<&str> {
        self.rest.get("display").and_then(Json::as_str)
    }

    /// The piece of a record's screens for which an interface stands.
    pub fn stands_for(&self) -> Option<&str> {
        self.rest.get("stands_for").and_then(Json::as_str)
    }

    /// The texts of a translation set; none of anything else.
    pub fn texts(&self) -> impl Iterator<Item = ManifestText> {
        let texts = self.rest.get("texts").and_then(Json::as_array).into_iter().flatten();
        texts.filter_map(|text| ManifestText::deserialize(text).ok())
    }

    /// The fields of a record; none of anything else.
    pub fn fields(&self) -> impl Iterator<Item = ManifestField> {
        let fields = self.rest.get("fields").and_then(Json::as_array).into_iter().flatten();
        fields.filter_map(|field| ManifestField::deserialize(field).ok())
    }
}

/// A text of a translation set.
#[derive(Clone, Debug, Deserialize)]
pub struct ManifestText {
    /// Its key.
    pub key: String,
    /// Languages in which it is written.
    pub languages: Vec<String>,
    /// The plural categories for which it has a text of their own, by language.
    #[serde(default)]
    pub plurals: BTreeMap<String, Vec<String>>,
}

/// Groups by permission in the order in which people name permissions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, Vec<String>>", into = "Map<String, Json>")]
pub struct Permissions(Vec<(String, Vec<String>)>);

const ORDER: [&str; 6] = ["view", "use", "create", "update", "delete", "admin"];

impl From<BTreeMap<String, Vec<String>>> for Permissions {
    fn from(mut lists: BTreeMap<String, Vec<String>>) -> Self {
        let known = ORDER.iter().filter_map(|name| lists.remove_entry(*name)).collect::<Vec<_>>();
        Self(known.into_iter().chain(lists).collect())
    }
}

impl From<Permissions> for Map<String, Json> {
    fn from(permissions: Permissions) -> Self {
        permissions.0.into_iter().map(|(name, groups)| (name, groups.into())).collect()
    }
}

impl Permissions {
    /// True if nothing is written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Permissions with their groups.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(permission, groups)| (permission.as_str(), groups.as_slice()))
    }
}

impl Manifest {
    /// Reads a dump.
    ///
    /// # Errors
    /// The text is no dump, or one of another format.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let wrong = |what: String| Failure::work(what, "build the platform and this command with the same AppOS");
        let read = |error: serde_json::Error| wrong(format!("what the program says of itself cannot be read: {error}"));
        // Asked first: another format may have other fields.
        let Format { format } = serde_json::from_str(text).map_err(read)?;
        if format != FORMAT {
            return Err(wrong(format!("the program describes itself in format {format}; this command reads {FORMAT}")));
        }
        serde_json::from_str(text).map_err(read)
    }
}

/// Asks a program what it consists of.
///
/// # Errors
/// It does not run, or is no platform.
pub fn dump(program: &Path) -> Result<Manifest, Failure> {
    let failed = |message: String| Failure::work(message, "is `platform!(..)` the `main` of this program?");
    let output = Command::new(program)
        .arg(ARGUMENT)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| failed(format!("{} cannot be started: {error}", program.display())))?;
    if !output.status.success() {
        return Err(failed(format!("{} does not say what it consists of: {}", program.display(), output.status)));
    }
    let text = String::from_utf8(output.stdout).map_err(|error| failed(error.to_string()))?;
    Manifest::parse(&text)
}

#[cfg(test)]
mod tests {
    use super::Manifest;

    #[test]
    fn unknown_fields_are_kept() {
        let text = include_str!("../../tests/manifest.json");
        let manifest = Manifest::parse(text).unwrap();
        let before: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_value(&manifest).unwrap(), before);
    }

    #[test]
    fn another_format_is_refused() {
        let failure = Manifest::parse(r#"{ "format": 2, "things": [] }"#).unwrap_err();
        assert!(failure.to_string().starts_with("the program describes itself in format 2"), "{failure}");
        assert_eq!(failure.exit_code(), 1);
    }

    #[test]
    fn text_that_is_no_dump_is_refused() {
        assert!(Manifest::parse("Listening on http://127.0.0.1:8080").is_err());
    }
}
