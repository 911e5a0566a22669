//! Nobody gives a test anything.

#[macro_use]
extern crate appos;
app!();

#[appos::test]
async fn adds_up(left: i64, ctx: Ctx) {
    let _ = (left, ctx);
}

fn main() {}
