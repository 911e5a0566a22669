//! What an expansion needs to know beside its tokens, as plain data. Others read the files.

mod app_file;
mod known;
mod lexer;
mod source;
mod tree;

pub use app_file::AppFile;
pub use known::{Around, KnownMethod, KnownObject, KnownText, ObjectKind, Project};
pub use source::{declared_modules, methods_in, objects_in};
pub use tree::{AppContent, AppFolder, AppManifest, AppModule, NAMESPACES};
