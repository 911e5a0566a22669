//! Compares records with the snapshot, and writes what differs as a migration.

use std::path::Path;

use appos_codegen::migration::{
    Answers, Described, Difference, Heading, RecordTable, Snapshot, Table, diff, render, render_empty, slug, words,
};
use chrono::Utc;
use serde_json::{Value as Json, json};

use super::answers::{asked, given, hint};
use super::arguments::Wish;
use super::files::Folder;
use super::program;
use crate::project::build;
use crate::project::locate::Platform;
use crate::terminal::{Failure, Terminal};

/// Writes a migration for what has changed, and applies it; or says what would be done.
pub(super) fn changed(terminal: Terminal, platform: &Platform, built: &Path, wish: &Wish<'_>) -> Result<(), Failure> {
    let described = program::describe(platform, built)?;
    let folder = Folder::of(platform);
    let before = base(&folder, &described, !wish.check && !wish.dry_run)?;
    let mut answers = given(wish, &described)?;
    let mut difference = diff(&before, &described.tables, &answers);
    if !wish.check && asked(terminal, &difference, &mut answers) {
        difference = diff(&before, &described.tables, &answers);
    }
    if wish.check {
        return check(terminal, &difference, wish.json);
    }
    if !difference.problems.is_empty() {
        return Err(Failure::work(difference.problems.join("\nerror: "), ""));
    }
    guard(&difference, wish.allow_destructive)?;
    let changes = words(&difference.up);
    if wish.dry_run {
        let sql = program::statements(platform, built, &difference.up)?;
        if wish.json {
            return terminal.json(&json!({ "changes": changes, "destroys": difference.destroys, "sql": sql }));
        }
        for line in &changes {
            terminal.line(&format!("-- {line}"))?;
        }
        return terminal.text(&sql);
    }
    let mut wrote = None;
    if difference.up.is_empty() {
        if !wish.json {
            terminal.line("the migrations make what the records need")?;
        }
    } else {
        let name = named(&wish.name.map_or_else(|| slug(&difference.up), str::to_owned))?;
        let last = described.migrations.last().map(|migration| migration.name.as_str());
        let heading = Heading { name: &name, after: last, destroys: &difference.destroys };
        let text = render(&heading, &difference.up, &difference.down);
        let file = write(&folder, &described, &name, &text)?;
        if !wish.json {
            terminal.line(&format!("wrote {file}"))?;
            for line in &changes {
                terminal.line(&format!("  {line}"))?;
            }
        }
        folder.write_snapshot(&Snapshot::of(Some(name), described.tables.into_iter().map(|record| record.table)))?;
        wrote = Some(file);
    }
    let program = match &wrote {
        Some(_) if !wish.write_only => build::build(platform)?,
        _ => built.to_owned(),
    };
    let up = ["up".to_owned()];
    match (wish.json, wish.write_only) {
        (false, true) => Ok(()),
        (false, false) => program::call(platform, &program, &up),
        (true, is_written_only) => {
            let applied =
                if is_written_only { json!([]) } else { program::answer(platform, &program, &up)?["applied"].take() };
            terminal.json(&done(wrote.as_deref(), &changes, &difference.destroys, &applied))
        }
    }
}

/// What was done, as JSON.
fn done(wrote: Option<&str>, changes: &[String], destroys: &[String], applied: &Json) -> Json {
    json!({ "wrote": wrote, "changes": changes, "destroys": destroys, "applied": applied })
}

/// Writes a migration to be filled by hand.
pub(super) fn empty(
    terminal: Terminal,
    platform: &Platform,
    built: &Path,
    name: &str,
    as_json: bool,
) -> Result<(), Failure> {
    let name = named(name)?;
    let described = program::describe(platform, built)?;
    let folder = Folder::of(platform);
    let tables = base(&folder, &described, true)?;
    let last = described.migrations.last().map(|migration| migration.name.as_str());
    let text = render_empty(&Heading { name: &name, after: last, destroys: &[] });
    let file = write(&folder, &described, &name, &text)?;
    folder.write_snapshot(&Snapshot::of(Some(name), tables))?;
    if as_json {
        return terminal.json(&done(Some(&file), &[], &[], &json!([])));
    }
    terminal.line(&format!("wrote {file}"))
}

/// How records and migrations differ.
pub(crate) enum Pending {
    /// Not at all, or the platform has no migrations and makes its tables when it starts.
    Nothing,
    /// These operations are no migration yet.
    Changes(Vec<String>),
    /// The files contradict each other.
    Contradiction(Failure),
}

/// Asks what `--check` asks, and writes nothing.
///
/// # Errors
/// The program does not say which tables it needs.
pub(crate) fn pending(platform: &Platform, built: &Path) -> Result<Pending, Failure> {
    let described = program::describe(platform, built)?;
    let folder = Folder::of(platform);
    let before = match base(&folder, &described, false) {
        Ok(before) => before,
        Err(failure) => return Ok(Pending::Contradiction(failure)),
    };
    if described.migrations.is_empty() && folder.snapshot().is_ok_and(|snapshot| snapshot.is_none()) {
        return Ok(Pending::Nothing);
    }
    let changes = words(&diff(&before, &described.tables, &Answers::default()).up);
    Ok(if changes.is_empty() { Pending::Nothing } else { Pending::Changes(changes) })
}

/// The tables to start from: the snapshot, if it says what the migrations make.
fn base(folder: &Folder, described: &Described, may_write: bool) -> Result<Vec<Table>, Failure> {
    let last = described.migrations.last().map(|migration| migration.name.clone());
    let made = Snapshot::of(last.clone(), described.made.iter().cloned());
    let Some(snapshot) = folder.snapshot()? else {
        if may_write && last.is_some() {
            folder.write_snapshot(&made)?;
        }
        return Ok(made.tables);
    };
    let as_records = |table: &Table| RecordTable {
        object: table.name.clone(),
        table: table.clone(),
        renamed_from: Vec::new(),
        renamed_columns: std::collections::BTreeMap::new(),
        fields: std::collections::BTreeMap::new(),
    };
    let wanted: Vec<RecordTable> = made.tables.iter().map(as_records).collect();
    let differences = words(&diff(&snapshot.tables, &wanted, &Answers::default()).up);
    if differences.is_empty() && snapshot.last == last {
        return Ok(snapshot.tables);
    }
    let why = if differences.is_empty() {
        format!("it ends with {}", snapshot.last.as_deref().unwrap_or("nothing"))
    } else {
        differences.join("; ")
    };
    Err(Failure::work(
        format!("{} does not say what the migrations make: {why}", folder.shown("snapshot.json")),
        "if a migration was edited, or branches were merged, delete the snapshot and call this command again: it is made anew from the migrations",
    ))
}

/// Answers whether records and migrations differ.
fn check(terminal: Terminal, difference: &Difference, as_json: bool) -> Result<(), Failure> {
    let changes = words(&difference.up);
    if as_json {
        terminal.json(&json!({
            "changes": changes, "destroys": difference.destroys, "problems": difference.problems,
        }))?;
        return if changes.is_empty() { Ok(()) } else { Err(Failure::told(1)) };
    }
    if changes.is_empty() {
        return terminal.line("the migrations make what the records need");
    }
    let message = format!("the records have changed since the last migration:\n  {}", changes.join("\n  "));
    Err(Failure::work(message, "run `cargo appos migrate`"))
}

/// Nothing is destroyed unless somebody says so.
fn guard(difference: &Difference, allowed: bool) -> Result<(), Failure> {
    if difference.destroys.is_empty() || allowed {
        return Ok(());
    }
    let mut help: Vec<String> = difference.questions.iter().map(hint).collect();
    help.push("if it is meant, add `--allow-destructive`".to_owned());
    Err(Failure::work(format!("this would destroy {}", difference.destroys.join(", ")), help.join("\n  help: ")))
}

/// Writes a migration, and answers how its file is shown.
fn write(folder: &Folder, described: &Described, name: &str, text: &str) -> Result<String, Failure> {
    let known: Vec<String> = described.migrations.iter().map(|migration| migration.name.clone()).collect();
    folder.add(&known, name, text)?;
    Ok(folder.shown(&format!("{name}.rs")))
}

/// A name for a file and a module, with the time at which it was written.
fn named(slug: &str) -> Result<String, Failure> {
    let fits = slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if slug.is_empty() || slug.len() > 80 || !fits {
        return Err(Failure::usage(
            format!("`{slug}` is no name of a migration"),
            "write lower-case letters, digits and underscores: `title_case`",
        ));
    }
    Ok(format!("m{}_{slug}", Utc::now().format("%Y%m%d_%H%M%S")))
}
