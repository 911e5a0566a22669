//! What must be done to tables so that they become others, and back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::convert::{Conversion, conversion, word};
use super::order::{creations, drops};
use super::snapshot::{Change, Column, ColumnKind, ForeignKey, Index, Operation, RecordTable, Table};

/// What a person has said about things that the tables alone do not tell.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Tables: the new name and the old one.
    pub tables: BTreeMap<String, String>,
    /// Columns by (new) table and new name: the old name.
    pub columns: BTreeMap<(String, String), String>,
    /// Values for rows there are, by table and column.
    pub fills: BTreeMap<(String, String), Json>,
}

/// Something that may be a new thing or an old one with another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The table of a column; `None`: it is a table itself.
    pub table: Option<String>,
    /// What is gone.
    pub from: String,
    /// What is new.
    pub to: String,
}

/// What is to be done.
#[derive(Clone, Debug, Default)]
pub struct Difference {
    /// Operations in their order.
    pub up: Vec<Operation>,
    /// Those that lead back.
    pub down: Vec<Operation>,
    /// What is lost by `up`, in words.
    pub destroys: Vec<String>,
    /// What may have been renamed.
    pub questions: Vec<Question>,
    /// What cannot be done, in words that end with the correct form.
    pub problems: Vec<String>,
}

/// Names that things had before.
#[derive(Default)]
struct Renames {
    /// New table, old table.
    tables: BTreeMap<String, String>,
    /// New table and column, old column.
    columns: BTreeMap<(String, String), String>,
}

/// Compares tables as they are with those that records need.
pub fn diff(before: &[Table], after: &[RecordTable], answers: &Answers) -> Difference {
    let mut difference = Difference::default();
    let mut wanted: Vec<Table> = after.iter().map(|record| record.table.clone()).collect();
    for table in &mut wanted {
        for column in &mut table.columns {
            if let Some(fill) = answers.fills.get(&(table.name.clone(), column.name.clone())) {
                column.fill = Some(fill.clone());
            }
        }
    }
    let renames = renames(before, after, answers);
    difference.questions = questions(before, &wanted, &renames);
    let up = Direction { renames: &renames, records: Some(after) };
    difference.up = up.operations(before, &wanted, &mut difference.destroys, &mut difference.problems);
    let back = renames.reversed();
    let mut before = before.to_vec();
    for column in before.iter_mut().flat_map(|table| &mut table.columns) {
        if !column.nullable && column.default.is_none() {
            column.fill = Some(something(&column.kind));
        }
    }
    let down = Direction { renames: &back, records: None };
    for column in wanted.iter_mut().flat_map(|table| &mut table.columns) {
        column.fill = None;
    }
    difference.down = down.operations(&wanted, &before, &mut Vec::new(), &mut Vec::new());
    difference
}

impl Renames {
    fn reversed(&self) -> Self {
        let old = |table: &String| self.tables.get(table).unwrap_or(table).clone();
        Self {
            tables: self.tables.iter().map(|(new, old)| (old.clone(), new.clone())).collect(),
            columns: self
                .columns
                .iter()
                .map(|((table, new), column)| ((old(table), column.clone()), new.clone()))
                .collect(),
        }
    }
}

/// What keys and answers say was renamed, as far as it is true of these tables. A key stays in
/// the source for as long as its author likes.
fn renames(before: &[Table], after: &[RecordTable], answers: &Answers) -> Renames {
    let mut renames = Renames::default();
    let found_before = |name: &str| before.iter().find(|table| table.name == name);
    let is_wanted = |name: &str| after.iter().any(|record| record.table.name == name);
    for record in after.iter().filter(|record| found_before(&record.table.name).is_none()) {
        let said = answers.tables.get(&record.table.name).into_iter().chain(&record.renamed_from);
        let taken: BTreeSet<&String> = renames.tables.values().collect();
        let old =
            said.filter(|old| !taken.contains(old)).find(|old| found_before(old).is_some() && !is_wanted(old)).cloned();
        renames.tables.extend(old.map(|old| (record.table.name.clone(), old)));
    }
    for record in after {
        let table = &record.table;
        let Some(old_table) = found_before(renames.tables.get(&table.name).unwrap_or(&table.name)) else { continue };
        for column in table.columns.iter().filter(|column| old_table.find(&column.name).is_none()) {
            let key = (table.name.clone(), column.name.clone());
            let said = answers.columns.get(&key).or_else(|| record.renamed_columns.get(&column.name));
            let old = said.filter(|old| old_table.find(old).is_some() && table.find(old).is_none());
            if let Some(old) = old {
                renames.columns.insert(key, old.clone());
            }
        }
    }
    renames
}

/// Removed things that look like added ones.
fn questions(before: &[Table], wanted: &[Table], renames: &Renames) -> Vec<Question> {
    let mut questions = Vec::new();
    let known = |tables: &[Table], name: &str| tables.iter().any(|table| table.name == name);
    let is_other_now = |name: &String| renames.tables.values().any(|old| old == name);
    let gone: Vec<&Table> =
        before.iter().filter(|table| !known(wanted, &table.name) && !is_other_now(&table.name)).collect();
    let new = wanted.iter().filter(|table| !known(before, &table.name) && !renames.tables.contains_key(&table.name));
    for table in new {
        let alike = |old: &&&Table| {
            let same =
                table.columns.iter().filter(|column| old.find(&column.name).is_some_and(|o| o.kind == column.kind));
            // The columns of every record say nothing.
            let own = |table: &Table| table.columns.len().saturating_sub(6);
            own(old) > 0 && same.count().saturating_sub(6) * 2 >= own(old).max(own(table))
        };
        if let Some(old) = gone.iter().find(alike) {
            questions.push(Question { table: None, from: old.name.clone(), to: table.name.clone() });
        }
    }
    for table in wanted {
        let old_name = renames.tables.get(&table.name).unwrap_or(&table.name);
        let Some(old) = before.iter().find(|old| old.name == *old_name) else { continue };
        let is_renamed = |name: &String| renames.columns.iter().any(|((of, _), old)| *of == table.name && old == name);
        let mut gone: Vec<&Column> = old
            .columns
            .iter()
            .filter(|column| table.find(&column.name).is_none() && !is_renamed(&column.name))
            .collect();
        for column in &table.columns {
            let is_new = old.find(&column.name).is_none()
                && !renames.columns.contains_key(&(table.name.clone(), column.name.clone()));
            let alike = |old: &&Column| old.kind == column.kind && old.references == column.references;
            if let Some(place) = gone.iter().position(alike).filter(|_| is_new) {
                let from = gone.remove(place).name.clone();
                questions.push(Question { table: Some(table.name.clone()), from, to: column.name.clone() });
            }
        }
    }
    questions
}

/// One way from tables to tables.
struct Direction<'a> {
    renames: &'a Renames,
    /// The records, for messages; there are none on the way back.
    records: Option<&'a [RecordTable]>,
}

impl Direction<'_> {
    fn operations(
        &self,
        before: &[Table],
        after: &[Table],
        destroys: &mut Vec<String>,
        problems: &mut Vec<String>,
    ) -> Vec<Operation> {
        let mut operations = Vec::new();
        let mut current = before.to_vec();
        for (new, old) in &self.renames.tables {
            operations.push(Operation::RenameTable { from: old.clone(), to: new.clone() });
            for table in &mut current {
                if table.name == *old {
                    new.clone_into(&mut table.name);
                }
                let keys = table.columns.iter_mut().filter_map(|column| column.references.as_mut());
                keys.filter(|key| key.table == *old).for_each(|key| new.clone_into(&mut key.table));
            }
        }
        let known = |tables: &[Table], name: &str| tables.iter().any(|table| table.name == name);
        let new: Vec<Table> = after.iter().filter(|table| !known(&current, &table.name)).map(without_fills).collect();
        operations.extend(creations(new));
        for table in after {
            let Some(old) = current.iter().find(|old| old.name == table.name) else { continue };
            let changes = self.changes(old, table, destroys, problems);
            if !changes.is_empty() {
                operations.push(Operation::AlterTable { table: table.name.clone(), changes });
            }
        }
        let gone: Vec<Table> = current.iter().filter(|table| !known(after, &table.name)).cloned().collect();
        destroys.extend(gone.iter().map(|table| format!("table `{}` with its rows", table.name)));
        operations.extend(drops(gone));
        operations
    }

    fn changes(
        &self,
        before: &Table,
        after: &Table,
        destroys: &mut Vec<String>,
        problems: &mut Vec<String>,
    ) -> Vec<Change> {
        let name_of = |column: &Column| self.renames.columns.get(&(after.name.clone(), column.name.clone()));
        let origin = |column: &Column| before.find(name_of(column).unwrap_or(&column.name));
        let (mut renamed, mut added, mut other) = (Vec::new(), Vec::new(), Vec::new());
        let mut kept: BTreeMap<&str, &str> = BTreeMap::new();
        for column in &after.columns {
            let Some(old) = origin(column) else {
                if !column.nullable && column.default.is_none() && column.fill.is_none() {
                    problems.push(self.no_value(after, column));
                }
                added.push(Change::AddColumn(column.clone()));
                continue;
            };
            kept.insert(&old.name, &column.name);
            if old.name != column.name {
                renamed.push(Change::RenameColumn { from: old.name.clone(), to: column.name.clone() });
            }
            if !same(old, column) {
                self.judge(&after.name, old, column, destroys, problems);
                // The fill is for rows that are empty where they must no longer be.
                let fill = column.fill.clone().filter(|_| old.nullable && !column.nullable);
                other.push(Change::ChangeColumn(Column { fill, ..column.clone() }));
            }
        }
        let dropped: Vec<Change> = before
            .columns
            .iter()
            .filter(|column| !kept.contains_key(column.name.as_str()))
            .map(|column| {
                destroys.push(format!("column `{}.{}` with its values", after.name, column.name));
                Change::DropColumn { name: column.name.clone() }
            })
            .collect();
        let translated = |index: &Index| {
            let columns = index.columns.iter().map(|name| kept.get(name.as_str()).map(|new| (*new).to_owned()));
            columns.collect::<Option<Vec<_>>>().map(|columns| Index { columns, ..index.clone() })
        };
        let stay: Vec<Index> = before.indexes.iter().filter_map(translated).collect();
        let lost =
            before.indexes.iter().filter(|index| translated(index).is_none_or(|new| !after.indexes.contains(&new)));
        let fresh = after.indexes.iter().filter(|index| !stay.contains(index));
        let mut changes: Vec<Change> = lost.map(|index| Change::DropIndex(index.clone())).collect();
        changes.extend(dropped);
        changes.extend(renamed);
        changes.extend(added);
        changes.extend(other);
        changes.extend(fresh.map(|index| Change::AddIndex(index.clone())));
        changes
    }

    /// What a change of kind does to the values.
    fn judge(&self, table: &str, old: &Column, new: &Column, destroys: &mut Vec<String>, problems: &mut Vec<String>) {
        let (from, to) = (word(&old.kind), word(&new.kind));
        match conversion(&old.kind, &new.kind) {
            Conversion::Kept => {}
            Conversion::Lossy => destroys.push(format!("parts of the values of `{table}.{}`, from {from} to {to}", new.name)),
            Conversion::None => problems.push(format!(
                "{} changes from {from} to {to}, and there is no way to convert its values\n  help: give the new field another name, move the values with `cargo appos migrate --empty <name>`, then remove the old field",
                self.field(table, &new.name)
            )),
        }
    }

    fn no_value(&self, table: &Table, column: &Column) -> String {
        format!(
            "{} is new and must not be empty, and the rows there are have no value for it\n  help: write `#[field(default = ..)]`, make it an `Option`, or say what these rows get: `--fill {}.{}=..`",
            self.field(&table.name, &column.name),
            table.name,
            column.name
        )
    }

    /// The field of a column, as its author knows it.
    fn field(&self, table: &str, column: &str) -> String {
        let record = self.records.and_then(|records| records.iter().find(|record| record.table.name == table));
        record.map_or_else(
            || format!("column `{table}.{column}`"),
            |record| {
                let field = record.fields.get(column).map_or(column, String::as_str);
                format!("field `{field}` of `{}`", record.object)
            },
        )
    }
}

fn same(old: &Column, new: &Column) -> bool {
    let key = |key: &Option<ForeignKey>| key.as_ref().map(|key| (key.table.clone(), key.on_delete));
    let kind = match (&old.kind, &new.kind) {
        // The order of choices is not the table's.
        (ColumnKind::Choice(old), ColumnKind::Choice(new)) => {
            old.iter().collect::<BTreeSet<_>>() == new.iter().collect::<BTreeSet<_>>()
        }
        (old, new) => old == new,
    };
    kind && old.nullable == new.nullable && old.default == new.default && key(&old.references) == key(&new.references)
}

fn without_fills(table: &Table) -> Table {
    let columns = table.columns.iter().map(|column| Column { fill: None, ..column.clone() }).collect();
    Table { columns, ..table.clone() }
}

/// A value for rows whose own has been lost.
fn something(kind: &ColumnKind) -> Json {
    match kind {
        ColumnKind::Id | ColumnKind::Integer => json!(0),
        ColumnKind::Float => json!(0.0),
        ColumnKind::Decimal { .. } => json!("0"),
        ColumnKind::Bool => json!(false),
        ColumnKind::Text => json!(""),
        ColumnKind::Date => json!("1970-01-01"),
        ColumnKind::DateTime => json!("1970-01-01T00:00:00.000000Z"),
        ColumnKind::Uuid => json!("00000000-0000-0000-0000-000000000000"),
        ColumnKind::Json => json!("null"),
        ColumnKind::Choice(choices) => json!(choices.first().cloned().unwrap_or_default()),
    }
}
