#[allow(unused_imports)]
use facade::appos::prelude::*;
#[allow(unused_imports)]
use crate::__appos_scope::*;
/// An order.
///
/// Not part of the description.
#[cfg(feature = "orders")]
#[allow(clippy::struct_excessive_bools)]
#[allow(missing_docs)]
pub struct Order {
    /// Number of the row, given by the database.
    pub id: __appos_support::Id<Order>,
    /// Who ordered.
    pub customer: Ref<Customer>,
    pub filter: String,
    pub r#type: i64,
    /// When the row was created (UTC).
    pub created_at: __appos_support::DateTime,
    /// User who created it.
    pub created_by: ::core::option::Option<__appos_support::UserRef>,
    /// When it was last changed (UTC).
    pub updated_at: __appos_support::DateTime,
    /// User who last changed it.
    pub updated_by: ::core::option::Option<__appos_support::UserRef>,
    /// Counts the changes, from 1.
    pub version: i64,
}
#[cfg(feature = "orders")]
///The fields of a `Order`: to be written, or their columns.
#[allow(missing_docs)]
pub struct OrderFields<__K: __appos_support::FieldKind> {
    /// Who ordered.
    pub customer: __K::Of<Ref<Customer>>,
    pub filter: __K::Of<String>,
    pub r#type: __K::Of<i64>,
}
#[cfg(feature = "orders")]
///The fields of a new `Order`, for create.
pub type NewOrder = OrderFields<__appos_support::New>;
#[cfg(feature = "orders")]
///Changes to a `Order`: the fields that are `Some`, for update.
pub type OrderPatch = OrderFields<__appos_support::Patch>;
#[cfg(feature = "orders")]
///The columns of `Order`, for filters and order.
pub type OrderColumns = OrderFields<__appos_support::Columns>;
#[cfg(feature = "orders")]
///A search for rows of `Order`.
#[derive(Clone)]
#[must_use]
pub struct OrderQuery(__appos_support::Query<Order>);
#[cfg(feature = "orders")]
const _: () = {
    static __APPOS_RECORD: __appos_support::RecordDescriptor = __appos_support::RecordDescriptor {
        table: "orders",
        plural: __appos_support::Plural::Written("purchases"),
        type_name: "Order",
        display: ::core::option::Option::None,
        audit_log: false,
        hooks: __appos_support::Hooks::NONE,
        fields: &[
            __appos_support::FieldDescriptor {
                column: "buyer",
                description: "Who ordered.",
                on_delete: __appos_support::OnDelete::Cascade,
                ..__appos_support::FieldDescriptor::plain(
                    "customer",
                    "Customer",
                    <Ref<Customer> as __appos_support::FieldValue>::COLUMN,
                )
            },
            __appos_support::FieldDescriptor {
                sensitive: true,
                default: ::core::option::Option::Some(|| {
                    <String as __appos_support::FieldValue>::into_value(
                        <NewOrder as ::core::default::Default>::default().filter,
                    )
                }),
                ..__appos_support::FieldDescriptor::plain(
                    "filter",
                    "Filter",
                    <String as __appos_support::FieldValue>::COLUMN,
                )
            },
            __appos_support::FieldDescriptor::plain(
                "type",
                "Type",
                <i64 as __appos_support::FieldValue>::COLUMN,
            ),
        ],
        unique: &[],
        indexes: &[],
        ..__appos_support::RecordDescriptor::NONE
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.records.order",
        kind: __appos_support::ObjectKind::Record,
        app: "crm",
        name: "order",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "An order.",
        permissions: __appos_support::PermissionLists::NONE,
        public_access: true,
        timeout: ::core::option::Option::Some(
            ::core::time::Duration::from_millis(5000u64),
        ),
        detail: __appos_support::ObjectDetail::Record(&__APPOS_RECORD),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for Order {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
    impl __appos_support::Record for Order {
        type New = NewOrder;
        type Patch = OrderPatch;
        type Query = OrderQuery;
        type Columns = OrderColumns;
        fn columns() -> &'static OrderColumns {
            static COLUMNS: OrderColumns = OrderColumns {
                customer: __appos_support::Column::field(0usize),
                filter: __appos_support::Column::field(1usize),
                r#type: __appos_support::Column::field(2usize),
            };
            &COLUMNS
        }
        fn from_row(
            row: &__appos_support::RowReader,
            pass: &mut __appos_support::FieldPass,
        ) -> Self {
            Self {
                customer: pass.next(),
                filter: pass.next(),
                r#type: pass.next(),
                id: row.id(),
                created_at: row.created_at(),
                created_by: row.created_by(),
                updated_at: row.updated_at(),
                updated_by: row.updated_by(),
                version: row.version(),
            }
        }
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            pass.field(&mut into.customer, &from.customer);
            pass.field(&mut into.filter, &from.filter);
            pass.field(&mut into.r#type, &from.r#type);
        }
        fn system(&self) -> __appos_support::SystemValues {
            let created = (self.created_at, self.created_by);
            __appos_support::system_values(
                self.id,
                created,
                (self.updated_at, self.updated_by),
                self.version,
            )
        }
    }
    impl<__K: __appos_support::WriteKind> __appos_support::RecordFields
    for OrderFields<__K> {
        type Record = Order;
        type Kind = __K;
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            pass.field(&mut into.customer, &from.customer);
            pass.field(&mut into.filter, &from.filter);
            pass.field(&mut into.r#type, &from.r#type);
        }
    }
    impl __appos_support::RecordQuery for OrderQuery {
        type Record = Order;
        fn from_inner(inner: __appos_support::Query<Order>) -> Self {
            Self(inner)
        }
        fn into_inner(self) -> __appos_support::Query<Order> {
            self.0
        }
    }
    __appos_support::record_traits!(Order, OrderFields);
    impl<__K: __appos_support::WriteKind> ::core::default::Default for OrderFields<__K> {
        fn default() -> Self {
            Self {
                customer: __APPOS_RECORD.initial(0usize),
                filter: __K::given::<String>(|| ::core::convert::Into::into("new")),
                r#type: __APPOS_RECORD.initial(2usize),
            }
        }
    }
    /// Each keeps the rows whose field of this name has this value.
    #[allow(missing_docs)]
    impl OrderQuery {
        pub fn customer(self, value: impl ::core::convert::Into<Ref<Customer>>) -> Self {
            Self(self.0.finder::<Ref<Customer>>(0usize, value))
        }
        pub fn by_filter(self, value: impl ::core::convert::Into<String>) -> Self {
            Self(self.0.finder::<String>(1usize, value))
        }
        pub fn r#type(self, value: i64) -> Self {
            Self(self.0.finder::<i64>(2usize, value))
        }
    }
    impl ::core::ops::Deref for OrderColumns {
        type Target = __appos_support::SystemColumns<Order>;
        fn deref(&self) -> &__appos_support::SystemColumns<Order> {
            __appos_support::SystemColumns::of()
        }
    }
};
