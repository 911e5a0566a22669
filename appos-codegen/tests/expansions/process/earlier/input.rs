#[cfg(feature = "old")]
#[process(version = 1, earlier_of = processes::onboard_customer, use = ["crm_users"])]
async fn onboard_customer_1() -> Result<()> {
    step(steps::create_account()).await
}
