//! What the compiler cannot see of an app's records stops the start, all of it at once.

#[macro_use]
extern crate appos;

app!();

/// Records that do not fit together.
pub mod records {
    /// Its other sides do not fit.
    #[record(view = ["misfit_users"])]
    pub struct Customer {
        name: String,
        account: One<Account>,
        orders: Many<Order>,
        badge: One<Badge>,
    }

    /// Several accounts could refer to one customer.
    #[record(view = ["misfit_users"])]
    pub struct Account {
        customer: Ref<Customer>,
    }

    /// Refers to no customer.
    #[record(view = ["misfit_users"])]
    pub struct Order {
        account: Ref<Account>,
    }

    /// As it should be: the other reference may be shared.
    #[record(view = ["misfit_users"])]
    pub struct Badge {
        seen_by: Ref<Customer>,
        #[field(unique)]
        customer: Ref<Customer>,
    }

    /// Has the name of a route of the platform.
    #[record(view = ["misfit_users"], plural = "rules")]
    pub struct Regulation {
        text: String,
    }

    /// Has the names of another record.
    #[record(view = ["misfit_users"], plural = "badges", table = "misfit_badge")]
    pub struct Sign {
        text: String,
    }
}

/// Systems outside.
pub mod connected_systems {
    /// A database.
    #[connected_system(kind = "database", url = "sqlite://warehouse.db", use = ["misfit_users"])]
    fn warehouse() -> Auth {
        no_auth()
    }

    /// None.
    #[connected_system(kind = "http", base_url = "https://api.example.com", use = ["misfit_users"])]
    fn payments() -> Auth {
        no_auth()
    }
}

/// Requests to what takes none.
pub mod integrations {
    /// A database does not speak HTTP.
    #[integration(system = connected_systems::warehouse, use = ["misfit_users"])]
    fn ask() -> Call<()> {
        get("/")
    }

    /// As it should be.
    #[integration(system = connected_systems::payments, use = ["misfit_users"])]
    fn pay() -> Call<()> {
        get("/")
    }
}

/// Folders that lie in each other.
pub mod shelves {
    /// In a bin.
    #[record(folder(of = Bin))]
    pub struct Shelf {}

    /// On a shelf.
    #[record(folder(of = Shelf))]
    pub struct Bin {}
}

/// Records that are not all in one database.
pub mod apart {
    use super::records::Customer;

    /// Has the table of a record that is elsewhere, which is no mistake, and refers to one.
    #[record(connected_system = connected_systems::warehouse, table = "misfit_badge", view = ["misfit_users"])]
    pub struct Item {
        owner: Ref<Customer>,
    }

    /// Is nowhere.
    #[record(connected_system = connected_systems::payments, view = ["misfit_users"])]
    pub struct Charge {
        amount: Decimal,
    }
}

/// Interfaces that stand for what is not there, or for what another stands for.
pub mod interfaces {
    /// The first.
    #[interface(displays = records::Regulation.text)]
    fn text_one(value: String) -> Element {
        rsx! { "{value}" }
    }

    /// The second.
    #[interface(displays = records::Regulation.text)]
    fn text_two(value: String) -> Element {
        rsx! { "{value}" }
    }

    /// Another sort of piece of the same field.
    #[interface(cell_of = records::Regulation.text)]
    fn text_three(value: String) -> Element {
        rsx! { "{value}" }
    }

    /// There is no history without an audit log.
    #[interface(section_of = records::Regulation, after = history)]
    fn after_history(id: Id<Regulation>) -> Element {
        rsx! { "{id}" }
    }

    /// A field is no section.
    #[interface(section_of = records::Regulation, replaces = text)]
    fn instead_of_text(id: Id<Regulation>) -> Element {
        rsx! { "{id}" }
    }

    /// Replaces what it may.
    #[interface(section_of = records::Customer, replaces = fields)]
    fn fields_one(id: Id<Customer>) -> Element {
        rsx! { "{id}" }
    }

    /// Replaces it, too.
    #[interface(section_of = records::Customer, replaces = [badge, fields])]
    fn fields_two(id: Id<Customer>) -> Element {
        rsx! { "{id}" }
    }
}

#[tokio::test]
async fn pieces_that_contradict_each_other_or_stand_nowhere_stop_the_start() {
    let refused = appos::testing::TestPlatform::start().await.err().expect("a refusal").to_string();
    for part in [
        "misfit.interfaces.text_two: misfit.interfaces.text_one stands for the same piece: `displays misfit.records.regulation.text`; \
         leave the key out of one of them",
        "misfit.interfaces.after_history: misfit.records.regulation has no section `history`; a record has a history with `audit_log`",
        "misfit.interfaces.instead_of_text: misfit.records.regulation has no section `text`; \
         sections are `fields`, `history`, and each field with `Many` or `One`",
        "misfit.interfaces.fields_two: misfit.interfaces.fields_one replaces `fields` of misfit.records.customer, too",
    ] {
        assert!(refused.contains(part), "{part} is not in:\n{refused}");
    }
    assert!(!refused.contains("text_three") && !refused.contains("misfit.interfaces.text_one:"), "{refused}");
}

#[tokio::test]
async fn relations_that_do_not_fit_and_names_given_twice_stop_the_start() {
    let refused = appos::testing::TestPlatform::start().await.err().expect("a refusal").to_string();
    for part in [
        "misfit.records.customer.account: misfit.records.account has no unique `Ref` to misfit.records.customer; add one",
        "misfit.records.customer.orders: misfit.records.order has no `Ref` to misfit.records.customer; add one",
        "misfit.records.regulation: the plural `rules` is a route of the platform",
        "misfit.records.sign: misfit.records.badge has the same plural `badges`",
        "misfit.records.sign: misfit.records.badge has the same table `misfit_badge`",
    ] {
        assert!(refused.contains(part), "{part} is not in:\n{refused}");
    }
    assert!(!refused.contains("customer.badge"), "{refused}");
}

#[tokio::test]
async fn a_request_to_no_http_and_a_folder_in_itself_stop_the_start() {
    let refused = appos::testing::TestPlatform::start().await.err().expect("a refusal").to_string();
    for part in [
        "misfit.integrations.ask: misfit.connected_systems.warehouse does not speak HTTP; \
         name a connected system with `kind = \"http\"`",
        "misfit.records.shelf: what it belongs to belongs to it, so nobody could say who may see it; \
         name another record in `of`",
        "misfit.records.bin: what it belongs to belongs to it",
    ] {
        assert!(refused.contains(part), "{part} is not in:\n{refused}");
    }
    assert!(!refused.contains("misfit.integrations.pay"), "{refused}");
}

#[tokio::test]
async fn what_would_have_to_be_kept_whole_in_two_databases_stops_the_start() {
    let refused = appos::testing::TestPlatform::start().await.err().expect("a refusal").to_string();
    for part in [
        "misfit.records.item: `owner` refers to misfit.records.customer, which is in the platform's own database, and this \
         record in misfit.connected_systems.warehouse; keep its id as an `i64`, and read the row by `get`",
        "misfit.records.charge: misfit.connected_systems.payments is no connected system of this app that is a database; \
         name one with `kind = \"database\"`",
    ] {
        assert!(refused.contains(part), "{part} is not in:\n{refused}");
    }
    assert!(!refused.contains("item: misfit.records.badge has the same table"), "{refused}");
}
