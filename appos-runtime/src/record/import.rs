//! Rows from a file: one dispatch, in which every row is checked, guarded and recorded as if
//! it came alone, and written with many others.

use std::collections::HashMap;

use serde::Serialize;

use super::entry::{SYSTEM_UNAVAILABLE, run};
use super::fields::Readable;
use super::input::Input;
use super::service::{self, Call};
use super::store::not_found;
use super::write_many::in_one;
use crate::error::{AppOsError, ErrorKind, FieldError, Result};
use crate::journal::LoggedArguments;
use crate::model::{ColumnRef, Condition, Row, Selection, record_of};
use crate::registry::ObjectDescriptor;
use crate::security::{Permission, Rights};
use crate::state::Ctx;
use crate::value::{FieldType, Value};

/// Most errors that an answer names; all of them are counted.
const MAX_ERRORS: usize = 1000;

/// How a file is to be imported.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    /// What tells a row that exists already: it is changed instead of made.
    pub(crate) key: Option<ColumnRef>,
    /// Rows that are right are kept, whatever the others are.
    pub(crate) partial: bool,
    /// Nothing is kept: it is only told what would be.
    pub(crate) dry_run: bool,
}

/// A reference by a value of the row it leads to.
#[derive(Clone)]
pub(crate) struct Lookup {
    /// Place of the reference.
    pub(crate) place: usize,
    /// The record it leads to, and the column that tells the row.
    pub(crate) target: &'static ObjectDescriptor,
    pub(crate) column: ColumnRef,
    pub(crate) value: Value,
}

/// One row of a file.
pub(crate) struct Line {
    pub(crate) number: u64,
    /// One value for each field that is named.
    pub(crate) values: Vec<Option<Value>>,
    pub(crate) lookups: Vec<Lookup>,
    /// Value of the key.
    pub(crate) key: Option<Value>,
    /// What is wrong with the line by itself.
    pub(crate) errors: Vec<FieldError>,
}

/// Where lines come from.
pub(crate) trait Source: Send {
    /// Says how to import, once it is allowed.
    fn plan(&mut self, readable: &Readable, rights: &Rights) -> Result<Plan>;

    /// Some more lines; none at the end.
    fn lines(&mut self) -> Result<Vec<Line>>;

    /// Takes note of how far the import is, and of the mistakes that were found since the last time.
    fn progress(&mut self, done: &Imported, mistakes: &[LineError]) -> Result<()>;
}

/// One mistake of one line.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct LineError {
    pub(crate) line: u64,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) field: String,
    pub(crate) code: String,
    pub(crate) message: String,
}

/// What an import has done.
#[derive(Debug, Default)]
pub(crate) struct Imported {
    pub(crate) lines: u64,
    pub(crate) created: u64,
    pub(crate) updated: u64,
    pub(crate) failed: u64,
    pub(crate) dry_run: bool,
    /// The first of them.
    pub(crate) errors: Vec<LineError>,
    /// Those that the source was not told yet.
    fresh: Vec<LineError>,
}

/// Logs hold the numbers, not what was in the lines.
impl Serialize for Imported {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let numbers =
            [("lines", self.lines), ("created", self.created), ("updated", self.updated), ("failed", self.failed)];
        serializer.collect_map(numbers)
    }
}

impl Imported {
    fn fail(&mut self, line: u64, error: &AppOsError) {
        self.failed += 1;
        let own = |field: &str, code: &str, message: &str| LineError {
            line,
            field: field.to_owned(),
            code: code.to_owned(),
            message: message.to_owned(),
        };
        let all: Vec<LineError> = match error.fields() {
            [] => vec![own("", error.code(), error.message())],
            fields => fields.iter().map(|wrong| own(&wrong.field, &wrong.code, &wrong.message)).collect(),
        };
        let left = MAX_ERRORS.saturating_sub(self.errors.len());
        self.errors.extend(all.iter().take(left).cloned());
        self.fresh.extend(all);
    }
}

/// Imports rows; needs `create`, and `update` if rows that exist are to be changed.
pub(crate) fn import<S: Source + 'static>(
    caller: Option<Ctx>,
    object: &'static ObjectDescriptor,
    arguments: LoggedArguments,
    mut source: S,
) -> impl Future<Output = Result<Imported>> + Send {
    run(caller, object, (Permission::Create, "import"), arguments, move |ctx| {
        Box::pin(async move {
            let rights = ctx.scope().fresh_rights().await?;
            let call = Call::open(ctx, object).await?;
            let plan = source.plan(&call.readable, &rights)?;
            if plan.key.is_some() && !call.may(Permission::Update) {
                return Err(AppOsError::security(format!("no `update` permission for {}", object.reference)));
            }
            let mut batch = Batch { call: &call, object, plan, done: Imported::default() };
            batch.done.dry_run = plan.dry_run;
            if plan.partial && !plan.dry_run {
                Box::pin(batch.all(&mut source, true)).await?;
                return Ok(batch.done);
            }
            let kept = call
                .transaction(Box::pin(async {
                    batch.all(&mut source, false).await?;
                    if plan.dry_run || batch.done.failed > 0 { Err(given_up()) } else { Ok(()) }
                }))
                .await;
            match kept {
                Err(error) if error.code() == GIVEN_UP && !plan.dry_run => Err(failures(&batch.done)),
                Err(error) if error.code() != GIVEN_UP => Err(error),
                _ => Ok(batch.done),
            }
        })
    })
}

const GIVEN_UP: &str = "import_given_up";

fn given_up() -> AppOsError {
    AppOsError::validation("nothing is to be kept").code_is(GIVEN_UP)
}

fn failures(done: &Imported) -> AppOsError {
    let fields = done.errors.iter().map(|error| FieldError {
        field: if error.field.is_empty() {
            format!("lines[{}]", error.line)
        } else {
            format!("lines[{}].{}", error.line, error.field)
        },
        code: error.code.clone().into(),
        message: error.message.clone(),
    });
    AppOsError::validation(format!("{} of {} lines are wrong, and none was imported", done.failed, done.lines))
        .code_is("import_failed")
        .with_fields(fields.collect())
}

/// True if the next line would fare no better.
fn ends_all(error: &AppOsError) -> bool {
    match error.kind() {
        ErrorKind::Timeout => true,
        ErrorKind::Dispatch => {
            matches!(error.code(), "database_unavailable" | "security_log_unavailable" | "storage_full")
        }
        ErrorKind::Integration => error.code() == SYSTEM_UNAVAILABLE,
        _ => false,
    }
}

struct Batch<'a> {
    call: &'a Call,
    object: &'static ObjectDescriptor,
    plan: Plan,
    done: Imported,
}

impl Batch<'_> {
    async fn all(&mut self, source: &mut impl Source, commits: bool) -> Result<()> {
        loop {
            let lines = source.lines()?;
            if lines.is_empty() {
                return Ok(());
            }
            if commits {
                self.call.transaction(Box::pin(self.lines(lines))).await?;
            } else {
                Box::pin(self.lines(lines)).await?;
            }
            let mistakes = std::mem::take(&mut self.done.fresh);
            source.progress(&self.done, &mistakes)?;
            // Reading a file waits for nobody: others get their turn here, and the deadline its say.
            tokio::task::yield_now().await;
        }
    }

    async fn lines(&mut self, mut lines: Vec<Line>) -> Result<()> {
        self.done.lines += u64::try_from(lines.len()).unwrap_or(u64::MAX);
        Box::pin(self.look_up(&mut lines)).await?;
        let keys = lines.iter().filter_map(|line| line.key.clone()).collect();
        let mut known = self.known(keys).await?;
        let (mut new, mut pending) = (Vec::with_capacity(lines.len()), HashMap::new());
        for line in lines {
            let (number, key) = (line.number, line.key.clone().filter(|key| *key != Value::Null));
            let name = key.as_ref().map(text);
            if name.as_ref().is_some_and(|name| pending.contains_key(name)) {
                // Of two lines with one key the later one changes what the earlier one made.
                Box::pin(self.create(std::mem::take(&mut new))).await?;
                let made = std::mem::take(&mut pending).into_values().collect();
                known.extend(self.known(made).await?);
            }
            let found = name.as_ref().and_then(|name| known.get(name)).copied();
            match (self.checked(line, found.is_some()), found) {
                (Err(error), _) => self.done.fail(number, &error),
                (Ok(values), None) => {
                    new.push((number, values));
                    pending.extend(name.zip(key));
                }
                (Ok(values), Some(row)) => {
                    let version = Box::pin(self.update(number, row, values)).await?;
                    known.extend(name.zip(version.map(|version| (row.0, version))));
                }
            }
        }
        Box::pin(self.create(new)).await
    }

    /// The values to write.
    fn checked(&self, line: Line, exists: bool) -> Result<Vec<Option<Value>>> {
        let Line { values, key, errors, .. } = line;
        if let (Some(ColumnRef::System(_)), Some(Value::Integer(_)), false) = (self.plan.key, &key, exists) {
            // No row is given a number from outside.
            return Err(not_found(self.object));
        }
        if errors.iter().any(|error| error.field.is_empty()) {
            // Of a line that is wrong as a whole no field is missing.
            return Err(AppOsError::validation("the line is wrong").code_is("invalid_fields").with_fields(errors));
        }
        let input = Input::Values(values);
        let checked = if exists {
            input.for_update(self.object, &self.call.readable)
        } else {
            input.for_create(self.object, &self.call.readable)
        };
        let key_is_missing = self.plan.key.is_some() && key.is_none();
        match checked {
            Ok(values) if errors.is_empty() && !key_is_missing => {
                self.call.store()?.guard().before(self.object, &values)?;
                Ok(values)
            }
            checked => {
                let mut all = errors;
                // A field that could not be read is not also missing.
                let more: Vec<FieldError> = checked.err().map(|error| error.fields().to_vec()).unwrap_or_default();
                let more = more.into_iter().filter(|error| all.iter().all(|other| other.field != error.field));
                let more: Vec<FieldError> = more.collect();
                all.extend(more);
                if all.is_empty() {
                    let message = "is required: it tells which row the line is about".to_owned();
                    all.push(FieldError { field: self.key_name().to_owned(), code: "required".into(), message });
                }
                Err(AppOsError::validation("some fields are wrong").code_is("invalid_fields").with_fields(all))
            }
        }
    }

    fn key_name(&self) -> &'static str {
        match self.plan.key {
            Some(ColumnRef::Field(place)) => record_of(self.object).fields.get(place).map_or("", |field| field.name),
            _ => "id",
        }
    }

    /// Writes new rows together; if that fails, one by one, to tell which is wrong.
    async fn create(&mut self, rows: Vec<(u64, Vec<Option<Value>>)>) -> Result<()> {
        let store = self.call.store()?;
        if rows.len() > 1 && in_one(store, self.object) && !self.call.is_ruled() {
            let any = record_of(self.object).fields.iter().map(|field| match field.field_type {
                FieldType::Reference(_) => Some(Value::Integer(0)),
                _ => None,
            });
            let writing = self.call.writing(&any.collect::<Vec<_>>()).await?;
            let (numbers, values): (Vec<u64>, Vec<_>) = rows.into_iter().unzip();
            match store.create_many(self.object, &values, &writing, self.call.count()).await {
                Ok(()) => self.done.created += u64::try_from(values.len()).unwrap_or(u64::MAX),
                Err(error) if ends_all(&error) => return Err(error),
                Err(_) => return self.one_by_one(numbers.into_iter().zip(values).collect()).await,
            }
            return Ok(());
        }
        self.one_by_one(rows).await
    }

    async fn one_by_one(&mut self, rows: Vec<(u64, Vec<Option<Value>>)>) -> Result<()> {
        for (number, values) in rows {
            match self.call.transaction(Box::pin(self.call.insert(values))).await {
                Ok(_) => self.done.created += 1,
                Err(error) if ends_all(&error) => return Err(error),
                Err(error) => self.done.fail(number, &error),
            }
        }
        Ok(())
    }

    async fn update(&mut self, number: u64, row: (i64, i64), values: Vec<Option<Value>>) -> Result<Option<i64>> {
        match self.call.transaction(Box::pin(self.call.change((row.0, Some(row.1)), values))).await {
            Ok(row) => {
                self.done.updated += 1;
                Ok(Some(row.system.version))
            }
            Err(error) if ends_all(&error) => Err(error),
            Err(error) => {
                self.done.fail(number, &error);
                Ok(None)
            }
        }
    }

    /// Rows that may be seen and hold one of these values.
    async fn rows(&self, column: ColumnRef, values: Vec<Value>) -> Result<Vec<Row>> {
        let mut selection = Selection { conditions: vec![Condition::In(column, values)], ..Selection::default() };
        let visible = self.call.restrict(&mut selection).await?;
        Ok(self.call.store()?.list(self.object, &selection, &visible, self.call.count()).await?.rows)
    }

    /// Id and version of the rows that lines are about.
    async fn known(&self, mut keys: Vec<Value>) -> Result<HashMap<String, (i64, i64)>> {
        keys.retain(|key| *key != Value::Null);
        let Some(column) = self.plan.key.filter(|_| !keys.is_empty()) else { return Ok(HashMap::new()) };
        let mut known = HashMap::new();
        for row in self.rows(column, keys).await? {
            let key = match column {
                ColumnRef::Field(place) => row.values.get(place).cloned().unwrap_or(Value::Null),
                _ => Value::Integer(row.system.id),
            };
            known.insert(text(&key), (row.system.id, row.system.version));
        }
        Ok(known)
    }

    /// Puts ids in the place of the values that tell them: one query for each reference, as a
    /// dispatch of the record it leads to.
    async fn look_up(&self, lines: &mut [Line]) -> Result<()> {
        let mut wanted: HashMap<usize, (Lookup, HashMap<String, Value>)> = HashMap::new();
        for lookup in lines.iter().flat_map(|line| &line.lookups) {
            let entry = wanted.entry(lookup.place).or_insert_with(|| (lookup.clone(), HashMap::new()));
            entry.1.insert(text(&lookup.value), lookup.value.clone());
        }
        let mut found: HashMap<(usize, String), i64> = HashMap::new();
        for (place, (lookup, values)) in wanted {
            let among = Condition::In(lookup.column, values.into_values().collect());
            let selection = Selection { conditions: vec![among], ..Selection::default() };
            let listed = service::list(lookup.target, LoggedArguments::none(), move |_| Ok(selection)).await?;
            for row in listed.rows {
                if let ColumnRef::Field(column) = lookup.column
                    && let Some(value) = row.values.get(column)
                {
                    found.insert((place, text(value)), row.system.id);
                }
            }
        }
        for line in lines {
            for lookup in std::mem::take(&mut line.lookups) {
                match (found.get(&(lookup.place, text(&lookup.value))), line.values.get_mut(lookup.place)) {
                    (Some(id), Some(slot)) => *slot = Some(Value::Integer(*id)),
                    _ => line.errors.push(FieldError {
                        field: record_of(self.object)
                            .fields
                            .get(lookup.place)
                            .map_or("", |field| field.name)
                            .to_owned(),
                        code: "broken_reference".into(),
                        message: format!("there is no such row of {}", lookup.target.reference),
                    }),
                }
            }
        }
        Ok(())
    }
}

/// A value as the name of itself.
fn text(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
