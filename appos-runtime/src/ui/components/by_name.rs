//! Components as values alone, as the prelude brings them into every file: a record of an app may be called
//! `Card` or `Tag`, as a type and a value of one name stand beside each other.
//!
//! The components themselves are functions, but Dioxus puts a name for editors beside each, which is a type.

use dioxus::prelude::Element;

use super as own;

macro_rules! by_name {
    ($($component:ident $props:ident,)*) => {
        $(
            #[doc = concat!("The component [`", stringify!($component), "`](super::", stringify!($component), "()).")]
            #[allow(non_upper_case_globals, reason = "`rsx!` takes what begins with a capital for a component")]
            pub const $component: fn(own::$props) -> Element = own::$component;
        )*
    };
}

by_name! {
    Avatar AvatarProps,
    Badge BadgeProps,
    Banner BannerProps,
    BarChart BarChartProps,
    Breadcrumbs BreadcrumbsProps,
    BulkBar BulkBarProps,
    Button ButtonProps,
    Card CardProps,
    Changes ChangesProps,
    CheckboxField CheckboxFieldProps,
    Column ColumnProps,
    CommandPalette CommandPaletteProps,
    DataTable DataTableProps,
    Detail DetailProps,
    Details DetailsProps,
    DonutChart DonutChartProps,
    EmptyState EmptyStateProps,
    ErrorState ErrorStateProps,
    Field FieldProps,
    FileDrop FileDropProps,
    Form FormProps,
    FormErrors FormErrorsProps,
    GlobalSearch GlobalSearchProps,
    Grid GridProps,
    Icon IconProps,
    IconButton IconButtonProps,
    JsonView JsonViewProps,
    LineChart LineChartProps,
    LinkButton LinkButtonProps,
    ListField ListFieldProps,
    Menu MenuProps,
    Metric MetricProps,
    Modal ModalProps,
    MultiSelect MultiSelectProps,
    PageHeader PageHeaderProps,
    Pagination PaginationProps,
    Progress ProgressProps,
    RadioGroup RadioGroupProps,
    RelationPicker RelationPickerProps,
    Row RowProps,
    SelectField SelectFieldProps,
    Skeleton SkeletonProps,
    Sparkline SparklineProps,
    SwitchField SwitchFieldProps,
    Tabs TabsProps,
    Tag TagProps,
    TextArea TextAreaProps,
    TextField TextFieldProps,
    Timeline TimelineProps,
    Toasts ToastsProps,
    Tooltip TooltipProps,
    Wizard WizardProps,
}

/// The component [`Gallery`](super::Gallery()).
#[allow(non_upper_case_globals, reason = "`rsx!` takes what begins with a capital for a component")]
pub const Gallery: fn() -> Element = own::Gallery;
