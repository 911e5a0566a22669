//! How one gets about in the CRM.

/// The CRM.
#[site(name = "CRM", default = pages::home)]
fn crm() -> Navigation {
    navigation()
        .page("Home", "house", pages::home)
        .record::<Customer>("users")
        .record::<Contact>("contact")
        .group("Sales", |sales| {
            sales.record::<Order>("receipt").badge(rules::open_orders).record::<Activity>("calendar")
        })
        .group("Billing", |billing| billing.record::<billing::records::Invoice>("file-text"))
        .group("About", |about| about.page("Components", "palette", pages::gallery))
}
