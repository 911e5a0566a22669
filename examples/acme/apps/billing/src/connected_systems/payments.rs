//! Who takes the money.

/// Takes payments by card.
#[connected_system(
    kind = "http",
    base_url = "https://payments.example.com/v1",
    use = ["billing_users"],
    admin = ["billing_admins"],
    timeout = "5s",
    health = "/ping",
    breaker = 20,
    breaker_wait = "1s",
)]
fn payments() -> Auth {
    bearer(secret("PAYMENTS_KEY"))
}

/// Rates of currencies, from a provider that wants a token for each caller.
#[connected_system(
    kind = "http",
    base_url = "https://rates.example.com",
    use = ["billing_users"],
    pool_size = 4,
    max_response = "64 KB",
)]
fn rates() -> Auth {
    client_credentials("https://rates.example.com/token", "acme", secret("RATES_SECRET")).scope("rates.read")
}

/// Where transfers arrive. The bank knows us by our certificate.
#[connected_system(
    kind = "http",
    base_url = "https://bank.example.com/v2",
    use = ["billing_users"],
    admin = ["billing_admins"],
    timeout = "5s",
    health = "/status",
)]
fn bank() -> Auth {
    no_auth().client_certificate(secret("BANK_CERTIFICATE"), secret("BANK_CERTIFICATE_KEY"))
}
