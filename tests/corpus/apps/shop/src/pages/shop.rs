//! Pages: led to by links, by a site, by each other.

/// Where one begins.
#[page(route = "/home", title = "item")]
fn home() -> Element {
    let open = use_rule(rules::stock_up); //~ shop.rules.stock_up reference
    rsx! {
        h1 { {t!("welcome")} } //~ shop.translations.words read
        {open.show(|open| rsx! { a { href: pages::item_window(Id::from(1)), "{open}" } })} //~ shop.pages.item_window call
    }
}

/// One thing. `home` is a word.
#[page(route = "/items/{id}/window", title = "Window")]
fn item_window(id: Id<Item>, shelf: Option<Shelf>) -> Element {
    //~^ shop.records.item reference; shop.choices.shelf reference
    let home = "/shop/home"; //~ none
    rsx! {
        a { href: home, "home" } //~ none
        a { href: pages::home(), "back" } //~ shop.pages.home call
        interfaces::Window { first: id, second: id } //~ shop.interfaces.window call
    }
}
