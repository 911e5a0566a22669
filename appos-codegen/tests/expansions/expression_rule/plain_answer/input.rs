#[expression_rule(description = "Adds tax", public_access)]
#[expect(clippy::float_arithmetic)]
#[deprecated]
fn gross(net: f64) -> f64 {
    net * 1.18
}
