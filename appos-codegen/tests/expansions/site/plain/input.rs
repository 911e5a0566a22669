#[site(name = "CRM", default = pages::home, view = ["crm_users"])]
fn crm() -> Navigation {
    navigation().page("Home", "house", pages::home)
}
