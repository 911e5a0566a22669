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
