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

#[cfg(test)]
mod tests {
    /// A sent invoice that is due on this day.
    async fn invoice(number: &str, due_on: &str) -> Result<Invoice> {
        let account = match Account::query().first().await? {
            Some(account) => account,
            None => {
                Account::create(NewAccount {
                    first_name: "Ada".to_owned(),
                    last_name: "Lindqvist".to_owned(),
                    address: "Storgatan 1".to_owned(),
                    city: "Lund".to_owned(),
                    country: "Sweden".to_owned(),
                    email: "invoices@lindqvist.example".to_owned(),
                    ..Default::default()
                })
                .await?
            }
        };
        Invoice::create(NewInvoice {
            number: number.to_owned(),
            account: account.id.into(),
            due_on: Some(due_on.parse()?),
            total: dec!(100),
            ..Default::default()
        })
        .await
    }

    #[appos::test]
    async fn what_waits_longest_comes_first() -> Result<()> {
        invoice("R-1", "2030-02-01").await?;
        invoice("R-2", "2030-01-15").await?;
        let paid = invoice("R-3", "2030-01-01").await?;
        paid.update(InvoicePatch { status: Some(InvoiceStatus::Paid), ..Default::default() }).await?;
        set_time("2030-02-01");
        let overdue = async || rules::overdue_invoices(ctx.today()).await;
        let numbers = |invoices: Vec<Invoice>| invoices.into_iter().map(|one| one.number).collect::<Vec<_>>();
        assert_eq!(numbers(overdue().await?), ["R-2"]);
        advance("1d");
        assert_eq!(numbers(overdue().await?), ["R-2", "R-1"]);
        Ok(())
    }

    #[appos::test]
    async fn those_who_only_look_invoices_up_cannot_ask_for_what_is_overdue() -> Result<()> {
        let day = ctx.today();
        as_user("vic", ["billing_viewers"], async || {
            assert_denied!(rules::overdue_invoices(day).await);
            Invoice::query().all().await.map(drop)
        })
        .await
    }
}
