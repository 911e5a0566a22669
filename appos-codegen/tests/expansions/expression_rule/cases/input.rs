#[expression_rule(case(2, dec!(10)) = dec!(20), use = ["crm_users"], case(0, dec!(1) + one()) = err("at least 1"))]
#[cfg(feature = "prices")]
fn total(quantity: i64, price: Decimal) -> Result<Decimal> {
    Ok(price * quantity)
}
