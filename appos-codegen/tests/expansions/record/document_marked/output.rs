#[allow(unused_imports)]
use crate::__appos_scope::*;
///A row of the record `crm.records.contract`.
#[allow(missing_docs)]
pub struct Contract {
    /// Number of the row, given by the database.
    pub id: __appos_support::Id<Contract>,
    /// The row that the document belongs to.
    pub customer: Ref<Customer>,
    /// Name of the file, as it is downloaded.
    pub file_name: String,
    /// What is in the file, such as `application/pdf`.
    pub content_type: String,
    /// Size of the file in bytes.
    pub size: i64,
    /// Number of the version of the file that is current.
    pub file_version: i64,
    /// Words by which it is found, separated by commas.
    pub tags: Option<String>,
    pub signed_on: Option<Date>,
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
///The fields of a `Contract`: to be written, or their columns.
#[allow(missing_docs)]
pub struct ContractFields<__K: __appos_support::FieldKind> {
    /// The row that the document belongs to.
    pub customer: __K::Of<Ref<Customer>>,
    /// Words by which it is found, separated by commas.
    pub tags: __K::Of<Option<String>>,
    pub signed_on: __K::Of<Option<Date>>,
}
///The fields of a new `Contract`, for create.
pub type NewContract = ContractFields<__appos_support::New>;
///Changes to a `Contract`: the fields that are `Some`, for update.
pub type ContractPatch = ContractFields<__appos_support::Patch>;
///The columns of `Contract`, for filters and order.
pub type ContractColumns = ContractFields<__appos_support::Columns>;
///A search for rows of `Contract`.
#[derive(Clone)]
#[must_use]
pub struct ContractQuery(__appos_support::Query<Contract>);
///The columns of `Contract` that nobody writes.
#[allow(missing_docs)]
pub struct ContractOtherColumns {
    pub file_name: __appos_support::Column<String>,
    pub content_type: __appos_support::Column<String>,
    pub size: __appos_support::Column<i64>,
    pub file_version: __appos_support::Column<i64>,
}
const _: () = {
    static __APPOS_RECORD: __appos_support::RecordDescriptor = __appos_support::RecordDescriptor {
        table: "crm_contract",
        plural: __appos_support::Plural::Of("contract"),
        type_name: "Contract",
        display: ::core::option::Option::Some(1usize),
        audit_log: false,
        hooks: __appos_support::Hooks::NONE,
        fields: &[
            __appos_support::FieldDescriptor {
                description: "The row that the document belongs to.",
                index: true,
                on_delete: __appos_support::OnDelete::Cascade,
                ..__appos_support::FieldDescriptor::plain(
                    "customer",
                    "Customer",
                    <Ref<Customer> as __appos_support::FieldValue>::COLUMN,
                )
            },
            __appos_support::FieldDescriptor {
                description: "Name of the file, as it is downloaded.",
                search: true,
                of_file: true,
                ..__appos_support::FieldDescriptor::plain(
                    "file_name",
                    "File",
                    <String as __appos_support::FieldValue>::COLUMN,
                )
            },
            __appos_support::FieldDescriptor {
                description: "What is in the file, such as `application/pdf`.",
                of_file: true,
                ..__appos_support::FieldDescriptor::plain(
                    "content_type",
                    "Content type",
                    <String as __appos_support::FieldValue>::COLUMN,
                )
            },
            __appos_support::FieldDescriptor {
                description: "Size of the file in bytes.",
                of_file: true,
                ..__appos_support::FieldDescriptor::plain(
                    "size",
                    "Size",
                    <i64 as __appos_support::FieldValue>::COLUMN,
                )
            },
            __appos_support::FieldDescriptor {
                description: "Number of the version of the file that is current.",
                of_file: true,
                ..__appos_support::FieldDescriptor::plain(
                    "file_version",
                    "File version",
                    <i64 as __appos_support::FieldValue>::COLUMN,
                )
            },
            __appos_support::FieldDescriptor {
                description: "Words by which it is found, separated by commas.",
                search: true,
                validations: &[
                    __appos_support::on_length::<
                        Option<String>,
                    >(__appos_support::Validation::Length {
                        min: ::core::option::Option::None,
                        max: ::core::option::Option::Some(500u64),
                        equal: ::core::option::Option::None,
                    }),
                ],
                ..__appos_support::FieldDescriptor::plain(
                    "tags",
                    "Tags",
                    <Option<String> as __appos_support::FieldValue>::COLUMN,
                )
            },
            __appos_support::FieldDescriptor::plain(
                "signed_on",
                "Signed on",
                <Option<Date> as __appos_support::FieldValue>::COLUMN,
            ),
        ],
        unique: &[],
        indexes: &[],
        filing: ::core::option::Option::Some(
            &__appos_support::FilingDescriptor {
                of: <Customer as __appos_support::Object>::object,
                is_folder: false,
                accept: &["application/pdf", "image/*"],
                max_size: ::core::option::Option::Some(20971520u64),
                max_files: ::core::option::Option::None,
                versions: ::core::option::Option::Some(10u64),
                auto_cleanup: ::core::option::Option::None,
                scan: ::core::option::Option::Some(|__appos_file| ::std::boxed::Box::pin(async move {
                    let _: () = rules::scan_upload(__appos_file).await?;
                    ::core::result::Result::Ok(())
                })),
            },
        ),
        ..__appos_support::RecordDescriptor::NONE
    };
    static __APPOS_OBJECT: __appos_support::ObjectDescriptor = __appos_support::ObjectDescriptor {
        reference: "crm.records.contract",
        kind: __appos_support::ObjectKind::Record,
        app: "crm",
        name: "contract",
        module: ::core::module_path!(),
        file: ::core::file!(),
        line: ::core::line!(),
        description: "",
        permissions: __appos_support::PermissionLists::NONE,
        detail: __appos_support::ObjectDetail::Record(&__APPOS_RECORD),
        ..__appos_support::ObjectDescriptor::NONE
    };
    __appos_support::submit! {
        __appos_support::Registration(& __APPOS_OBJECT)
    }
    impl __appos_support::Object for Contract {
        fn object() -> &'static __appos_support::ObjectDescriptor {
            &__APPOS_OBJECT
        }
    }
    impl __appos_support::Record for Contract {
        type New = NewContract;
        type Patch = ContractPatch;
        type Query = ContractQuery;
        type Columns = ContractColumns;
        fn columns() -> &'static ContractColumns {
            static COLUMNS: ContractColumns = ContractColumns {
                customer: __appos_support::Column::field(0usize),
                tags: __appos_support::Column::field(5usize),
                signed_on: __appos_support::Column::field(6usize),
            };
            &COLUMNS
        }
        fn from_row(
            row: &__appos_support::RowReader,
            pass: &mut __appos_support::FieldPass,
        ) -> Self {
            Self {
                customer: pass.next(),
                file_name: pass.next(),
                content_type: pass.next(),
                size: pass.next(),
                file_version: pass.next(),
                tags: pass.next(),
                signed_on: pass.next(),
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
            pass.field(&mut into.file_name, &from.file_name);
            pass.field(&mut into.content_type, &from.content_type);
            pass.field(&mut into.size, &from.size);
            pass.field(&mut into.file_version, &from.file_version);
            pass.field(&mut into.tags, &from.tags);
            pass.field(&mut into.signed_on, &from.signed_on);
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
    for ContractFields<__K> {
        type Record = Contract;
        type Kind = __K;
        fn fields(into: &mut Self, from: &Self, pass: &mut __appos_support::FieldPass) {
            pass.field(&mut into.customer, &from.customer);
            pass.skip();
            pass.skip();
            pass.skip();
            pass.skip();
            pass.field(&mut into.tags, &from.tags);
            pass.field(&mut into.signed_on, &from.signed_on);
        }
    }
    impl __appos_support::RecordQuery for ContractQuery {
        type Record = Contract;
        fn from_inner(inner: __appos_support::Query<Contract>) -> Self {
            Self(inner)
        }
        fn into_inner(self) -> __appos_support::Query<Contract> {
            self.0
        }
    }
    __appos_support::record_traits!(Contract, ContractFields);
    impl<__K: __appos_support::WriteKind> ::core::default::Default
    for ContractFields<__K> {
        fn default() -> Self {
            Self {
                customer: __APPOS_RECORD.initial(0usize),
                tags: __APPOS_RECORD.initial(5usize),
                signed_on: __APPOS_RECORD.initial(6usize),
            }
        }
    }
    /// Each keeps the rows whose field of this name has this value.
    #[allow(missing_docs)]
    impl ContractQuery {
        pub fn customer(self, value: impl ::core::convert::Into<Ref<Customer>>) -> Self {
            Self(self.0.finder::<Ref<Customer>>(0usize, value))
        }
        pub fn file_name(self, value: impl ::core::convert::Into<String>) -> Self {
            Self(self.0.finder::<String>(1usize, value))
        }
        pub fn content_type(self, value: impl ::core::convert::Into<String>) -> Self {
            Self(self.0.finder::<String>(2usize, value))
        }
        pub fn size(self, value: i64) -> Self {
            Self(self.0.finder::<i64>(3usize, value))
        }
        pub fn file_version(self, value: i64) -> Self {
            Self(self.0.finder::<i64>(4usize, value))
        }
        pub fn tags(self, value: impl ::core::convert::Into<Option<String>>) -> Self {
            Self(self.0.finder::<Option<String>>(5usize, value))
        }
        pub fn signed_on(self, value: impl ::core::convert::Into<Option<Date>>) -> Self {
            Self(self.0.finder::<Option<Date>>(6usize, value))
        }
    }
    impl ::core::ops::Deref for ContractColumns {
        type Target = ContractOtherColumns;
        fn deref(&self) -> &ContractOtherColumns {
            static OTHERS: ContractOtherColumns = ContractOtherColumns {
                file_name: __appos_support::Column::field(1usize),
                content_type: __appos_support::Column::field(2usize),
                size: __appos_support::Column::field(3usize),
                file_version: __appos_support::Column::field(4usize),
            };
            &OTHERS
        }
    }
    impl ::core::ops::Deref for ContractOtherColumns {
        type Target = __appos_support::SystemColumns<Contract>;
        fn deref(&self) -> &__appos_support::SystemColumns<Contract> {
            __appos_support::SystemColumns::of()
        }
    }
    impl __appos_support::DocumentRecord for Contract {}
};
