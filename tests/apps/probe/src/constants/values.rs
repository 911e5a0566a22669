//! Constants of every sort.

#[constant(description = "A rate", env = { dev = 0.05, prod = dec!(0.25) })]
fn rate() -> Decimal {
    dec!(0.18)
}

#[constant]
fn greeting() -> String {
    "hello".to_owned()
}

#[constant]
fn adder() -> ObjectRef {
    ObjectRef::of::<rules::add>()
}
