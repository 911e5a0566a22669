#[web_api(method = "POST", path = "/orders/{order}", auth = service_account)]
async fn add_note(order: &str, body: Json<Note>) -> Result<()> {
    Ok(())
}
