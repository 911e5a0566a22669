//! What becomes of failures: what is sent again, and when.

use std::time::Duration;

use billing::integrations;
use billing::integrations::NewCharge;
use serde_json::json;

use super::remote::{Remote, Reply};
use super::support::{Place, payments_at, place, setting};

async fn create(place: &Place) -> appos::Result<integrations::Charge> {
    let charge = NewCharge { invoice: "R-7".into(), amount: 5, currency: "EUR".into() };
    place.run(async { integrations::create_charge(charge).await }).await
}

fn paid() -> Reply {
    Reply::json(201, json!({ "id": "ch_1", "status": "paid", "amount": 5 }))
}

#[tokio::test]
async fn what_has_a_key_is_sent_again_with_the_same_key_until_it_is_answered() {
    let remote = Remote::start(|before, _| match before {
        0 => Reply::status(503),
        1 => Reply::Hangup,
        2 => Reply::Garbage,
        _ => paid(),
    })
    .await;
    let place = place(payments_at(&remote)).await;
    assert_eq!(create(&place).await.unwrap().id, "ch_1");
    let asked = remote.asked();
    assert_eq!(asked.len(), 4);
    assert!(asked.iter().all(|asked| asked.header("idempotency-key") == "R-7" && asked.json()["amount"] == 5));
}

#[tokio::test]
async fn what_may_have_been_done_is_not_sent_again_without_a_key() {
    for reply in [|| Reply::status(503), || Reply::Hangup, || Reply::Silence] {
        let remote = Remote::start(move |_, _| reply()).await;
        let place = place(payments_at(&remote)).await;
        let error = place.run(async { integrations::send_receipt("ch_1".into()).await }).await.unwrap_err();
        assert!(["remote_failed", "connection_broken", "timeout"].contains(&error.code()), "{error:?}");
        assert_eq!(remote.asked().len(), 1, "{error:?}");
    }
}

#[tokio::test]
async fn what_was_never_sent_is_tried_again_whatever_it_is() {
    let remote = Remote::start(|_, _| Reply::status(204)).await;
    // Nobody listens there, for now.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let settings =
        setting("payments", &[("BASE_URL", &format!("http://127.0.0.1:{port}")), ("ALLOW_NETWORKS", "127.0.0.0/8")]);
    let place = place(settings).await;
    let begun = std::time::Instant::now();
    let error = place.run(async { integrations::send_receipt("ch_1".into()).await }).await.unwrap_err();
    assert_eq!(error.code(), "connection_failed");
    assert!(begun.elapsed() > Duration::from_millis(600), "three further tries came after waits");
    drop(remote);
}

#[tokio::test]
async fn a_system_that_asks_to_wait_is_waited_for_but_not_past_the_deadline() {
    let remote = Remote::start(|before, _| match before {
        0 => Reply::status(429).with("retry-after", "1"),
        1 => paid(),
        _ => Reply::status(503).with("retry-after", "3600"),
    })
    .await;
    let place = place(payments_at(&remote)).await;
    let begun = std::time::Instant::now();
    assert_eq!(create(&place).await.unwrap().id, "ch_1");
    assert!(begun.elapsed() >= Duration::from_secs(1));
    let begun = std::time::Instant::now();
    assert_eq!(create(&place).await.unwrap_err().code(), "remote_failed");
    assert!(begun.elapsed() < Duration::from_secs(10), "nobody waits for an hour, nor until his deadline");
    assert_eq!(remote.asked().len(), 3);
}

#[tokio::test]
async fn a_system_that_fails_over_and_over_is_left_alone_and_one_answer_brings_it_back() {
    let remote = Remote::start(|before, _| if before < 5 { Reply::status(500) } else { Reply::status(404) }).await;
    let mut settings = payments_at(&remote);
    settings.extend(setting("payments", &[("BREAKER", "5"), ("BREAKER_WAIT", "700ms")]));
    let place = place(settings).await;
    let find = async || place.run(async { integrations::find_charge("x".into()).await }).await;
    let mut codes = Vec::new();
    for _ in 0..5 {
        codes.push(find().await.map_or_else(|error| error.code().to_owned(), |_| "found".to_owned()));
    }
    assert_eq!(codes.last().map(String::as_str), Some("system_unavailable"), "{codes:?}");
    assert_eq!(remote.asked().len(), 5, "who is turned away sends nothing");
    let state = place.payments().await;
    assert_eq!((&state["breaker_open"], &state["failure"]), (&json!(true), &json!("remote_failed")));
    tokio::time::sleep(Duration::from_millis(800)).await;
    assert_eq!(find().await.unwrap(), None);
    assert_eq!(find().await.unwrap(), None);
    assert_eq!(place.payments().await["breaker_open"], false);
}

#[tokio::test]
async fn a_refusal_is_no_failure_of_the_system() {
    let remote = Remote::start(|_, _| Reply::status(422)).await;
    let mut settings = payments_at(&remote);
    settings.extend(setting("payments", &[("BREAKER", "3")]));
    let place = place(settings).await;
    for _ in 0..5 {
        let error = place.run(async { integrations::find_charge("x".into()).await }).await.unwrap_err();
        assert_eq!(error.code(), "remote_refused");
    }
    assert_eq!(place.payments().await["breaker_open"], false);
}

#[tokio::test]
async fn a_hundred_failures_leave_no_connection_and_no_place_behind() {
    let remote = Remote::start(|before, _| match before % 4 {
        0 => Reply::Hangup,
        1 => Reply::Garbage,
        2 => Reply::Endless(1 << 20),
        _ => Reply::status(500),
    })
    .await;
    let mut settings = payments_at(&remote);
    settings.extend(setting("payments", &[("BREAKER", "10000"), ("POOL_SIZE", "3")]));
    let place = place(settings).await;
    let find = async || place.run(async { integrations::find_charge("x".into()).await }).await;
    for _ in 0..50 {
        assert!(find().await.is_err());
    }
    // With places left behind, this one would wait for its deadline.
    let one = tokio::time::timeout(Duration::from_secs(5), find()).await;
    assert!(one.is_ok());
    for _ in 0..100 {
        if remote.connections() <= 3 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{} connections are open", remote.connections());
}
