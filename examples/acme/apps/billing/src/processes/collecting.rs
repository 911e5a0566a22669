//! How the money for an invoice comes in.

/// What has come of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Collected {
    /// Id of the charge at the payment service.
    pub charge: String,
    /// What its recipient has written back, if he has.
    pub answer: Option<String>,
}

/// Charges an invoice, waits for the payment service to confirm it, sends the invoice, and reads what is answered.
#[process(
    display_name = "Collection of invoice {invoice_id}",
    search = [invoice_id],
    view = ["billing_users"],
    use = ["billing_users"],
    admin = ["billing_admins"],
    deadline = "60d",
)]
async fn collect_invoice(invoice_id: Id<Invoice>) -> Result<Collected> {
    let charge = step(steps::charge_invoice(invoice_id)).await?;
    let paid = wait_for::<String>("paid").timeout(days(7)).await?;
    if paid.as_ref() != Some(&charge) {
        return Err(AppOsError::execution("nobody has confirmed the payment").code_is("not_confirmed"));
    }
    step(steps::mark_paid(invoice_id)).await?;
    let paper = step(steps::print_invoice(invoice_id)).await?;
    step(steps::mail_invoice(paper)).await?;
    // Most answers come soon, if they come.
    let mut pause = 1;
    for _ in 0..30 {
        sleep(seconds(pause)).await?;
        let answer = step(steps::read_answer(invoice_id)).await?;
        if answer.is_some() {
            return Ok(Collected { charge, answer });
        }
        pause = (pause * 2).min(172_800);
    }
    Ok(Collected { charge, answer: None })
}

/// Has the payment service charge an invoice. Whether a broken request has charged it or not: with the same key it is
/// charged once.
#[step(retries = 20, backoff = "200ms", timeout = "60s")]
async fn charge_invoice(invoice_id: Id<Invoice>) -> Result<String> {
    let invoice = records::Invoice::get(invoice_id).await?;
    let amount = (invoice.total * dec!(100)).round();
    let amount = i64::try_from(amount).map_err(|_| AppOsError::validation("the total is no amount"))?;
    let charge = integrations::NewCharge { invoice: invoice.number, amount, currency: "EUR".to_owned() };
    Ok(integrations::create_charge(charge).await?.id)
}

/// Notes that an invoice is paid.
#[step(retries = 3)]
async fn mark_paid(invoice_id: Id<Invoice>) -> Result<()> {
    let patch = InvoicePatch { status: Some(InvoiceStatus::Paid), ..Default::default() };
    records::Invoice::get(invoice_id).await?.update(patch).await.map(drop)
}

/// Puts an invoice on paper, once.
#[step(retries = 3)]
async fn print_invoice(invoice_id: Id<Invoice>) -> Result<Id<records::InvoicePaper>> {
    if let Some(paper) = records::InvoicePaper::query().invoice(invoice_id).first().await? {
        return Ok(paper.id);
    }
    let invoice = records::Invoice::get(invoice_id).await?;
    let lines = records::InvoiceLine::query().invoice(invoice_id).order_by(|line| line.id.asc()).all().await?;
    let name = format!("Invoice {}.pdf", invoice.number.replace(['/', '\\'], "-"));
    let pdf = FileUpload::new(name, rules::pdf_of(&invoice, &lines));
    let paper = records::InvoicePaper::upload(NewInvoicePaper { invoice: invoice_id.into(), ..Default::default() }, pdf);
    Ok(paper.await?.id)
}

/// Sends an invoice to its account: with the outbox, when the step is done.
#[step(retries = 3)]
async fn mail_invoice(paper_id: Id<records::InvoicePaper>) -> Result<()> {
    let paper = records::InvoicePaper::get(paper_id).await?;
    let invoice = records::Invoice::get(paper.invoice.id()).await?;
    let account = records::Account::get(invoice.account.id()).await?;
    let file = paper.content().await?;
    let (name, kind) = (file.name().to_owned(), file.content_type().to_owned());
    let greeting = format!("Dear {} {},", account.first_name, account.last_name);
    let mail = outside::Email::to(account.email)
        .subject(format!("Invoice {}", invoice.number))
        .html(rsx! {
            p { "{greeting}" }
            p { "thank you for your payment. You find invoice {invoice.number} attached." }
        })
        .attach(name, kind, file.bytes().await?);
    connected_systems::mail().await?.send(mail).await.map(drop)
}

/// What was answered to an invoice. Whoever looks again reads the same: an answer is not lost with a try that fails.
#[step(retries = 5, backoff = "1s")]
async fn read_answer(invoice_id: Id<Invoice>) -> Result<Option<String>> {
    let invoice = records::Invoice::get(invoice_id).await?;
    let mailbox = connected_systems::mailbox().await?;
    let subject = format!("Invoice {}", invoice.number);
    for uid in mailbox.search("INBOX", &outside::MailSearch::new().subject(subject.as_str())).await? {
        let Some(message) = mailbox.fetch("INBOX", uid).await? else { continue };
        // The search finds parts of words: invoice 1 in invoice 12.
        let is_answer = message.subject.is_some_and(|of| of.trim_end().ends_with(subject.as_str()));
        if let (true, Some(text)) = (is_answer, message.text) {
            return Ok(Some(text.trim().to_owned()));
        }
    }
    Ok(None)
}
