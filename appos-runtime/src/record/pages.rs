//! All rows of a question, page by page, as one dispatch: as many as there are, in the memory
//! that one page takes.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::Stream;
use serde::Serialize;
use tokio::sync::mpsc;

use super::entry::run;
use super::fields::Readable;
use super::service::Call;
use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::model::{Row, Selection};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;

/// Rows of a page.
const PAGE: u64 = 500;

/// What logs say of all pages.
#[derive(Serialize)]
struct Passed {
    rows: u64,
}

type Passing = Pin<Box<dyn Future<Output = Result<Passed>> + Send>>;

/// Pages of rows. The dispatch runs while they are asked for, and ends as cancelled if they
/// are dropped before the last one.
pub(crate) struct Pages {
    ready: mpsc::Receiver<Vec<Row>>,
    /// `None`: it has ended.
    passing: Option<Passing>,
    failed: Option<crate::AppOsError>,
}

/// All rows of a selection in pages; needs `view`. There is at least one page, which may be
/// empty. Rows that are written meanwhile may be among them or not.
pub(crate) fn pages<F>(
    caller: Option<Ctx>,
    object: &'static ObjectDescriptor,
    (operation, arguments): (&'static str, LoggedArguments),
    selection: F,
) -> Pages
where
    F: FnOnce(&Readable) -> Result<Selection> + Send + 'static,
{
    // One page lies ready while the next is read.
    let (sender, ready) = mpsc::channel(1);
    let passing = run(caller, object, (Permission::View, operation), arguments, move |ctx| {
        Box::pin(async move {
            let call = Call::open(ctx, object).await?;
            let mut selection = selection(&call.readable)?;
            let visible = call.restrict(&mut selection).await?;
            let (mut left, mut rows) = (selection.limit.unwrap_or(u64::MAX), 0);
            loop {
                selection.limit = Some(left.min(PAGE));
                let mut found = call.store()?.list(object, &selection, &visible, call.count()).await?;
                found.rows.iter_mut().try_for_each(|row| call.readable.present(row))?;
                let length = u64::try_from(found.rows.len()).unwrap_or(u64::MAX);
                rows += length;
                left -= length.min(left);
                let gone = sender.send(found.rows).await.is_err();
                match found.next {
                    Some(next) if left > 0 && !gone => selection.cursor = Some(next),
                    _ => return Ok(Passed { rows }),
                }
            }
        })
    });
    Pages { ready, passing: Some(Box::pin(passing)), failed: None }
}

impl Stream for Pages {
    type Item = Result<Vec<Row>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Poll::Ready(Some(page)) = self.ready.poll_recv(context) {
                return Poll::Ready(Some(Ok(page)));
            }
            let Some(passing) = &mut self.passing else {
                return Poll::Ready(self.failed.take().map(Err));
            };
            match passing.as_mut().poll(context) {
                // What it has sent before its end is still to be taken.
                Poll::Ready(end) => {
                    self.passing = None;
                    self.failed = end.err();
                }
                Poll::Pending => {
                    return match self.ready.poll_recv(context) {
                        Poll::Ready(Some(page)) => Poll::Ready(Some(Ok(page))),
                        _ => Poll::Pending,
                    };
                }
            }
        }
    }
}
