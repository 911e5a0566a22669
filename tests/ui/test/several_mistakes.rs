//! All mistakes of a test at once.

#[macro_use]
extern crate appos;
app!();

#[appos::test]
#[tokio::test]
async unsafe fn adds_up<T>(left: T) -> T {
    left
}

#[appos::test]
pub struct Sum;

fn main() {}
