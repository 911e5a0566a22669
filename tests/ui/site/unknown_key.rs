//! A site is viewed, not used.

#[macro_use]
extern crate appos;
app!();

#[site(use = ["crm_users"])]
fn crm() -> Navigation {
    navigation()
}

fn main() {}
