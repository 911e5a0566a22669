//! Every key of a constant, in both spellings of the environments.

#[macro_use]
extern crate appos;
app!();

#[constant(
    description = "Standard tax rate", view = ["ui_users"], use = ["ui_users"], admin = ["ui_admins"], public_access,
    env = { dev = 0.0, test = dec!(0.1), prod = { let rate = dec!(0.2); rate } }, crate = ::appos
)]
fn tax_rate() -> Decimal {
    dec!(0.18)
}

#[constant(env(dev = "Acme (dev)"))]
async fn company() -> Result<String> {
    Ok(format!("Acme {}", constants_are_async().await?))
}

#[constant]
fn constants_are_async() -> i64 {
    1
}

fn main() {}
