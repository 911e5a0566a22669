//! What screens are made of. Everything here works in a page without script, and in a live one.
//!
//! # What the script of a page reads
//!
//! Components ask for what HTML alone cannot do by attributes; nothing of it is needed to read or to change data.
//!
//! | attribute | on | what it asks for |
//! |---|---|---|
//! | `data-modal="open"` | `dialog[open]` | is lifted above the page (`showModal()`) |
//! | `data-modal="closed"` | `dialog` | waits for an element with `data-opens` and its id |
//! | `data-close` | in a dialog or toast | what Escape, a press beside it, or its time does |
//! | `data-key="ctrl+k"`, `"/"` | anything | the keys press it, or lead into it |
//! | `data-tabs` | `role=tablist` | arrow keys; a press shows the panel that `aria-controls` names |
//! | `data-menu` | a popover | arrow keys among its links and buttons; a press closes it |
//! | `data-combobox="values"` | around an `input[role=combobox]` | arrow keys, Enter, Escape; the chosen option's `data-value` goes into the hidden field, its `data-text` into the other |
//! | `data-combobox="links"` | the same | Enter follows the chosen link |
//! | `data-select-all`, `data-select` | boxes of a table | one ticks the others |
//! | `data-bulk`, `data-bulk-count` | the form of ticked rows | is there while a row is ticked, and says how many are |
//! | `data-timeout="6000"` | toasts | leaves by itself, not while the pointer or the focus is there |
//! | `data-drop`, `data-drop-names` | around a field for files | takes what is dropped, tells the names |
//! | `data-unsaved` | `form` | who leaves with changes is asked |
//! | `data-focus` | anything | takes the focus when it appears |
//!
//! `ao-script-only` is the class of what only works with script; browsers without it do not show it.

// Reading order: what the others use, then from the small to the large.
mod button;
pub mod by_name;
mod chart;
mod escape;
mod events;
mod form;
mod gallery;
mod icon;
mod json;
mod layout;
mod metric;
mod navigation;
mod overlay;
mod states;
mod status;
mod table;
mod timeline;
mod tone;

pub use button::{Button, ButtonProps, ButtonVariant, IconButton, IconButtonProps, LinkButton, LinkButtonProps};
pub use chart::{
    BarChart, BarChartProps, DonutChart, DonutChartProps, LineChart, LineChartProps, Series, Slice, Sparkline,
    SparklineProps,
};
pub use form::{
    CheckboxField, CheckboxFieldProps, Choice, Field, FieldProps, FileDrop, FileDropProps, Form, FormErrors,
    FormErrorsProps, FormProblem, FormProps, InputKind, ListField, ListFieldProps, MultiSelect, MultiSelectProps,
    RadioGroup, RadioGroupProps, RelationPicker, RelationPickerProps, SelectField, SelectFieldProps, SwitchField,
    SwitchFieldProps, TextArea, TextAreaProps, TextField, TextFieldProps, field_id,
};
pub use gallery::Gallery;
pub(crate) use icon::icon;
pub use icon::{FromText, Icon, IconName, IconProps};
pub use json::{JsonView, JsonViewProps};
pub(in crate::ui) use layout::end;
pub use layout::{
    Align, Card, CardProps, Column, ColumnProps, Detail, DetailProps, Details, DetailsProps, Gap, Grid, GridProps,
    PageHeader, PageHeaderProps, Row, RowProps,
};
pub use metric::{Metric, MetricProps, MetricValue, Trend};
pub use navigation::{
    Breadcrumbs, BreadcrumbsProps, Crumb, Pagination, PaginationProps, Tab, Tabs, TabsProps, Wizard, WizardProps,
};
pub use overlay::{
    CommandPalette, CommandPaletteProps, GlobalSearch, GlobalSearchProps, Menu, MenuItem, MenuLink, MenuProps,
    MenuSection, Modal, ModalProps, PaletteEntry, PaletteGroup, Toast, Toasts, ToastsProps,
};
pub use states::{
    Banner, BannerProps, EmptyState, EmptyStateProps, ErrorState, ErrorStateProps, Skeleton, SkeletonProps,
};
pub use status::{
    Avatar, AvatarProps, Badge, BadgeProps, Progress, ProgressProps, Tag, TagProps, Tooltip, TooltipProps,
};
pub use table::{
    BulkBar, BulkBarProps, ColumnKind, DataTable, DataTableProps, Density, SortDirection, TableCell, TableColumn,
    TableRow, TableState,
};
pub use timeline::{Change, Changes, ChangesProps, Timeline, TimelineEntry, TimelineProps};
pub use tone::Tone;
