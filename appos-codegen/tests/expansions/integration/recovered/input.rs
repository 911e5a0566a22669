#[integration(use = ["crm_users"])]
fn create_charge(charge: NewCharge) -> Call<Charge> {
    post("/charges").json(&charge)
}
