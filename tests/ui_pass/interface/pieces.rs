//! Every piece of a record's screens for which an interface can stand.
#![deny(missing_docs)]

#[macro_use]
extern crate appos;
app!();

/// Records.
pub mod records {
    /// How far.
    #[choices]
    pub enum Stage {
        /// Begun.
        Begun,
        /// Done.
        Done,
    }

    /// A customer.
    #[record(view = ["ui_users"], audit_log)]
    pub struct Customer {
        /// A name that is a word of Rust.
        r#type: String,
        /// An enum.
        stage: Stage,
        /// Nothing or something.
        rating: Option<u8>,
        /// What it costs.
        price: Decimal,
        /// Only for some.
        #[field(view = ["ui_admins"])]
        limit: Decimal,
        /// Numbered by itself.
        #[field(auto_number = "C-{number:5}")]
        number: String,
        /// Another row.
        parent: Option<Ref<Customer>>,
        /// Some.
        tags: Vec<String>,
        /// Rows of another record.
        orders: Many<Order>,
        /// Children.
        children: Many<Customer>,
    }

    /// An order.
    #[record(view = ["ui_users"])]
    pub struct Order {
        /// Whose.
        customer: Ref<Customer>,
    }
}

/// Parts of screens.
pub mod interfaces {
    /// A word of Rust.
    #[interface(displays = records::Customer.r#type)]
    fn a_type(value: String) -> Element {
        rsx! { "{value}" }
    }

    /// Of what nobody writes, with a mutable parameter.
    #[interface(displays = crate::records::Customer.number, view = ["ui_users"])]
    fn number(mut value: String) -> Element {
        value.push('!');
        rsx! { "{value}" }
    }

    /// By the name alone, for some.
    #[interface(displays = Customer.limit)]
    fn limit(value: Decimal) -> Element {
        rsx! { "{value}" }
    }

    /// A reference.
    #[interface(displays = records::Customer.parent)]
    fn parent(value: Option<Ref<Customer>>) -> Element {
        let id = value.map(|parent| parent.id());
        rsx! { "{id:?}" }
    }

    /// A list.
    #[interface(cell_of = records::Customer.tags)]
    fn tags(value: Vec<String>) -> Element {
        rsx! { for tag in value { "{tag}" } }
    }

    /// An input.
    #[interface(inputs = records::Customer.rating)]
    fn rating(input: ui::FieldInput<Option<u8>>) -> Element {
        let now = input.value.flatten().unwrap_or_default();
        rsx! { input { name: "{input.name}", "value": "{now}", "data-four": input.text_of(Some(4)) } }
    }

    /// An input of choices.
    #[interface(inputs = records::Customer.stage)]
    fn stage_input(input: ui::FieldInput<Stage>) -> Element {
        rsx! {
            for stage in [Stage::Begun, Stage::Done] {
                input { r#type: "radio", name: "{input.name}", value: input.text_of(stage), "checked": input.is(stage) }
                {ui::choice_label(stage)}
            }
        }
    }

    /// Sections.
    #[interface(section_of = records::Customer, replaces = [fields, orders])]
    fn instead(id: Id<Customer>) -> Element {
        rsx! { "{id}" }
    }

    /// One more.
    #[interface(section_of = records::Customer, after = history)]
    fn after_history(id: Id<Customer>) -> Element {
        rsx! { "{id}" }
    }

    /// Fields beside each other.
    #[interface(form_section_of = records::Customer, replaces = r#type)]
    fn form_part(form: ui::FormFields<Customer>) -> Element {
        let may = form.has(|customer| customer.limit);
        rsx! {
            {form.field(|customer| customer.r#type)}
            {form.rows(|customer| customer.orders)}
            if may { "limit" }
        }
    }

    /// The whole.
    #[interface(form_of = records::Order)]
    fn order_form(form: ui::FormFields<Order>) -> Element {
        form.field(|order| order.customer)
    }

    /// The whole.
    #[interface(detail_of = records::Order)]
    fn order_detail(id: Id<Order>) -> Element {
        rsx! { "{id}" }
    }

    /// The whole.
    #[interface(list_of = records::Order, crate = ::appos)]
    fn order_list() -> Element {
        rsx! { "orders" }
    }
}

fn main() {}
