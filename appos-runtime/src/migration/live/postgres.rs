//! The catalogue of PostgreSQL, of the schema in which new tables are made.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbErr};

use super::ask;
use crate::migration::drift::{LIVE, Seen, SeenColumn, plain_default};

const TABLE: &str = "(SELECT c.oid FROM pg_class c WHERE c.relname = $1 AND c.relkind IN ('r', 'p') \
                     AND c.relnamespace = current_schema()::regnamespace)";

pub(super) async fn table(connection: &impl ConnectionTrait, table: &str) -> Result<Option<Seen>, DbErr> {
    let mut seen = Seen::default();
    let columns = format!(
        "SELECT a.attname::text, format_type(a.atttypid, a.atttypmod) || \
         CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE \"' || l.collname || '\"' ELSE '' END, \
         a.attnotnull, pg_get_expr(d.adbin, d.adrelid) \
         FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid \
         LEFT JOIN pg_collation l ON l.oid = a.attcollation \
         LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated = '' \
         WHERE a.attrelid = {TABLE} AND a.attnum > 0 AND NOT a.attisdropped"
    );
    for row in ask(connection, &columns, table).await? {
        let column = SeenColumn {
            type_name: row.try_get_by_index(1)?,
            nullable: !row.try_get_by_index::<bool>(2)?,
            default: row.try_get_by_index::<Option<String>>(3)?.map(|text| plain_default(&text)),
            ..SeenColumn::default()
        };
        seen.columns.insert(row.try_get_by_index(0)?, column);
    }
    if seen.columns.is_empty() {
        return Ok(None);
    }
    constraints(connection, table, &mut seen).await?;
    let indexes = format!(
        "SELECT i.relname::text, x.indisunique, x.indisvalid, a.attname::text || \
         CASE WHEN x.indoption[k.place - 1] & 2 = 2 THEN ' NULLS FIRST' ELSE '' END FROM pg_index x \
         JOIN pg_class i ON i.oid = x.indexrelid \
         CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k (attnum, place) \
         JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum \
         WHERE x.indrelid = {TABLE} AND NOT x.indisprimary ORDER BY i.relname, k.place"
    );
    for row in ask(connection, &indexes, table).await? {
        let (name, unique, valid, column): (String, bool, bool, String) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        let index = seen.indexes.entry(name.clone()).or_insert_with(|| (Vec::new(), unique));
        if !valid && index.0.is_empty() {
            seen.broken.push(format!("index `{name}` is not valid: building it was interrupted"));
        }
        index.0.push(column);
    }
    let partial = format!(
        "SELECT i.relname::text FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid \
         WHERE x.indrelid = {TABLE} AND x.indpred IS NOT NULL"
    );
    for row in ask(connection, &partial, table).await? {
        if let Some(index) = seen.indexes.get_mut(&row.try_get_by_index::<String>(0)?) {
            index.0.push(LIVE.to_owned());
        }
    }
    Ok(Some(seen))
}

async fn constraints(connection: &impl ConnectionTrait, table: &str, seen: &mut Seen) -> Result<(), DbErr> {
    let sql = format!(
        "SELECT c.conname::text, c.contype::text, c.convalidated, a.attname::text, f.relname::text, \
         c.confdeltype::text, pg_get_constraintdef(c.oid) FROM pg_constraint c \
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
         LEFT JOIN pg_class f ON f.oid = c.confrelid \
         WHERE c.conrelid = {TABLE} AND c.contype IN ('c', 'f')"
    );
    for row in ask(connection, &sql, table).await? {
        let (name, kind, column): (String, String, String) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(3)?);
        if !row.try_get_by_index::<bool>(2)? {
            seen.broken.push(format!("constraint `{name}` of `{table}` has not been validated"));
        }
        let Some(column) = seen.columns.get_mut(&column) else { continue };
        if kind == "f" {
            let rule = match row.try_get_by_index::<String>(5)?.as_str() {
                "r" => "RESTRICT",
                "c" => "CASCADE",
                "n" => "SET NULL",
                _ => "something else",
            };
            column.references = Some((row.try_get_by_index(4)?, rule.to_owned()));
        } else {
            column.choices = Some(texts(&row.try_get_by_index::<String>(6)?));
        }
    }
    Ok(())
}

/// The texts in a condition.
fn texts(condition: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut parts = condition.split('\'').peekable();
    parts.next();
    while let Some(part) = parts.next() {
        let mut text = part.to_owned();
        // Two quotes stand for one within a text.
        while parts.next_if(|between| between.is_empty()).is_some() {
            match parts.next() {
                Some(more) => {
                    text.push('\'');
                    text.push_str(more);
                }
                None => break,
            }
        }
        found.insert(text);
        parts.next();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn texts_are_read_from_a_condition() {
        let found = texts("CHECK ((tier = ANY (ARRAY['bronze'::text, 'it''s'::text, ''::text])))");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["", "bronze", "it's"]);
    }
}
