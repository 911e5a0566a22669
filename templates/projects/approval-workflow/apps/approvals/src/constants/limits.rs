//! Limits of approvals.

/// Larger amounts are approved by senior approvers.
#[constant(description = "Largest amount that every approver may approve")]
fn approval_limit() -> Decimal {
    dec!(10_000)
}
