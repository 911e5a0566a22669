//! What was sold. Records in a folder are in a module of its name, too.

#[record(
    view = ["shop_users"],
    create = ["shop_users"],
    update = ["shop_users"],
    delete = ["shop_users"],
    on_update = rules::line_changed //~ shop.rules.line_changed trigger
)]
pub struct Line {
    item: Ref<records::Item>, //~ shop.records.item reference
    quantity: i32,
    #[field(scale = 2)]
    price: Decimal,
}

#[record(view = ["shop_users"], create = ["shop_users"], update = ["shop_users"], delete = ["shop_users"])]
pub struct Label {
    #[field(unique)]
    item: Ref<Item>, //~ shop.records.item reference
    text: String,
}

//~v shop.records.label reference
impl Label {
    /// Hides the method of this name that all records have.
    pub fn count(&self) -> usize {
        self.text.len() //~ shop.records.label.text read
    }
}
