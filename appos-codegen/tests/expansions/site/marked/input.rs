#[site]
fn crm() -> Navigation {
    navigation()
}
