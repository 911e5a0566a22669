//! What is asked of the payment service.

/// What is to be charged.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct NewCharge {
    /// The invoice's number.
    pub invoice: String,
    /// In the smallest unit of the currency.
    pub amount: i64,
    pub currency: String,
}

/// What the payment service says of a charge.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Charge {
    pub id: String,
    pub status: String,
    pub amount: i64,
}

/// A page of charges, and where the next one begins.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Charges {
    pub charges: Vec<Charge>,
    pub next: Option<String>,
}

/// Charges the card of an account for an invoice, once.
#[integration(system = payments, use = ["billing_users"], retries = 6, log_payload)]
fn create_charge(charge: NewCharge) -> Call<Charge> {
    let key = charge.invoice.clone();
    post("/charges").json(&charge).idempotency_key(key).on_status(402, |_| {
        AppOsError::validation("the card was refused").code_is("card_refused")
    })
}

/// Sends a receipt once more; whether it may be sent twice nobody knows.
#[integration(system = payments, use = ["billing_users"], retries = 3, attempt_timeout = "500ms")]
fn send_receipt(charge: String) -> Call<()> {
    post("/charges/{id}/receipt").path("id", charge)
}

/// A charge, if there is one.
#[integration(system = payments, use = ["billing_users"], retries = 1, attempt_timeout = "500ms", max_response = "16 KB")]
fn find_charge(id: String) -> Call<Option<Charge>> {
    get("/charges/{id}").path("id", id).default_on(404)
}

/// Charges page by page.
#[integration(system = payments, use = ["billing_users"])]
fn list_charges(after: Option<String>) -> Call<Charges> {
    get("/charges").query_opt("after", after)
}

/// The statement of a month, which may be large.
#[integration(system = payments, use = ["billing_users"], max_response = "1 GB")]
fn statement(month: String) -> Call<outside::Download> {
    get("/statements/{month}").path("month", month)
}

/// What the payment service says of itself.
#[integration(system = payments, use = ["billing_users"], rate_limit = "5/s")]
fn payment_service(path: String) -> Call<outside::Answer> {
    get("/{path}").path("path", path)
}

/// What a currency is worth.
#[integration(system = connected_systems::rates, use = ["billing_users"])]
fn rate(currency: String) -> Call<Json> {
    get("/rates/{currency}").path("currency", currency)
}

/// What the bank says of a transfer.
#[integration(system = connected_systems::bank, use = ["billing_users"])]
fn transfer(reference: String) -> Call<Json> {
    get("/transfers/{reference}").path("reference", reference)
}
