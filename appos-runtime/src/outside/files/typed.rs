//! Files in the code of apps.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{BoxStream, Stream, StreamExt, once};

use super::content::FileContent;
use super::receive::{Incoming, receive};
use super::service;
use crate::codegen_support::typed_row;
use crate::error::{AppOsError, Result};
use crate::model::{Record, RecordFields, Row};
use crate::record::{self, Input};
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;

/// A file to be uploaded: its name, and its bytes or where they come from.
///
/// ```
/// use appos_runtime::codegen_support::FileUpload;
///
/// let file = FileUpload::new("invoice.txt", "42 EUR");
/// assert_eq!(file.name(), "invoice.txt");
/// ```
pub struct FileUpload {
    name: String,
    parts: BoxStream<'static, Result<Bytes>>,
}

impl FileUpload {
    /// A file whose bytes are here.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = Bytes::from(bytes.into());
        Self { name: name.into(), parts: once(async { Ok(bytes) }).boxed() }
    }

    /// A file whose bytes come a part at a time; it never stands in memory as a whole.
    pub fn stream(name: impl Into<String>, parts: impl Stream<Item = Result<Vec<u8>>> + Send + 'static) -> Self {
        Self { name: name.into(), parts: parts.map(|part| part.map(Bytes::from)).boxed() }
    }

    /// Its name, as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl std::fmt::Debug for FileUpload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileUpload").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A record with `document(..)`: each of its rows is a file. The fields `file_name`, `content_type`, `size` and
/// `file_version` tell of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no document",
    note = "a document is a struct with `#[record(document(of = ..))]`"
)]
pub trait DocumentRecord: Record {
    /// A new document with its file; needs `create`. Not inside a `transaction`: the file is received first.
    ///
    /// ```no_run
    /// use appos_runtime::Result;
    /// use appos_runtime::codegen_support::{DocumentRecord, FileUpload};
    ///
    /// async fn keep<Contract: DocumentRecord>(new: Contract::New, pdf: Vec<u8>) -> Result<Contract> {
    ///     Contract::upload(new, FileUpload::new("contract.pdf", pdf)).await
    /// }
    /// ```
    ///
    /// # Errors
    /// Refused; the values are wrong; or the file is not taken (codes `file_refused`, `body_too_large`,
    /// `too_many_files`).
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn upload(new: Self::New, file: FileUpload) -> impl Future<Output = Result<Self>> + Send {
        let values = new.to_values();
        let row = erased_upload(Self::object(), values, file);
        async { typed_row(row.await?) }
    }

    /// The next version of this document's file, whoever has changed the document since it was read; needs `update`.
    /// Not inside a `transaction`.
    ///
    /// # Errors
    /// Refused, or the file is not taken.
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn replace(&self, file: FileUpload) -> impl Future<Output = Result<Self>> + Send {
        let row = erased_replace(Self::object(), self.system().id, file);
        async { typed_row(row.await?) }
    }

    /// The current version of the file; needs `view`. Its bytes are read when they are asked for.
    ///
    /// # Errors
    /// Refused, or the document is gone.
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn content(&self) -> impl Future<Output = Result<FileContent>> + Send {
        let content: Erased<FileContent> =
            Box::pin(service::open(Ctx::current(), Self::object(), self.system().id, None));
        content
    }

    /// A version of the file that is still kept; needs `view`.
    ///
    /// # Errors
    /// Refused, or there is no such version (code `record_not_found`).
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn content_of(&self, version: i64) -> impl Future<Output = Result<FileContent>> + Send {
        let content: Erased<FileContent> =
            Box::pin(service::open(Ctx::current(), Self::object(), self.system().id, Some(version)));
        content
    }

    /// Makes an earlier version the newest one, too; needs `update`.
    ///
    /// # Errors
    /// Refused, or there is no such version (code `record_not_found`).
    #[cfg_attr(feature = "impact", deprecated(note = "platform.record"))]
    fn restore_version(&self, version: i64) -> impl Future<Output = Result<Self>> + Send {
        let row: Erased<Row> =
            Box::pin(service::restore(Ctx::current(), Self::object(), (self.system().id, || Ok(None)), version));
        async { typed_row(row.await?) }
    }
}

type Erased<T> = std::pin::Pin<Box<dyn Future<Output = Result<T>> + Send>>;

fn erased_upload(
    object: &'static ObjectDescriptor,
    values: Vec<Option<crate::value::Value>>,
    file: FileUpload,
) -> Erased<Row> {
    let ctx = Ctx::current();
    Box::pin(async move {
        let caller = outside_transaction(ctx)?;
        let received = received(&caller, object, file).await?;
        service::create(Some(caller), object, move || Ok(Input::Values(values)), received).await
    })
}

fn erased_replace(object: &'static ObjectDescriptor, id: i64, file: FileUpload) -> Erased<Row> {
    let ctx = Ctx::current();
    Box::pin(async move {
        let caller = outside_transaction(ctx)?;
        let received = received(&caller, object, file).await?;
        service::replace(Some(caller), object, (id, None), received).await
    })
}

/// What is received is noted at once, for others to clear up: that cannot wait for a commit.
fn outside_transaction(ctx: Option<Ctx>) -> Result<Ctx> {
    if record::is_open() {
        let error = "a file cannot be uploaded inside a transaction: upload it before";
        return Err(AppOsError::execution(error).code_is("in_transaction"));
    }
    ctx.ok_or_else(|| AppOsError::dispatch("a file was uploaded outside any execution").code_is("no_context"))
}

async fn received(caller: &Ctx, object: &'static ObjectDescriptor, file: FileUpload) -> Result<super::Received> {
    let engine = Arc::clone(&caller.scope().engine);
    let by = Some(caller.user.id).filter(|id| *id > 0);
    receive(&engine, Incoming { object, name: &file.name, by }, file.parts).await
}
