//! The state of things at a glance.

/// How many customers there are, how many orders are open, who bought last, and who is new.
#[interface(description = "Customers and orders at a glance")]
fn dashboard(
    /// Orders that are listed at once.
    #[props(default = 5)]
    orders: u64,
) -> Element {
    let newest = records::Customer::query().order_by(|customer| customer.id.desc());
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
        Card { title: "Newest customers", flush: true,
            // The limit is there for whoever may know it.
            RecordTable {
                rows: newest.columns(|customer| (customer.name, customer.tier, customer.credit_limit)),
                page_size: orders,
                label: "Newest customers",
            }
        }
    }
}
