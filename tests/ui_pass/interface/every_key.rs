//! Every key of interfaces, pages and sites, in a crate whose items must be documented.
#![deny(missing_docs)]

#[macro_use]
extern crate appos;
app!();

/// Records.
pub mod records {
    /// A customer.
    #[record(view = ["ui_users"])]
    pub struct Customer {
        /// What it is called.
        name: String,
    }
}

/// Parts of screens.
pub mod interfaces {
    /// A greeting.
    #[interface(description = "Greets", view = ["ui_users"], use = ["ui_users"], admin = ["ui_admins"], crate = ::appos)]
    fn greeting(
        /// Whom.
        name: String,
        times: Option<u32>,
        onsent: Option<EventHandler<String>>,
        children: Element,
    ) -> Element {
        let mut said = use_signal(|| times.unwrap_or(1));
        rsx! {
            button {
                onclick: move |_| {
                    said += 1;
                    if let Some(onsent) = &onsent {
                        onsent.call(name.clone());
                    }
                },
                "Good day, {ctx.user.name}, {said} times"
            }
            {children}
        }
    }

    /// For everybody.
    #[interface(public_access)]
    fn open() -> Element {
        rsx! {
            interfaces::Greeting { name: "Ann", "below" }
        }
    }
}

/// Screens.
pub mod pages {
    /// A report.
    #[page(
        route = "/customers/{id}/report", title = "Report", description = "Reports",
        view = ["ui_users"], use = ["ui_users"], admin = ["ui_admins"], crate = ::appos,
    )]
    fn report(id: Id<Customer>, from: Option<Date>, page: Option<u32>) -> Element {
        let customer = use_data(move || records::Customer::get(id));
        rsx! {
            {customer.show(|customer| rsx! { h1 { "{customer.name}" } })}
            p { "{from:?} {page:?}" }
            a { href: pages::start(), "Start" }
        }
    }

    /// The start.
    #[page(route = "/", title = "Start", public_access)]
    fn start() -> Element {
        rsx! {
            a { href: pages::report(Id::from(1)).page(2), "Report" }
        }
    }
}

/// Navigation.
pub mod sites {
    /// The site.
    #[site(name = "Try", default = pages::start, description = "Everything", view = ["ui_users"], crate = ::appos)]
    fn main_site() -> Navigation {
        navigation().page("Start", "house", pages::start).group("Data", |entries| {
            entries.record::<Customer>("users").link("Help", "circle-help", "https://help.example")
        })
    }
}

fn main() {
    assert_eq!(pages::report(appos::prelude::Id::from(1)).page(2).to_string(), "/ui_pass/customers/1/report?page=2");
}
