//! Pieces of generated screens: what a field looks like depends on them, and they on it.

/// Where a thing stands.
#[interface(displays = records::Item.shelf)] //~ shop.records.item reference; shop.records.item.shelf read
fn item_shelf(value: Shelf) -> Element {
    //~^ shop.choices.shelf reference
    let name = if value == Shelf::Front { "front" } else { "elsewhere" }; //~ shop.choices.shelf.Front reference
    rsx! { "{name}" }
}

/// How many there are.
#[interface(inputs = records::Item.stock)] //~ shop.records.item reference; shop.records.item.stock read
fn item_stock(input: ui::FieldInput<i32>) -> Element {
    rsx! { input { name: "{input.name}", "value": "{input.text}" } }
}

/// What stands below its lines.
#[interface(section_of = records::Item, after = lines)] //~ shop.records.item reference
fn item_account(id: Id<Item>) -> Element {
    //~^ shop.records.item reference
    let item = use_data(move || Item::get(id)); //~ shop.records.item read
    rsx! {
        {item.show(|item| rsx! { "{item.title}" })} //~ shop.records.item.title read
    }
}

/// Title and price beside each other.
#[interface(form_section_of = Item, replaces = [title, price])] //~ shop.records.item reference
fn item_heading(form: ui::FormFields<Item>) -> Element {
    //~^ shop.records.item reference
    rsx! {
        {form.field(|item| item.title)} //~ shop.records.item.title read
        {form.field(|item| item.price)} //~ shop.records.item.price read
    }
}
