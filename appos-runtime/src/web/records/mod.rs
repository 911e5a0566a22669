//! What the routes of records are asked and answer, beyond single rows as they are.

mod question;
mod shown;

pub(super) use shown::{list, one, row};
