//! Fields whose value nobody writes, with keys that mean nothing there.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Invoice {
    net: Decimal,
    #[field(computed = |invoice| invoice.net, unique, default = dec!(1))]
    gross: Decimal,
    #[field(computed = 3)]
    answer: i64,
    #[field(auto_number, default = 7)]
    number: i64,
    #[field(auto_number)]
    label: String,
    #[field(auto_number = "INV-{number}")]
    serial: i64,
    #[field(auto_number)]
    moment: DateTime,
    #[field(auto_number = "INV-{nummer}")]
    first: String,
    #[field(auto_number = "INV-{year}")]
    second: String,
    #[field(auto_number = "INV-{number}-{number:0}")]
    third: String,
}

fn main() {}
