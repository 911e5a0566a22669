//! A piece is of a record and a field that are there.

#[macro_use]
extern crate appos;
app!();

pub mod records {
    #[record(view = ["ui_users"])]
    pub struct Customer {
        name: String,
        orders: Many<Order>,
    }

    #[record(view = ["ui_users"])]
    pub struct Order {
        customer: Ref<Customer>,
    }
}

#[interface(displays = records::Custmer.name)]
fn no_record(value: String) -> Element {
    rsx! { "{value}" }
}

#[interface(displays = records::Customer.nmae)]
fn no_field(value: String) -> Element {
    rsx! { "{value}" }
}

#[interface(inputs = records::Customer.version)]
fn of_every_record(input: ui::FieldInput<i64>) -> Element {
    rsx! { "{input.text}" }
}

#[interface(section_of = records::Customer, after = ordres)]
fn no_section(id: Id<records::Customer>) -> Element {
    rsx! { "{id}" }
}

#[interface(displays = "Customer.name")]
fn in_quotes(value: String) -> Element {
    rsx! { "{value}" }
}

fn main() {}
