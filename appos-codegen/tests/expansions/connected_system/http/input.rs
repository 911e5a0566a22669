/// Takes payments by card.
#[connected_system(
    kind = "http",
    base_url = "https://payments.example.com/v1",
    use = ["crm_users"],
    admin = ["crm_admins"],
    timeout = "5s",
    max_response = "64 KB",
    rate_limit = "100/min",
    allow_networks = ["10.0.0.0/8", "fd00::/8"],
)]
fn payments() -> Auth {
    bearer(secret("PAYMENTS_KEY"))
}
