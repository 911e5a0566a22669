//! Invoices that should have been paid.

/// Sent invoices that were due before `as_of`, the longest waiting first.
#[expression_rule(description = "Invoices that are past due on a day", use = ["billing_users", "finance"])]
async fn overdue_invoices(as_of: Date) -> Result<Vec<Invoice>> {
    records::Invoice::query()
        .status(InvoiceStatus::Sent)
        .filter(|invoice| invoice.due_on.lt(as_of).and(invoice.due_on.is_not_null()))
        .order_by(|invoice| invoice.due_on.asc())
        .limit(200)
        .all()
        .await
}
