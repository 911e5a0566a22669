#[process(use = ["crm_users"])]
async fn onboard_customer(customer_id: Id<Customer>) {
    let _ = processes::other(customer_id).run().await;
}
