//! Processes: work in steps that goes on after whatever interrupts it.
//!
//! The body of a process is an ordinary `async fn`. What it has done is written down as it is done, each step and
//! wait at its place; a body that goes on, perhaps in another program, runs again from its beginning and is given
//! what stands there already. The database has the truth: whoever runs an instance holds a lease on it, and whatever
//! it writes is refused once another has taken it up.

mod call;
mod control;
mod dispatch;
mod entry;
mod fakes;
mod given;
mod inside;
mod keep;
mod object;
mod parallel;
mod place;
mod run;
mod search;
mod signal;
mod start;
mod step;
mod table;
mod task;
mod timer;
mod tries;
mod trigger;
mod variables;
mod worker;

pub use call::{ProcessCall, StepCall};
pub(crate) use control::{
    EntrySeen, InstanceSeen, Listed, MinuteSeen, ProcessStats, Stats, StatsWanted, Steering, Waits, Wanted, WorkerSeen,
    WorkersSeen, instance_of, list_instances, process_scale, process_stats, process_steer, process_workers, show,
    unknown_state,
};
#[cfg(feature = "web")]
pub(crate) use control::{Stranded, all_counted, stranded, works_here};
pub(crate) use dispatch::{run_process, run_step};
pub(crate) use fakes::Fakes;
pub use given::Given;
pub use object::{ProcessObject, StepObject, newer_process, undoing_step};
pub use parallel::{Branches, Forks, Parallel, parallel};
pub use search::{Searchable, searched};
pub use signal::{WaitFor, WaitForAWhile, wait_for};
pub(crate) use start::LONGEST_KEY;
pub use start::{FireAndForget, Instance};
pub use step::{MaybeStep, Skip, SkipErrors, Step, step};
pub(crate) use table::prepare;
#[cfg(feature = "web")]
pub(crate) use table::set_version;
#[cfg(feature = "web")]
pub(crate) use task::tasks;
pub use task::{Answered, Ask, AskForAWhile, Assignee, TaskAnswer, ask};
pub use timer::{Sleep, days, hours, minutes, seconds, sleep, sleep_until};
pub use trigger::{row_id, start_with_write};
#[cfg(feature = "web")]
pub(crate) use worker::idle;
pub(crate) use worker::{Program, SharedClock, Workers};
