//! The state of things at a glance.

/// How many customers there are, how many orders are open, and who bought last.
#[interface(description = "Customers and orders at a glance")]
fn dashboard(
    /// Orders that are listed at once.
    #[props(default = 5)]
    orders: u64,
) -> Element {
    let latest = records::Order::query().order_by(|order| order.id.desc());
    rsx! {
        Grid {
            Metric {
                label: "Customers",
                icon: "users",
                value: use_data(|| async { records::Customer::count().await }),
                to: "/crm/customers",
            }
            Metric { label: "Open orders", icon: "receipt", value: use_rule(rules::open_orders), to: "/crm/orders" }
        }
        Card { title: "Latest orders", flush: true,
            RecordTable {
                rows: latest.columns(|order| (order.number, order.customer, order.ordered_on, order.status, order.total)),
                page_size: orders,
                label: "Latest orders",
            }
        }
    }
}
