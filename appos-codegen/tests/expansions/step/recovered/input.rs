#[step]
async fn create_account(&self, name: &str) -> impl Send {}
