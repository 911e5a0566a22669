//! Exchanges that a test records, and is answered from afterwards.

use std::future::Future;

use appos::testing::prelude::{calls_of, fail_integration, fake_integration, recorded};
use billing::integrations;
use billing::integrations::NewCharge;
use serde_json::json;

use super::remote::{Remote, Reply};
use super::support::{KEY, Place, payments_at, place};

fn charge(amount: i64) -> NewCharge {
    NewCharge { invoice: "R-7".into(), amount, currency: "EUR".into() }
}

/// As the body of a test.
async fn as_test<F: Future>(place: &Place, body: F) -> F::Output {
    place.platform.system().await.expect("the platform itself").run(body).await
}

#[tokio::test]
async fn what_was_recorded_is_answered_without_the_system_and_what_was_not_fails() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("charges.json");
    let remote = Remote::start(|before, asked| match asked.method.as_str() {
        "POST" => Reply::json(201, json!({ "id": format!("ch_{before}"), "status": "paid", "amount": 5 })),
        _ => Reply::status(404),
    })
    .await;
    let place_1 = place(payments_at(&remote)).await;
    as_test(&place_1, async { recorded(&file) }).await;
    for amount in [5, 6] {
        place_1.run(async { integrations::create_charge(charge(amount)).await }).await.unwrap();
    }
    assert_eq!(place_1.run(async { integrations::find_charge("x y".into()).await }).await.unwrap(), None);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("/charges/x%20y") && !text.contains(KEY) && !text.contains("authorization"), "{text}");
    let asked = remote.asked().len();

    // Another platform, without the system and without its secret.
    let place_2 = place(payments_at(&remote)).await;
    place_2.administer("delete_secret", json!({ "name": "PAYMENTS_KEY" })).await;
    as_test(&place_2, async { recorded(&file) }).await;
    let again = async |amount| place_2.run(async { integrations::create_charge(charge(amount)).await }).await;
    assert_eq!(again(6).await.unwrap().id, "ch_1");
    assert_eq!(again(5).await.unwrap().id, "ch_0");
    assert_eq!(place_2.run(async { integrations::find_charge("x y".into()).await }).await.unwrap(), None);
    assert_eq!(again(5).await.unwrap_err().code(), "not_recorded", "it was asked once");
    assert_eq!(again(7).await.unwrap_err().code(), "not_recorded");
    assert_eq!(remote.asked().len(), asked, "nothing was sent");
}

#[tokio::test]
async fn an_integration_is_faked_and_fails_as_a_test_says() {
    let remote = Remote::start(|_, _| Reply::Hangup).await;
    let place = place(payments_at(&remote)).await;
    as_test(&place, async {
        fake_integration::<integrations::create_charge>(json!({ "id": "fake", "status": "paid", "amount": 1 }));
        fail_integration::<integrations::create_charge>(1, "remote_failed");
    })
    .await;
    let charged = async || place.run(async { integrations::create_charge(charge(1)).await }).await;
    assert_eq!(charged().await.unwrap_err().code(), "remote_failed");
    assert_eq!(charged().await.unwrap().id, "fake");
    assert_eq!(as_test(&place, async { calls_of::<integrations::create_charge>() }).await, 2);
    assert_eq!(remote.asked().len(), 0);
    // Who may not call it may not call what stands in for it.
    let other = place.platform.user("other", &["billing_viewers"]).await.unwrap();
    let refused = other.run(async { integrations::create_charge(charge(1)).await }).await.unwrap_err();
    assert_eq!(refused.kind(), appos::ErrorKind::Security);
}
