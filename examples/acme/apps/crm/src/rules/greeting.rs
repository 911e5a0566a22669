//! What people are told in their language.

/// A greeting, and how many orders are on their way.
#[expression_rule(description = "Greets whoever asks, in his language")]
async fn greeting() -> Result<String> {
    let open = records::Order::query()
        .filter(|order| order.status.eq(OrderStatus::Draft).or(order.status.eq(OrderStatus::Confirmed)))
        .count()
        .await?;
    Ok(format!("{} {}", t!("welcome", name = ctx.user.name), t!("open_orders", count = open)))
}

/// What an order is paid by, such as "Invoice 17"; nothing, if it is not billed yet.
#[expression_rule(description = "What an order is paid by, for people")]
async fn paid_by(order_id: Id<Order>) -> Result<Option<String>> {
    let order = records::Order::get(order_id).await?;
    Ok(order.invoice.map(|invoice| format!("{} {}", t!("billing.invoice"), invoice.id())))
}
