//! Sections of a customer's screens.

/// Most months that are shown.
const MONTHS: usize = 12;

/// What the customer has ordered, in the latest months in which he has ordered anything.
#[interface(section_of = records::Customer, after = orders)]
fn orders_by_month(id: Id<Customer>) -> Element {
    let orders = use_query(move || {
        records::Order::query().customer(id).order_by(|order| order.ordered_on.desc()).limit(500)
    });
    rsx! {
        {orders.show(|orders| {
            let (labels, totals) = by_month(orders);
            rsx! {
                if !labels.is_empty() {
                    Card { title: "Orders by month",
                        BarChart { title: "Ordered", labels, series: vec![ui::Series::new("Ordered", totals)] }
                    }
                }
            }
        })}
    }
}

/// Months and what was ordered in each, the earliest first.
fn by_month(orders: &[records::Order]) -> (Vec<String>, Vec<f64>) {
    let mut months = std::collections::BTreeMap::<String, Decimal>::new();
    for order in orders {
        *months.entry(order.ordered_on.format("%Y-%m").to_string()).or_default() += order.total;
    }
    let skipped = months.len().saturating_sub(MONTHS);
    // A chart draws what it can; sums of money fit.
    months.into_iter().skip(skipped).map(|(month, total)| (month, f64::try_from(total).unwrap_or_default())).unzip()
}

/// Where the customer is, as one writes it on a letter.
#[interface(form_section_of = records::Customer, replaces = [address, city, country])]
fn customer_address(form: ui::FormFields<Customer>) -> Element {
    rsx! {
        Column { gap: ui::Gap::Medium,
            {form.field(|customer| customer.address)}
            Grid { columns: 2,
                {form.field(|customer| customer.city)}
                {form.field(|customer| customer.country)}
            }
        }
    }
}
