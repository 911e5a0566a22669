//! What a query string asks of a record: which rows, in which order, and what of them. The API, the
//! screens and exports read it here, so an address means the same everywhere.

mod asking;
mod filter;
mod format;
mod parameters;
mod period;

#[cfg(fuzzing)]
pub(crate) use asking::fuzzed;
pub(crate) use asking::{Asking, Part, form, truth};
pub(crate) use filter::{MAX_SORTS, MAX_VALUES, OPERATORS};
pub(crate) use format::Format;
pub(crate) use parameters::{DEFAULT_LIMIT, MAX_LIMIT, Parameters, bad_query, timeline_page, wrong};
pub(crate) use period::PERIODS;
