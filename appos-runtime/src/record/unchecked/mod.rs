//! SQL written by hand: the one way past the rules of rows and fields, for those who may
//! administer a record.

mod json;
mod read;
mod text;

pub(super) use read::unchecked_sql;
