//! The Rust text of a migration.

use std::fmt::Write;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use serde_json::Value as Json;

use super::snapshot::{Change, Column, ColumnKind, Index, OnDelete, Operation, Table};

/// What stands at the top of a migration.
#[derive(Clone, Debug)]
pub struct Heading<'a> {
    /// Name; that of its file.
    pub name: &'a str,
    /// The migration before it.
    pub after: Option<&'a str>,
    /// What cannot come back, in words.
    pub destroys: &'a [String],
}

/// The file of a migration.
pub fn render(heading: &Heading<'_>, up: &[Operation], down: &[Operation]) -> String {
    let summary = up.iter().map(summary).collect::<Vec<_>>();
    let down_doc = match heading.destroys {
        [] => TokenStream::new(),
        destroys => {
            let lost = format!(" Cannot bring back: {}.", destroys.join(", "));
            quote!(#[doc = #lost])
        }
    };
    let names = used(up.iter().chain(down));
    file(heading, &summary, &names, (TokenStream::new(), emit(up)), (down_doc, emit(down)))
}

/// The file of a migration that does nothing yet.
pub fn render_empty(heading: &Heading<'_>) -> String {
    let up = quote!(#[doc = " What changes, such as `schema.sql(..)`."]);
    let down = quote!(#[doc = " What takes it back; it may stay empty if there is nothing to take back."]);
    let summary = [format!("{} (say here what it does)", heading.name)];
    file(heading, &summary, &["Migration", "Schema"], (up, TokenStream::new()), (down, TokenStream::new()))
}

/// `migrations/mod.rs`: the list of all migrations.
pub fn render_list(names: &[String]) -> String {
    let mut text = String::from(
        "//! The history of this platform's database. Kept by `cargo appos migrate`; the files it lists\n//! may be edited until they are released.\n\nuse appos::migration::Migration;\n\n",
    );
    for name in names {
        let _ = writeln!(text, "mod {name};");
    }
    text.push_str("\npub(crate) const ALL: &[Migration] = &[\n");
    for name in names {
        let _ = writeln!(text, "    {name}::MIGRATION,");
    }
    text.push_str("];\n");
    text
}

/// A name for a file, from what its migration does.
pub fn slug(up: &[Operation]) -> String {
    let one = |operation: &Operation| match operation {
        Operation::CreateTable(table) => format!("create_{}", table.name),
        Operation::DropTable { name } => format!("drop_{name}"),
        Operation::RenameTable { from, to } => format!("rename_{from}_to_{to}"),
        Operation::AlterTable { table, changes } => match changes.as_slice() {
            [Change::AddColumn(column)] => format!("add_{}_to_{table}", column.name),
            [Change::DropColumn { name }] => format!("drop_{name}_from_{table}"),
            [Change::RenameColumn { from, to }] => format!("rename_{from}_to_{to}_in_{table}"),
            _ => format!("change_{table}"),
        },
    };
    let mut slug = match up {
        [] => "empty".to_owned(),
        [only] => one(only),
        [first, rest @ ..] => format!("{}_and_{}_more", one(first), rest.len()),
    };
    slug.truncate(60);
    slug
}

fn summary(operation: &Operation) -> String {
    match operation {
        Operation::CreateTable(table) => format!("creates `{}`", table.name),
        Operation::DropTable { name } => format!("drops `{name}`"),
        Operation::RenameTable { from, to } => format!("renames `{from}` to `{to}`"),
        Operation::AlterTable { table, .. } => format!("changes `{table}`"),
    }
}

fn file(
    heading: &Heading<'_>,
    summary: &[String],
    names: &[&str],
    (up_doc, up): (TokenStream, TokenStream),
    (down_doc, down): (TokenStream, TokenStream),
) -> String {
    let Heading { name, after, .. } = heading;
    let after = match after {
        Some(after) => quote!(Some(#after)),
        None => quote!(None),
    };
    let names = names.iter().map(|name| Ident::new(name, Span::call_site()));
    let argument =
        |body: &TokenStream| Ident::new(if body.is_empty() { "_schema" } else { "schema" }, Span::call_site());
    let (up_argument, down_argument) = (argument(&up), argument(&down));
    let tokens = quote! {
        use appos::migration::{#(#names),*};

        pub(super) const MIGRATION: Migration = Migration { name: #name, after: #after, up, down };

        #up_doc
        fn up(#up_argument: &mut Schema) { #up }

        #down_doc
        fn down(#down_argument: &mut Schema) { #down }
    };
    let mut summary = summary.join(", ");
    if let Some(first) = summary.get(..1).map(str::to_uppercase) {
        summary.replace_range(..1, &first);
    }
    let body = syn::parse2(tokens.clone()).map_or_else(|_| tokens.to_string(), |file| prettyplease::unparse(&file));
    format!("{}\n\n{}", folded(&summary), spaced(&body))
}

/// With an empty line before each item.
fn spaced(code: &str) -> String {
    let mut text = String::new();
    let mut before = "";
    for line in code.lines() {
        let begins = ["pub(super) const", "fn ", "///"].iter().any(|word| line.starts_with(word));
        if begins && !before.starts_with("///") {
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
        before = line;
    }
    text
}

/// A sentence as the first lines of a file.
fn folded(text: &str) -> String {
    let mut lines = vec![String::from("//!")];
    for word in format!("{text}.").split(' ') {
        let line = lines.last_mut().filter(|line| line.len() + word.len() < 99);
        match line {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(format!("//! {word}")),
        }
    }
    lines.join("\n")
}

/// The names of `appos::migration` that a file needs.
fn used<'a>(operations: impl Iterator<Item = &'a Operation>) -> Vec<&'static str> {
    let (mut column, mut table) = (false, false);
    for operation in operations {
        match operation {
            Operation::CreateTable(made) => {
                table = true;
                column |= made.columns.len() > system_columns(made);
            }
            Operation::AlterTable { changes, .. } => {
                let with_column = |change: &Change| matches!(change, Change::AddColumn(_) | Change::ChangeColumn(_));
                column |= changes.iter().any(with_column);
            }
            _ => {}
        }
    }
    let mut names = Vec::new();
    if column {
        names.push("Column");
    }
    names.extend(["Migration", "Schema"]);
    if table {
        names.push("Table");
    }
    names
}

fn emit(operations: &[Operation]) -> TokenStream {
    let statements = operations.iter().map(|operation| match operation {
        Operation::CreateTable(table) => {
            let table = emit_table(table);
            quote!(schema.create_table(#table);)
        }
        Operation::DropTable { name } => quote!(schema.drop_table(#name);),
        Operation::RenameTable { from, to } => quote!(schema.rename_table(#from, #to);),
        Operation::AlterTable { table, changes } => {
            let changes = changes.iter().map(emit_change);
            quote!(schema.alter_table(#table, |table| { #(#changes)* });)
        }
    });
    statements.collect()
}

/// How many of the first columns are those that every record has.
fn system_columns(table: &Table) -> usize {
    let plain = |name: &str, kind, nullable| Column {
        name: name.to_owned(),
        kind,
        nullable,
        default: None,
        references: None,
        fill: None,
    };
    let system = [
        plain("id", ColumnKind::Id, false),
        plain("created_at", ColumnKind::DateTime, false),
        plain("created_by", ColumnKind::Integer, true),
        plain("updated_at", ColumnKind::DateTime, false),
        plain("updated_by", ColumnKind::Integer, true),
        plain("version", ColumnKind::Integer, false),
    ];
    if table.columns.starts_with(&system) { system.len() } else { 0 }
}

fn emit_table(table: &Table) -> TokenStream {
    let name = &table.name;
    let system = system_columns(table);
    let begin = if system > 0 { quote!(Table::record(#name)) } else { quote!(Table::new(#name)) };
    let columns = table.columns.iter().skip(system).map(emit_column);
    let indexes = table.indexes.iter().map(|index| {
        let (method, columns) = (Ident::new(kind_of(index), Span::call_site()), &index.columns);
        quote!(.#method([#(#columns),*]))
    });
    quote!(#begin #(.column(#columns))* #(#indexes)*)
}

fn emit_column(column: &Column) -> TokenStream {
    let name = &column.name;
    let mut tokens = match &column.kind {
        ColumnKind::Id => quote!(Column::id()),
        ColumnKind::Integer => quote!(Column::integer(#name)),
        ColumnKind::Float => quote!(Column::float(#name)),
        ColumnKind::Decimal { scale } => {
            let scale = proc_macro2::Literal::u32_unsuffixed(*scale);
            quote!(Column::decimal(#name, #scale))
        }
        ColumnKind::Bool => quote!(Column::bool(#name)),
        ColumnKind::Text => quote!(Column::text(#name)),
        ColumnKind::Date => quote!(Column::date(#name)),
        ColumnKind::DateTime => quote!(Column::date_time(#name)),
        ColumnKind::Uuid => quote!(Column::uuid(#name)),
        ColumnKind::Json => quote!(Column::json(#name)),
        ColumnKind::Choice(choices) => quote!(Column::choice(#name, [#(#choices),*])),
    };
    if column.nullable {
        tokens.extend(quote!(.nullable()));
    }
    for (method, value) in [("default", &column.default), ("fill", &column.fill)] {
        if let Some(value) = value {
            let (method, value) = (Ident::new(method, Span::call_site()), emit_value(value));
            tokens.extend(quote!(.#method(#value)));
        }
    }
    if let Some(key) = &column.references {
        let table = &key.table;
        tokens.extend(quote!(.references(#table)));
        match key.on_delete {
            OnDelete::Restrict => {}
            OnDelete::Cascade => tokens.extend(quote!(.on_delete_cascade())),
            OnDelete::SetNull => tokens.extend(quote!(.on_delete_set_null())),
        }
    }
    tokens
}

fn emit_value(value: &Json) -> TokenStream {
    match value {
        Json::Bool(value) => quote!(#value),
        Json::Number(number) => {
            let text = match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) if i32::try_from(whole).is_err() => format!("{whole}_i64"),
                (Some(whole), _) => whole.to_string(),
                (None, Some(float)) => format!("{float:?}"),
                (None, None) => "0".to_owned(),
            };
            text.parse().unwrap_or_default()
        }
        Json::String(text) => quote!(#text),
        other => {
            let text = other.to_string();
            quote!(#text)
        }
    }
}

fn emit_change(change: &Change) -> TokenStream {
    match change {
        Change::AddColumn(column) => {
            let column = emit_column(column);
            quote!(table.add_column(#column);)
        }
        Change::DropColumn { name } => quote!(table.drop_column(#name);),
        Change::RenameColumn { from, to } => quote!(table.rename_column(#from, #to);),
        Change::ChangeColumn(column) => {
            let column = emit_column(column);
            quote!(table.change_column(#column);)
        }
        Change::AddIndex(index) => emit_index("add", index),
        Change::DropIndex(index) => emit_index("drop", index),
    }
}

/// The word for an index in the methods of tables and alterations.
fn kind_of(index: &Index) -> &'static str {
    match (index.unique, index.live) {
        (false, _) => "index",
        (true, false) => "unique",
        (true, true) => "unique_live",
    }
}

fn emit_index(verb: &str, index: &Index) -> TokenStream {
    let method = Ident::new(&format!("{verb}_{}", kind_of(index)), Span::call_site());
    let columns = &index.columns;
    quote!(table.#method([#(#columns),*]);)
}
