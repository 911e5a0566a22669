//! Constants: a value, one per environment, and references to objects.

#[constant(env = { dev = dec!(0), test = rate_of_tests() })]
fn tax_rate() -> Decimal {
    dec!(0.2)
}

fn rate_of_tests() -> Decimal {
    // tax_rate is not used here, and neither is constants::tax_rate().
    dec!(0.1)
}

#[constant]
fn poster() -> ObjectRef {
    ObjectRef::of::<rules::post>() //~ ledger.rules.post reference
}

#[constant]
fn closer() -> ObjectRef {
    ObjectRef::from("ledger.rules.close") //~ ledger.rules.close reference
}

#[constant]
fn opener() -> ObjectRef {
    "ledger.rules.open".into() //~ ledger.rules.open reference
}
