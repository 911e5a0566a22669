//! How the values of a column become those of another kind.
//!
//! A conversion either keeps every value, or has a condition that each value must meet: rows
//! that do not meet it stop the migration before it changes anything.

use super::column::ColumnKind;
use super::dialect::{Dialect, listed_texts};

/// A conversion.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Conversion {
    /// The new value, from the old one.
    pub(super) value: String,
    /// What must be true of an old value that is not empty.
    pub(super) condition: Option<String>,
}

impl Conversion {
    fn exact(value: impl Into<String>) -> Self {
        Self { value: value.into(), condition: None }
    }

    fn checked(value: impl Into<String>, condition: impl Into<String>) -> Self {
        Self { value: value.into(), condition: Some(condition.into()) }
    }
}

/// How values of one kind become values of another; `c` is the column as a statement names it.
/// `None`: there is no way that would mean anything.
pub(super) fn conversion(from: &ColumnKind, to: &ColumnKind, c: &str, dialect: Dialect) -> Option<Conversion> {
    if from == to {
        return Some(Conversion::exact(c));
    }
    if let ColumnKind::Choice(choices) = to {
        return match from {
            // All of them are still there.
            ColumnKind::Choice(before) if before.iter().all(|choice| choices.contains(choice)) => {
                Some(Conversion::exact(c))
            }
            ColumnKind::Choice(_) | ColumnKind::Text => {
                Some(Conversion::checked(c, format!("{c} IN ({})", listed_texts(choices))))
            }
            _ => None,
        };
    }
    if matches!((from, to), (ColumnKind::Choice(_), ColumnKind::Text)) {
        return Some(Conversion::exact(c));
    }
    let from = if let ColumnKind::Choice(_) = from { &ColumnKind::Text } else { from };
    match dialect {
        Dialect::Sqlite => sqlite(from, to, c),
        Dialect::Postgres => postgres(from, to, c),
    }
}

/// SQLite casts whatever it is given, to 0 if need be, and turns integers that are too large
/// into floats; so conditions stand where another database would fail.
fn sqlite(from: &ColumnKind, to: &ColumnKind, c: &str) -> Option<Conversion> {
    use ColumnKind::{Bool, Date, DateTime, Decimal, Float, Integer, Json, Text, Uuid};
    let factor = |digits: u32| 10_i64.checked_pow(digits);
    Some(match (from, to) {
        (Integer, Decimal { scale }) => raised(c, factor(*scale)?),
        (Decimal { scale: before }, Decimal { scale: after }) if after >= before => raised(c, factor(after - before)?),
        (Decimal { scale: before }, Decimal { scale: after }) => Conversion::exact(rounded(c, factor(before - after)?)),
        (Decimal { scale }, Integer) => Conversion::exact(rounded(c, factor(*scale)?)),
        (Decimal { scale }, Float) => Conversion::exact(format!("({c} / {}.0)", factor(*scale)?)),
        (Decimal { scale: 0 } | Integer | Float, Text) => Conversion::exact(format!("CAST({c} AS TEXT)")),
        (Decimal { scale }, Text) => {
            let one = factor(*scale)?;
            Conversion::exact(format!(
                "(CASE WHEN {c} < 0 THEN '-' ELSE '' END || (abs({c}) / {one}) || '.' || printf('%0{scale}d', abs({c}) % {one}))"
            ))
        }
        (Integer, Float) => Conversion::exact(format!("CAST({c} AS REAL)")),
        (Text, Float) => {
            Conversion::checked(format!("CAST({c} AS REAL)"), format!("CAST(CAST({c} AS REAL) AS TEXT) = {c}"))
        }
        (Text, Decimal { scale }) => {
            let whole = format!("CAST(replace({c}, '.', '') AS INTEGER)");
            let back = sqlite(&Decimal { scale: *scale }, &Text, &whole)?.value;
            Conversion::checked(whole, format!("{back} = {c}"))
        }
        (Float, Integer) => Conversion::checked(format!("CAST(round({c}) AS INTEGER)"), format!("abs({c}) < 9.2e18")),
        (Float, Decimal { scale }) => {
            let one = factor(*scale)?;
            Conversion::checked(format!("CAST(round({c} * {one}) AS INTEGER)"), format!("abs({c}) * {one} < 9.2e18"))
        }
        (Bool, Text) => Conversion::exact(format!("CASE {c} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END")),
        (Integer, Bool) => Conversion::checked(c, format!("{c} IN (0, 1)")),
        (Text, Bool) => Conversion::checked(format!("({c} = 'true')"), format!("{c} IN ('true', 'false')")),
        (Text, Integer) => {
            Conversion::checked(format!("CAST({c} AS INTEGER)"), format!("CAST(CAST({c} AS INTEGER) AS TEXT) = {c}"))
        }
        (Text, Date) => Conversion::checked(c, format!("date({c}) IS {c}")),
        (Text, DateTime) => Conversion::checked(
            c,
            format!(
                "length({c}) = 27 AND strftime('%Y-%m-%dT%H:%M:%S', {c}) IS substr({c}, 1, 19) AND substr({c}, 20) GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]Z'"
            ),
        ),
        (Text, Uuid) => {
            let digits = |count: usize| "[0-9a-f]".repeat(count);
            let pattern = [8, 4, 4, 4, 12].map(digits).join("-");
            Conversion::checked(c, format!("{c} GLOB '{pattern}'"))
        }
        (Text, Json) => Conversion::exact(format!("json_quote({c})")),
        (Date, DateTime) => Conversion::exact(format!("({c} || 'T00:00:00.000000Z')")),
        (DateTime, Date) => Conversion::exact(format!("substr({c}, 1, 10)")),
        (Bool, Integer) | (Date | DateTime | Uuid | Json, Text) => Conversion::exact(c),
        _ => return None,
    })
}

/// Whole numbers times a power of ten.
fn raised(c: &str, factor: i64) -> Conversion {
    if factor == 1 {
        return Conversion::exact(c);
    }
    let most = i64::MAX / factor;
    Conversion::checked(format!("({c} * {factor})"), format!("{c} BETWEEN -{most} AND {most}"))
}

/// Whole numbers by a power of ten, halves away from zero, as PostgreSQL rounds.
fn rounded(c: &str, factor: i64) -> String {
    if factor == 1 {
        return c.to_owned();
    }
    let half = factor / 2;
    format!(
        "({c} / {factor} + CASE WHEN {c} % {factor} >= {half} THEN 1 WHEN {c} % {factor} <= -{half} THEN -1 ELSE 0 END)"
    )
}

fn postgres(from: &ColumnKind, to: &ColumnKind, c: &str) -> Option<Conversion> {
    use ColumnKind::{Bool, Date, DateTime, Decimal, Float, Integer, Json, Text, Uuid};
    const LARGEST: &str = "9223372036854775807";
    Some(match (from, to) {
        (Integer | Float | Decimal { .. }, Decimal { scale }) => {
            let whole = 28 - scale;
            let value = format!("{c}::numeric(28,{scale})");
            let grows = match from {
                Integer => whole < 19,
                Decimal { scale: before } => scale > before,
                _ => true,
            };
            // A decimal that a client can read has 28 digits in all.
            if grows {
                Conversion::checked(value, format!("abs(round({c}::numeric, {scale})) < 1e{whole}::numeric"))
            } else {
                Conversion::exact(value)
            }
        }
        (Decimal { .. }, Integer) => {
            Conversion::checked(format!("round({c})::bigint"), format!("abs(round({c})) <= {LARGEST}"))
        }
        (Float, Integer) => Conversion::checked(format!("round({c}::numeric)::bigint"), format!("abs({c}) < 9.2e18")),
        (Integer | Decimal { .. }, Float) => Conversion::exact(format!("{c}::double precision")),
        (Text, Float) => Conversion::checked(
            format!("{c}::double precision"),
            format!("{c} ~ '^-?[0-9]{{1,255}}([.][0-9]+)?(e[+-]?[0-9]{{1,2}})?$'"),
        ),
        (Text, Decimal { scale: 0 }) => {
            Conversion::checked(format!("{c}::numeric(28,0)"), format!("{c} ~ '^-?(0|[1-9][0-9]{{0,27}})$'"))
        }
        (Text, Decimal { scale }) => Conversion::checked(
            format!("{c}::numeric(28,{scale})"),
            format!("{c} ~ '^-?(0|[1-9][0-9]{{0,{}}})[.][0-9]{{{scale}}}$'", 27_u32.saturating_sub(*scale)),
        ),
        (Integer | Decimal { .. } | Float | Bool | Date | Uuid | Json, Text) => Conversion::exact(format!("{c}::text")),
        (DateTime, Text) => {
            Conversion::exact(format!("to_char({c} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"))
        }
        (Bool, Integer) => Conversion::exact(format!("{c}::integer::bigint")),
        (Integer, Bool) => Conversion::checked(format!("({c} = 1)"), format!("{c} IN (0, 1)")),
        (Text, Bool) => Conversion::checked(format!("({c} = 'true')"), format!("{c} IN ('true', 'false')")),
        (Text, Integer) => Conversion::checked(
            format!("{c}::bigint"),
            format!("CASE WHEN {c} ~ '^(0|-?[1-9][0-9]{{0,18}})$' THEN abs({c}::numeric) <= {LARGEST} ELSE FALSE END"),
        ),
        (Text, Date) => Conversion::checked(
            format!("{c}::date"),
            format!("{c} ~ '^[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'"),
        ),
        (Text, DateTime) => Conversion::checked(
            format!("{c}::timestamptz"),
            format!(
                "{c} ~ '^[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]{{6}}Z$'"
            ),
        ),
        (Text, Uuid) => Conversion::checked(
            format!("{c}::uuid"),
            format!("{c} ~ '^[0-9a-f]{{8}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{12}}$'"),
        ),
        (Text, Json) => Conversion::exact(format!("to_jsonb({c})")),
        (Date, DateTime) => Conversion::exact(format!("({c}::timestamp AT TIME ZONE 'UTC')")),
        (DateTime, Date) => Conversion::exact(format!("({c} AT TIME ZONE 'UTC')::date")),
        _ => return None,
    })
}
