//! Secrets of systems: entered, changed while all goes on, shown to nobody.

use billing::integrations;
use serde_json::json;

use super::remote::{Remote, Reply};
use super::support::{KEY, payments_at, place};

#[tokio::test]
async fn a_secret_that_is_changed_takes_effect_at_once_and_no_call_fails() {
    let remote = Remote::start(|_, _| Reply::status(404)).await;
    let place = place(payments_at(&remote)).await;
    let find = async || place.run(async { integrations::find_charge("x".into()).await }).await;
    for round in 0..5 {
        place.secret("PAYMENTS_KEY", &format!("key-{round}")).await;
        let all = futures_util::future::join_all((0..10).map(|_| find())).await;
        assert!(all.iter().all(Result::is_ok));
        assert_eq!(remote.asked().last().unwrap().header("authorization"), format!("Bearer key-{round}"));
    }
    // A change of something else keeps the connections.
    let before = remote.connections();
    place.secret("SOMETHING_ELSE", "x").await;
    find().await.unwrap();
    assert!(remote.connections() <= before);
}

#[tokio::test]
async fn a_secret_that_is_missing_says_which_and_sends_nothing() {
    let remote = Remote::start(|_, _| Reply::status(404)).await;
    let place = place(payments_at(&remote)).await;
    assert_eq!(place.administer("delete_secret", json!({ "name": "PAYMENTS_KEY" })).await, true);
    let error = place.run(async { integrations::find_charge("x".into()).await }).await.unwrap_err();
    assert_eq!(error.code(), "missing_secret");
    assert!(error.message().contains("PAYMENTS_KEY"), "{error}");
    assert_eq!(remote.asked().len(), 0);
}

#[tokio::test]
async fn secrets_are_listed_by_name_and_kept_sealed() {
    let remote = Remote::start(|_, _| Reply::status(404)).await;
    let place = place(payments_at(&remote)).await;
    let listed = place.administer("list_secrets", json!({})).await;
    assert_eq!(listed[0]["name"], "PAYMENTS_KEY");
    assert!(!listed.to_string().contains(KEY) && !place.payments().await.to_string().contains(KEY));
    for who in ["billing_users", "billing_admins"] {
        let other = place.platform.user(who, &[who]).await.unwrap();
        for (rule, arguments) in [
            ("list_secrets", json!({})),
            ("set_secret", json!({ "name": "PAYMENTS_KEY", "value": "stolen" })),
            ("delete_secret", json!({ "name": "PAYMENTS_KEY" })),
            ("list_connected_systems", json!({})),
            ("test_connected_system", json!({ "system": "billing.payments" })),
        ] {
            let reference = format!("platform.rules.{rule}");
            let error = std::sync::Arc::clone(&other)
                .run(async { appos::prelude::engine::dispatch(reference, arguments).await })
                .await;
            assert_eq!(error.unwrap_err().kind(), appos::ErrorKind::Security, "{rule}");
        }
    }
    let admin = place.platform.system().await.unwrap();
    for (name, value) in [("lower", "x"), ("A B", "x"), ("", "x"), ("NAME", "")] {
        let arguments = json!({ "name": name, "value": value });
        let set = std::sync::Arc::clone(&admin)
            .run(async { appos::prelude::engine::dispatch("platform.rules.set_secret", arguments).await })
            .await;
        assert_eq!(set.unwrap_err().kind(), appos::ErrorKind::Validation, "{name}");
    }
}

#[tokio::test]
async fn a_trial_says_what_is_wrong() {
    let remote = Remote::start(|before, _| match before {
        0 => Reply::status(204),
        1 => Reply::status(401),
        2 => Reply::Hangup,
        _ => Reply::status(502),
    })
    .await;
    let place = place(payments_at(&remote)).await;
    let trial = async || place.administer("test_connected_system", json!({ "system": "billing.payments" })).await;
    let good = trial().await;
    assert_eq!((&good["answers"], &good["failure"]), (&json!(true), &json!(null)));
    assert_eq!(remote.asked()[0].path, "/v1/ping");
    for code in ["remote_unauthorized", "connection_broken", "remote_failed"] {
        let bad = trial().await;
        assert_eq!((&bad["answers"], &bad["failure"]), (&json!(false), &json!(code)), "{bad}");
    }
    assert_eq!(place.payments().await["failure"], "remote_failed");
    let used_by = place.payments().await["used_by"].clone();
    assert!(used_by.to_string().contains("billing.integrations.create_charge"), "{used_by}");
}
