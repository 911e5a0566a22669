//! A computed value has the type of its field.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Invoice {
    net: Decimal,
    #[field(computed = |invoice| invoice.nett)]
    gross: Decimal,
    #[field(computed = |invoice| invoice.net)]
    title: String,
}

fn main() {}
