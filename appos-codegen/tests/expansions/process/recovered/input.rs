#[process(use = ["crm_users"])]
async fn onboard_customer(name: &str) -> Result<u8> {
    step(steps::create_account(name)).await
}
