//! What is sold.

/// A thing on a shelf.
#[record(
    display = "title",
    audit_log,
    soft_delete,
    rows = rules::items_for_me, //~ shop.rules.items_for_me call
    view = ["shop_users"],
    create = ["shop_users"],
    update = ["shop_users"],
    delete = ["shop_users"]
)]
pub struct Item {
    #[field(search)]
    title: String,
    #[field(scale = 2)]
    price: Decimal,
    stock: i32,
    #[field(default = Shelf::Front)] //~ shop.choices.shelf.Front reference
    shelf: Shelf, //~ shop.choices.shelf reference
    account: Option<Ref<ledger::records::Account>>, //~ ledger.records.account reference
    lines: Many<sales::Line>, //~ shop.records.line reference
    label: One<sales::Label>, //~ shop.records.label reference
}

/// Where it stands.
#[choices]
pub enum Shelf {
    Front,
    Back,
    /// Not Item, not Front.
    #[choice(label = "Item")]
    Cellar,
}
