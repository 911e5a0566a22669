//! The names an app author needs. The macros bring them into every file of an app.

#[doc(hidden)]
pub use appos_runtime::codegen_support as __appos_support;
pub use appos_runtime::codegen_support::{
    Date, DateTime, Decimal, Id, Many, One, Record, RecordQuery, Ref, Restricted, Rows, Translations,
};
pub use appos_runtime::model::{Condition, Eager, Page};
pub use appos_runtime::platform;
pub use appos_runtime::record::transaction;
pub use appos_runtime::state::Ctx;
pub use appos_runtime::value::{Json, Uuid};
pub use appos_runtime::{AppOsError, ErrorKind, Result, dec};

pub use appos_runtime::icon;
pub use appos_runtime::ui::components::{
    Align, Avatar, Badge, Banner, BarChart, Breadcrumbs, BulkBar, Button, ButtonVariant, Card, Change, Changes,
    CheckboxField, Choice, Column, ColumnKind, CommandPalette, Crumb, DataTable, Density, Detail, Details, DonutChart,
    EmptyState, ErrorState, Field, FileDrop, Form, FormErrors, FormProblem, Gallery, Gap, GlobalSearch, Grid, Icon,
    IconButton, IconName, InputKind, JsonView, LineChart, LinkButton, ListField, Menu, MenuItem, MenuLink, MenuSection,
    Metric, Modal, MultiSelect, PageHeader, Pagination, PaletteEntry, PaletteGroup, Progress, RadioGroup,
    RelationPicker, Row, SelectField, Series, Skeleton, Slice, SortDirection, Sparkline, SwitchField, Tab, TableCell,
    TableColumn, TableRow, TableState, Tabs, Tag, TextArea, TextField, Timeline, TimelineEntry, Toast, Toasts, Tone,
    Tooltip, Trend, Wizard, field_id,
};

pub use engine::ObjectRef;
pub use serde_json::json;

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
pub use appos_runtime::ui::{LoadState, Loader, Navigation, navigation, use_data, use_query, use_rule};
pub use appos_runtime::ui::{Reporter, Work, use_work};

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
