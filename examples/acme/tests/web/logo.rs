//! The logo of an app: a picture, and nothing else.

use crate::support::{Page, prepared};

#[tokio::test]
async fn a_logo_is_shown_in_the_frame_and_where_one_signs_in_and_can_do_nothing() {
    let start = prepared(&[]).await;
    let page = Page::of(&start.sales.get("/crm/customers").await.is(200));
    let [address] = page.attributes(".ao-brand img", "src").try_into().expect("one logo");
    assert!(address.starts_with("/assets/logo-crm.") && address.ends_with(".svg"), "{address}");
    assert_eq!(page.attributes(".ao-brand img", "alt"), [""]);
    // Another app has none, and does not borrow this one.
    let page = Page::of(&start.admin.get("/billing/accounts").await.is(200));
    assert!(!page.has(".ao-brand img"), "{}", page.text);
    // Nobody is signed in yet.
    let stranger = start.platform.client();
    for login in ["/login", "/login?next=%2Fcrm%2Forders"] {
        let page = Page::of(&stranger.get(login).await.is(200));
        assert_eq!(page.attributes("img.ao-logo", "src"), std::slice::from_ref(&address), "{login}");
    }
    assert!(!Page::of(&stranger.get("/login?next=%2Fbilling%2Faccounts").await.is(200)).has("img"));
    let logo = stranger.get(&address).await.is(200);
    let header = |name: &str| logo.headers[name].to_str().expect("text").to_owned();
    assert_eq!(header("content-type"), "image/svg+xml");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cross-origin-resource-policy"), "same-origin");
    let policy = header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("sandbox") && !policy.contains("script"),
        "{policy}"
    );
    assert!(header("cache-control").contains("immutable"));
    // The hash is part of the address, and no other file of the app is reached by it.
    for other in ["/assets/logo-crm.svg", "/assets/logo-billing.svg", "/assets/../app.yaml", "/assets/app.yaml"] {
        assert_eq!(stranger.get(other).await.status, 404, "{other}");
    }
}
