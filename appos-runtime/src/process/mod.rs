//! Processes: work in steps that goes on after whatever interrupts it.

mod call;
mod dispatch;
mod given;
mod object;

pub use call::{ProcessCall, StepCall};
pub(crate) use dispatch::{run_process, run_step};
pub use given::Given;
pub use object::{ProcessObject, StepObject, newer_process, undoing_step};
