//! Words of the shop.

#[translation_set]
fn words() -> Translations {
    translations! {
        welcome: { en: "Item, quote, sell", de: "Willkommen" },
        open_item: { en: "Open {item}", de: "{item} öffnen" },
    }
}
