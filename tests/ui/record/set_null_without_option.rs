//! A reference that cannot become empty.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Invoice {
    #[field(on_delete = set_null)]
    replaced_by: Ref<Invoice>,
}

fn main() {}
