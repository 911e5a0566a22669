//! The app as seen by one object: its name, its groups, its other objects.

use std::path::PathBuf;
use std::sync::Arc;

use proc_macro2::Ident;

/// The kinds of objects that have a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    /// `#[record]`
    Record,
    /// `#[expression_rule]`
    Rule,
    /// `#[constant]`
    Constant,
    /// `#[process]`
    Process,
    /// `#[step]`
    Step,
    /// `#[interface]`
    Interface,
    /// `#[page]`
    Page,
    /// `#[site]`
    Site,
    /// `#[translation_set]`
    TranslationSet,
    /// `#[connected_system]`
    ConnectedSystem,
    /// `#[integration]`
    Integration,
}

impl ObjectKind {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Record,
        Self::Rule,
        Self::Constant,
        Self::Process,
        Self::Step,
        Self::Interface,
        Self::Page,
        Self::Site,
        Self::TranslationSet,
        Self::ConnectedSystem,
        Self::Integration,
    ];

    /// The name in messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Rule => "rule",
            Self::Constant => "constant",
            Self::Process => "process",
            Self::Step => "step",
            Self::Interface => "interface",
            Self::Page => "page",
            Self::Site => "site",
            Self::TranslationSet => "translation set",
            Self::ConnectedSystem => "connected system",
            Self::Integration => "integration",
        }
    }

    /// The attribute that makes one.
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Rule => "expression_rule",
            Self::Constant => "constant",
            Self::Process => "process",
            Self::Step => "step",
            Self::Interface => "interface",
            Self::Page => "page",
            Self::Site => "site",
            Self::TranslationSet => "translation_set",
            Self::ConnectedSystem => "connected_system",
            Self::Integration => "integration",
        }
    }

    /// The middle part of a reference.
    pub(crate) const fn namespace(self) -> &'static str {
        match self {
            Self::Record => "records",
            Self::Rule => "rules",
            Self::Constant => "constants",
            Self::Process => "processes",
            Self::Step => "steps",
            Self::Interface => "interfaces",
            Self::Page => "pages",
            Self::Site => "sites",
            Self::TranslationSet => "translations",
            Self::ConnectedSystem => "connected_systems",
            Self::Integration => "integrations",
        }
    }

    /// The runtime's name of the kind.
    pub(crate) const fn variant(self) -> &'static str {
        match self {
            Self::Record => "Record",
            Self::Rule => "Rule",
            Self::Constant => "Constant",
            Self::Process => "Process",
            Self::Step => "Step",
            Self::Interface => "Interface",
            Self::Page => "Page",
            Self::Site => "Site",
            Self::TranslationSet => "TranslationSet",
            Self::ConnectedSystem => "ConnectedSystem",
            Self::Integration => "Integration",
        }
    }
}

/// An object found in the app's source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownObject {
    /// Its kind.
    pub kind: ObjectKind,
    /// Last part of its reference.
    pub name: String,
    /// The file it is written in, as an absolute path.
    pub file: PathBuf,
    /// The file for messages, from the app's folder.
    pub shown_file: String,
    /// Line of its name, from 1.
    pub line: usize,
    /// The fields of a record, in order; of other kinds none.
    pub fields: Vec<String>,
}

/// A method that an app's source adds to a type, outside any trait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownMethod {
    /// Name of the type.
    pub of: String,
    /// Name of the method.
    pub name: String,
}

/// A text that an app's source puts into a translation set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownText {
    /// Name of the set.
    pub set: String,
    /// Its key.
    pub key: String,
    /// Names of its parameters, sorted.
    pub parameters: Vec<String>,
}

/// Whose names a test sees without `use` lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Around {
    /// Those of the crate in which it stands, an app.
    #[default]
    App,
    /// Those of the app beside whose source it stands, in `tests`; the name of its crate.
    Beside(String),
    /// No app's: it stands in the platform's own package.
    Nothing,
}

/// What a macro call knows of its app.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// The app's name: `name` of `app.yaml`, else the crate's.
    pub app: String,
    /// The app's groups; `None` if there is no `app.yaml`, which `app!()` reports.
    pub groups: Option<Vec<String>>,
    /// The objects in the app's source.
    pub objects: Arc<[KnownObject]>,
    /// The file of this call, if the compiler says.
    pub file: Option<PathBuf>,
    /// True in the build that asks the compiler for every use of an object.
    pub marked: bool,
    /// Methods that the app's source adds to its own types; known in such a build only.
    pub methods: Arc<[KnownMethod]>,
    /// Texts of the app's translation sets.
    pub texts: Arc<[KnownText]>,
    /// Whose names a test sees.
    pub around: Around,
}

impl Project {
    /// Another definition of the same object, if the place of this one is known.
    pub(crate) fn other_definition(&self, kind: ObjectKind, name: &str, ident: &Ident) -> Option<&KnownObject> {
        let file = self.file.as_ref()?;
        let line = ident.span().start().line;
        let mut same = self.objects.iter().filter(|object| object.kind == kind && object.name == name);
        // Unless the scan saw this very definition, its lines cannot be trusted.
        let is_here = |object: &&KnownObject| object.file == *file && object.line == line;
        if !same.clone().any(|object| is_here(&object)) {
            return None;
        }
        same.find(|object| !is_here(object))
    }
}
