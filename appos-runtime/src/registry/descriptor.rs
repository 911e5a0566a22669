//! What the engine knows of an object: plain data in a `static`, written by the macros.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde::Serialize;

use super::connected_system::ConnectedSystemDescriptor;
use super::integration::IntegrationDescriptor;
use super::process::{ProcessDescriptor, StepDescriptor};
use super::record::RecordDescriptor;
use super::screen::{InterfaceDescriptor, PageDescriptor, SiteDescriptor};
use super::translation_set::TranslationSetDescriptor;
use super::web_api::WebApiDescriptor;
use crate::error::Result;
use crate::security::Permission;

/// The type of an object; the middle part of its reference is [`namespace`](Self::namespace).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ObjectKind {
    /// A data model with rows.
    Record,
    /// A piece of business logic.
    Rule,
    /// A value that may differ per environment.
    Constant,
    /// Work in steps that goes on after whatever interrupts it.
    Process,
    /// A piece of the work of a process.
    Step,
    /// A component of screens.
    Interface,
    /// A screen with an address.
    Page,
    /// The navigation of an app.
    Site,
    /// Texts in several languages.
    TranslationSet,
    /// A system outside.
    ConnectedSystem,
    /// A request to a system outside.
    Integration,
    /// A route of its own, called by other programs.
    WebApi,
}

impl ObjectKind {
    /// Every kind, in the order in which lists show them.
    pub const ALL: [Self; 12] = [
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
        Self::WebApi,
    ];

    /// The name used in logs, folders and options: `record`, `rule`, `page`.
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
            Self::TranslationSet => "translation_set",
            Self::ConnectedSystem => "connected_system",
            Self::Integration => "integration",
            Self::WebApi => "web_api",
        }
    }

    /// The middle part of a reference: `records`, `rules`, `pages`.
    pub const fn namespace(self) -> &'static str {
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
            Self::WebApi => "web_apis",
        }
    }

    /// 1: permissions are written on the object; 2: logic defaults; 3: UI defaults.
    pub const fn tier(self) -> u8 {
        match self {
            Self::Record | Self::Process | Self::Step | Self::ConnectedSystem | Self::Integration | Self::WebApi => 1,
            Self::Rule | Self::Constant => 2,
            Self::Interface | Self::Page | Self::Site | Self::TranslationSet => 3,
        }
    }

    /// The permissions that mean something for this kind.
    pub const fn permissions(self) -> &'static [Permission] {
        match self {
            Self::Record => &Permission::ALL,
            Self::Rule
            | Self::Constant
            | Self::Process
            | Self::Interface
            | Self::Page
            | Self::TranslationSet
            | Self::ConnectedSystem
            | Self::Integration
            | Self::WebApi => &[Permission::View, Permission::Use, Permission::Admin],
            Self::Step => &[Permission::Use],
            Self::Site => &[Permission::View],
        }
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The groups written on an object, per permission. `None`: the list was not written.
#[derive(Clone, Copy, Debug, Default)]
pub struct PermissionLists {
    /// Groups that may read.
    pub view: Option<&'static [&'static str]>,
    /// Groups that may execute.
    pub use_: Option<&'static [&'static str]>,
    /// Groups that may add rows.
    pub create: Option<&'static [&'static str]>,
    /// Groups that may change rows.
    pub update: Option<&'static [&'static str]>,
    /// Groups that may remove rows.
    pub delete: Option<&'static [&'static str]>,
    /// Groups that may do all of it and change the object's security.
    pub admin: Option<&'static [&'static str]>,
}

impl PermissionLists {
    /// No list is written.
    pub const NONE: Self = Self { view: None, use_: None, create: None, update: None, delete: None, admin: None };

    /// The list of one permission as written.
    pub const fn get(&self, permission: Permission) -> Option<&'static [&'static str]> {
        match permission {
            Permission::View => self.view,
            Permission::Use => self.use_,
            Permission::Create => self.create,
            Permission::Update => self.update,
            Permission::Delete => self.delete,
            Permission::Admin => self.admin,
        }
    }

    /// True if no list was written, so that tier defaults apply.
    pub fn is_empty(&self) -> bool {
        Permission::ALL.iter().all(|permission| self.get(*permission).is_none())
    }
}

impl ObjectDescriptor {
    /// The object whose permissions it inherits: that of a document or folder is the record it belongs to.
    pub fn inherits(&self) -> Option<&'static Self> {
        match self.detail {
            ObjectDetail::Record(RecordDescriptor { filing: Some(filing), .. }) => Some((filing.of)()),
            _ => None,
        }
    }

    /// It, and what it inherits permissions from, the nearest first. The start refuses circles, and whatever lies deeper
    /// than this goes; whoever asks before comes to an end all the same.
    pub fn lineage(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |object| object.inherits()).take(MAX_LINEAGE)
    }

    /// The groups that are written for a permission, on it or on what it inherits from.
    pub fn listed(&self, permission: Permission) -> Option<&'static [&'static str]> {
        self.lineage().find_map(|object| object.permissions.get(permission))
    }
}

/// How many records deep documents and folders can lie in each other.
const MAX_LINEAGE: usize = 16;

/// An object's number in this process, given when the registry is collected.
///
/// It lets a typed call find its counters and decisions by index instead of by name.
pub struct Slot(AtomicU32);

impl Slot {
    /// A slot without a number yet.
    pub const fn new() -> Self {
        Self(AtomicU32::new(u32::MAX))
    }

    pub(crate) fn get(&self) -> Option<usize> {
        match self.0.load(Ordering::Relaxed) {
            u32::MAX => None,
            index => Some(index as usize),
        }
    }

    pub(crate) fn set(&self, index: usize) {
        self.0.store(u32::try_from(index).unwrap_or(u32::MAX), Ordering::Relaxed);
    }
}

impl Default for Slot {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.get(), f)
    }
}

/// One object: its reference, where it is written, who may call it, and what is particular
/// to its kind.
#[derive(Debug)]
pub struct ObjectDescriptor {
    /// `app.namespace.name`, such as `crm.rules.customer_ltv`.
    pub reference: &'static str,
    /// The type of the object.
    pub kind: ObjectKind,
    /// Name of the app, such as `crm`.
    pub app: &'static str,
    /// Last part of the reference, in snake case.
    pub name: &'static str,
    /// Rust path of the module in which it is written (`module_path!()`).
    pub module: &'static str,
    /// Source file as the compiler names it.
    pub file: &'static str,
    /// Line of the object's name, from 1.
    pub line: u32,
    /// What the object is for: the `description` key, else the first doc paragraph, else "".
    pub description: &'static str,
    /// The groups written on the object.
    pub permissions: PermissionLists,
    /// True if the public account may use it (rules, constants) or view it (the other kinds).
    pub public_access: bool,
    /// The object's own time limit, if one is written.
    pub timeout: Option<Duration>,
    /// What is particular to the kind.
    pub detail: ObjectDetail,
    /// This object's number in the process.
    pub slot: Slot,
}

impl ObjectDescriptor {
    /// What objects about which nothing is said have in common.
    #[expect(
        clippy::declare_interior_mutable_const,
        reason = "the base of statics, each of which has a slot of its own"
    )]
    pub const NONE: Self = Self {
        reference: "",
        kind: ObjectKind::Record,
        app: "",
        name: "",
        module: "",
        file: "",
        line: 0,
        description: "",
        permissions: PermissionLists::NONE,
        public_access: false,
        timeout: None,
        detail: ObjectDetail::Record(&RecordDescriptor::NONE),
        slot: Slot::new(),
    };

    /// The service account as which it runs by itself, or whoever calls it.
    pub(crate) fn run_as(&self) -> Option<&'static str> {
        match self.detail {
            ObjectDetail::Process(process) => process.run_as,
            ObjectDetail::WebApi(api) => api.run_as,
            _ => None,
        }
    }
}

/// What is particular to each kind of object.
#[derive(Debug)]
#[non_exhaustive]
pub enum ObjectDetail {
    /// Table and fields.
    Record(&'static RecordDescriptor),
    /// Parameters and the erased entry.
    Rule(&'static RuleDescriptor),
    /// Environments and the erased entry.
    Constant(&'static ConstantDescriptor),
    /// Parameters, version and the body's entry.
    Process(&'static ProcessDescriptor),
    /// Parameters, what becomes of failures, and the body's entry.
    Step(&'static StepDescriptor),
    /// Properties of the component.
    Interface(&'static InterfaceDescriptor),
    /// Route and parameters.
    Page(&'static PageDescriptor),
    /// Name, and the page shown first.
    Site(&'static SiteDescriptor),
    /// Texts and the erased entry.
    TranslationSet(&'static TranslationSetDescriptor),
    /// What it speaks, where it is, and which secrets it needs.
    ConnectedSystem(&'static ConnectedSystemDescriptor),
    /// Parameters, system, and what becomes of failures.
    Integration(&'static IntegrationDescriptor),
    /// Route, who may come by it, and the erased entries.
    WebApi(&'static WebApiDescriptor),
}

/// A future of a JSON value, as dynamic dispatch needs it.
pub type BoxedCall = Pin<Box<dyn Future<Output = Result<serde_json::Value>> + Send>>;

/// A parameter of a rule or of a screen, as written.
#[derive(Debug, Serialize)]
pub struct Parameter {
    /// Parameter name.
    pub name: &'static str,
    /// Its Rust type as written, for people.
    #[serde(rename = "type")]
    pub type_name: &'static str,
}

/// What is particular to an expression rule.
#[derive(Debug)]
pub struct RuleDescriptor {
    /// Parameters in order.
    pub parameters: &'static [Parameter],
    /// The Rust type it answers with, as written, without `Result`.
    pub returns: &'static str,
    /// How long a good answer is given again for the same arguments, if at all.
    pub cache: Option<Duration>,
    /// Reads arguments from a JSON object and makes the typed call, which is dispatch.
    pub invoke: fn(serde_json::Value) -> BoxedCall,
}

/// What is particular to a constant.
#[derive(Debug)]
pub struct ConstantDescriptor {
    /// The Rust type of the value, as written.
    pub type_name: &'static str,
    /// Environments that have a value of their own.
    pub environments: &'static [&'static str],
    /// Makes the typed call, which is dispatch, and answers JSON.
    pub invoke: fn(serde_json::Value) -> BoxedCall,
}

/// One app as `app!()` sees it.
#[derive(Debug)]
pub struct AppDescriptor {
    /// Name of the app; equal to the crate's name.
    pub name: &'static str,
    /// Where `app.yaml` was read, for messages.
    pub yaml_path: &'static str,
    /// Contents of `app.yaml`, compiled in so that one binary is enough.
    pub yaml: &'static str,
    /// Version of the app's crate.
    pub version: &'static str,
    /// The file that `theme.logo` names, compiled in for the same reason; `None`: none is named, or it is not there.
    pub logo: Option<&'static [u8]>,
}
