//! What a customer has bought, and owes.

/// What a customer has bought since a day, twenty orders at a time, and what billing says of its account.
#[page(route = "/customers/{id}/report", title = "Report")]
fn report(
    id: Id<Customer>,
    /// Only orders from this day on.
    from: Option<Date>,
    /// Where the list goes on.
    after: Option<String>,
) -> Element {
    let customer = use_data(move || records::Customer::get(id));
    let orders = use_data(move || {
        let mut orders = records::Order::query().customer(id).order_by(|order| order.id.desc()).limit(20);
        if let Some(from) = from {
            orders = orders.filter(|order| order.ordered_on.gte(from));
        }
        if let Some(after) = &after {
            orders = orders.after(after);
        }
        orders.page()
    });
    rsx! {
        {customer.show(|customer| rsx! {
            h1 { "{customer.name}" }
            if let Some(account) = customer.account {
                billing::interfaces::AccountBalance { account: account.id() }
            }
        })}
        {orders.show(|orders| rsx! {
            table {
                thead { tr { th { scope: "col", "Order" } th { scope: "col", "Total" } } }
                tbody {
                    for order in &orders.rows {
                        tr { key: "{order.id}",
                            td { "{order.number}" }
                            td { "{order.total}" }
                        }
                    }
                }
            }
            if let Some(next) = &orders.next {
                a { rel: "next", href: pages::report(id).after(next.clone()), "Older orders" }
            }
        })}
    }
}
