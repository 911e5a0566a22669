/// Charges a card.
#[integration(system = payments, use = ["crm_users"], retries = 3, timeout = "30s", attempt_timeout = "5s", log_payload)]
fn create_charge(charge: NewCharge) -> Call<Charge> {
    post("/charges").json(&charge)
}
