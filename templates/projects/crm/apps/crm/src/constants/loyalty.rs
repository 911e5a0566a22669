//! From which lifetime value on a customer counts as loyal.

/// Completed orders worth this much make a silver customer.
#[constant(description = "Lifetime value of a silver customer")]
fn silver_from() -> Decimal {
    dec!(5_000)
}

/// Completed orders worth this much make a gold customer.
#[constant(description = "Lifetime value of a gold customer")]
fn gold_from() -> Decimal {
    dec!(15_000)
}
