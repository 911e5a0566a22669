//! The state of things at a glance.

/// How many customers there are, how many orders are open, and who bought last.
#[interface(description = "Customers and orders at a glance")]
fn dashboard(
    /// Orders that are listed.
    #[props(default = 5)]
    orders: u64,
) -> Element {
    let customers = use_data(|| async { records::Customer::count().await });
    let open = use_rule(rules::open_orders);
    let latest = use_query(move || records::Order::query().order_by(|order| order.id.desc()).limit(orders));
    rsx! {
        dl {
            dt { "Customers" }
            dd { id: "customers", {customers.show(|count| rsx! { "{count}" })} }
            dt { "Open orders" }
            dd { id: "open-orders", {open.show(|count| rsx! { "{count}" })} }
        }
        h2 { "Latest orders" }
        {latest.show(|latest| rsx! {
            ul {
                for order in latest {
                    li { key: "{order.id}",
                        a { href: pages::report(order.customer.id()), "{order.number}" }
                    }
                }
            }
        })}
    }
}
