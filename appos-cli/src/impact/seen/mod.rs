//! What log files tell of uses: which object was executed by which, how often, and when last.

mod join;
mod logs;

pub(crate) use join::join;
pub(crate) use logs::read;
