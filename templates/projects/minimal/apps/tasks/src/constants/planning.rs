//! What plans count on.

/// Hours of a working day that are left for tasks.
#[constant(description = "Hours of a day that are left for tasks")]
fn hours_per_day() -> Decimal {
    dec!(6)
}
