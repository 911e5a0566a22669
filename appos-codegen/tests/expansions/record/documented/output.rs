#[allow(unused_imports)]
use facade::appos::prelude::*;
#[allow(unused_imports)]
use crate::__appos_scope::*;
/// An order.
///
/// Not part of the description.
#[cfg(feature = "orders")]
#[allow(clippy::struct_excessive_bools)]
pub struct Order {
    /// Number of the row, given by the database.
    pub id: facade::appos::codegen_support::Id<Order>,
    /// Who ordered.
    pub customer: Ref<Customer>,
    ///Filter.
    pub filter: String,
    ///Type.
    pub r#type: i64,
    /// When the row was created (UTC).
    pub created_at: facade::appos::codegen_support::DateTime,
    /// User who created it.
    pub created_by: ::core::option::Option<facade::appos::codegen_support::UserRef>,
    /// When it was last changed (UTC).
    pub updated_at: facade::appos::codegen_support::DateTime,
    /// User who last changed it.
    pub updated_by: ::core::option::Option<facade::appos::codegen_support::UserRef>,
    /// Counts the changes, from 1.
    pub version: i64,
}
#[cfg(feature = "orders")]
///The fields of a new `Order`, for create.
pub struct NewOrder {
    /// Who ordered.
    pub customer: Ref<Customer>,
    ///Filter.
    pub filter: String,
    ///Type.
    pub r#type: i64,
}
#[cfg(feature = "orders")]
///Changes to a `Order`: the fields that are `Some`, for update.
#[allow(missing_docs)]
#[derive(Default)]
pub struct OrderPatch {
    pub customer: ::core::option::Option<Ref<Customer>>,
    pub filter: ::core::option::Option<String>,
    pub r#type: ::core::option::Option<i64>,
}
#[cfg(feature = "orders")]
///A search for rows of `Order`.
#[derive(Clone)]
#[must_use]
pub struct OrderQuery(facade::appos::codegen_support::Query<Order>);
#[cfg(feature = "orders")]
///The columns of `Order`, for filters and order.
#[allow(missing_docs)]
pub struct OrderColumns {
    pub id: facade::appos::codegen_support::Column<
        facade::appos::codegen_support::Id<Order>,
    >,
    pub customer: facade::appos::codegen_support::Column<Ref<Customer>>,
    pub filter: facade::appos::codegen_support::Column<String>,
    pub r#type: facade::appos::codegen_support::Column<i64>,
    pub created_at: facade::appos::codegen_support::Column<
        facade::appos::codegen_support::DateTime,
    >,
    pub created_by: facade::appos::codegen_support::Column<
        ::core::option::Option<facade::appos::codegen_support::UserRef>,
    >,
    pub updated_at: facade::appos::codegen_support::Column<
        facade::appos::codegen_support::DateTime,
    >,
    pub updated_by: facade::appos::codegen_support::Column<
        ::core::option::Option<facade::appos::codegen_support::UserRef>,
    >,
    pub version: facade::appos::codegen_support::Column<i64>,
}
#[cfg(feature = "orders")]
const _: () = {
    use facade::appos::codegen_support as __appos_support;
    static __APPOS_RECORD: __appos_support::RecordDescriptor = __appos_support::RecordDescriptor {
        table: "orders",
        plural: "purchases",
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
        permissions: __appos_support::PermissionLists {
            ..__appos_support::PermissionLists::NONE
        },
        public_access: true,
        timeout: ::core::option::Option::Some(
            ::core::time::Duration::from_millis(5000u64),
        ),
        detail: __appos_support::ObjectDetail::Record(&__APPOS_RECORD),
        slot: __appos_support::Slot::new(),
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    #[automatically_derived]
    impl __appos_support::Object for Order {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
    #[automatically_derived]
    impl __appos_support::Record for Order {
        type New = NewOrder;
        type Patch = OrderPatch;
        type Query = OrderQuery;
        type Columns = OrderColumns;
        fn columns() -> &'static OrderColumns {
            static COLUMNS: OrderColumns = OrderColumns {
                id: __appos_support::Column::system(__appos_support::SystemField::Id),
                customer: __appos_support::Column::field(0usize),
                filter: __appos_support::Column::field(1usize),
                r#type: __appos_support::Column::field(2usize),
                created_at: __appos_support::Column::system(
                    __appos_support::SystemField::CreatedAt,
                ),
                created_by: __appos_support::Column::system(
                    __appos_support::SystemField::CreatedBy,
                ),
                updated_at: __appos_support::Column::system(
                    __appos_support::SystemField::UpdatedAt,
                ),
                updated_by: __appos_support::Column::system(
                    __appos_support::SystemField::UpdatedBy,
                ),
                version: __appos_support::Column::system(
                    __appos_support::SystemField::Version,
                ),
            };
            &COLUMNS
        }
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
        fn from_row(
            row: &__appos_support::RowReader,
            pass: &mut __appos_support::FieldPass,
        ) -> Self {
            Self {
                customer: <Ref<Customer> as __appos_support::FieldValue>::next(pass),
                filter: <String as __appos_support::FieldValue>::next(pass),
                r#type: <i64 as __appos_support::FieldValue>::next(pass),
                id: row.id(),
                created_at: row.created_at(),
                created_by: row.created_by(),
                updated_at: row.updated_at(),
                updated_by: row.updated_by(),
                version: row.version(),
            }
        }
        #[allow(unused_variables)]
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            <Ref<
                Customer,
            > as __appos_support::FieldValue>::field(
                &mut into.customer,
                &from.customer,
                pass,
            );
            <String as __appos_support::FieldValue>::field(
                &mut into.filter,
                &from.filter,
                pass,
            );
            <i64 as __appos_support::FieldValue>::field(
                &mut into.r#type,
                &from.r#type,
                pass,
            );
        }
        fn system(&self) -> __appos_support::SystemValues {
            __appos_support::SystemValues {
                id: self.id.get(),
                created_at: self.created_at,
                created_by: self.created_by.map(__appos_support::Ref::get),
                updated_at: self.updated_at,
                updated_by: self.updated_by.map(__appos_support::Ref::get),
                version: self.version,
            }
        }
    }
    #[automatically_derived]
    impl __appos_support::NewRecord for NewOrder {
        type Record = Order;
        #[allow(unused_variables)]
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            <Ref<
                Customer,
            > as __appos_support::FieldValue>::field(
                &mut into.customer,
                &from.customer,
                pass,
            );
            <String as __appos_support::FieldValue>::field(
                &mut into.filter,
                &from.filter,
                pass,
            );
            <i64 as __appos_support::FieldValue>::field(
                &mut into.r#type,
                &from.r#type,
                pass,
            );
        }
    }
    #[automatically_derived]
    impl __appos_support::PatchRecord for OrderPatch {
        type Record = Order;
        #[allow(unused_variables)]
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            <Ref<
                Customer,
            > as __appos_support::FieldValue>::change(
                &mut into.customer,
                &from.customer,
                pass,
            );
            <String as __appos_support::FieldValue>::change(
                &mut into.filter,
                &from.filter,
                pass,
            );
            <i64 as __appos_support::FieldValue>::change(
                &mut into.r#type,
                &from.r#type,
                pass,
            );
        }
    }
    #[automatically_derived]
    impl __appos_support::RecordQuery for OrderQuery {
        type Record = Order;
        fn from_inner(inner: __appos_support::Query<Order>) -> Self {
            Self(inner)
        }
        fn into_inner(self) -> __appos_support::Query<Order> {
            self.0
        }
    }
    __appos_support::record_traits!(Order, NewOrder, OrderPatch);
    #[automatically_derived]
    impl ::core::default::Default for NewOrder {
        fn default() -> Self {
            Self {
                customer: <Ref<Customer> as __appos_support::FieldValue>::initial(),
                filter: ::core::convert::Into::<String>::into("new"),
                r#type: <i64 as __appos_support::FieldValue>::initial(),
            }
        }
    }
    impl OrderQuery {
        ///Keeps the rows whose `customer` is this value.
        pub fn customer(self, value: impl ::core::convert::Into<Ref<Customer>>) -> Self {
            Self(
                self
                    .0
                    .equals(
                        0usize,
                        <Ref<Customer> as __appos_support::FieldValue>::value_of(value),
                    ),
            )
        }
        ///Keeps the rows whose `filter` is this value.
        pub fn by_filter(self, value: impl ::core::convert::Into<String>) -> Self {
            Self(
                self
                    .0
                    .equals(
                        1usize,
                        <String as __appos_support::FieldValue>::value_of(value),
                    ),
            )
        }
        ///Keeps the rows whose `type` is this value.
        pub fn r#type(self, value: impl ::core::convert::Into<i64>) -> Self {
            Self(
                self
                    .0
                    .equals(
                        2usize,
                        <i64 as __appos_support::FieldValue>::value_of(value),
                    ),
            )
        }
    }
};
