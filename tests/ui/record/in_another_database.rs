//! Records of a connected system that ask for what is in the platform's own database, and a table that cannot be
//! somebody else's.

#[macro_use]
extern crate appos;
app!();

pub mod connected_systems {
    /// The database of the warehouse.
    #[connected_system(kind = "database", url = "sqlite://warehouse.db", use = ["ui_users"])]
    fn warehouse() -> Auth {
        no_auth()
    }
}

#[record(
    connected_system = warehouse,
    audit_log,
    renamed_from = "part",
    view = ["ui_users"],
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
