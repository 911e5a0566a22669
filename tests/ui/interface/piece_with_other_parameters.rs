//! What stands for a piece is given one value, and stands for one piece.

#[macro_use]
extern crate appos;
app!();

pub mod records {
    #[record(view = ["ui_users"])]
    pub struct Customer {
        name: String,
    }
}

#[interface(displays = records::Customer.name)]
fn of_nothing() -> Element {
    rsx! { "nothing" }
}

#[interface(inputs = records::Customer.name)]
fn of_a_text(value: String) -> Element {
    rsx! { "{value}" }
}

#[interface(list_of = records::Customer)]
fn list(page: u64) -> Element {
    rsx! { "{page}" }
}

#[interface(displays = records::Customer.name, cell_of = records::Customer.name)]
fn two(value: String) -> Element {
    rsx! { "{value}" }
}

#[interface(after = name)]
fn nowhere() -> Element {
    rsx! { "nowhere" }
}

fn main() {}
