//! Tasks, and how far they are.

/// How far a task is.
#[choices]
pub enum TaskState {
    Open,
    InProgress,
    Done,
}

/// A piece of work within a project.
#[record(
    display = "title",
    view = ["tasks_users"],
    create = ["tasks_users"],
    update = ["tasks_users"],
    delete = ["tasks_users"],
    admin = ["tasks_admins"],
)]
pub struct Task {
    #[field(on_delete = cascade)]
    project: Ref<Project>,
    #[field(search)]
    #[validate(length(min = 1, max = 200))]
    title: String,
    #[field(default = TaskState::Open, index)]
    state: TaskState,
    /// How long it is thought to take.
    #[field(default = 1)]
    #[validate(range(min = 1, max = 1000))]
    hours: i32,
}
