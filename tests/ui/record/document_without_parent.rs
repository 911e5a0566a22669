//! A document that belongs to nobody, and one that is a folder, too.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Customer {
    name: String,
}

#[record(document(accept = ["image/*"]))]
pub struct Photo {
    note: String,
}

#[record(document(of = Customer), folder(of = Customer))]
pub struct Both {
    note: String,
}

#[record(folder(of = Shelf))]
pub struct Shelf {
    note: String,
}

fn main() {}
