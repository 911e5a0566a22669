//! `cargo appos process`: instances of processes, seen and steered by whoever works at the machine.

mod arguments;
mod history;
mod lock;
mod numbers;
mod shown;

pub use arguments::Process;
