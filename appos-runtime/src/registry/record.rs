//! What the engine knows of a record: its table and its fields. One generic service, route
//! set and document generator is driven by this data; nothing of them is compiled per record.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Plural;
use super::descriptor::ObjectDescriptor;
use crate::error::Result;
use crate::model::{Condition, Row};
use crate::value::{FieldAccess, FieldType, UploadedFile, Value};

/// Table and fields of a record.
#[derive(Debug)]
pub struct RecordDescriptor {
    /// Table name, such as `crm_customer`.
    pub table: &'static str,
    /// Plural name in routes, such as `customers`.
    pub plural: Plural,
    /// Name of the Rust struct, such as `Customer`.
    pub type_name: &'static str,
    /// Reference of the connected system in whose database the table is; `None`: the platform's own.
    pub connected_system: Option<&'static str>,
    /// True if the table is somebody else's: it is made and changed by nobody here, and has none of the system columns
    /// but `id`.
    pub external: bool,
    /// Index in `fields` of the field that stands for a row in lists and references.
    pub display: Option<usize>,
    /// True if each write of a row leaves an entry in the audit log.
    pub audit_log: bool,
    /// True if deleted rows are kept, out of sight, and can be restored.
    pub soft_delete: bool,
    /// The rule that says which rows a principal may see; `None`: all.
    pub rows: Option<RowsRule>,
    /// Name of the table, or of the record, before it got another.
    pub renamed_from: Option<&'static str>,
    /// What it is for files: a document, or a folder of documents.
    pub filing: Option<&'static FilingDescriptor>,
    /// Rules that are called with each write, in its transaction or after its commit.
    pub hooks: Hooks,
    /// The author's fields in order; the system fields are not among them.
    pub fields: &'static [FieldDescriptor],
    /// Groups of fields (indexes) that are unique together.
    pub unique: &'static [&'static [usize]],
    /// Groups of fields (indexes) that share an index.
    pub indexes: &'static [&'static [usize]],
}

impl RecordDescriptor {
    /// A record about which nothing is said: what the macros write is only what differs.
    pub const NONE: Self = Self {
        table: "",
        plural: Plural::Written(""),
        type_name: "",
        connected_system: None,
        external: false,
        display: None,
        audit_log: false,
        soft_delete: false,
        rows: None,
        renamed_from: None,
        filing: None,
        hooks: Hooks::NONE,
        fields: &[],
        unique: &[],
        indexes: &[],
    };

    /// The field at this place of a struct for writing, where nothing is named.
    pub fn initial<X: 'static>(&self, place: usize) -> X {
        self.fields[place].access.initial()
    }

    /// What it says of its files, if its rows are documents.
    pub const fn document(&self) -> Option<&'static FilingDescriptor> {
        match self.filing {
            Some(filing) if !filing.is_folder => Some(filing),
            _ => None,
        }
    }

    /// Finds a field of the author's by name.
    pub fn field(&self, name: &str) -> Option<(usize, &'static FieldDescriptor)> {
        self.fields.iter().enumerate().find(|(_, field)| field.name == name)
    }
}

/// What a record is for files. Its first field refers to the row that it belongs to.
#[derive(Debug)]
pub struct FilingDescriptor {
    /// The record whose rows it belongs to, and whose permissions it has.
    pub of: fn() -> &'static ObjectDescriptor,
    /// True: its rows are folders of documents; false: each of its rows is a file.
    pub is_folder: bool,
    /// Media types of files, such as `application/pdf` and `image/*`; empty: all.
    pub accept: &'static [&'static str],
    /// Largest file, in bytes.
    pub max_size: Option<u64>,
    /// Most documents that belong to one row.
    pub max_files: Option<u64>,
    /// How many versions of a document are kept.
    pub versions: Option<u64>,
    /// After which time documents of a folder are deleted, counted from their last change.
    pub auto_cleanup: Option<Duration>,
    /// Asked about each file before anybody can see it.
    pub scan: Option<ScanRule>,
}

/// Asks a rule about a file that was received; an error refuses it.
pub type ScanRule = fn(UploadedFile) -> Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// Asks a rule which rows the principal may see. The call is a dispatch, with his rights.
pub type RowsRule = fn() -> Pin<Box<dyn Future<Output = Result<Condition>> + Send>>;

/// Makes the value of a computed field from a row as whoever asks sees it.
pub type Compute = fn(&Row) -> Result<Value>;

/// Calls a rule with a row, or enqueues that. Either is a dispatch, with the rights of whoever
/// writes.
pub type HookCall = fn(Row) -> Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// A rule that is called with each write of a row, or a process that is started with it.
#[derive(Clone, Copy, Debug)]
pub struct Hook {
    /// The rule or process. A function, since records and rules may name each other.
    pub rule: fn() -> &'static ObjectDescriptor,
    /// True if it is called with the row's id, if and only if the write is committed: a rule from the outbox, a
    /// process by a worker; else with the row, in the write's transaction: an error undoes the write.
    pub after_commit: bool,
    /// Makes the call, puts it into the outbox or starts the process, in the write's transaction.
    pub call: HookCall,
}

/// Rules that are called with each write of a row, in this order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hooks {
    /// With the new row.
    pub create: &'static [Hook],
    /// With the row as it is after the change.
    pub update: &'static [Hook],
    /// With the row that is about to be deleted.
    pub delete: &'static [Hook],
}

impl Hooks {
    /// No hook.
    pub const NONE: Self = Self { create: &[], update: &[], delete: &[] };
}

/// One field of a record.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own about the field")]
pub struct FieldDescriptor {
    /// Name in Rust, JSON and filters.
    pub name: &'static str,
    /// Column name.
    pub column: &'static str,
    /// Name of the column before it got another.
    pub renamed_from: Option<&'static str>,
    /// Name for people.
    pub label: &'static str,
    /// What the field is for, or "".
    pub description: &'static str,
    /// What kind of value it holds.
    pub field_type: FieldType,
    /// True for `Option<T>`.
    pub nullable: bool,
    /// How the field is reached in the structs of its record.
    pub access: &'static FieldAccess,
    /// True if no two rows may hold the same value.
    pub unique: bool,
    /// True if the column has an index of its own.
    pub index: bool,
    /// True if full-text search reads it.
    pub search: bool,
    /// True if logs must never show it.
    pub sensitive: bool,
    /// Value for a row that does not name one.
    pub default: Option<fn() -> Value>,
    /// Groups that may read the field; `None`: whoever may view the record.
    pub view: Option<&'static [&'static str]>,
    /// Groups that may write the field; `None`: whoever may create or update the record.
    pub update: Option<&'static [&'static str]>,
    /// Checks of the `validator` crate.
    pub validations: &'static [Validation],
    /// What happens to this row when the row it refers to is deleted.
    pub on_delete: OnDelete,
    /// Makes the value when a row is read; such a field has no column.
    pub computed: Option<Compute>,
    /// Set from the file of a document.
    pub of_file: bool,
    /// Rows are numbered in this field: "" for plain numbers, else the format of a text.
    pub auto_number: Option<&'static str>,
}

impl FieldDescriptor {
    /// A field about which nothing else is said: what the macros write is only what differs.
    pub const fn plain(
        name: &'static str,
        label: &'static str,
        (field_type, nullable, access): (FieldType, bool, &'static FieldAccess),
    ) -> Self {
        Self {
            name,
            column: name,
            renamed_from: None,
            label,
            description: "",
            field_type,
            nullable,
            access,
            unique: false,
            index: false,
            search: false,
            sensitive: false,
            default: None,
            view: None,
            update: None,
            validations: &[],
            on_delete: OnDelete::Restrict,
            computed: None,
            of_file: false,
            auto_number: None,
        }
    }

    /// The same field with another number of digits after the point, if it is a decimal.
    #[must_use]
    pub const fn with_scale(self, scale: u32) -> Self {
        Self { field_type: self.field_type.with_scale(scale), ..self }
    }

    /// True if the field has a column: all but `Many<T>` and computed fields.
    pub const fn is_stored(&self) -> bool {
        self.computed.is_none() && !matches!(self.field_type, FieldType::Many(_))
    }

    /// True if the field has a value that can be shown: all but `Many<T>`.
    pub const fn has_value(&self) -> bool {
        !matches!(self.field_type, FieldType::Many(_))
    }

    /// True if whoever writes the row may name its value.
    pub const fn is_named(&self) -> bool {
        self.is_stored() && self.auto_number.is_none() && !self.of_file
    }
}

/// What happens to a row when the row it refers to is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDelete {
    /// The other row cannot be deleted while this one refers to it.
    #[default]
    Restrict,
    /// This row is deleted too.
    Cascade,
    /// The reference becomes empty; the field must be an `Option`.
    SetNull,
}

/// A check of the `validator` crate on one field, run on every write path.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Validation {
    /// Number of characters of a text, or of items of a list.
    Length {
        /// Smallest number allowed.
        min: Option<u64>,
        /// Largest number allowed.
        max: Option<u64>,
        /// The only number allowed.
        equal: Option<u64>,
    },
    /// Size of a number; limits are decimal texts, so that no digit is lost.
    Range {
        /// Smallest value allowed.
        min: Option<&'static str>,
        /// Largest value allowed.
        max: Option<&'static str>,
        /// The value must be larger than this.
        exclusive_min: Option<&'static str>,
        /// The value must be smaller than this.
        exclusive_max: Option<&'static str>,
    },
    /// An e-mail address.
    Email,
    /// An absolute URL.
    Url,
    /// The text contains this pattern.
    Contains(&'static str),
    /// The text does not contain this pattern.
    DoesNotContain(&'static str),
}

/// The fields that every record has beside the author's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SystemField {
    /// Number of the row, given by the database.
    Id,
    /// When the row was created (UTC).
    CreatedAt,
    /// User who created it.
    CreatedBy,
    /// When it was last changed (UTC).
    UpdatedAt,
    /// User who last changed it.
    UpdatedBy,
    /// Counts the changes, from 1; a writer names the version it read.
    Version,
}

impl SystemField {
    /// All of them, in column order.
    pub const ALL: [Self; 6] =
        [Self::Id, Self::CreatedAt, Self::CreatedBy, Self::UpdatedAt, Self::UpdatedBy, Self::Version];

    /// Name in Rust, JSON, filters and the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::CreatedAt => "created_at",
            Self::CreatedBy => "created_by",
            Self::UpdatedAt => "updated_at",
            Self::UpdatedBy => "updated_by",
            Self::Version => "version",
        }
    }

    /// Finds a system field by name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}
