//! Defines a platform record. The platform's own records cannot use `#[record]`, which is
//! made for crates above this one; this is the same expansion in the small.

macro_rules! platform_record {
    (
        $(#[$doc:meta])*
        $name:ident, $new:ident, $patch:ident, $query:ident, $columns:ident, $module:ident,
        reference = $reference:literal, snake = $snake:literal, table = $table:literal, plural = $plural:literal,
        description = $description:literal, unique = $unique:expr,
        { $( $(#[$field_doc:meta])* $field:ident ( $place:literal ): $ty:ty = $label:literal { $($key:ident : $value:expr),* } ),* $(,)? }
    ) => {
        $(#[$doc])*
        #[cfg_attr(feature = "impact", deprecated(note = $reference))]
        pub struct $name {
            /// Number of the row.
            pub id: Id<$name>,
            $( $(#[$field_doc])* pub $field: $ty, )*
            /// When the row was created.
            pub created_at: DateTime,
            /// Who created it.
            pub created_by: Option<UserRef>,
            /// When it was last changed.
            pub updated_at: DateTime,
            /// Who last changed it.
            pub updated_by: Option<UserRef>,
            /// Count of its changes, from 1.
            pub version: i64,
        }

        mod $module {
            use super::*;

            /// The fields of a row, to be written.
            #[cfg_attr(feature = "impact", deprecated(note = $reference))]
            pub struct Fields<K: FieldKind> { $( $(#[$field_doc])* pub $field: K::Of<$ty>, )* }

            impl<K: WriteKind> Default for Fields<K> {
                fn default() -> Self {
                    Self { $( $field: RECORD.initial($place), )* }
                }
            }

            /// What a new row needs.
            #[cfg_attr(feature = "impact", deprecated(note = $reference))]
            pub type $new = Fields<New>;

            /// What a change may name.
            #[cfg_attr(feature = "impact", deprecated(note = $reference))]
            pub type $patch = Fields<Patch>;

            /// A query over the rows.
            #[cfg_attr(feature = "impact", deprecated(note = $reference))]
            #[derive(Clone)]
            #[must_use]
            pub struct $query(Query<$name>);

            impl $query {
                $(
                    /// Only rows with this value.
                    #[cfg_attr(feature = "impact", deprecated(note = $reference))]
                    pub fn $field(self, value: impl Into<$ty>) -> Self {
                        Self(self.0.equals($place, FieldValue::into_value(Into::<$ty>::into(value))))
                    }
                )*
            }

            /// The typed columns.
            #[cfg_attr(feature = "impact", deprecated(note = $reference))]
            pub type $columns = Fields<Columns>;

            #[cfg(feature = "impact")]
            #[deprecated(note = $reference)]
            #[allow(missing_docs)]
            pub struct System {
                pub id: Column<Id<$name>>,
                pub created_at: Column<DateTime>,
                pub created_by: Column<Option<UserRef>>,
                pub updated_at: Column<DateTime>,
                pub updated_by: Column<Option<UserRef>>,
                pub version: Column<i64>,
            }

            #[cfg(feature = "impact")]
            impl std::ops::Deref for $columns {
                type Target = System;

                fn deref(&self) -> &System {
                    static COLUMNS: System = System {
                        id: Column::system(crate::registry::SystemField::Id),
                        created_at: Column::system(crate::registry::SystemField::CreatedAt),
                        created_by: Column::system(crate::registry::SystemField::CreatedBy),
                        updated_at: Column::system(crate::registry::SystemField::UpdatedAt),
                        updated_by: Column::system(crate::registry::SystemField::UpdatedBy),
                        version: Column::system(crate::registry::SystemField::Version),
                    };
                    &COLUMNS
                }
            }

            #[cfg(not(feature = "impact"))]
            impl std::ops::Deref for $columns {
                type Target = SystemColumns<$name>;

                fn deref(&self) -> &SystemColumns<$name> {
                    SystemColumns::of()
                }
            }

            static RECORD: RecordDescriptor = RecordDescriptor {
                table: $table,
                plural: crate::registry::Plural::Written($plural),
                type_name: stringify!($name),
                display: Some(0),
                // Who gave which rights to whom is asked of every platform one day.
                audit_log: true,
                unique: $unique,
                indexes: &[],
                fields: &[ $( FieldDescriptor {
                    $($key: $value,)*
                    ..FieldDescriptor::plain(
                        stringify!($field),
                        $label,
                        <$ty as FieldValue>::COLUMN,
                    )
                } ),* ],
                ..RecordDescriptor::NONE
            };

            static OBJECT: ObjectDescriptor = ObjectDescriptor {
                reference: $reference,
                kind: ObjectKind::Record,
                app: crate::platform::APP,
                name: $snake,
                module: module_path!(),
                file: file!(),
                line: line!(),
                description: $description,
                permissions: ADMIN_ONLY,
                public_access: false,
                timeout: None,
                detail: ObjectDetail::Record(&RECORD),
                slot: Slot::new(),
            };

            inventory::submit! { Registration(&OBJECT) }

            impl crate::registry::Object for $name {
                fn object() -> &'static ObjectDescriptor {
                    &OBJECT
                }
            }

            impl Record for $name {
                type New = $new;
                type Patch = $patch;
                type Query = $query;
                type Columns = $columns;

                fn columns() -> &'static $columns {
                    static COLUMNS: $columns = $columns {
                        $( $field: Column::field($place), )*
                    };
                    &COLUMNS
                }

                fn from_row(row: &RowReader, pass: &mut FieldPass) -> Self {
                    Self {
                        $( $field: pass.next(), )*
                        id: row.id(),
                        created_at: row.created_at(),
                        created_by: row.created_by(),
                        updated_at: row.updated_at(),
                        updated_by: row.updated_by(),
                        version: row.version(),
                    }
                }

                fn fields(into: &mut Self, from: &Self, pass: &mut FieldPass) {
                    $( pass.field(&mut into.$field, &from.$field); )*
                }

                fn system(&self) -> SystemValues {
                    SystemValues {
                        id: self.id.get(),
                        created_at: self.created_at,
                        created_by: self.created_by.map(Ref::get),
                        updated_at: self.updated_at,
                        updated_by: self.updated_by.map(Ref::get),
                        version: self.version,
                    }
                }
            }

            impl<K: WriteKind> RecordFields for Fields<K> {
                type Record = $name;
                type Kind = K;

                fn fields(into: &mut Self, from: &Self, pass: &mut FieldPass) {
                    $( pass.field(&mut into.$field, &from.$field); )*
                }
            }

            impl RecordQuery for $query {
                type Record = $name;

                fn from_inner(inner: Query<$name>) -> Self {
                    Self(inner)
                }

                fn into_inner(self) -> Query<$name> {
                    self.0
                }
            }

            // What a record does through the trait can be marked for one record as its own only.
            #[cfg(feature = "impact")]
            #[allow(missing_docs)]
            impl $name {
                #[deprecated(note = $reference)]
                pub fn query() -> $query {
                    <Self as Record>::query()
                }

                #[deprecated(note = $reference)]
                pub fn rows(condition: impl FnOnce(&$columns) -> crate::model::Condition) -> crate::model::Rows<Self> {
                    <Self as Record>::rows(condition)
                }

                #[deprecated(note = $reference)]
                pub fn get(id: impl Into<Id<Self>>) -> impl Future<Output = crate::Result<Self>> + Send {
                    <Self as Record>::get(id)
                }

                #[deprecated(note = $reference)]
                pub fn find(id: impl Into<Id<Self>>) -> impl Future<Output = crate::Result<Option<Self>>> + Send {
                    <Self as Record>::find(id)
                }

                #[deprecated(note = $reference)]
                pub fn count() -> impl Future<Output = crate::Result<u64>> + Send {
                    <Self as Record>::count()
                }

                #[deprecated(note = $reference)]
                pub fn timeline(
                    &self,
                ) -> impl Future<Output = crate::Result<Vec<crate::record::AuditEntry>>> + Send {
                    <Self as Record>::timeline(self)
                }

                #[deprecated(note = $reference)]
                pub fn create(new: $new) -> impl Future<Output = crate::Result<Self>> + Send {
                    <Self as Record>::create(new)
                }

                #[deprecated(note = $reference)]
                pub fn update(self, patch: $patch) -> impl Future<Output = crate::Result<Self>> + Send {
                    <Self as Record>::update(self, patch)
                }

                #[deprecated(note = $reference)]
                pub fn delete(self) -> impl Future<Output = crate::Result<()>> + Send {
                    <Self as Record>::delete(self)
                }
            }

            crate::__record_traits!($name, Fields);
        }
        pub use $module::{$columns, $new, $patch, $query};
    };
}

pub(super) use platform_record;
