#[translation_set]
fn labels() -> Translations {
    translations! {
        customers: { en: "Customers" },
        customers: { xx: "Customers" },
    }
}
