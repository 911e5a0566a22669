//! Items that exist in some builds only.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
#[cfg(any())]
fn never(a: Missing) -> Missing {}

#[cfg(any())]
#[expression_rule]
fn never(a: Missing) -> Missing {}

#[expression_rule]
#[cfg(all())]
fn never() -> i64 {
    1
}

fn main() {
    drop(never());
}
