//! Components: drawn by others, drawing others, asking rules and records.

/// A card of an item. Not `quote`, not `sell`.
#[interface]
fn item_card(item: Id<Item>, children: Element) -> Element {
    //~^ shop.records.item reference
    let price = use_rule(move || rules::quote(item, 1)); //~ shop.rules.quote call
    let lines = use_query(move || records::sales::Line::query().item(item)); //~ shop.records.line read; shop.records.line.item read
    let on_sale = "shop.interfaces.price_tag"; //~ none
    rsx! {
        h2 { "{on_sale}" }
        {price.show(|price| rsx! { PriceTag { price: *price } })} //~ shop.interfaces.price_tag call
        {lines.show(|lines| rsx! { for line in lines { p { "{line.quantity}" } } })} //~ shop.records.line.quantity read
        {children}
    }
}

/// Only what it is given.
#[interface]
fn price_tag(price: Decimal) -> Element {
    rsx! { b { "{price}" } }
}

/// Draws another twice, in words of its own and of another file.
#[interface]
fn window(first: Id<Item>, second: Id<Item>) -> Element {
    //~^ shop.records.item reference x2
    rsx! {
        ItemCard { item: first, "first" } //~ shop.interfaces.item_card call
        interfaces::ItemCard { item: second, //~ shop.interfaces.item_card call
            a { href: pages::item_window(second), {t!("open_item", item = "item")} } //~ shop.pages.item_window call; shop.translations.words read; shop.translations.words.item write
        }
    }
}
