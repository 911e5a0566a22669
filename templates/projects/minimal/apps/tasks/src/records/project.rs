//! Projects: what tasks belong to.

/// Work that comes to an end.
#[record(
    display = "name",
    view = ["tasks_users"],
    create = ["tasks_users"],
    update = ["tasks_users"],
    admin = ["tasks_admins"],
)]
pub struct Project {
    #[field(unique, search)]
    #[validate(length(min = 1, max = 120))]
    name: String,
    due_on: Option<Date>,
    tasks: Many<Task>,
}
