#[allow(unused_imports)]
use crate::__appos_scope::*;
///A row of the record `crm.records.customer`.
#[allow(missing_docs)]
#[deprecated(note = "appos:crm.records.customer:reference")]
pub struct Customer {
    /// Number of the row, given by the database.
    pub id: __appos_support::Id<Customer>,
    pub name: String,
    pub parent: Option<Ref<Customer>>,
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
///The fields of a `Customer`: to be written, or their columns.
#[allow(missing_docs)]
#[deprecated(note = "appos:crm.records.customer:reference")]
pub struct CustomerFields<__K: __appos_support::FieldKind> {
    pub name: __K::Of<String>,
    pub parent: __K::Of<Option<Ref<Customer>>>,
}
///The fields of a new `Customer`, for create.
#[deprecated(note = "appos:crm.records.customer:reference")]
pub type NewCustomer = CustomerFields<__appos_support::New>;
///Changes to a `Customer`: the fields that are `Some`, for update.
#[deprecated(note = "appos:crm.records.customer:reference")]
pub type CustomerPatch = CustomerFields<__appos_support::Patch>;
///The columns of `Customer`, for filters and order.
#[deprecated(note = "appos:crm.records.customer:reference")]
pub type CustomerColumns = CustomerFields<__appos_support::Columns>;
///A search for rows of `Customer`.
#[derive(Clone)]
#[must_use]
#[deprecated(note = "appos:crm.records.customer:reference")]
pub struct CustomerQuery(__appos_support::Query<Customer>);
const _: () = {
    static __APPOS_RECORD: __appos_support::RecordDescriptor = __appos_support::RecordDescriptor {
        table: "crm_customer",
        plural: __appos_support::Plural::Of("customer"),
        type_name: "Customer",
        display: ::core::option::Option::None,
        audit_log: false,
        hooks: __appos_support::Hooks::NONE,
        fields: &[
            __appos_support::FieldDescriptor {
                default: ::core::option::Option::Some(|| {
                    <String as __appos_support::FieldValue>::into_value(
                        <NewCustomer as ::core::default::Default>::default().name,
                    )
                }),
                ..__appos_support::FieldDescriptor::plain(
                    "name",
                    "Name",
                    <String as __appos_support::FieldValue>::COLUMN,
                )
            },
            __appos_support::FieldDescriptor::plain(
                "parent",
                "Parent",
                <Option<Ref<Customer>> as __appos_support::FieldValue>::COLUMN,
            ),
        ],
        unique: &[],
        indexes: &[],
        ..__appos_support::RecordDescriptor::NONE
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.records.customer",
        kind: __appos_support::ObjectKind::Record,
        app: "crm",
        name: "customer",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists {
            view: ::core::option::Option::Some(&["crm_users"]),
            create: ::core::option::Option::Some(&["crm_admins"]),
            update: ::core::option::Option::Some(&["crm_admins"]),
            delete: ::core::option::Option::Some(&["crm_admins"]),
            ..__appos_support::PermissionLists::NONE
        },
        detail: __appos_support::ObjectDetail::Record(&__APPOS_RECORD),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for Customer {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            loop {}
        }
    }
    impl __appos_support::Record for Customer {
        type New = NewCustomer;
        type Patch = CustomerPatch;
        type Query = CustomerQuery;
        type Columns = CustomerColumns;
        fn columns() -> &'static CustomerColumns {
            loop {}
        }
        fn from_row(
            row: &__appos_support::RowReader,
            pass: &mut __appos_support::FieldPass,
        ) -> Self {
            loop {}
        }
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            loop {}
        }
        fn system(&self) -> __appos_support::SystemValues {
            loop {}
        }
    }
    impl<__K: __appos_support::WriteKind> __appos_support::RecordFields
    for CustomerFields<__K> {
        type Record = Customer;
        type Kind = __K;
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            loop {}
        }
    }
    impl __appos_support::RecordQuery for CustomerQuery {
        type Record = Customer;
        fn from_inner(inner: __appos_support::Query<Customer>) -> Self {
            loop {}
        }
        fn into_inner(self) -> __appos_support::Query<Customer> {
            loop {}
        }
    }
    __appos_support::record_traits!(Customer, CustomerFields);
    impl<__K: __appos_support::WriteKind> ::core::default::Default
    for CustomerFields<__K> {
        fn default() -> Self {
            Self {
                name: __K::given::<String>(|| ::core::convert::Into::into("new")),
                parent: __APPOS_RECORD.initial(1usize),
            }
        }
    }
    /// Each keeps the rows whose field of this name has this value.
    #[allow(missing_docs)]
    impl CustomerQuery {
        #[deprecated(note = "appos:crm.records.customer.name:read")]
        pub fn name(self, value: impl ::core::convert::Into<String>) -> Self {
            Self(self.0.finder::<String>(0usize, value))
        }
        #[deprecated(note = "appos:crm.records.customer.parent:read")]
        pub fn parent(
            self,
            value: impl ::core::convert::Into<Option<Ref<Customer>>>,
        ) -> Self {
            Self(self.0.finder::<Option<Ref<Customer>>>(1usize, value))
        }
    }
    impl ::core::ops::Deref for CustomerColumns {
        type Target = __ApposCustomerSystemColumns;
        fn deref(&self) -> &__ApposCustomerSystemColumns {
            loop {}
        }
    }
};
const _: () = {
    #[allow(dead_code, unused_variables, clippy::too_many_arguments)]
    fn __appos_types(
        _: __appos_support::Id<Customer>,
        _: String,
        _: Option<Ref<Customer>>,
        _: __appos_support::DateTime,
        _: ::core::option::Option<__appos_support::UserRef>,
        _: __appos_support::DateTime,
        _: ::core::option::Option<__appos_support::UserRef>,
        _: i64,
    ) {}
};
#[allow(dead_code, missing_docs, clippy::all)]
impl Customer {
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn query() -> CustomerQuery {
        <Self as __appos_support::Record>::query()
    }
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn rows(
        condition: impl ::core::ops::FnOnce(
            &CustomerColumns,
        ) -> __appos_support::Condition,
    ) -> __appos_support::Rows<Self> {
        <Self as __appos_support::Record>::rows(condition)
    }
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn get(
        id: impl ::core::convert::Into<__appos_support::Id<Self>>,
    ) -> impl ::core::future::Future<
        Output = __appos_support::Result<Self>,
    > + ::core::marker::Send {
        <Self as __appos_support::Record>::get(id)
    }
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn find(
        id: impl ::core::convert::Into<__appos_support::Id<Self>>,
    ) -> impl ::core::future::Future<
        Output = __appos_support::Result<::core::option::Option<Self>>,
    > + ::core::marker::Send {
        <Self as __appos_support::Record>::find(id)
    }
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn count() -> impl ::core::future::Future<
        Output = __appos_support::Result<u64>,
    > + ::core::marker::Send {
        <Self as __appos_support::Record>::count()
    }
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn timeline(
        &self,
    ) -> impl ::core::future::Future<
        Output = __appos_support::Result<::std::vec::Vec<__appos_support::AuditEntry>>,
    > + ::core::marker::Send {
        <Self as __appos_support::Record>::timeline(self)
    }
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn unchecked_sql<T: __appos_support::serde::de::DeserializeOwned>(
        sql: &'static str,
        parameters: impl ::core::iter::IntoIterator<Item = __appos_support::Json>,
    ) -> impl ::core::future::Future<
        Output = __appos_support::Result<::std::vec::Vec<T>>,
    > + ::core::marker::Send {
        <Self as __appos_support::Record>::unchecked_sql(sql, parameters)
    }
    #[deprecated(note = "appos:crm.records.customer:create")]
    pub fn create(
        new: NewCustomer,
    ) -> impl ::core::future::Future<
        Output = __appos_support::Result<Self>,
    > + ::core::marker::Send {
        <Self as __appos_support::Record>::create(new)
    }
    #[deprecated(note = "appos:crm.records.customer:write")]
    pub fn update(
        self,
        patch: CustomerPatch,
    ) -> impl ::core::future::Future<
        Output = __appos_support::Result<Self>,
    > + ::core::marker::Send {
        <Self as __appos_support::Record>::update(self, patch)
    }
    #[deprecated(note = "appos:crm.records.customer:write")]
    pub fn restore(
        id: impl ::core::convert::Into<__appos_support::Id<Self>>,
    ) -> impl ::core::future::Future<
        Output = __appos_support::Result<Self>,
    > + ::core::marker::Send {
        <Self as __appos_support::Record>::restore(id)
    }
    #[deprecated(note = "appos:crm.records.customer:delete")]
    pub fn delete(
        self,
    ) -> impl ::core::future::Future<
        Output = __appos_support::Result<()>,
    > + ::core::marker::Send {
        <Self as __appos_support::Record>::delete(self)
    }
}
#[doc(hidden)]
#[allow(dead_code, missing_docs)]
#[deprecated(note = "appos:crm.records.customer:reference")]
pub struct __ApposCustomerSystemColumns {
    pub id: __appos_support::Column<__appos_support::Id<Customer>>,
    pub created_at: __appos_support::Column<__appos_support::DateTime>,
    pub created_by: __appos_support::Column<
        ::core::option::Option<__appos_support::UserRef>,
    >,
    pub updated_at: __appos_support::Column<__appos_support::DateTime>,
    pub updated_by: __appos_support::Column<
        ::core::option::Option<__appos_support::UserRef>,
    >,
    pub version: __appos_support::Column<i64>,
}
