//! The catalogue of SQLite. Of a `CHECK` it keeps nothing but the text of the table.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbErr};

use super::ask;
use crate::migration::drift::{LIVE, Seen, SeenColumn, plain_default};

pub(super) async fn table(connection: &impl ConnectionTrait, table: &str) -> Result<Option<Seen>, DbErr> {
    let mut seen = Seen::default();
    let found = ask(connection, "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", table).await?;
    let Some(found) = found.first() else { return Ok(None) };
    let text: String = found.try_get_by_index(0)?;
    let columns = "SELECT name, lower(type), \"notnull\", dflt_value FROM pragma_table_info(?)";
    for row in ask(connection, columns, table).await? {
        let column = SeenColumn {
            type_name: row.try_get_by_index(1)?,
            nullable: row.try_get_by_index::<i64>(2)? == 0,
            default: row.try_get_by_index::<Option<String>>(3)?.map(|text| plain_default(&text)),
            ..SeenColumn::default()
        };
        seen.columns.insert(row.try_get_by_index(0)?, column);
    }
    let keys = "SELECT \"from\", \"table\", on_delete FROM pragma_foreign_key_list(?)";
    for row in ask(connection, keys, table).await? {
        if let Some(column) = seen.columns.get_mut(&row.try_get_by_index::<String>(0)?) {
            column.references = Some((row.try_get_by_index(1)?, row.try_get_by_index(2)?));
        }
    }
    // Only those that a statement made: a primary key has one of its own.
    let indexes = "SELECT list.name, list.\"unique\", info.name FROM pragma_index_list(?) AS list, \
                   pragma_index_info(list.name) AS info WHERE list.origin = 'c' ORDER BY list.name, info.seqno";
    for row in ask(connection, indexes, table).await? {
        let (name, unique, column): (String, i64, String) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let index = seen.indexes.entry(name).or_insert_with(|| (Vec::new(), unique != 0));
        index.0.push(column);
    }
    // A part of the rows is always the same part here: those that are not deleted softly.
    for row in ask(connection, "SELECT name FROM pragma_index_list(?) WHERE partial = 1", table).await? {
        if let Some(index) = seen.indexes.get_mut(&row.try_get_by_index::<String>(0)?) {
            index.0.push(LIVE.to_owned());
        }
    }
    for check in checks(&text) {
        let (column, choices) = choices(&check);
        if let Some(column) = column.and_then(|column| seen.columns.get_mut(&column)) {
            column.choices = Some(choices);
        }
    }
    Ok(Some(seen))
}

/// A piece of SQL: a word or sign, a quoted name, a text.
#[derive(Debug, PartialEq)]
enum Piece {
    Word(String),
    Name(String),
    Text(String),
}

fn pieces(sql: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut signs = sql.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\'' | '"' | '`' => {
                let mut text = String::new();
                while let Some(next) = signs.next() {
                    if next != sign {
                        text.push(next);
                    } else if signs.peek() == Some(&sign) {
                        text.extend(signs.next());
                    } else {
                        break;
                    }
                }
                pieces.push(if sign == '\'' { Piece::Text(text) } else { Piece::Name(text) });
            }
            sign if sign.is_alphanumeric() || sign == '_' => {
                let mut word = String::from(sign);
                while let Some(next) = signs.next_if(|next| next.is_alphanumeric() || *next == '_') {
                    word.push(next);
                }
                pieces.push(Piece::Word(word));
            }
            sign if sign.is_whitespace() => {}
            sign => pieces.push(Piece::Word(sign.to_string())),
        }
    }
    pieces
}

/// What stands in the brackets of each `CHECK`.
fn checks(sql: &str) -> Vec<Vec<Piece>> {
    let mut all = Vec::new();
    let mut pieces = pieces(sql).into_iter();
    while let Some(piece) = pieces.next() {
        if !matches!(&piece, Piece::Word(word) if word.eq_ignore_ascii_case("check")) {
            continue;
        }
        let (mut depth, mut inside) = (0, Vec::new());
        for piece in pieces.by_ref() {
            match &piece {
                Piece::Word(word) if word == "(" => depth += 1,
                Piece::Word(word) if word == ")" => depth -= 1,
                _ => inside.push(piece),
            }
            if depth == 0 {
                break;
            }
        }
        all.push(inside);
    }
    all
}

/// The column that a check begins with, and the texts in it.
fn choices(check: &[Piece]) -> (Option<String>, BTreeSet<String>) {
    let column = check.first().and_then(|piece| match piece {
        Piece::Word(name) | Piece::Name(name) => Some(name.clone()),
        Piece::Text(_) => None,
    });
    let texts = check.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text.clone()),
        _ => None,
    });
    (column, texts.collect())
}

#[cfg(test)]
mod tests {
    use super::{checks, choices};

    #[test]
    fn checks_are_read_from_the_text_of_a_table() {
        let sql = "CREATE TABLE \"t\" (\"check\" text DEFAULT 'check (a)', \"it's\" text, CHECK (\"it's\" IN ('a''b', '(')), \"n\" text CHECK (n IN ('x')))";
        let found: Vec<_> = checks(sql).iter().map(|check| choices(check)).collect();
        let set = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(found, [(Some("it's".to_owned()), set(&["a'b", "("])), (Some("n".to_owned()), set(&["x"]))]);
    }
}
