//! The names an app author needs. The macros bring them into every file of an app.

#[doc(hidden)]
pub use appos_runtime::codegen_support as __appos_support;
pub use appos_runtime::codegen_support::all_pages;
pub use appos_runtime::codegen_support::{
    Date, DateTime, Decimal, DocumentRecord, FileUpload, Id, Many, One, Record, RecordQuery, Ref, Restricted, Rows,
    Translations, UploadedFile,
};
pub use appos_runtime::model::{Condition, Eager, Page};
pub use appos_runtime::platform;
pub use appos_runtime::record::transaction;
pub use appos_runtime::state::Ctx;
pub use appos_runtime::value::{Json, Uuid};
pub use appos_runtime::{AppOsError, ErrorKind, Result, dec};

pub use appos_runtime::icon;
// Values, not types: see the module. What they take is in `ui`.
pub use appos_runtime::ui::components::by_name::{
    Avatar, Badge, Banner, BarChart, Breadcrumbs, BulkBar, Button, Card, Changes, CheckboxField, Column,
    CommandPalette, DataTable, Detail, Details, DonutChart, EmptyState, ErrorState, Field, FileDrop, Form, FormErrors,
    Gallery, GlobalSearch, Grid, Icon, IconButton, JsonView, LineChart, LinkButton, ListField, Menu, Metric, Modal,
    MultiSelect, PageHeader, Pagination, Progress, RadioGroup, RelationPicker, Row, SelectField, Skeleton, Sparkline,
    SwitchField, Tabs, Tag, TextArea, TextField, Timeline, Toasts, Tooltip, Wizard,
};

// Functions and values, not types: an app may have records called so. What they answer is in `process`.
pub use appos_runtime::process::{
    Skip, ask, days, hours, minutes, parallel, seconds, sleep, sleep_until, step, wait_for,
};

pub use engine::ObjectRef;
pub use serde_json::json;

pub use appos_runtime::ui::by_name::RecordTable;
#[doc(hidden)]
pub use appos_runtime::ui::dioxus::html::{GlobalAttributesExtension as _, SvgAttributesExtension as _};
pub use appos_runtime::ui::dioxus::prelude::{Element, EventHandler, ReadSignal, Signal};
#[doc(hidden)]
pub use appos_runtime::ui::dioxus::prelude::{Readable as _, ReadableExt as _, ReadableOptionExt as _};
#[doc(hidden)]
pub use appos_runtime::ui::dioxus::prelude::{ReadableVecExt as _, Writable as _, WritableExt as _};
#[doc(hidden)]
pub use appos_runtime::ui::dioxus::prelude::{dioxus_core, dioxus_elements, dioxus_signals};
pub use appos_runtime::ui::dioxus::prelude::{rsx, use_context, use_context_provider, use_effect};
pub use appos_runtime::ui::dioxus::prelude::{use_hook, use_memo, use_signal};
pub use appos_runtime::ui::{Navigation, navigation, use_data, use_query, use_rule, use_work};

/// What components take, and what loads and works answer: `ui::Tone::Good`. Names of their own would be taken from
/// the records of apps.
pub mod ui {
    pub use appos_runtime::model::RecordRows;
    pub use appos_runtime::ui::components::{
        Align, ButtonVariant, Change, Choice, ColumnKind, Crumb, Density, FormProblem, Gap, IconName, InputKind,
        MenuItem, MenuLink, MenuSection, PaletteEntry, PaletteGroup, Series, Slice, SortDirection, Tab, TableCell,
        TableColumn, TableRow, TableState, TimelineEntry, Toast, Tone, Trend, field_id,
    };
    pub use appos_runtime::ui::{FieldInput, FormFields, choice_label};
    pub use appos_runtime::ui::{LoadState, Loader, Reporter, Work};
}

/// What web APIs take and answer: `http::Accepted`.
pub mod http {
    pub use appos_runtime::web_api::{Accepted, Body, Download, FilePart, Form, Headers, Json, Query, Upload};
}

/// What the functions of processes answer: `process::Instance`.
pub mod process {
    pub use appos_runtime::process::{
        Answered, Ask, AskForAWhile, Assignee, FireAndForget, Instance, MaybeStep, Parallel, ProcessCall, Sleep, Step,
        StepCall, WaitFor, WaitForAWhile,
    };
}

/// Mail and files of connected systems, and answers that integrations do not read as JSON: `outside::Email`. Names of their own would be taken from the records of apps.
pub mod outside {
    pub use appos_runtime::codegen_support::{Answer, Auth, Call, Download};
    pub use appos_runtime::outside::{
        Address, Attachment, Email, FtpSystem, ImapSystem, MailSearch, ReceivedMessage, RemoteFile, SmtpSystem,
    };
}

/// Calls by reference.
pub mod engine {
    pub use appos_runtime::engine::{Object, ObjectRef, dispatch};
    pub use appos_runtime::platform::enqueue;
}

/// Tokio as an app uses it: tasks keep the context of the code that spawns them.
pub mod tokio {
    pub use appos_runtime::engine::spawn;
    pub use tokio::{join, pin, select, sync, time, try_join};

    /// Tasks that keep the context of the code that spawns them.
    pub mod task {
        pub use appos_runtime::engine::{JoinSet, spawn};
        pub use tokio::task::{JoinError, JoinHandle, yield_now};
    }
}
