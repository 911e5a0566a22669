//! Questions about orders.

/// How many orders wait for somebody to do something.
#[expression_rule(description = "Number of orders that are confirmed and not shipped")]
async fn open_orders() -> Result<u64> {
    records::Order::query().status(OrderStatus::Confirmed).count().await
}
