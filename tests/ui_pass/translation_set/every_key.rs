//! Every key, and texts of every sort.

#[macro_use]
extern crate appos;
app!();

pub mod translations {
    /// Words.
    #[translation_set(
        description = "Words",
        view = ["public_access"],
        use = ["system_admin"],
        admin = ["system_admin"],
        public_access,
        crate = ::appos,
    )]
    fn words() -> Translations {
        translations! {
            customers: { en: "Customers", fr-CA: "Clients", zh-Hant: "客戶", es-419: "Clientes" },
            welcome: { en: "Welcome, {name} of {{the}} {sort}!" }
            orders: { en: { one: "One order", other: "{count} orders" }, pl: { few: "{count}", other: "{count}" } },
            records.customer.fields.type: { en: "Type" },
        }
    }

    #[translation_set]
    fn nothing() -> Translations {
        translations! {}
    }

    #[translation_set]
    #[cfg(any())]
    fn conditional() -> Translations {
        translations! { hidden: { en: "Hidden" } }
    }
}

#[expression_rule]
async fn all(name: String, count: Decimal, day: Date, at: DateTime) -> Result<Vec<String>> {
    let texts: Translations = translations::words().await?;
    let borrowed: &str = &name;
    Ok(vec![
        t!("customers"),
        t!("customers",),
        t!("records.customer.fields.type"),
        t!("welcome", name, sort = 'x'),
        t!("welcome", name = borrowed, sort = day),
        t!("welcome", name = &name, sort = at),
        t!("orders", count),
        t!("orders", count = 3_u8),
        t!("orders", count = [1, 2].len()),
        texts.language,
    ])
}

fn main() {
    assert_eq!(t!("customers"), "Customers");
    assert_eq!(t!("orders", count = 2), "2 orders");
}
