/// Words of the CRM.
#[translation_set(use = ["crm_users"])]
fn labels() -> Translations {
    translations! {
        customers: { en: "Customers", fr-CA: "Clients" },
        records.order: { en: "Order" },
        orders: { en: { one: "{count} order of {name}", other: "{count} orders of {name}" } },
    }
}
