#[integration(system = billing::connected_systems::payments, use = ["crm_users"], rate_limit = "5/s", max_response = "1 KB")]
fn find_charge(#[sensitive] id: String) -> Result<Call<Option<Charge>>> {
    Ok(get("/charges/{id}").path("id", id).default_on(404))
}
