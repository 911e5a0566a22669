//! Rates that change by law, not by release.

/// Standard rate of value-added tax. Tests count without tax, so that they can be read.
#[constant(description = "Standard rate of value-added tax", env = { test = 0.0 })]
fn tax_rate() -> Decimal {
    dec!(0.18)
}
