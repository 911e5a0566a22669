//! Where requests may lead, whatever an address, a name server or a redirect says.

use billing::integrations;
use serde_json::json;

use super::remote::{Remote, Reply};
use super::support::{KEY, Place, payments_at, place, setting};

async fn find(place: &Place) -> appos::Result<Option<integrations::Charge>> {
    place.run(async { integrations::find_charge("x".into()).await }).await
}

fn found() -> Reply {
    Reply::json(200, json!({ "id": "ch_1", "status": "paid", "amount": 5 }))
}

#[tokio::test]
async fn addresses_of_inner_networks_are_refused_unless_the_system_names_them() {
    let remote = Remote::start(|_, _| found()).await;
    for host in ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1"] {
        let base = format!("http://{host}:{}", remote.port);
        let place = place(setting("payments", &[("BASE_URL", &base)])).await;
        assert_eq!(find(&place).await.unwrap_err().code(), "address_refused", "{host}");
    }
    for host in ["169.254.169.254", "10.0.0.1", "[fe80::1]", "[fd00::1]", "100.64.0.1"] {
        let base = format!("http://{host}/latest/meta-data");
        let place = place(setting("payments", &[("BASE_URL", &base), ("ALLOW_NETWORKS", "127.0.0.0/8")])).await;
        assert_eq!(find(&place).await.unwrap_err().code(), "address_refused", "{host}");
    }
    assert_eq!(remote.asked().len(), 0, "nothing was connected to");
    let place = place(payments_at(&remote)).await;
    assert!(find(&place).await.unwrap().is_some());
}

#[tokio::test]
async fn a_redirect_within_the_system_is_followed_with_credentials() {
    let remote = Remote::start(|_, asked| match asked.path.as_str() {
        "/v1/charges/x" => Reply::to(302, "/v2/charges/x"),
        _ => found(),
    })
    .await;
    let place = place(payments_at(&remote)).await;
    assert!(find(&place).await.unwrap().is_some());
    assert_eq!(remote.asked()[1].header("authorization"), format!("Bearer {KEY}"));
}

#[tokio::test]
async fn a_redirect_elsewhere_is_shown_nothing() {
    let other = Remote::start(|_, _| found()).await;
    let target = format!("{}/charges/x", other.url());
    let remote = Remote::start(move |_, _| Reply::to(307, target.clone())).await;
    let place = place(payments_at(&remote)).await;
    assert!(find(&place).await.unwrap().is_some());
    let asked = &other.asked()[0];
    assert!(!asked.headers.contains_key("authorization"), "{asked:?}");
    // What changes something is not sent to whom it was not for.
    let error = place.run(async { integrations::send_receipt("x".into()).await }).await.unwrap_err();
    assert_eq!(error.code(), "redirect_refused");
    assert_eq!(other.asked().len(), 1);
}

#[tokio::test]
async fn a_redirect_to_an_inner_address_is_refused() {
    for target in [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://localhost./x",
        "file:///etc/passwd",
        "http://u:p@127.0.0.1/",
    ] {
        let remote = Remote::start(move |_, _| Reply::to(302, target)).await;
        // Only the address of the server itself is named.
        let base = format!("http://127.0.0.1:{}", remote.port);
        let settings = setting("payments", &[("BASE_URL", &base), ("ALLOW_NETWORKS", "127.0.0.1/32")]);
        let place = place(settings).await;
        let code = find(&place).await.unwrap_err().code().to_owned();
        let expected = ["address_refused", "redirect_refused", "unknown_host"];
        assert!(expected.contains(&code.as_str()), "{target}: {code}");
        assert_eq!(remote.asked().iter().filter(|asked| asked.path != "/charges/x").count(), 0, "{target}");
    }
}

#[tokio::test]
async fn a_redirect_that_never_ends_is_given_up() {
    let remote = Remote::start(|before, _| Reply::to(302, format!("/{before}"))).await;
    let place = place(payments_at(&remote)).await;
    assert_eq!(find(&place).await.unwrap_err().code(), "redirect_refused");
    assert!(remote.asked().len() < 10);
}
