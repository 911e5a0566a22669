//! What the AppOS macros expand to: a plain library from tokens to tokens and diagnostics.
//!
//! It reads no file, no environment and no clock: what an expansion needs to know beside its
//! tokens (the app's name, its groups, its other objects) comes in as a [`Project`] or
//! [`AppFolder`]. It knows the runtime only as paths in text.

// Reading order: how mistakes are reported, how attributes and items are read, what is shared
// by all objects, then each object.
pub mod diagnostics;

mod attributes;
mod syntax;

mod callable;
mod deferred;
pub mod naming;
mod paths;
mod recovery;
mod registration;
mod screen;
mod security;
mod template;

pub mod project;

mod expand;
mod marking;
mod objects;

#[cfg(feature = "migration")]
pub mod migration;

pub use diagnostics::Diagnostic;
pub use expand::{Expansion, Kind, expand, expand_app, expand_platform, expand_text};
pub use objects::process::{ShapeLine, shape};
pub use objects::translation_set::texts_in;
pub use project::{
    AppContent, AppFile, AppFolder, AppManifest, AppModule, Around, KnownMethod, KnownObject, KnownText, ObjectKind,
    Project,
};
