//! Statements that the running call has sent: noted for its record, and told on the program's log if they were slow.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Ctx;
use crate::config::NotedStatements;
use crate::journal::StatementNote;

/// Longest text of a statement that is noted, in bytes; the rest is cut.
const LONGEST: usize = 2000;
/// Texts that each thread keeps.
const KEPT: usize = 256;
/// Bytes at the end of a text by which its place is found: what is asked for stands there.
const TAIL: usize = 32;

thread_local! {
    /// A program sends few texts again and again: they are shared, so that a full queue of the journal holds each once.
    static TEXTS: RefCell<Vec<Option<Arc<str>>>> = const { RefCell::new(Vec::new()) };
}

/// The text of a statement that is about to be sent; `None`: nobody would note it.
pub(crate) fn statement_text(sql: &str) -> Option<Arc<str>> {
    Ctx::with_current(|ctx| ctx.engine.journal.is_enabled()).unwrap_or(false).then(|| shared(sql))
}

/// Notes a statement that has ended.
pub(crate) fn note_statement(sql: Arc<str>, database: &'static str, took: Duration, rows: Option<usize>) {
    Ctx::with_current(|ctx| {
        let settings = &ctx.engine.settings;
        let is_slow = took >= settings.slow_query;
        if is_slow {
            let (object, execution_id) = (ctx.object.map_or("-", |object| object.reference), ctx.execution_id);
            let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
            tracing::warn!(object, %execution_id, duration_ms, sql = &*sql, "a statement was slow");
        }
        let is_noted = match settings.statements {
            NotedStatements::All => true,
            NotedStatements::Slow => is_slow,
            NotedStatements::None => false,
        };
        let Some(asked) = ctx.asked().filter(|_| is_noted) else { return };
        let duration_ns = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        asked.note_statement(StatementNote {
            sql,
            database,
            at_us: ctx.unix_us(Instant::now()).saturating_sub(duration_ns / 1000),
            duration_ns,
            rows: rows.and_then(|rows| u64::try_from(rows).ok()),
            is_slow,
        });
    });
}

fn shared(sql: &str) -> Arc<str> {
    let is_cut = sql.len() > LONGEST;
    let (sql, end) = if is_cut { (&sql[..sql.floor_char_boundary(LONGEST)], "…") } else { (sql, "") };
    TEXTS.with_borrow_mut(|texts| {
        texts.resize(KEPT, None);
        let Some(place) = texts.get_mut(place_of(sql)) else { return sql.into() };
        match place {
            Some(text) if text.strip_suffix(end) == Some(sql) => Arc::clone(text),
            _ if is_cut => Arc::clone(place.insert(format!("{sql}{end}").into())),
            _ => Arc::clone(place.insert(sql.into())),
        }
    })
}

/// Two texts with the same place are not shared as often, and no more.
fn place_of(sql: &str) -> usize {
    let tail = sql.as_bytes().iter().rev().take(TAIL);
    let hash = tail.fold(0xcbf2_9ce4_8422_2325 ^ sql.len(), |hash, byte| {
        (hash ^ usize::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 8) % KEPT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_kept_once_and_a_long_one_is_cut() {
        let text = "SELECT 1 FROM a WHERE b = ?";
        assert!(Arc::ptr_eq(&shared(text), &shared(&String::from(text))));
        let texts: Vec<Arc<str>> = (0..1000).map(|number| shared(&format!("SELECT {number} FROM a"))).collect();
        assert!(texts.iter().enumerate().all(|(number, text)| **text == *format!("SELECT {number} FROM a")));
        let long = shared(&"ü".repeat(5000));
        assert!(long.len() < LONGEST + 4 && long.ends_with('…'), "{}", long.len());
        assert!(Arc::ptr_eq(&long, &shared(&"ü".repeat(5000))));
    }
}
