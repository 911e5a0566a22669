//! A display takes the type of its field, a section the number of a row of its record.

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

#[interface(displays = records::Customer.name)]
fn of_a_number(value: u64) -> Element {
    rsx! { "{value}" }
}

#[interface(inputs = records::Customer.name)]
fn of_a_number_input(input: ui::FieldInput<u64>) -> Element {
    rsx! { "{input.text}" }
}

#[interface(displays = records::Customer.orders)]
fn of_rows(value: String) -> Element {
    rsx! { "{value}" }
}

#[interface(section_of = records::Customer)]
fn of_another_record(id: Id<records::Order>) -> Element {
    rsx! { "{id}" }
}

fn main() {}
