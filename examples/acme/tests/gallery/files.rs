//! The files that pages load: kept for as long as their address says what is in them.

use reqwest::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH};

use super::support::Platform;

#[tokio::test]
async fn files_are_kept_by_what_is_in_them_and_serve_strangers() {
    let platform = Platform::start();
    // Nobody chooses for all of a program with which cryptography it speaks TLS; reqwest wants to be told.
    rustls::crypto::ring::default_provider().install_default().ok();
    // It shows what arrived, packed or not.
    let client = reqwest::Client::builder().no_gzip().build().expect("a client");
    let get = |path: &str| client.get(format!("{}{path}", platform.url));
    let page = get("/login").send().await.expect("an answer").text().await.expect("a page");
    let address = page.split('"').find(|part| part.starts_with("/assets/appos.") && part.ends_with(".css"));
    let address = address.expect("the address of the stylesheet");
    assert_ne!(address, "/assets/appos.css", "the hash is in it");

    let plain = get(address).send().await.expect("an answer");
    assert_eq!(plain.status(), 200);
    assert_eq!(plain.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(plain.headers()[CONTENT_TYPE], "text/css; charset=utf-8");
    assert!(!plain.headers().contains_key(CONTENT_ENCODING));
    let tag = plain.headers()[ETAG].clone();
    let text = plain.bytes().await.expect("a body");

    let packed = get(address).header(ACCEPT_ENCODING, "br, gzip;q=0.8").send().await.expect("an answer");
    assert_eq!(packed.headers()[CONTENT_ENCODING], "gzip");
    assert!(packed.bytes().await.expect("a body").len() * 2 < text.len());
    let refused = get(address).header(ACCEPT_ENCODING, "gzip;q=0").send().await.expect("an answer");
    assert!(!refused.headers().contains_key(CONTENT_ENCODING));
    let known = get(address).header(IF_NONE_MATCH, tag).send().await.expect("an answer");
    assert_eq!(known.status(), 304);

    // Without the hash it is the same, to be asked for again; with another hash there is nothing.
    let asked = get("/assets/appos.css").send().await.expect("an answer");
    assert_eq!(
        (asked.status().as_u16(), &asked.headers()[CACHE_CONTROL]),
        (200, &"no-cache".parse().expect("a value"))
    );
    let old = get("/assets/appos.0000000000000000.css").send().await.expect("an answer");
    assert_eq!(old.status(), 404);
    // The themes of the apps, as their `app.yaml` has them.
    let themes = get("/assets/themes.css").send().await.expect("an answer").text().await.expect("a stylesheet");
    assert!(themes.contains("[data-app=\"crm\"]") && themes.contains("#0b5c8a"), "{themes}");
}
