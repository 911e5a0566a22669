//! Records of a connected system that ask for what is in the platform's own database, and a table that cannot be
//! somebody else's.

#[macro_use]
extern crate appos;
app!();

#[record(
    connected_system = warehouse,
    audit_log,
    renamed_from = "part",
    view = ["ui_users"],
    on_create = after_commit(rules::item_comes),
    on_delete = processes::clear_up,
)]
pub struct Item {
    #[field(auto_number)]
    number: i64,
    #[field(renamed_from = "title")]
    name: String,
}

#[record(external, view = ["ui_users"])]
pub struct Part {
    name: String,
}

#[record(connected_system = warehouse, external, soft_delete, view = ["ui_users"])]
pub struct Crate {
    name: String,
}

fn main() {}
