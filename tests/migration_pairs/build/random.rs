//! Random tables: every kind of column, references also in circles, reserved words, long names.

use appos_codegen::migration::{Column, ColumnKind, ForeignKey, Index, OnDelete, Table};
use fastrand::Rng;
use serde_json::{Value as Json, json};

const TABLES: [&str; 6] =
    ["order", "customer", "group", "Tab le", "user", "a_table_with_a_name_of_sixty_three_bytes_which_is_the_longest_1"];

const COLUMNS: [&str; 14] = [
    "name",
    "select",
    "from",
    "value",
    "code",
    "check",
    "index",
    "note",
    "Größe",
    "total",
    "due",
    "unique",
    "state",
    "a_column_with_a_long_name_that_makes_every_constraint_name_long",
];

const WORDS: [&str; 6] = ["draft", "it's", "sent", "paid \"twice\"", "void", "naïve"];

pub(crate) fn any<T: Copy>(rng: &mut Rng, from: &[T]) -> T {
    from[rng.usize(..from.len())]
}

pub(crate) fn tables(rng: &mut Rng) -> Vec<Table> {
    let mut names = TABLES.to_vec();
    rng.shuffle(&mut names);
    names.truncate(rng.usize(1..=4));
    names.iter().map(|name| table(rng, name, &names)).collect()
}

/// A table whose references go to any of these.
pub(crate) fn table(rng: &mut Rng, name: &str, others: &[&str]) -> Table {
    let mut table = Table { name: name.to_owned(), columns: system(), indexes: Vec::new() };
    for _ in 0..rng.usize(1..=5) {
        let column = column(rng, &table, others);
        table.columns.push(column);
    }
    for _ in 0..rng.usize(..3) {
        add_index(rng, &mut table);
    }
    table
}

pub(crate) fn system() -> Vec<Column> {
    let plain = |name: &str, kind, nullable| Column {
        name: name.to_owned(),
        kind,
        nullable,
        default: None,
        references: None,
        fill: None,
    };
    vec![
        plain("id", ColumnKind::Id, false),
        plain("created_at", ColumnKind::DateTime, false),
        plain("created_by", ColumnKind::Integer, true),
        plain("updated_at", ColumnKind::DateTime, false),
        plain("updated_by", ColumnKind::Integer, true),
        plain("version", ColumnKind::Integer, false),
    ]
}

pub(crate) fn free_name(rng: &mut Rng, table: &Table) -> String {
    loop {
        let mut name = any(rng, &COLUMNS).to_owned();
        if rng.bool() {
            name.truncate(50);
            name.push_str(&rng.u8(..).to_string());
        }
        if table.columns.iter().all(|column| !column.name.eq_ignore_ascii_case(&name)) {
            return name;
        }
    }
}

pub(crate) fn kind(rng: &mut Rng) -> ColumnKind {
    match rng.u8(..10) {
        0 => ColumnKind::Integer,
        1 => ColumnKind::Float,
        2 => ColumnKind::Decimal { scale: rng.u32(..6) },
        3 => ColumnKind::Bool,
        4 => ColumnKind::Date,
        5 => ColumnKind::DateTime,
        6 => ColumnKind::Uuid,
        7 => ColumnKind::Json,
        8 => choice(rng),
        _ => ColumnKind::Text,
    }
}

pub(crate) fn choice(rng: &mut Rng) -> ColumnKind {
    ColumnKind::Choice(WORDS.iter().take(rng.usize(2..=WORDS.len())).map(|word| (*word).to_owned()).collect())
}

pub(crate) fn column(rng: &mut Rng, table: &Table, others: &[&str]) -> Column {
    let name = free_name(rng, table);
    if rng.u8(..5) == 0 {
        let key = ForeignKey { table: any(rng, others).to_owned(), on_delete: on_delete(rng) };
        return Column {
            name,
            kind: ColumnKind::Integer,
            nullable: true,
            default: None,
            references: Some(key),
            fill: None,
        };
    }
    let kind = kind(rng);
    let default = default(rng, &kind);
    Column { name, kind, nullable: rng.bool(), default, references: None, fill: None }
}

pub(crate) fn on_delete(rng: &mut Rng) -> OnDelete {
    any(rng, &[OnDelete::Restrict, OnDelete::Cascade, OnDelete::SetNull])
}

/// A default, sometimes.
pub(crate) fn default(rng: &mut Rng, kind: &ColumnKind) -> Option<Json> {
    if rng.bool() {
        return None;
    }
    Some(match kind {
        ColumnKind::Integer => json!(any(rng, &[0, -1, 30, i64::MAX])),
        ColumnKind::Float => json!(any(rng, &[0.0, 1.5, -2.25])),
        ColumnKind::Decimal { .. } => json!(any(rng, &["0", "7", "-3"])),
        ColumnKind::Bool => json!(rng.bool()),
        ColumnKind::Text => json!(any(rng, &["", "it's", "a \"word\"", "né ?"])),
        ColumnKind::Json => json!(any(rng, &["{}", "[1,2]", "{\"a\":\"it's\"}"])),
        ColumnKind::Choice(words) => json!(words[rng.usize(..words.len())]),
        _ => return None,
    })
}

pub(crate) fn add_index(rng: &mut Rng, table: &mut Table) {
    let own: Vec<&Column> = table.columns.iter().skip(6).collect();
    if own.is_empty() {
        return;
    }
    let mut columns: Vec<&Column> = Vec::new();
    for _ in 0..rng.usize(1..=2) {
        let column = own[rng.usize(..own.len())];
        if !columns.iter().any(|known| known.name == column.name) {
            columns.push(column);
        }
    }
    // Rows differ in these kinds only; JSON has no order on PostgreSQL.
    let differ = |column: &&Column| {
        matches!(column.kind, ColumnKind::Text | ColumnKind::Integer | ColumnKind::Date | ColumnKind::Uuid)
            && column.references.is_none()
            && !(column.nullable && column.default.is_some())
    };
    let unique = rng.bool() && columns.iter().all(differ);
    let index = Index { columns: columns.iter().map(|column| column.name.clone()).collect(), unique, live: false };
    if !table.indexes.iter().any(|known| known.columns == index.columns) {
        table.indexes.push(index);
    }
}
