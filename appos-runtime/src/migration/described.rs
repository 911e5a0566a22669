//! The tables that the records of a program need: made new from this, and compared with this.

use std::collections::BTreeMap;

use serde::Serialize;

use super::column::{Column, ColumnKind, ForeignKey};
use super::dialect::Dialect;
use super::drift::between;
use super::history::{Described, History};
use super::literal::Literal;
use super::names;
use super::table::{DELETED_AT, Index, Table};
use crate::model::record_of;
use crate::registry::{FieldDescriptor, ObjectDescriptor, RecordDescriptor, Registry, SystemField};
use crate::value::{FieldType, Value};

/// The version of the format of [`description`].
const FORMAT: u32 = 1;

/// What `migrate describe` prints: the tables that the code needs, and the migrations there are.
#[derive(Serialize)]
pub(crate) struct Description {
    format: u32,
    tables: Vec<RecordTable>,
    /// The tables that the migrations make.
    made: Vec<Table>,
    migrations: Vec<Described>,
}

/// The table of a record.
#[derive(Serialize)]
struct RecordTable {
    /// Reference of the record.
    object: &'static str,
    #[serde(flatten)]
    table: Table,
    /// Names the table may have had.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    renamed_from: Vec<String>,
    /// Names that columns had before.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    renamed_columns: BTreeMap<&'static str, &'static str>,
    /// Fields that are not named as their column.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<&'static str, &'static str>,
}

/// Describes a program.
pub(crate) fn description(registry: &'static Registry, history: &History) -> Description {
    let own = registry.records().filter(|(_, record)| record.connected_system.is_none());
    let tables = own.map(|(object, record)| RecordTable {
        object: object.reference,
        table: table(object, record),
        renamed_from: record
            .renamed_from
            .map(|old| vec![old.to_owned(), format!("{}_{old}", object.app)])
            .unwrap_or_default(),
        renamed_columns: stored(record).filter_map(|field| Some((field.column, field.renamed_from?))).collect(),
        fields: stored(record)
            .filter(|field| field.name != field.column)
            .map(|field| (field.column, field.name))
            .collect(),
    });
    let migrations = history.steps.iter().map(|step| Described { name: step.name, after: step.after });
    Description {
        format: FORMAT,
        tables: tables.collect(),
        made: history.tables().iter().cloned().collect(),
        migrations: migrations.collect(),
    }
}

/// The tables of all records in the platform's own database.
pub(crate) fn tables(registry: &'static Registry) -> Vec<Table> {
    tables_of(registry, None, false)
}

/// The tables of all records in the database of a connected system (`None`: in the platform's own) that are ours, or
/// that are `external`.
pub(crate) fn tables_of(registry: &'static Registry, system: Option<&str>, external: bool) -> Vec<Table> {
    let there = registry.records().filter(|(_, r)| r.connected_system == system && r.external == external);
    there.map(|(object, record)| table(object, record)).collect()
}

/// What the records need and the history does not make, and the other way round.
///
/// # Errors
/// A default is no value of its column.
pub(crate) fn missing(registry: &'static Registry, history: &History) -> Result<Vec<String>, String> {
    let wanted = tables(registry).into_iter().map(|mut table| {
        table.columns.iter_mut().for_each(|column| column.fill = None);
        table
    });
    between(&wanted.collect(), history.tables(), Dialect::Postgres)
}

fn stored(record: &'static RecordDescriptor) -> impl Iterator<Item = &'static FieldDescriptor> {
    record.fields.iter().filter(|field| field.is_stored())
}

fn table(object: &'static ObjectDescriptor, record: &'static RecordDescriptor) -> Table {
    debug_assert_eq!(record_of(object).table, record.table);
    let mut table =
        if record.external { Table::new(record.table).column(Column::id()) } else { Table::record(record.table) };
    if record.soft_delete {
        table.columns.push(Column::date_time(DELETED_AT).nullable());
    }
    table.columns.extend(stored(record).map(column));
    table.indexes = indexes(record);
    table
}

fn column(field: &FieldDescriptor) -> Column {
    let mut column = Column::new(field.column, kind(&field.field_type));
    column.nullable = field.nullable;
    if let FieldType::Reference(target) = field.field_type {
        column.references =
            Some(ForeignKey { table: record_of(target()).table.to_owned(), on_delete: field.on_delete });
    }
    let default = field.default.and_then(|default| literal(default()));
    match column.kind {
        // Such a default usually depends on the clock: it is no part of the table.
        ColumnKind::Date | ColumnKind::DateTime | ColumnKind::Uuid => column.fill = default,
        _ => column.default = default,
    }
    column
}

fn kind(field_type: &FieldType) -> ColumnKind {
    match field_type {
        FieldType::Integer { .. } | FieldType::Reference(_) => ColumnKind::Integer,
        FieldType::Float => ColumnKind::Float,
        FieldType::Decimal { scale } => ColumnKind::Decimal { scale: *scale },
        FieldType::Bool => ColumnKind::Bool,
        FieldType::Date => ColumnKind::Date,
        FieldType::DateTime => ColumnKind::DateTime,
        FieldType::Uuid => ColumnKind::Uuid,
        FieldType::Json | FieldType::List(_) => ColumnKind::Json,
        FieldType::Choice(choices) => {
            ColumnKind::Choice(choices.choices.iter().map(|choice| choice.value.to_owned()).collect())
        }
        FieldType::Text | FieldType::Many(_) => ColumnKind::Text,
    }
}

fn literal(value: Value) -> Option<Literal> {
    Some(match value {
        Value::Null | Value::Hidden => return None,
        Value::Bool(value) => Literal::Bool(value),
        Value::Integer(value) => Literal::Integer(value),
        Value::Float(value) => Literal::Float(value),
        Value::Text(value) => Literal::Text(value),
        Value::Decimal(value) => Literal::Text(value.normalize().to_string()),
        Value::Date(value) => Literal::Text(value.format("%Y-%m-%d").to_string()),
        Value::DateTime(value) => Literal::Text(value.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()),
        Value::Uuid(value) => Literal::Text(value.to_string()),
        Value::Json(value) => Literal::Text(value.to_string()),
    })
}

/// The unique indexes of a record: name and columns.
pub(crate) fn unique_indexes(record: &'static RecordDescriptor) -> impl Iterator<Item = (String, Vec<String>)> {
    let unique = indexes(record).into_iter().filter(|index| index.unique);
    unique.map(|index| (names::index(record.table, &index), index.columns))
}

fn indexes(record: &'static RecordDescriptor) -> Vec<Index> {
    let name =
        |place: &usize| record.fields.get(*place).map_or(SystemField::Id.name(), |field| field.column).to_owned();
    let mut all: Vec<Index> = Vec::new();
    for field in stored(record) {
        // A reference is followed backwards too: by `Many`, and whenever its target is deleted.
        if field.unique
            || field.auto_number.is_some()
            || field.index
            || matches!(field.field_type, FieldType::Reference(_))
        {
            let unique = field.unique || field.auto_number.is_some();
            all.push(Index { columns: vec![field.column.to_owned()], unique, live: false });
        }
    }
    let groups = |places: &'static [&'static [usize]], unique| {
        places.iter().map(move |places| Index { columns: places.iter().map(name).collect(), unique, live: false })
    };
    all.extend(groups(record.unique, true));
    all.extend(groups(record.indexes, false));
    // A deleted row keeps its values, and gives them free.
    for index in &mut all {
        index.live = index.unique && record.soft_delete;
    }
    let mut known = Vec::new();
    all.retain(|index| {
        !known.contains(index) && {
            known.push(index.clone());
            true
        }
    });
    all
}
