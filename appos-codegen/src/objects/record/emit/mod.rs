//! A record becomes types, one descriptor and thin calls; behaviour lives in the runtime.

mod companions;
mod descriptor;
mod record;
mod traits;
mod whole;

pub(super) use whole::emit;
