//! The site of the shop.

#[site(name = "Shop", default = pages::home)] //~ shop.pages.home reference
fn shop() -> Navigation {
    navigation()
        .page("Home", "house", pages::home) //~ shop.pages.home reference
        .record::<Item>("box") //~ shop.records.item reference
        .group("item", |group| group.record::<ledger::records::Account>("wallet")) //~ ledger.records.account reference
}
