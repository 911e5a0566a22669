//! A system outside.

#[connected_system(kind = "http", base_url = "https://parcels.example.com", use = ["shop_users"])]
fn parcels() -> Auth {
    bearer(secret("PARCELS_KEY"))
}
