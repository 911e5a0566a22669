//! What the rules answer, and what is hidden from whom.

use std::sync::Arc;

use appos::ErrorKind;
use appos::prelude::{Date, Decimal, Record};
use appos::testing::{Scope, TestPlatform};
use crm::records::{
    Customer, CustomerPatch, NewCustomer, NewOrder, Order, OrderPatch, OrderStatus, Tier,
};
use crm::rules;

async fn sales_person(platform: &TestPlatform) -> Arc<Scope> {
    platform.user("ann", &["crm_users"]).await.expect("a user")
}

async fn customer() -> Customer {
    let customer = NewCustomer {
        name: "Byron".to_owned(),
        email: "office@byron.example".to_owned(),
        ..Default::default()
    };
    Customer::create(customer).await.expect("a customer")
}

#[tokio::test]
async fn a_completed_order_earns_its_customer_a_tier() {
    let platform = TestPlatform::start().await.expect("the platform starts");
    let ann = sales_person(&platform).await;
    let (tier, value) = ann
        .run(async {
            let customer = customer().await;
            let order = NewOrder {
                customer: customer.id.into(),
                ordered_on: Date::default(),
                total: Decimal::from(6_000),
                ..Default::default()
            };
            let order = Order::create(order).await.expect("an order");
            assert_eq!(order.status, OrderStatus::Draft);
            let done = OrderPatch {
                status: Some(OrderStatus::Completed),
                ..Default::default()
            };
            order.update(done).await.expect("a change");
            let tier = Customer::get(customer.id).await.expect("the customer").tier;
            (
                tier,
                rules::customer_ltv(customer.id).await.expect("an answer"),
            )
        })
        .await;
    assert_eq!((tier, value), (Tier::Silver, Decimal::from(6_000)));
}

#[tokio::test]
async fn the_credit_limit_is_the_business_of_finance() {
    let platform = TestPlatform::start().await.expect("the platform starts");
    let ann = sales_person(&platform).await;
    let (id, hidden, refused, unanswered) = ann
        .run(async {
            let customer = customer().await;
            let (id, hidden) = (customer.id, customer.credit_limit.get().is_err());
            let more = CustomerPatch {
                credit_limit: Some(Decimal::TEN),
                ..Default::default()
            };
            (
                id,
                hidden,
                customer.update(more).await,
                rules::big_spenders(Decimal::ONE).await,
            )
        })
        .await;
    assert!(hidden, "a sales person does not see it");
    let refused = refused.expect_err("a refusal");
    assert_eq!(refused.fields()[0].field, "credit_limit");
    assert_eq!(
        unanswered.expect_err("a refusal").kind(),
        ErrorKind::Security
    );

    let bob = platform.user("bob", &["finance"]).await.expect("a user");
    let found = bob
        .run(async move {
            let customer = Customer::get(id).await.expect("the customer");
            let more = CustomerPatch {
                credit_limit: Some(Decimal::TEN),
                ..Default::default()
            };
            customer.update(more).await.expect("a change");
            rules::big_spenders(Decimal::ONE).await.expect("an answer")
        })
        .await;
    assert_eq!(found.len(), 1);
}
