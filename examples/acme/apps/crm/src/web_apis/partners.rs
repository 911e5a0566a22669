//! What partners and shops call.

use serde::{Deserialize, Serialize};

/// An order as a partner hands it in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerOrder {
    number: String,
    ordered_on: Date,
    total: Decimal,
    note: Option<String>,
}

/// How an order is to be handed in.
#[derive(Debug, Deserialize)]
pub struct HandIn {
    /// Only looks whether it could be.
    dry_run: Option<bool>,
}

/// What a partner tells of a request beside it.
#[derive(Debug, Deserialize)]
pub struct PartnerHeaders {
    x_partner_reference: Option<String>,
}

/// What has become of an order. As it can be read as well, the OpenAPI document shows its parts.
#[derive(Debug, Serialize, Deserialize)]
pub struct HandedIn {
    order: Option<i64>,
    number: String,
    reference: Option<String>,
}

/// Hands in an order of a customer.
#[web_api(
    method = "POST",
    path = "/partners/{customer}/orders",
    auth = service_account,
    use = ["crm_users"],
    view = ["crm_users"],
    admin = ["crm_admins"],
    rate_limit = "100/min",
    max_body = "64 KB",
    example = r#"{ "number": "P-1001", "ordered_on": "2026-05-04", "total": "99.90" }"#,
)]
async fn hand_in_order(
    customer: Id<Customer>,
    how: Query<HandIn>,
    headers: Headers<PartnerHeaders>,
    order: Json<PartnerOrder>,
) -> Result<HandedIn> {
    let (order, reference) = (order.0, headers.0.x_partner_reference);
    if how.0.dry_run == Some(true) {
        return Ok(HandedIn { order: None, number: order.number, reference });
    }
    let made = records::Order::create(NewOrder {
        number: order.number,
        customer: customer.into(),
        ordered_on: order.ordered_on,
        total: order.total,
        note: order.note,
        ..Default::default()
    })
    .await?;
    Ok(HandedIn { order: Some(made.id.get()), number: made.number, reference })
}

/// Welcomes a customer: what has become of it is told at the address of the answer.
#[web_api(
    method = "POST",
    path = "/welcomes/{customer}",
    auth = service_account,
    use = ["crm_users"],
    admin = ["crm_admins"],
)]
async fn welcome(customer: Id<Customer>) -> Result<http::Accepted> {
    let instance = processes::onboard_customer(customer).start().await?;
    Ok(http::Accepted::by::<processes::onboard_customer>(instance))
}

/// What the payment service tells.
#[derive(Debug, Deserialize)]
pub struct PaymentEvent {
    id: String,
    #[serde(rename = "type")]
    kind: String,
}

/// Hears of payments. Its sender signs what he sends, and has no key.
#[web_api(
    method = "POST",
    path = "/payments/events",
    auth = public,
    public_access,
    signature = hmac(secret("ACME_PAYMENTS"), style = stripe),
    example = r#"{ "id": "evt_1", "type": "payment.succeeded" }"#,
    admin = ["crm_admins"],
)]
async fn payment_event(event: Json<PaymentEvent>) -> Result<http::Accepted> {
    let PaymentEvent { id, kind } = event.0;
    if !kind.starts_with("payment.") {
        return Err(AppOsError::validation(format!("{id} is no event of a payment")).code_is("not_a_payment"));
    }
    Ok(http::Accepted::new())
}
