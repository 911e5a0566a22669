//! The order among tables that refer to each other.

use super::snapshot::{Change, Operation, Table};

/// Creates tables, each after those it refers to. Where they refer to each other in a circle,
/// a reference is added when both are there.
pub(super) fn creations(mut tables: Vec<Table>) -> Vec<Operation> {
    let mut operations = Vec::new();
    let mut later = Vec::new();
    while !tables.is_empty() {
        let waits = |table: &Table| table.referred().any(|name| tables.iter().any(|other| other.name == name));
        let place = tables.iter().position(|table| !waits(table));
        let mut table = tables.remove(place.unwrap_or(0));
        if place.is_none() {
            let mut changes = Vec::new();
            for column in &mut table.columns {
                let circular = |name: &str| tables.iter().any(|other| other.name == name);
                if column.references.as_ref().is_some_and(|key| circular(&key.table)) {
                    changes.push(Change::ChangeColumn(column.clone()));
                    column.references = None;
                }
            }
            later.push(Operation::AlterTable { table: table.name.clone(), changes });
        }
        operations.push(Operation::CreateTable(table));
    }
    operations.extend(later);
    operations
}

/// Drops tables, each before those it refers to; circles are opened first.
pub(super) fn drops(mut tables: Vec<Table>) -> Vec<Operation> {
    let mut opened = Vec::new();
    let mut operations = Vec::new();
    while !tables.is_empty() {
        let free = |table: &Table| {
            !tables.iter().any(|other| other.name != table.name && other.referred().any(|name| name == table.name))
        };
        match tables.iter().position(free) {
            Some(place) => operations.push(Operation::DropTable { name: tables.remove(place).name }),
            None => {
                let names: Vec<String> = tables.iter().map(|table| table.name.clone()).collect();
                // Whoever refers to one of the others: each turn leaves fewer references.
                let refers = |table: &Table| table.referred().any(|name| names.iter().any(|other| other == name));
                let place = tables.iter().position(refers).unwrap_or(0);
                let table = &mut tables[place];
                let own = table.name.clone();
                let mut changes = Vec::new();
                for column in &mut table.columns {
                    if column.references.as_ref().is_some_and(|key| key.table != own && names.contains(&key.table)) {
                        column.references = None;
                        changes.push(Change::ChangeColumn(column.clone()));
                    }
                }
                opened.push(Operation::AlterTable { table: own, changes });
            }
        }
    }
    opened.extend(operations);
    opened
}
