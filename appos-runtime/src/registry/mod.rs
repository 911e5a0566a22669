//! What objects exist: descriptors made by the macros, collected at link time.

mod checked;
mod collect;
mod connected_system;
mod descriptor;
mod integration;
mod language;
mod manifest;
mod manifest_outside;
mod manifest_process;
mod object;
mod piece;
mod plural;
mod process;
mod record;
mod screen;
mod translation_set;
mod web_api;

pub use checked::{HasLength, HoldsNumber, HoldsText, on_length, on_number, on_text};
pub use collect::{AppRegistration, Registration, Registry};
#[cfg(feature = "db")]
pub(crate) use connected_system::AuthMethod;
pub use connected_system::{Auth, ConnectedSystemDescriptor, Login, Secret, SystemKind, auth};
pub use descriptor::{
    AppDescriptor, BoxedCall, ConstantDescriptor, ObjectDescriptor, ObjectDetail, ObjectKind, Parameter,
    PermissionLists, RuleDescriptor, Slot,
};
pub use integration::IntegrationDescriptor;
pub use language::canonical_tag;
pub use manifest::{Manifest, ManifestObject};
pub use manifest_outside::{ManifestIntegration, ManifestSystem};
pub use manifest_process::{ManifestProcess, ManifestStep};
pub use object::{Object, SystemObject};
pub use piece::{PieceDescriptor, PieceKind};
pub use plural::Plural;
pub use process::{
    CatchUp, Input, InputOf, ProcessDescriptor, RecordTrigger, RowEvent, Schedule, StepDescriptor, UnknownInput,
};
pub use record::{
    Compute, FieldDescriptor, FilingDescriptor, Hook, HookCall, Hooks, OnDelete, RecordDescriptor, RowsRule, ScanRule,
    SystemField, Validation,
};
pub use screen::{InterfaceDescriptor, PageDescriptor, PageParameter, SiteDescriptor};
pub use translation_set::{PluralCategory, TextDescriptor, TranslationSetDescriptor, Wording};
pub use web_api::{RateLimit, SignatureStyle, WebApiAuth, WebApiDescriptor, WebhookSignature};
