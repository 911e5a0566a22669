//! What can be done with files of documents. Each is a dispatch of the document's record, with its permissions and
//! those of its row.

use std::sync::{Arc, PoisonError};

use serde::Serialize;

use super::Files;
use super::content::FileContent;
use super::limits::{Limits, filings, scans};
use super::receive::{Received, files_of};
use super::table::{self, Entry};
use crate::engine::{Engine, run};
use crate::error::{AppOsError, ErrorKind, Result};
use crate::journal::LoggedArguments;
use crate::model::{Row, record_of};
use crate::record::{self, FileValues, Input, transaction};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;
use crate::value::{UploadedFile, Value};

/// A version of a document, for those who look at its versions.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FileVersion {
    #[serde(flatten)]
    pub(crate) entry: Entry,
    /// True for the version that is downloaded.
    pub(crate) is_current: bool,
}

impl Files {
    pub(super) fn is_asked_about(&self, id: uuid::Uuid) -> bool {
        self.asked_about.lock().unwrap_or_else(PoisonError::into_inner).contains(&id)
    }

    /// Asks the rules of the document and its folders about a file.
    async fn scan(&self, object: &'static ObjectDescriptor, received: &Received) -> Result<()> {
        let _asking = Asking::begin(self, received.id);
        for scan in scans(object) {
            let file = UploadedFile {
                id: received.id,
                name: received.name.clone(),
                content_type: received.content_type.clone(),
                size: received.size,
            };
            scan(file).await.map_err(about_file)?;
        }
        Ok(())
    }
}

/// While it lives, a file can be read by the rule that is asked about it.
struct Asking<'a>(&'a Files, uuid::Uuid);

impl<'a> Asking<'a> {
    fn begin(files: &'a Files, id: uuid::Uuid) -> Self {
        files.asked_about.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        Self(files, id)
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.asked_about.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

/// What a rule says of a file without naming a field is said of the file.
fn about_file(error: AppOsError) -> AppOsError {
    if error.kind() != ErrorKind::Validation || !error.fields().is_empty() {
        return error;
    }
    let message = error.message().to_owned();
    error.field("file", "file_refused", message)
}

/// What may be uploaded to a document, for those who choose a file.
///
/// # Errors
/// This program keeps no files.
pub(crate) fn limits(engine: &Engine, object: &'static ObjectDescriptor) -> Result<Limits> {
    Ok(Limits::of(object, &files_of(engine)?.settings))
}

fn logged(received: &Received) -> LoggedArguments {
    LoggedArguments::begin().argument("name", &received.name).argument("size", &received.size).finish()
}

fn values(received: &Received, version: i64) -> FileValues {
    FileValues {
        name: received.name.clone(),
        content_type: received.content_type.clone(),
        size: i64::try_from(received.size).unwrap_or(i64::MAX),
        version,
    }
}

/// The file was removed before somebody kept it.
fn gone() -> AppOsError {
    AppOsError::execution("the file was given up before it was kept: `files.abandoned_after` is too short")
}

/// A new document; needs `create`. `input` is read inside the call.
pub(crate) fn create<F>(
    caller: Option<Ctx>,
    object: &'static ObjectDescriptor,
    input: F,
    mut received: Received,
) -> impl Future<Output = Result<Row>> + Send
where
    F: FnOnce() -> Result<Input> + Send,
{
    run(caller, object, (Permission::Create, "upload"), logged(&received), move |ctx| {
        Box::pin(async move {
            let engine = Arc::clone(&ctx.scope().engine);
            let files = files_of(&engine)?;
            files.scan(object, &received).await?;
            let row = transaction(async {
                let file = values(&received, 1);
                let row = record::create(object, move || Ok(Input::WithFile(Box::new(input()?), file))).await?;
                check_count(files, object, &row).await?;
                let (of, size) =
                    ((object.reference, row.system.id, 1), i64::try_from(received.size).unwrap_or(i64::MAX));
                let kept = table::keep(&files.store, received.id, of, (&received.content_type, size)).await?;
                kept.then_some(row).ok_or_else(gone)
            })
            .await?;
            received.kept();
            Ok(row)
        })
    })
}

/// Refuses a document more than may belong to a row.
async fn check_count(files: &Files, object: &'static ObjectDescriptor, row: &Row) -> Result<()> {
    let most = filings(object).take_while(|filing| !filing.is_folder).filter_map(|filing| filing.max_files);
    // What a folder says is of the documents in it.
    let folder = filings(object).nth(1).and_then(|filing| filing.max_files);
    let (Some(most), Some(parent), Some(Value::Integer(id))) =
        (most.chain(folder).min(), object.inherits(), row.values.first())
    else {
        return Ok(());
    };
    // Of two uploads at a time, the second one counts the first.
    table::hold(&files.store, record_of(parent).table, *id).await?;
    let count = table::count_of(&files.store, record_of(object).table, table::parent_column(object), *id).await?;
    if count <= most {
        return Ok(());
    }
    Err(AppOsError::validation(format!("there are {most} files already, and no more are taken"))
        .code_is("too_many_files")
        .field("file", "too_many_files", format!("would be more than {most}")))
}

/// The next version of a document; needs `update`. `expected`: the version of the row that the sender has read.
pub(crate) fn replace(
    caller: Option<Ctx>,
    object: &'static ObjectDescriptor,
    (id, expected): (i64, Option<i64>),
    mut received: Received,
) -> impl Future<Output = Result<Row>> + Send {
    run(caller, object, (Permission::Update, "upload"), logged(&received), move |ctx| {
        Box::pin(async move {
            let engine = Arc::clone(&ctx.scope().engine);
            let files = files_of(&engine)?;
            files.scan(object, &received).await?;
            let row = transaction(async {
                let number = next_number(files, object, id).await?;
                let row = write(object, (id, expected), values(&received, number)).await?;
                let (of, size) = ((object.reference, id, number), i64::try_from(received.size).unwrap_or(i64::MAX));
                if !table::keep(&files.store, received.id, of, (&received.content_type, size)).await? {
                    return Err(gone());
                }
                drop_older(files, object, (id, number)).await?;
                Ok(row)
            })
            .await?;
            received.kept();
            files.dropped.notify_one();
            Ok(row)
        })
    })
}

/// Of two new versions at a time, the second one waits for the first.
async fn next_number(files: &Files, object: &'static ObjectDescriptor, id: i64) -> Result<i64> {
    table::hold(&files.store, record_of(object).table, id).await?;
    Ok(table::newest(&files.store, (object.reference, id)).await? + 1)
}

async fn write(object: &'static ObjectDescriptor, (id, expected): (i64, Option<i64>), file: FileValues) -> Result<Row> {
    let nothing = Input::Values(record_of(object).fields.iter().map(|_| None).collect());
    record::update(object, id, move || Ok((expected, Input::WithFile(Box::new(nothing), file)))).await
}

async fn drop_older(files: &Files, object: &'static ObjectDescriptor, (id, number): (i64, i64)) -> Result<()> {
    let Some(versions) = record_of(object).document().and_then(|filing| filing.versions) else { return Ok(()) };
    let oldest = number.saturating_sub(i64::try_from(versions).unwrap_or(i64::MAX));
    table::drop_older(&files.store, (object.reference, id), oldest).await.map(drop)
}

fn id_argument(id: i64, version: Option<i64>) -> LoggedArguments {
    LoggedArguments::begin().argument("id", &id).argument("version", &version).finish()
}

fn no_version(object: &ObjectDescriptor) -> AppOsError {
    AppOsError::dispatch(format!("there is no such version of this row of {}", object.reference))
        .code_is("record_not_found")
}

/// A version of a document, or the current one; needs `view` of the row.
pub(crate) fn open(
    caller: Option<Ctx>,
    object: &'static ObjectDescriptor,
    id: i64,
    version: Option<i64>,
) -> impl Future<Output = Result<FileContent>> + Send {
    run(caller, object, (Permission::View, "download"), id_argument(id, version), move |ctx| {
        Box::pin(async move {
            let engine = Arc::clone(&ctx.scope().engine);
            let row = record::get(object, id).await?;
            let version = version.unwrap_or_else(|| current(object, &row));
            let entry = table::version(&files_of(&engine)?.store, (object.reference, id), version).await?;
            Ok(FileContent::of(engine, entry.ok_or_else(|| no_version(object))?))
        })
    })
}

/// Number of the version that a row says is current.
fn current(object: &'static ObjectDescriptor, row: &Row) -> i64 {
    let place = record_of(object).field("file_version").map(|(place, _)| place);
    match place.and_then(|place| row.values.get(place)) {
        Some(Value::Integer(number)) => *number,
        _ => 0,
    }
}

/// All versions of a document that are kept, newest first; needs `view` of the row.
pub(crate) fn versions(
    caller: Option<Ctx>,
    object: &'static ObjectDescriptor,
    id: i64,
) -> impl Future<Output = Result<Vec<FileVersion>>> + Send {
    run(caller, object, (Permission::View, "versions"), id_argument(id, None), move |ctx| {
        Box::pin(async move {
            let engine = Arc::clone(&ctx.scope().engine);
            let current = current(object, &record::get(object, id).await?);
            let entries = table::versions(&files_of(&engine)?.store, (object.reference, id)).await?;
            Ok(entries.into_iter().map(|entry| FileVersion { is_current: entry.number == current, entry }).collect())
        })
    })
}

/// Makes an earlier version the newest one, too; needs `update`. What the sender expects the row's version to be is read
/// inside the call.
pub(crate) fn restore<F>(
    caller: Option<Ctx>,
    object: &'static ObjectDescriptor,
    (id, expected): (i64, F),
    version: i64,
) -> impl Future<Output = Result<Row>> + Send
where
    F: FnOnce() -> Result<Option<i64>> + Send,
{
    let arguments = id_argument(id, Some(version));
    run(caller, object, (Permission::Update, "restore_version"), arguments, move |ctx| {
        Box::pin(async move {
            let engine = Arc::clone(&ctx.scope().engine);
            let files = files_of(&engine)?;
            let by = Some(ctx.user.id).filter(|id| *id > 0);
            let expected = expected()?;
            let row = transaction(async {
                let number = next_number(files, object, id).await?;
                // Whoever may not see the row learns nothing of its versions.
                record::get(object, id).await?;
                let of = (object.reference, id);
                let entry = table::version(&files.store, of, version).await?.ok_or_else(|| no_version(object))?;
                let file = FileValues {
                    name: entry.name.clone(),
                    content_type: entry.content_type.clone(),
                    size: entry.size,
                    version: number,
                };
                let row = write(object, (id, expected), file).await?;
                table::again(&files.store, (object.reference, id, number), &entry, by).await?;
                drop_older(files, object, (id, number)).await?;
                Ok(row)
            })
            .await?;
            files.dropped.notify_one();
            Ok(row)
        })
    })
}
