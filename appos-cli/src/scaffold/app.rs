//! An app as its files show it, compiled or not: its groups, its objects, its types.

use std::fs;
use std::path::{Path, PathBuf};

use appos_codegen::project::objects_in;
use appos_codegen::{AppFile, KnownObject, ObjectKind};
use syn::Item;
use syn::visit::Visit;

use crate::project::fingerprint::source_files;
use crate::project::locate::{Member, Platform};
use crate::terminal::{Failure, nearest};

/// An app.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    /// Its folder, as it is shown.
    pub(crate) shown: String,
    /// The text of its `app.yaml`.
    pub(crate) yaml: String,
    pub(crate) groups: Vec<String>,
    pub(crate) objects: Vec<KnownObject>,
    /// Structs, enums and other types in its files, choices with their names.
    pub(crate) types: Vec<Named>,
    /// Names of the crates that it depends on.
    pub(crate) crates: Vec<String>,
}

/// A type in a file.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    /// The file, as it is shown.
    pub(crate) file: String,
    /// The names of choices; of anything else none.
    pub(crate) choices: Option<Vec<String>>,
}

impl App {
    /// All apps of a platform.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(crate) fn all(platform: &Platform) -> Result<Vec<Self>, Failure> {
        let members = platform.members.iter().filter(|member| member.folder.join("app.yaml").is_file());
        members.map(|member| Self::read(platform, member)).collect()
    }

    /// The app of this name.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn of<'a>(apps: &'a [Self], name: &str) -> Result<&'a Self, Failure> {
        let names = || apps.iter().map(|app| app.name.as_str());
        apps.iter().find(|app| app.name == name).ok_or_else(|| {
            let help = match nearest(name, names()) {
                Some(near) => format!("write `{near}`"),
                None if apps.is_empty() => format!("add it first: `cargo appos add app {name}`"),
                None => {
                    format!("apps are {}; a new one: `cargo appos add app`", names().collect::<Vec<_>>().join(", "))
                }
            };
            Failure::usage(format!("there is no app `{name}`"), help)
        })
    }

    fn read(platform: &Platform, member: &Member) -> Result<Self, Failure> {
        let shown = shown(platform, &member.folder);
        let manifest = member.folder.join("app.yaml");
        let wrong = |error: String| Failure::work(format!("{shown}/app.yaml: {error}"), "mend it first");
        let yaml = fs::read_to_string(&manifest).map_err(|error| wrong(error.to_string()))?;
        let groups = AppFile::parse(&yaml).map_err(wrong)?.groups;
        let mut app = Self {
            name: member.name.clone(),
            folder: member.folder.clone(),
            yaml,
            groups,
            objects: Vec::new(),
            types: Vec::new(),
            crates: member.crates.iter().map(|named| named.name.clone()).collect(),
            shown,
        };
        for (path, _) in source_files(platform).into_iter().filter(|(path, _)| path.starts_with(&member.folder)) {
            let file = self::shown(platform, &path);
            let text = fs::read_to_string(&path).map_err(|error| Failure::work(format!("{file}: {error}"), ""))?;
            app.objects.extend(objects_in(&text, &path, &file));
            // A file that is no Rust yet has objects, as far as they can be told, and no types.
            if let Ok(syntax) = syn::parse_file(&text) {
                let mut types = Types { file: &file, found: &mut app.types };
                types.visit_file(&syntax);
            }
        }
        Ok(app)
    }

    /// The records, by their types' names.
    pub(crate) fn records(&self) -> impl Iterator<Item = &str> {
        let is_record = |named: &&Named| {
            let name = appos_codegen::naming::object_name(&named.name);
            self.objects.iter().any(|object| object.kind == ObjectKind::Record && object.name == name)
        };
        self.types.iter().filter(is_record).map(|named| named.name.as_str())
    }

    /// The choices of this name.
    pub(crate) fn choices(&self, name: &str) -> Option<&[String]> {
        self.types.iter().find(|named| named.name == name)?.choices.as_deref()
    }
}

/// A path as it is shown: from the workspace's folder.
pub(crate) fn shown(platform: &Platform, path: &Path) -> String {
    path.strip_prefix(&platform.workspace).unwrap_or(path).display().to_string()
}

struct Types<'a> {
    file: &'a str,
    found: &'a mut Vec<Named>,
}

impl<'ast> Visit<'ast> for Types<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let (name, choices) = match item {
            Item::Struct(item) => (Some(&item.ident), None),
            Item::Type(item) => (Some(&item.ident), None),
            Item::Trait(item) => (Some(&item.ident), None),
            Item::Enum(item) => {
                let is_choices = |path: &syn::Path| path.segments.last().is_some_and(|last| last.ident == "choices");
                let choices = item.attrs.iter().any(|attribute| is_choices(attribute.path()));
                let names = || item.variants.iter().map(|variant| variant.ident.to_string()).collect();
                (Some(&item.ident), choices.then(names))
            }
            _ => (None, None),
        };
        if let Some(name) = name {
            self.found.push(Named { name: name.to_string(), file: self.file.to_owned(), choices });
        }
        syn::visit::visit_item(self, item);
    }
}
