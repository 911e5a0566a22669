#[allow(unused_imports)]
use crate::__appos_scope::*;
///A row of the record `crm.records.customer`.
#[allow(missing_docs)]
pub struct Customer {
    /// Number of the row, given by the database.
    pub id: __appos_support::Id<Customer>,
    pub name: String,
    pub email: String,
    pub tier: Tier,
    pub credit_limit: __appos_support::Restricted<Decimal>,
    pub owner: Option<Ref<platform::records::User>>,
    pub orders: Many<Order>,
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
pub struct CustomerFields<__K: __appos_support::FieldKind> {
    pub name: __K::Of<String>,
    pub email: __K::Of<String>,
    pub tier: __K::Of<Tier>,
    pub credit_limit: __K::Of<Decimal>,
    pub owner: __K::Of<Option<Ref<platform::records::User>>>,
}
///The fields of a new `Customer`, for create.
pub type NewCustomer = CustomerFields<__appos_support::New>;
///Changes to a `Customer`: the fields that are `Some`, for update.
pub type CustomerPatch = CustomerFields<__appos_support::Patch>;
///The columns of `Customer`, for filters and order.
pub type CustomerColumns = CustomerFields<__appos_support::Columns>;
///A search for rows of `Customer`.
#[derive(Clone)]
#[must_use]
pub struct CustomerQuery(__appos_support::Query<Customer>);
///The columns of `Customer` that nobody writes.
#[allow(missing_docs)]
pub struct CustomerOtherColumns {
    pub orders: __appos_support::ManyColumn<Customer, Order>,
}
const _: () = {
    static __APPOS_RECORD: __appos_support::RecordDescriptor = __appos_support::RecordDescriptor {
        table: "crm_customer",
        plural: __appos_support::Plural::Of("customer"),
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
            __appos_support::many_of::<Order>("orders", "Orders"),
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
        detail: __appos_support::ObjectDetail::Record(&__APPOS_RECORD),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for Customer {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
    impl __appos_support::Record for Customer {
        type New = NewCustomer;
        type Patch = CustomerPatch;
        type Query = CustomerQuery;
        type Columns = CustomerColumns;
        fn columns() -> &'static CustomerColumns {
            static COLUMNS: CustomerColumns = CustomerColumns {
                name: __appos_support::Column::field(0usize),
                email: __appos_support::Column::field(1usize),
                tier: __appos_support::Column::field(2usize),
                credit_limit: __appos_support::Column::field(3usize),
                owner: __appos_support::Column::field(4usize),
            };
            &COLUMNS
        }
        fn from_row(
            row: &__appos_support::RowReader,
            pass: &mut __appos_support::FieldPass,
        ) -> Self {
            Self {
                name: pass.next(),
                email: pass.next(),
                tier: pass.next(),
                credit_limit: pass.next(),
                owner: pass.next(),
                orders: row.many(pass),
                id: row.id(),
                created_at: row.created_at(),
                created_by: row.created_by(),
                updated_at: row.updated_at(),
                updated_by: row.updated_by(),
                version: row.version(),
            }
        }
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            pass.field(&mut into.name, &from.name);
            pass.field(&mut into.email, &from.email);
            pass.field(&mut into.tier, &from.tier);
            pass.field(&mut into.credit_limit, &from.credit_limit);
            pass.field(&mut into.owner, &from.owner);
            pass.skip();
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
    for CustomerFields<__K> {
        type Record = Customer;
        type Kind = __K;
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            pass.field(&mut into.name, &from.name);
            pass.field(&mut into.email, &from.email);
            pass.field(&mut into.tier, &from.tier);
            pass.field(&mut into.credit_limit, &from.credit_limit);
            pass.field(&mut into.owner, &from.owner);
            pass.skip();
        }
    }
    impl __appos_support::RecordQuery for CustomerQuery {
        type Record = Customer;
        fn from_inner(inner: __appos_support::Query<Customer>) -> Self {
            Self(inner)
        }
        fn into_inner(self) -> __appos_support::Query<Customer> {
            self.0
        }
    }
    __appos_support::record_traits!(Customer, CustomerFields);
    impl<__K: __appos_support::WriteKind> ::core::default::Default
    for CustomerFields<__K> {
        fn default() -> Self {
            Self {
                name: __APPOS_RECORD.initial(0usize),
                email: __APPOS_RECORD.initial(1usize),
                tier: __K::given::<Tier>(|| Tier::Bronze),
                credit_limit: __APPOS_RECORD.initial(3usize),
                owner: __APPOS_RECORD.initial(4usize),
            }
        }
    }
    /// Each keeps the rows whose field of this name has this value.
    #[allow(missing_docs)]
    impl CustomerQuery {
        pub fn name(self, value: impl ::core::convert::Into<String>) -> Self {
            Self(self.0.finder::<String>(0usize, value))
        }
        pub fn email(self, value: impl ::core::convert::Into<String>) -> Self {
            Self(self.0.finder::<String>(1usize, value))
        }
        pub fn tier(self, value: Tier) -> Self {
            Self(self.0.finder::<Tier>(2usize, value))
        }
        pub fn credit_limit(self, value: impl ::core::convert::Into<Decimal>) -> Self {
            Self(self.0.finder::<Decimal>(3usize, value))
        }
        pub fn owner(
            self,
            value: impl ::core::convert::Into<Option<Ref<platform::records::User>>>,
        ) -> Self {
            Self(self.0.finder::<Option<Ref<platform::records::User>>>(4usize, value))
        }
    }
    impl ::core::ops::Deref for CustomerColumns {
        type Target = CustomerOtherColumns;
        fn deref(&self) -> &CustomerOtherColumns {
            static OTHERS: CustomerOtherColumns = CustomerOtherColumns {
                orders: __appos_support::ManyColumn::field(5usize),
            };
            &OTHERS
        }
    }
    impl ::core::ops::Deref for CustomerOtherColumns {
        type Target = __appos_support::SystemColumns<Customer>;
        fn deref(&self) -> &__appos_support::SystemColumns<Customer> {
            __appos_support::SystemColumns::of()
        }
    }
};
