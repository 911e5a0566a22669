#[constant(description = "Standard tax rate", env = { dev = 0.0, test = dec!(0.1) })]
fn tax_rate() -> Decimal {
    dec!(0.18)
}
