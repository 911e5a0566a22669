//! Constants of the shop.

#[constant]
fn greeting() -> String {
    "shop.rules.quote".to_owned() //~ none
}

#[constant]
fn on_sale() -> ObjectRef {
    ObjectRef::of::<ledger::rules::post>() //~ ledger.rules.post reference
}

#[constant]
fn first_shelf() -> Shelf {
    //~^ shop.choices.shelf reference
    Shelf::Back //~ shop.choices.shelf.Back reference
}
