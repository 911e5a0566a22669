//! What lies in an app's folder, as `app!()` needs it.

use super::ObjectKind;

/// Folders whose objects form a namespace of the same name.
pub const NAMESPACES: [&str; 12] = [
    "records",
    "rules",
    "constants",
    "processes",
    "steps",
    "integrations",
    "connected_systems",
    "web_apis",
    "interfaces",
    "pages",
    "sites",
    "translations",
];

/// A file or folder of source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppModule {
    /// File name without `.rs`, or folder name.
    pub name: String,
    /// What it holds.
    pub content: AppContent,
}

/// What a module is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppContent {
    /// A file, or a folder with a `mod.rs`: it declares what lies in it by itself.
    ///
    /// `objects` are the functions in it that become types too; a module of the same name would
    /// hide them.
    File {
        /// Kinds and names of rules, constants, steps and others in the file.
        objects: Vec<(ObjectKind, String)>,
    },
    /// A folder without `mod.rs`.
    Folder(Vec<AppModule>),
}

/// `app.yaml`, where it lies and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppManifest {
    /// Absolute path.
    pub path: String,
    /// `name`, if there is one.
    pub name: Option<String>,
    /// Absolute path of the file that `theme.logo` names, if it is there.
    pub logo: Option<String>,
    /// What `theme.logo` names, if that is no file in the folder.
    pub missing_logo: Option<String>,
}

/// Everything around an `app!()` call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppFolder {
    /// The app's file.
    pub manifest: AppManifest,
    /// The name that `name` must equal; `None` if the call is in a test or an example.
    pub crate_name: Option<String>,
    /// Files and folders under `src`, sorted by name, without `lib.rs` and `main.rs`.
    pub modules: Vec<AppModule>,
    /// Modules that the file of the call declares itself.
    pub declared: Vec<String>,
}
