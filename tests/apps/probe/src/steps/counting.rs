//! A step in a file of its own.

#[step]
fn count() -> u64 {
    7
}
