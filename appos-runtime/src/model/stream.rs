//! Rows one after the other, for more of them than should lie in memory.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::Stream;

use super::record::{Record, typed_row};
use super::row::Row;
use crate::error::Result;

type Pages = Pin<Box<dyn Stream<Item = Result<Vec<Row>>> + Send>>;

/// The rows of a query, one after the other. They are read in pages, under one dispatch that
/// ends with the last row, or when this is dropped. A row that is written meanwhile may be
/// among them or not.
///
/// Also a `Stream` of the `futures` crate.
pub struct RowStream<R> {
    pages: Pages,
    page: std::vec::IntoIter<Row>,
    record: std::marker::PhantomData<fn() -> R>,
}

impl<R: Record> RowStream<R> {
    pub(super) fn of(pages: impl Stream<Item = Result<Vec<Row>>> + Send + 'static) -> Self {
        Self { pages: Box::pin(pages), page: Vec::new().into_iter(), record: std::marker::PhantomData }
    }

    /// The next row; `None` after the last.
    ///
    /// # Errors
    /// Refused, the database fails, or the time limit has passed; no row follows.
    #[expect(clippy::should_implement_trait, reason = "it is the `next` of streams, and needs no `use` line")]
    pub fn next(&mut self) -> impl Future<Output = Option<Result<R>>> + Send {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
    }
}

impl<R: Record> Stream for RowStream<R> {
    type Item = Result<R>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(row) = self.page.next() {
                return Poll::Ready(Some(typed_row(row)));
            }
            match std::task::ready!(self.pages.as_mut().poll_next(context)) {
                Some(Ok(page)) => self.page = page.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}
