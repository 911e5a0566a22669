//! Operations in words, for people who review them.

use std::fmt::Write;

use super::convert::word;
use super::snapshot::{Change, Column, Index, Operation};

/// One line for each thing that changes.
pub fn words(operations: &[Operation]) -> Vec<String> {
    let mut lines = Vec::new();
    for operation in operations {
        match operation {
            Operation::CreateTable(table) => lines.push(format!("create table {}", table.name)),
            Operation::DropTable { name } => lines.push(format!("drop table {name}")),
            Operation::RenameTable { from, to } => lines.push(format!("rename table {from} to {to}")),
            Operation::AlterTable { table, changes } => {
                lines.extend(changes.iter().map(|change| format!("{table}: {}", change_in_words(change))));
            }
        }
    }
    lines
}

fn change_in_words(change: &Change) -> String {
    match change {
        Change::AddColumn(column) => format!("add {}", column_in_words(column)),
        Change::DropColumn { name } => format!("drop column {name}"),
        Change::RenameColumn { from, to } => format!("rename column {from} to {to}"),
        Change::ChangeColumn(column) => format!("change {}", column_in_words(column)),
        Change::AddIndex(index) => format!("add {}", index_in_words(index)),
        Change::DropIndex(index) => format!("drop {}", index_in_words(index)),
    }
}

fn column_in_words(column: &Column) -> String {
    let mut text = format!("column {}: {}", column.name, word(&column.kind));
    if column.nullable {
        text.push_str(", may be empty");
    }
    if let Some(default) = &column.default {
        let _ = write!(text, ", default {default}");
    }
    if let Some(fill) = &column.fill {
        let _ = write!(text, ", existing rows get {fill}");
    }
    if let Some(key) = &column.references {
        let _ = write!(text, ", refers to {}", key.table);
    }
    text
}

fn index_in_words(index: &Index) -> String {
    let unique = if index.unique { "unique " } else { "" };
    format!("{unique}index over {}", index.columns.join(", "))
}
