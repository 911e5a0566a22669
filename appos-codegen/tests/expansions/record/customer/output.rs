#[allow(unused_imports)]
use ::appos::prelude::*;
#[allow(unused_imports)]
use crate::__appos_scope::*;
///A row of the record `crm.records.customer`.
pub struct Customer {
    /// Number of the row, given by the database.
    pub id: ::appos::codegen_support::Id<Customer>,
    ///Company.
    pub name: String,
    ///Email.
    pub email: String,
    ///Tier.
    pub tier: Tier,
    ///Credit limit.
    pub credit_limit: ::appos::codegen_support::Restricted<Decimal>,
    ///Owner.
    pub owner: Option<Ref<platform::records::User>>,
    ///Orders.
    pub orders: Many<Order>,
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
pub struct NewCustomer {
    ///Company.
    pub name: String,
    ///Email.
    pub email: String,
    ///Tier.
    pub tier: Tier,
    ///Credit limit.
    pub credit_limit: Decimal,
    ///Owner.
    pub owner: Option<Ref<platform::records::User>>,
}
///Changes to a `Customer`: the fields that are `Some`, for update.
#[allow(missing_docs)]
#[derive(Default)]
pub struct CustomerPatch {
    pub name: ::core::option::Option<String>,
    pub email: ::core::option::Option<String>,
    pub tier: ::core::option::Option<Tier>,
    pub credit_limit: ::core::option::Option<Decimal>,
    pub owner: ::core::option::Option<Option<Ref<platform::records::User>>>,
}
///A search for rows of `Customer`.
#[derive(Clone)]
#[must_use]
pub struct CustomerQuery(::appos::codegen_support::Query<Customer>);
///The columns of `Customer`, for filters and order.
#[allow(missing_docs)]
pub struct CustomerColumns {
    pub id: ::appos::codegen_support::Column<::appos::codegen_support::Id<Customer>>,
    pub name: ::appos::codegen_support::Column<String>,
    pub email: ::appos::codegen_support::Column<String>,
    pub tier: ::appos::codegen_support::Column<Tier>,
    pub credit_limit: ::appos::codegen_support::Column<Decimal>,
    pub owner: ::appos::codegen_support::Column<Option<Ref<platform::records::User>>>,
    pub orders: ::appos::codegen_support::ManyColumn<Customer, Order>,
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
        display: ::core::option::Option::Some(0usize),
        audit_log: false,
        hooks: __appos_support::Hooks::NONE,
        fields: &[
            __appos_support::FieldDescriptor {
                search: true,
                validations: &[
                    __appos_support::on_length::<
                        String,
                    >(__appos_support::Validation::Length {
                        min: ::core::option::Option::Some(1u64),
                        max: ::core::option::Option::Some(120u64),
                        equal: ::core::option::Option::None,
                    }),
                ],
                ..__appos_support::FieldDescriptor::plain(
                    "name",
                    "Company",
                    <String as __appos_support::FieldValue>::COLUMN,
                )
            },
            __appos_support::FieldDescriptor {
                unique: true,
                validations: &[
                    __appos_support::on_text::<
                        String,
                    >(__appos_support::Validation::Email),
                ],
                ..__appos_support::FieldDescriptor::plain(
                    "email",
                    "Email",
                    <String as __appos_support::FieldValue>::COLUMN,
                )
            },
            __appos_support::FieldDescriptor {
                default: ::core::option::Option::Some(|| {
                    <Tier as __appos_support::FieldValue>::into_value(
                        <NewCustomer as ::core::default::Default>::default().tier,
                    )
                }),
                ..__appos_support::FieldDescriptor::plain(
                    "tier",
                    "Tier",
                    <Tier as __appos_support::FieldValue>::COLUMN,
                )
            },
            __appos_support::FieldDescriptor {
                view: ::core::option::Option::Some(&["finance"]),
                update: ::core::option::Option::Some(&["finance"]),
                validations: &[
                    __appos_support::on_number::<
                        Decimal,
                    >(__appos_support::Validation::Range {
                        min: ::core::option::Option::Some("0"),
                        max: ::core::option::Option::None,
                        exclusive_min: ::core::option::Option::None,
                        exclusive_max: ::core::option::Option::Some("1000000.00"),
                    }),
                ],
                ..__appos_support::FieldDescriptor::plain(
                        "credit_limit",
                        "Credit limit",
                        <Decimal as __appos_support::FieldValue>::COLUMN,
                    )
                    .with_scale(2u32)
            },
            __appos_support::FieldDescriptor::plain(
                "owner",
                "Owner",
                <Option<
                    Ref<platform::records::User>,
                > as __appos_support::FieldValue>::COLUMN,
            ),
            __appos_support::FieldDescriptor::plain(
                "orders",
                "Orders",
                (
                    __appos_support::FieldType::Many(
                        <Order as __appos_support::Record>::object,
                    ),
                    false,
                ),
            ),
        ],
        unique: &[&[0usize, 1usize]],
        indexes: &[&[2usize]],
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
            &__APPOS_OBJECT
        }
    }
    #[automatically_derived]
    impl __appos_support::Record for Customer {
        type New = NewCustomer;
        type Patch = CustomerPatch;
        type Query = CustomerQuery;
        type Columns = CustomerColumns;
        fn columns() -> &'static CustomerColumns {
            static COLUMNS: CustomerColumns = CustomerColumns {
                id: __appos_support::Column::system(__appos_support::SystemField::Id),
                name: __appos_support::Column::field(0usize),
                email: __appos_support::Column::field(1usize),
                tier: __appos_support::Column::field(2usize),
                credit_limit: __appos_support::Column::field(3usize),
                owner: __appos_support::Column::field(4usize),
                orders: __appos_support::ManyColumn::field(5usize),
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
                name: <String as __appos_support::FieldValue>::next(pass),
                email: <String as __appos_support::FieldValue>::next(pass),
                tier: <Tier as __appos_support::FieldValue>::next(pass),
                credit_limit: <__appos_support::Restricted<
                    Decimal,
                > as __appos_support::FieldValue>::next(pass),
                owner: <Option<
                    Ref<platform::records::User>,
                > as __appos_support::FieldValue>::next(pass),
                orders: row.many(pass),
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
            <String as __appos_support::FieldValue>::field(
                &mut into.name,
                &from.name,
                pass,
            );
            <String as __appos_support::FieldValue>::field(
                &mut into.email,
                &from.email,
                pass,
            );
            <Tier as __appos_support::FieldValue>::field(
                &mut into.tier,
                &from.tier,
                pass,
            );
            <__appos_support::Restricted<
                Decimal,
            > as __appos_support::FieldValue>::field(
                &mut into.credit_limit,
                &from.credit_limit,
                pass,
            );
            <Option<
                Ref<platform::records::User>,
            > as __appos_support::FieldValue>::field(&mut into.owner, &from.owner, pass);
            pass.skip();
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
    impl __appos_support::NewRecord for NewCustomer {
        type Record = Customer;
        #[allow(unused_variables)]
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            <String as __appos_support::FieldValue>::field(
                &mut into.name,
                &from.name,
                pass,
            );
            <String as __appos_support::FieldValue>::field(
                &mut into.email,
                &from.email,
                pass,
            );
            <Tier as __appos_support::FieldValue>::field(
                &mut into.tier,
                &from.tier,
                pass,
            );
            <Decimal as __appos_support::FieldValue>::field(
                &mut into.credit_limit,
                &from.credit_limit,
                pass,
            );
            <Option<
                Ref<platform::records::User>,
            > as __appos_support::FieldValue>::field(&mut into.owner, &from.owner, pass);
            pass.skip();
        }
    }
    #[automatically_derived]
    impl __appos_support::PatchRecord for CustomerPatch {
        type Record = Customer;
        #[allow(unused_variables)]
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            <String as __appos_support::FieldValue>::change(
                &mut into.name,
                &from.name,
                pass,
            );
            <String as __appos_support::FieldValue>::change(
                &mut into.email,
                &from.email,
                pass,
            );
            <Tier as __appos_support::FieldValue>::change(
                &mut into.tier,
                &from.tier,
                pass,
            );
            <Decimal as __appos_support::FieldValue>::change(
                &mut into.credit_limit,
                &from.credit_limit,
                pass,
            );
            <Option<
                Ref<platform::records::User>,
            > as __appos_support::FieldValue>::change(
                &mut into.owner,
                &from.owner,
                pass,
            );
            pass.skip();
        }
    }
    #[automatically_derived]
    impl __appos_support::RecordQuery for CustomerQuery {
        type Record = Customer;
        fn from_inner(inner: __appos_support::Query<Customer>) -> Self {
            Self(inner)
        }
        fn into_inner(self) -> __appos_support::Query<Customer> {
            self.0
        }
    }
    __appos_support::record_traits!(Customer, NewCustomer, CustomerPatch);
    #[automatically_derived]
    impl ::core::default::Default for NewCustomer {
        fn default() -> Self {
            Self {
                name: <String as __appos_support::FieldValue>::initial(),
                email: <String as __appos_support::FieldValue>::initial(),
                tier: Tier::Bronze,
                credit_limit: <Decimal as __appos_support::FieldValue>::initial(),
                owner: <Option<
                    Ref<platform::records::User>,
                > as __appos_support::FieldValue>::initial(),
            }
        }
    }
    impl CustomerQuery {
        ///Keeps the rows whose `name` is this value.
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
        ///Keeps the rows whose `email` is this value.
        pub fn email(self, value: impl ::core::convert::Into<String>) -> Self {
            Self(
                self
                    .0
                    .equals(
                        1usize,
                        <String as __appos_support::FieldValue>::value_of(value),
                    ),
            )
        }
        ///Keeps the rows whose `tier` is this value.
        pub fn tier(self, value: impl ::core::convert::Into<Tier>) -> Self {
            Self(
                self
                    .0
                    .equals(
                        2usize,
                        <Tier as __appos_support::FieldValue>::value_of(value),
                    ),
            )
        }
        ///Keeps the rows whose `credit_limit` is this value.
        pub fn credit_limit(self, value: impl ::core::convert::Into<Decimal>) -> Self {
            Self(
                self
                    .0
                    .equals(
                        3usize,
                        <Decimal as __appos_support::FieldValue>::value_of(value),
                    ),
            )
        }
        ///Keeps the rows whose `owner` is this value.
        pub fn owner(
            self,
            value: impl ::core::convert::Into<Option<Ref<platform::records::User>>>,
        ) -> Self {
            Self(
                self
                    .0
                    .equals(
                        4usize,
                        <Option<
                            Ref<platform::records::User>,
                        > as __appos_support::FieldValue>::value_of(value),
                    ),
            )
        }
    }
};
