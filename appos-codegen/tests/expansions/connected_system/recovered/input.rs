#[connected_system(kind = "htp", use = ["crm_users"])]
fn payments() -> Auth {
    no_auth()
}
