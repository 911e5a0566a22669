//! What runs on a platform is async.

#[macro_use]
extern crate appos;
app!();

#[appos::test]
fn ann_is_refused() {
    as_user("ann", ["ui_users"], async || {});
}

#[test]
fn without_a_platform_it_need_not_be() {}

fn main() {}
