#[allow(unused_imports)]
use ::appos::prelude::*;
#[allow(unused_imports)]
use crate::__appos_scope::*;
///A row of the record `crm.records.customer`.
#[deprecated(note = "appos:crm.records.customer:reference")]
pub struct Customer {
    /// Number of the row, given by the database.
    pub id: ::appos::codegen_support::Id<Customer>,
    ///Name.
    pub name: String,
    ///Parent.
    pub parent: Option<Ref<Customer>>,
    /// When the row was created (UTC).
    pub created_at: ::appos::codegen_support::DateTime,
    /// User who created it.
    pub created_by: ::core::option::Option<::appos::codegen_support::UserRef>,
    /// When it was last changed (UTC).
    pub updated_at: ::appos::codegen_support::DateTime,
    /// User who last changed it.
    pub updated_by: ::core::option::Option<::appos::codegen_support::UserRef>,
    /// Counts the changes, from 1.
    pub version: i64,
}
///The fields of a new `Customer`, for create.
#[deprecated(note = "appos:crm.records.customer:reference")]
pub struct NewCustomer {
    ///Name.
    pub name: String,
    ///Parent.
    pub parent: Option<Ref<Customer>>,
}
///Changes to a `Customer`: the fields that are `Some`, for update.
#[allow(missing_docs)]
#[derive(Default)]
#[deprecated(note = "appos:crm.records.customer:reference")]
pub struct CustomerPatch {
    pub name: ::core::option::Option<String>,
    pub parent: ::core::option::Option<Option<Ref<Customer>>>,
}
///A search for rows of `Customer`.
#[derive(Clone)]
#[must_use]
#[deprecated(note = "appos:crm.records.customer:reference")]
pub struct CustomerQuery(::appos::codegen_support::Query<Customer>);
///The columns of `Customer`, for filters and order.
#[allow(missing_docs)]
#[deprecated(note = "appos:crm.records.customer:reference")]
pub struct CustomerColumns {
    pub id: ::appos::codegen_support::Column<::appos::codegen_support::Id<Customer>>,
    pub name: ::appos::codegen_support::Column<String>,
    pub parent: ::appos::codegen_support::Column<Option<Ref<Customer>>>,
    pub created_at: ::appos::codegen_support::Column<::appos::codegen_support::DateTime>,
    pub created_by: ::appos::codegen_support::Column<
        ::core::option::Option<::appos::codegen_support::UserRef>,
    >,
    pub updated_at: ::appos::codegen_support::Column<::appos::codegen_support::DateTime>,
    pub updated_by: ::appos::codegen_support::Column<
        ::core::option::Option<::appos::codegen_support::UserRef>,
    >,
    pub version: ::appos::codegen_support::Column<i64>,
}
const _: () = {
    use ::appos::codegen_support as __appos_support;
    static __APPOS_RECORD: __appos_support::RecordDescriptor = __appos_support::RecordDescriptor {
        table: "crm_customer",
        plural: "customers",
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
        public_access: false,
        timeout: ::core::option::Option::None,
        detail: __appos_support::ObjectDetail::Record(&__APPOS_RECORD),
        slot: __appos_support::Slot::new(),
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    #[automatically_derived]
    impl __appos_support::Object for Customer {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            loop {}
        }
    }
    #[automatically_derived]
    impl __appos_support::Record for Customer {
        type New = NewCustomer;
        type Patch = CustomerPatch;
        type Query = CustomerQuery;
        type Columns = CustomerColumns;
        fn columns() -> &'static CustomerColumns {
            loop {}
        }
        fn object() -> &'static __appos_support::ObjectDescriptor {
            loop {}
        }
        fn from_row(
            row: &__appos_support::RowReader,
            pass: &mut __appos_support::FieldPass,
        ) -> Self {
            loop {}
        }
        #[allow(unused_variables)]
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            loop {}
        }
        fn system(&self) -> __appos_support::SystemValues {
            loop {}
        }
    }
    #[automatically_derived]
    impl __appos_support::NewRecord for NewCustomer {
        type Record = Customer;
        #[allow(unused_variables)]
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            loop {}
        }
    }
    #[automatically_derived]
    impl __appos_support::PatchRecord for CustomerPatch {
        type Record = Customer;
        #[allow(unused_variables)]
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            loop {}
        }
    }
    #[automatically_derived]
    impl __appos_support::RecordQuery for CustomerQuery {
        type Record = Customer;
        fn from_inner(inner: __appos_support::Query<Customer>) -> Self {
            loop {}
        }
        fn into_inner(self) -> __appos_support::Query<Customer> {
            loop {}
        }
    }
    __appos_support::record_traits!(Customer, NewCustomer, CustomerPatch);
    #[automatically_derived]
    impl ::core::default::Default for NewCustomer {
        fn default() -> Self {
            Self {
                name: ::core::convert::Into::<String>::into("new"),
                parent: <Option<Ref<Customer>> as __appos_support::FieldValue>::initial(),
            }
        }
    }
    impl CustomerQuery {
        ///Keeps the rows whose `name` is this value.
        #[deprecated(note = "appos:crm.records.customer.name:read")]
        pub fn name(self, value: impl ::core::convert::Into<String>) -> Self {
            Self(
                self
                    .0
                    .equals(
                        0usize,
                        <String as __appos_support::FieldValue>::value_of(value),
                    ),
            )
        }
        ///Keeps the rows whose `parent` is this value.
        #[deprecated(note = "appos:crm.records.customer.parent:read")]
        pub fn parent(
            self,
            value: impl ::core::convert::Into<Option<Ref<Customer>>>,
        ) -> Self {
            Self(
                self
                    .0
                    .equals(
                        1usize,
                        <Option<
                            Ref<Customer>,
                        > as __appos_support::FieldValue>::value_of(value),
                    ),
            )
        }
    }
};
const _: () = {
    #[allow(dead_code, unused_variables, clippy::too_many_arguments)]
    fn __appos_types(
        _: ::appos::codegen_support::Id<Customer>,
        _: String,
        _: Option<Ref<Customer>>,
        _: ::appos::codegen_support::DateTime,
        _: ::core::option::Option<::appos::codegen_support::UserRef>,
        _: ::appos::codegen_support::DateTime,
        _: ::core::option::Option<::appos::codegen_support::UserRef>,
        _: i64,
    ) {}
};
#[allow(dead_code, missing_docs, clippy::all)]
impl Customer {
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn query() -> CustomerQuery {
        <Self as ::appos::codegen_support::Record>::query()
    }
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn rows(
        condition: impl ::core::ops::FnOnce(
            &CustomerColumns,
        ) -> ::appos::codegen_support::Condition,
    ) -> ::appos::codegen_support::Rows<Self> {
        <Self as ::appos::codegen_support::Record>::rows(condition)
    }
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn get(
        id: impl ::core::convert::Into<::appos::codegen_support::Id<Self>>,
    ) -> impl ::core::future::Future<
        Output = ::appos::codegen_support::Result<Self>,
    > + ::core::marker::Send {
        <Self as ::appos::codegen_support::Record>::get(id)
    }
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn find(
        id: impl ::core::convert::Into<::appos::codegen_support::Id<Self>>,
    ) -> impl ::core::future::Future<
        Output = ::appos::codegen_support::Result<::core::option::Option<Self>>,
    > + ::core::marker::Send {
        <Self as ::appos::codegen_support::Record>::find(id)
    }
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn count() -> impl ::core::future::Future<
        Output = ::appos::codegen_support::Result<u64>,
    > + ::core::marker::Send {
        <Self as ::appos::codegen_support::Record>::count()
    }
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn timeline(
        &self,
    ) -> impl ::core::future::Future<
        Output = ::appos::codegen_support::Result<
            ::std::vec::Vec<::appos::codegen_support::AuditEntry>,
        >,
    > + ::core::marker::Send {
        <Self as ::appos::codegen_support::Record>::timeline(self)
    }
    #[deprecated(note = "appos:crm.records.customer:read")]
    pub fn unchecked_sql<T: ::appos::codegen_support::serde::de::DeserializeOwned>(
        sql: &'static str,
        parameters: impl ::core::iter::IntoIterator<Item = ::appos::prelude::Json>,
    ) -> impl ::core::future::Future<
        Output = ::appos::codegen_support::Result<::std::vec::Vec<T>>,
    > + ::core::marker::Send {
        <Self as ::appos::codegen_support::Record>::unchecked_sql(sql, parameters)
    }
    #[deprecated(note = "appos:crm.records.customer:create")]
    pub fn create(
        new: NewCustomer,
    ) -> impl ::core::future::Future<
        Output = ::appos::codegen_support::Result<Self>,
    > + ::core::marker::Send {
        <Self as ::appos::codegen_support::Record>::create(new)
    }
    #[deprecated(note = "appos:crm.records.customer:write")]
    pub fn update(
        self,
        patch: CustomerPatch,
    ) -> impl ::core::future::Future<
        Output = ::appos::codegen_support::Result<Self>,
    > + ::core::marker::Send {
        <Self as ::appos::codegen_support::Record>::update(self, patch)
    }
    #[deprecated(note = "appos:crm.records.customer:write")]
    pub fn restore(
        id: impl ::core::convert::Into<::appos::codegen_support::Id<Self>>,
    ) -> impl ::core::future::Future<
        Output = ::appos::codegen_support::Result<Self>,
    > + ::core::marker::Send {
        <Self as ::appos::codegen_support::Record>::restore(id)
    }
    #[deprecated(note = "appos:crm.records.customer:delete")]
    pub fn delete(
        self,
    ) -> impl ::core::future::Future<
        Output = ::appos::codegen_support::Result<()>,
    > + ::core::marker::Send {
        <Self as ::appos::codegen_support::Record>::delete(self)
    }
}
