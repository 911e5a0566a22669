/// Adds a note to an order.
#[web_api(
    method = "POST",
    path = "/orders/{order}/notes",
    auth = service_account,
    use = ["crm_users"],
    version = 2,
    rate_limit = "100/min",
    max_body = "64 KB",
    cors = ["https://shop.example"],
    signature = hmac(secret("PARTNER"), style = github),
    example = "[]",
)]
async fn add_note(order: Id<Order>, query: Query<Asked>, mut body: Json<Vec<String>>) -> Result<usize> {
    body.0.push(order.to_string());
    Ok(body.0.len())
}
