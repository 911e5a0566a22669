//! What is sent, and how the answer is read.

use billing::integrations;
use billing::integrations::NewCharge;
use serde_json::json;

use super::remote::{Remote, Reply};
use super::support::{KEY, payments_at, place, setting};

fn charge() -> NewCharge {
    NewCharge { invoice: "R-7".into(), amount: 1999, currency: "EUR".into() }
}

#[tokio::test]
async fn a_request_is_sent_as_its_integration_says_and_its_answer_is_typed() {
    let remote =
        Remote::start(|_, _| Reply::json(201, json!({ "id": "ch_1", "status": "paid", "amount": 1999 }))).await;
    let place = place(payments_at(&remote)).await;
    let charged = place.run(async { integrations::create_charge(charge()).await }).await.unwrap();
    assert_eq!((charged.id.as_str(), charged.amount), ("ch_1", 1999));
    let [asked] = &remote.asked()[..] else { panic!("one request") };
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", "/v1/charges"));
    assert_eq!(asked.json(), json!({ "invoice": "R-7", "amount": 1999, "currency": "EUR" }));
    assert_eq!(asked.header("content-type"), "application/json");
    assert_eq!(asked.header("idempotency-key"), "R-7");
    assert_eq!(asked.header("authorization"), format!("Bearer {KEY}"));
}

#[tokio::test]
async fn values_of_a_path_lead_nowhere_else() {
    let remote = Remote::start(|_, _| Reply::status(404)).await;
    let place = place(payments_at(&remote)).await;
    let find = async |id: &str| {
        let id = id.to_owned();
        place.run(async { integrations::find_charge(id).await }).await
    };
    assert_eq!(find("a/../../admin?x=1#y").await.unwrap(), None);
    assert_eq!(remote.asked()[0].path, "/v1/charges/a%2F..%2F..%2Fadmin%3Fx=1%23y");
    for bad in ["..", ".", ""] {
        assert_eq!(find(bad).await.unwrap_err().code(), "invalid_path", "{bad:?}");
    }
    assert_eq!(remote.asked().len(), 1, "nothing was sent of those");
}

#[tokio::test]
async fn statuses_are_errors_of_their_own_and_some_are_answers() {
    let remote = Remote::start(|_, asked| match asked.path.rsplit('/').next() {
        Some("charges") => Reply::json(402, json!({ "error": "card-canary" })),
        Some("gone") => Reply::status(404),
        Some(status) => Reply::status(status.parse().unwrap()),
        None => Reply::Hangup,
    })
    .await;
    let place = place(payments_at(&remote)).await;
    let refused = place.run(async { integrations::create_charge(charge()).await }).await.unwrap_err();
    assert_eq!((refused.kind(), refused.code()), (appos::ErrorKind::Validation, "card_refused"));
    let find = async |id: &'static str| place.run(async { integrations::find_charge(id.into()).await }).await;
    assert_eq!(find("gone").await.unwrap(), None);
    for (status, code) in [
        ("401", "remote_unauthorized"),
        ("403", "remote_unauthorized"),
        ("409", "remote_conflict"),
        ("422", "remote_refused"),
        ("429", "remote_busy"),
        ("501", "remote_failed"),
    ] {
        let error = find(status).await.unwrap_err();
        assert_eq!(error.code(), code, "{status}");
    }
}

#[tokio::test]
async fn an_answer_of_another_shape_says_where_and_shows_nothing_of_it() {
    let remote = Remote::start(|_, _| Reply::json(200, json!({ "id": 7, "secret": "body-canary" }))).await;
    let place = place(payments_at(&remote)).await;
    let error = place.run(async { integrations::find_charge("x".into()).await }).await.unwrap_err();
    assert_eq!(error.code(), "unreadable_answer");
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
}

#[tokio::test]
async fn pages_are_read_to_the_last() {
    let remote = Remote::start(|_, asked| {
        let page = |ids: &[&str], next: Option<&str>| {
            let charges: Vec<_> = ids.iter().map(|id| json!({ "id": id, "status": "paid", "amount": 1 })).collect();
            Reply::json(200, json!({ "charges": charges, "next": next }))
        };
        match asked.path.as_str() {
            "/v1/charges" => page(&["a", "b"], Some("p 2&")),
            "/v1/charges?after=p+2%26" => page(&["c"], Some("p3")),
            _ => page(&["d"], None),
        }
    })
    .await;
    let place = place(payments_at(&remote)).await;
    let all = place.run(async { billing::rules::all_charges().await }).await.unwrap();
    assert_eq!(all.iter().map(|charge| charge["id"].as_str().unwrap()).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
}

#[tokio::test]
async fn a_large_answer_is_read_piece_by_piece() {
    let remote = Remote::start(|_, _| Reply::Endless(32 << 20)).await;
    let place = place(payments_at(&remote)).await;
    let size = place.run(async { billing::rules::statement_size("2026-11".into()).await }).await.unwrap();
    assert_eq!(size, 32 << 20);
}

#[tokio::test]
async fn an_answer_as_it_came_has_its_headers_and_links() {
    let remote = Remote::start(|_, _| {
        Reply::Answer(
            200,
            vec![("link", "</v1/a?page=2>; rel=\"next last\", </v1>; rel=first".into())],
            b"pong".to_vec(),
        )
    })
    .await;
    let place = place(payments_at(&remote)).await;
    let answer = place.run(async { integrations::payment_service("ping".into()).await }).await.unwrap();
    assert_eq!((answer.status(), answer.text().as_str()), (200, "pong"));
    assert_eq!(
        (answer.link("next"), answer.link("first"), answer.link("prev")),
        (Some("/v1/a?page=2"), Some("/v1"), None)
    );
}

#[tokio::test]
async fn a_token_is_fetched_once_for_all_and_again_when_it_is_refused() {
    let remote = Remote::start(|before, asked| match asked.path.as_str() {
        "/token" => {
            assert_eq!(asked.header("authorization"), "Basic YWNtZTpyYXRlcy1jYW5hcnk=", "acme:rates-canary");
            let form = String::from_utf8_lossy(&asked.body).into_owned();
            assert!(form.contains("grant_type=client_credentials") && form.contains("scope=rates.read"), "{form}");
            Reply::json(
                200,
                json!({ "access_token": format!("t{before}"), "token_type": "Bearer", "expires_in": 3600 }),
            )
        }
        // The first token ends before its time.
        _ if asked.header("authorization") == "Bearer t0" && before > 10 => Reply::status(401),
        _ => Reply::json(200, json!({ "rate": asked.header("authorization") })),
    })
    .await;
    // The provider's address is the author's: what it resolves to cannot be reached here, so it is this server.
    let place = place(setting(
        "rates",
        &[
            ("BASE_URL", &remote.url()),
            ("ALLOW_NETWORKS", "127.0.0.0/8"),
            ("TOKEN_URL", &format!("{}/token", remote.url())),
        ],
    ))
    .await;
    place.secret("RATES_SECRET", "rates-canary").await;
    let rate = async || place.run(async { integrations::rate("EUR".into()).await }).await.unwrap();
    let all = futures_util::future::join_all((0..10).map(|_| rate())).await;
    assert!(all.iter().all(|rate| rate["rate"] == "Bearer t0"), "{all:?}");
    let tokens = |remote: &Remote| remote.asked().iter().filter(|asked| asked.path == "/token").count();
    assert_eq!(tokens(&remote), 1, "ten callers share one token");
    assert_eq!(rate().await["rate"], "Bearer t12", "the refused token is fetched anew, and the request sent again");
    assert_eq!(tokens(&remote), 2);
}
