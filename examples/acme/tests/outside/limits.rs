//! Limits: of size, of time, of pace, of who may.

use std::time::{Duration, Instant};

use appos::prelude::engine;
use billing::integrations;
use serde_json::json;

use super::remote::{Remote, Reply};
use super::support::{payments_at, place, place_recording, setting};

#[tokio::test]
async fn an_answer_that_is_too_large_is_given_up_also_one_that_was_packed() {
    // 20 MB of nothing, packed into 20 KB.
    let bomb = {
        use std::io::Write;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![0; 20 << 20]).unwrap();
        packed.finish().unwrap()
    };
    let remote = Remote::start(move |before, _| match before {
        0 => Reply::Endless(1 << 20),
        1 => Reply::Answer(200, vec![("content-encoding", "gzip".into())], bomb.clone()),
        _ => Reply::Answer(200, Vec::new(), vec![b' '; 17 << 10]),
    })
    .await;
    let place = place(payments_at(&remote)).await;
    for _ in 0..3 {
        let error = place.run(async { integrations::find_charge("x".into()).await }).await.unwrap_err();
        assert_eq!(error.code(), "answer_too_large");
    }
    assert_eq!(remote.asked().len(), 3, "what is too large is not asked for again");
}

#[tokio::test]
async fn a_system_that_never_answers_costs_its_time_and_no_more() {
    let remote = Remote::start(|_, _| Reply::Silence).await;
    let place = place(payments_at(&remote)).await;
    let begun = Instant::now();
    let error = place.run(async { integrations::find_charge("x".into()).await }).await.unwrap_err();
    assert_eq!(error.kind(), appos::ErrorKind::Timeout);
    assert_eq!(remote.asked().len(), 2, "it was tried once more");
    assert!(begun.elapsed() < Duration::from_secs(10), "two tries of half a second");
}

#[tokio::test]
async fn who_comes_too_early_waits() {
    let remote = Remote::start(|_, _| Reply::status(200)).await;
    let place = place(payments_at(&remote)).await;
    let begun = Instant::now();
    for _ in 0..8 {
        place.run(async { integrations::payment_service("ping".into()).await }).await.unwrap();
    }
    assert!(begun.elapsed() >= Duration::from_millis(500), "five at once, then one each fifth of a second");
}

#[tokio::test]
async fn who_may_not_sends_nothing() {
    let remote = Remote::start(|_, _| Reply::status(200)).await;
    let place = place(payments_at(&remote)).await;
    for groups in [&["billing_viewers"][..], &[]] {
        let other = place.platform.user(&format!("other{}", groups.len()), groups).await.unwrap();
        let typed = std::sync::Arc::clone(&other)
            .run(async { integrations::payment_service("ping".into()).await })
            .await
            .unwrap_err();
        let named = "billing.integrations.payment_service";
        let arguments = json!({ "path": "ping" });
        let by_name =
            std::sync::Arc::clone(&other).run(async { engine::dispatch(named, arguments).await }).await.unwrap_err();
        assert_eq!((typed.kind(), by_name.kind()), (appos::ErrorKind::Security, appos::ErrorKind::Security));
    }
    let system = "billing.connected_systems.payments";
    let error = place.run(async { engine::dispatch(system, json!({})).await }).await.unwrap_err();
    assert_eq!(error.code(), "not_callable");
    assert_eq!(remote.asked().len(), 0);
    let named = "billing.integrations.payment_service";
    let answer = place.run(async { engine::dispatch(named, json!({ "path": "ping" })).await }).await;
    assert_eq!(answer.unwrap()["status"], 200);
}

#[tokio::test]
async fn logs_show_what_is_sent_only_where_the_author_says_so_and_never_a_secret() {
    let remote = Remote::start(|_, asked| {
        if asked.path.ends_with("charges") {
            Reply::json(201, json!({ "id": "answer-canary", "status": "paid", "amount": 5 }))
        } else {
            Reply::json(200, json!({ "id": "hidden-canary", "status": "paid", "amount": 5 }))
        }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let place = place_recording(payments_at(&remote), folder.path()).await;
    let charge = integrations::NewCharge { invoice: "sent-canary".into(), amount: 5, currency: "EUR".into() };
    place.run(async { integrations::create_charge(charge).await }).await.unwrap();
    place.run(async { integrations::find_charge("quiet-canary".into()).await }).await.unwrap();
    place.platform.flush_journal();
    let mut text = String::new();
    let mut folders = vec![folder.path().to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                text.push_str(&std::fs::read_to_string(entry.path()).unwrap_or_default());
            }
        }
    }
    for shown in ["sent-canary", "answer-canary", "billing.connected_systems.payments"] {
        assert!(text.contains(shown), "{shown}");
    }
    for hidden in ["quiet-canary", "hidden-canary", super::support::KEY] {
        assert!(!text.contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn settings_that_are_wrong_are_told_all_at_once() {
    let mut settings = setting("payments", &[("BASE_URL", "ftp://x"), ("POOL_SIZE", "0"), ("RATE_LIMIT", "often")]);
    settings.extend(setting("payments", &[("ALLOW_NETWORKS", "10.0.0.0/99"), ("NONSENSE", "1")]));
    let errors =
        appos_runtime::config::load_platform("no/such".as_ref(), settings.into_iter()).unwrap_err().to_string();
    for part in ["web address", "POOL_SIZE", "`often` is no rate", "`10.0.0.0/99` is no network", "nonsense"] {
        assert!(errors.contains(part), "{part} in {errors}");
    }
    let unknown = setting("paymnets", &[("POOL_SIZE", "3")]);
    let config = appos_runtime::config::load_platform("no/such".as_ref(), unknown.into_iter()).unwrap();
    let started = appos::testing::TestPlatform::with(config, appos::testing::Journal::disabled()).await;
    let error = started.err().expect("it does not start").to_string();
    assert!(error.contains("billing.paymnets") && error.contains("did you mean `billing.payments`?"), "{error}");
}
