//! What an account was billed, owes, and owes the state.

/// All an account was ever billed, from the lines of its invoices, before tax.
///
/// Counted from the lines and not from the invoices' own totals, so that the two can be
/// compared.
#[expression_rule(description = "Total of all invoice lines of an account")]
async fn account_total(account: Id<Account>) -> Result<Decimal> {
    let invoices = records::Invoice::query()
        .filter(|invoice| invoice.account.eq(account).and(invoice.status.ne(InvoiceStatus::Void)))
        .all()
        .await?;
    rules::sum_of_lines(invoices.iter().map(|invoice| invoice.id).collect()).await
}

/// The sum of unit price times quantity over the lines of these invoices.
#[expression_rule(description = "Total of the lines of some invoices", case(vec![]) = dec!(0))]
async fn sum_of_lines(invoices: Vec<Id<Invoice>>) -> Result<Decimal> {
    let lines = records::InvoiceLine::query().filter(|line| line.invoice.one_of(invoices)).all().await?;
    Ok(lines.iter().map(|line| line.unit_price * Decimal::from(line.quantity)).sum())
}

/// What an account has not paid yet, before tax.
#[expression_rule(description = "Sum of the invoices that are sent and not paid")]
async fn amount_open(account: Id<Account>) -> Result<Decimal> {
    let open = records::Invoice::query().account(account).status(InvoiceStatus::Sent).all().await?;
    Ok(open.iter().map(|invoice| invoice.total).sum())
}

/// The tax on what an account has not paid yet, to the cent.
#[expression_rule(description = "Tax on an account's open invoices")]
async fn tax_due(account: Id<Account>) -> Result<Decimal> {
    let open = rules::amount_open(account).await?;
    Ok((open * constants::tax_rate().await?).round_dp(2))
}
