//! The namespaces are the author's own modules here; names resolve from each to each, without
//! `use` lines.

#[macro_use]
extern crate appos;
app!();

pub mod records {
    pub mod sales {
        #[record(view = ["ui_users"])]
        pub struct Order {
            customer: Ref<Customer>,
            total: Decimal,
        }
    }
    pub use sales::*;

    #[record(view = ["ui_users"])]
    pub struct Customer {
        name: String,
        orders: Many<Order>,
    }
}

pub mod rules {
    #[expression_rule]
    async fn turnover(customer: Id<Customer>) -> Result<Decimal> {
        let orders = records::Order::query().customer(customer).all().await?;
        let rate = constants::tax_rate().await?;
        helper();
        Ok(orders.iter().map(|order| order.total * rate).sum())
    }
}

pub mod constants {
    #[constant]
    fn tax_rate() -> Decimal {
        dec!(1.18)
    }
}

fn helper() {}

fn main() {}
