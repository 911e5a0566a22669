//! What the payment service tells.

/// A charge that has been paid.
#[derive(Debug, serde::Deserialize)]
pub struct ChargePaid {
    charge: String,
    invoice: String,
}

/// Hears that a charge has been paid. The payment service signs what it sends, and has no account.
#[web_api(
    method = "POST",
    path = "/payments/paid",
    auth = public,
    public_access,
    run_as = "payments@acme.example",
    signature = hmac(secret("PAYMENTS_WEBHOOK"), style = stripe),
    example = r#"{ "charge": "ch_1", "invoice": "R-1" }"#,
    admin = ["billing_admins"],
)]
async fn charge_paid(event: Json<ChargePaid>) -> Result<http::Accepted> {
    let ChargePaid { charge, invoice } = event.0;
    let found = records::Invoice::query().number(invoice).first().await?;
    let Some(invoice) = found else {
        return Err(AppOsError::validation("there is no such invoice").code_is("unknown_invoice"));
    };
    // The key finds the collection that runs.
    let collection = processes::collect_invoice(invoice.id).key(format!("invoice {}", invoice.id)).start().await?;
    collection.signal("paid", charge).await?;
    Ok(http::Accepted::new())
}
