//! What a person says about changes: on the command line, or when asked.

use appos_codegen::migration::{Answers, ColumnKind, Described, Difference, Question};
use serde_json::Value as Json;

use super::arguments::Wish;
use crate::terminal::{Failure, Terminal, nearest};

/// Reads `--rename` and `--fill`.
///
/// # Errors
/// They are not of the form they should be, or name no table or column of the records.
pub(super) fn given(wish: &Wish<'_>, described: &Described) -> Result<Answers, Failure> {
    let mut answers = Answers::default();
    for written in wish.renames {
        let wrong = || {
            Failure::usage(
                format!("`--rename {written}` is not understood"),
                "write `--rename new_table=old_table` or `--rename table.new_column=old_column`",
            )
        };
        let (new, old) = written.split_once('=').ok_or_else(wrong)?;
        match new.split_once('.') {
            Some((table, column)) => {
                kind(described, table, column)?;
                // The old name may be written with its table, too.
                let old = old.rsplit('.').next().unwrap_or(old);
                answers.columns.insert((table.to_owned(), column.to_owned()), old.to_owned());
            }
            None => {
                answers.tables.insert(new.to_owned(), old.to_owned());
            }
        }
    }
    for written in wish.fills {
        let wrong =
            || Failure::usage(format!("`--fill {written}` is not understood"), "write `--fill table.column=value`");
        let (place, value) = written.split_once('=').ok_or_else(wrong)?;
        let (table, column) = place.split_once('.').ok_or_else(wrong)?;
        let value = match kind(described, table, column)? {
            ColumnKind::Bool => value.parse().map(Json::Bool).map_err(|_| wrong())?,
            ColumnKind::Integer | ColumnKind::Id => value.parse::<i64>().map(Json::from).map_err(|_| wrong())?,
            ColumnKind::Float => value.parse::<f64>().map(Json::from).map_err(|_| wrong())?,
            _ => Json::from(value),
        };
        answers.fills.insert((table.to_owned(), column.to_owned()), value);
    }
    Ok(answers)
}

fn kind<'a>(described: &'a Described, table: &str, column: &str) -> Result<&'a ColumnKind, Failure> {
    let tables = described.tables.iter().map(|record| &record.table);
    let Some(table) = tables.clone().find(|known| known.name == table) else {
        let names: Vec<&str> = tables.map(|table| table.name.as_str()).collect();
        return Err(unknown(&format!("there is no table `{table}`"), "tables", table, &names));
    };
    let column = table.columns.iter().find(|known| known.name == column).ok_or_else(|| {
        let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        unknown(&format!("table `{}` has no column `{column}`", table.name), "columns", column, &names)
    })?;
    Ok(&column.kind)
}

fn unknown(message: &str, what: &str, name: &str, known: &[&str]) -> Failure {
    let help = nearest(name, known.iter().copied())
        .map_or_else(|| format!("{what} are {}", known.join(", ")), |near| format!("write `{near}`"));
    Failure::usage(message, help)
}

/// Asks whether what is gone is what is new. True if somebody said yes.
pub(super) fn asked(terminal: Terminal, difference: &Difference, answers: &mut Answers) -> bool {
    let mut any = false;
    for Question { table, from, to } in &difference.questions {
        match table {
            Some(table) if terminal.confirm(&format!("Was column `{table}.{from}` renamed to `{to}`?")) => {
                answers.columns.insert((table.clone(), to.clone()), from.clone());
                any = true;
            }
            None if terminal.confirm(&format!("Was table `{from}` renamed to `{to}`?")) => {
                answers.tables.insert(to.clone(), from.clone());
                any = true;
            }
            _ => {}
        }
    }
    any
}

/// How to say that something was renamed.
pub(super) fn hint(question: &Question) -> String {
    match &question.table {
        Some(table) => format!(
            "if `{table}.{}` was renamed to `{}`, write `#[field(renamed_from = \"{}\")]` or `--rename {table}.{}={}`",
            question.from, question.to, question.from, question.to, question.from
        ),
        None => format!(
            "if table `{}` was renamed to `{}`, write `#[record(renamed_from = \"{}\")]` or `--rename {}={}`",
            question.from, question.to, question.from, question.to, question.from
        ),
    }
}
