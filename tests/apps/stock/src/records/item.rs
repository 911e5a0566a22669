//! What is in the warehouse's database.

/// What becomes of an item.
#[choices]
pub enum Fate {
    Kept,
    Sold,
}

/// A record with a field of each type.
#[record(
    connected_system = warehouse,
    table = "items",
    display = "sku",
    view = ["stock_users"],
    create = ["stock_users"],
    update = ["stock_users"],
    delete = ["stock_admins"],
    rows = rules::visible_items,
    on_create = rules::item_comes,
    unique("name", "fate"),
)]
pub struct Item {
    #[field(unique)]
    #[validate(length(min = 1, max = 40))]
    sku: String,
    #[field(search)]
    name: String,
    #[field(scale = 2, index)]
    price: Option<Decimal>,
    amount: Decimal,
    number: i64,
    weight: f64,
    flag: bool,
    #[field(default = Fate::Kept)]
    fate: Fate,
    due: Option<Date>,
    seen_at: Option<DateTime>,
    #[field(unique)]
    token: Option<Uuid>,
    extra: Option<Json>,
    tags: Vec<String>,
    hidden: bool,
    #[field(view = ["finance"], update = ["finance"])]
    cost: Option<Decimal>,
    shelf: Option<Ref<Shelf>>,
}

/// Where items are.
#[record(
    connected_system = warehouse,
    table = "shelves",
    display = "name",
    soft_delete,
    view = ["stock_users"],
    create = ["stock_users"],
    update = ["stock_users"],
    delete = ["stock_users"],
)]
pub struct Shelf {
    #[field(unique, search)]
    name: String,
    items: Many<Item>,
    boxes: Many<Crate>,
}

/// What stands on a shelf, and goes with it.
#[record(
    connected_system = warehouse,
    table = "crates",
    view = ["stock_users"],
    create = ["stock_users"],
    update = ["stock_users"],
    delete = ["stock_users"],
)]
pub struct Crate {
    #[field(on_delete = cascade)]
    rack: Ref<Rack>,
    shelf: Option<Ref<Shelf>>,
    label: String,
}

/// A row with which others go.
#[record(
    connected_system = warehouse,
    table = "racks",
    view = ["stock_users"],
    create = ["stock_users"],
    update = ["stock_users"],
    delete = ["stock_users"],
)]
pub struct Rack {
    name: String,
    crates: Many<Crate>,
}

/// What a rule writes with each item.
#[record(connected_system = warehouse, table = "movements", view = ["stock_users"], create = ["stock_users"])]
pub struct Movement {
    sku: String,
}

/// A record of the platform's own database.
#[record(view = ["stock_users"], create = ["stock_users"])]
pub struct Memo {
    text: String,
}

/// A table that is somebody else's.
#[record(
    connected_system = warehouse,
    external,
    table = "legacy_parts",
    view = ["stock_users"],
    create = ["stock_users"],
    update = ["stock_users"],
    delete = ["stock_users"],
)]
pub struct LegacyPart {
    #[field(column = "part_no")]
    number: i64,
    label: String,
    stocked_at: Option<DateTime>,
}
