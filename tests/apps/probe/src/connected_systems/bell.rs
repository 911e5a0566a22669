//! A system that is never there.

#[connected_system(
    kind = "http",
    base_url = "http://127.0.0.1:1",
    allow_networks = ["127.0.0.1/32"],
    use = ["probe_users"],
)]
fn bell() -> Auth {
    no_auth()
}
