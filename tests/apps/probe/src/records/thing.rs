//! A record with a field of each type.

/// How far a thing is.
#[choices]
#[derive(PartialOrd, Ord)]
pub enum Stage {
    Open,
    InProgress,
    Done,
}

/// A record with a field of each type.
#[record(
    display = "name",
    audit_log,
    view = ["probe_users"],
    create = ["probe_users"],
    update = ["probe_users"],
    delete = ["probe_admins"],
    unique("name", "number"),
)]
pub struct Thing {
    #[field(label = "Title", search)]
    #[validate(length(min = 1, max = 40))]
    name: String,
    number: i32,
    #[field(unique)]
    #[validate(email)]
    email: Option<String>,
    #[validate(range(min = 0, max = 1000000))]
    amount: Decimal,
    #[field(scale = 2)]
    price: Option<Decimal>,
    ratio: f64,
    flag: bool,
    #[field(default = Stage::Open)]
    stage: Stage,
    due: Option<Date>,
    seen_at: Option<DateTime>,
    token: Option<Uuid>,
    extra: Option<Json>,
    tags: Vec<String>,
    #[field(view = ["finance"], update = ["finance"])]
    secret_limit: Decimal,
    parent: Option<Ref<Thing>>,
    parts: Many<Part>,
}

/// A part of a thing.
#[record(view = ["probe_users"], create = ["probe_users"], update = ["probe_users"], delete = ["probe_users"])]
pub struct Part {
    #[field(on_delete = cascade)]
    thing: Ref<Thing>,
    label: String,
}

/// A record that everyone may read.
#[record(public_access, create = ["probe_admins"])]
pub struct Notice {
    text: String,
}

/// An order of things, which keeps its books by rules.
#[record(
    view = ["probe_users"],
    create = ["probe_users"],
    update = ["probe_users"],
    delete = ["probe_users"],
    on_create = rules::basket_opens,
    on_update = rules::basket_changes,
    on_delete = rules::basket_goes,
)]
pub struct Basket {
    label: String,
    size: i32,
}
