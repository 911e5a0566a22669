//! The systems outside in a page without script: how they are, a trial of each, and their secrets, which are written and
//! never shown.

use crate::support::prepared;

const ADDRESS: &str = "/connected-systems";
const OF_KEY: &str = "form.ao-secret:has(input[value='PAYMENTS_KEY'])";
const SECRET: &str = "s3cret-of-the-payment-service";

#[tokio::test]
async fn systems_outside_are_seen_tried_and_given_secrets_by_administrators_alone() {
    let prepared = prepared(&[]).await;
    let page = prepared.admin.open(ADDRESS).await.is(200);
    assert_eq!(page.link_in("nav", "Connected systems"), Some(ADDRESS.to_owned()));
    let told = page.words("main");
    for part in
        ["billing.payments", "http · https://payments.example.com/v1", "Lacks secrets", "PAYMENTS_KEY", "Missing"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(told.contains("billing.create_charge"), "used by: {told}");

    // A trial that fails says why, and how that is mended.
    let test = page
        .form("form[action='/connected-systems']:has(input[value='billing.connected_systems.payments'])")
        .and("do", "test");
    assert!(test.fields.contains(&("system".to_owned(), "billing.connected_systems.payments".to_owned())), "{test:?}");
    let tried = prepared.admin.submit(&test).await.is(422);
    let why = tried.words("[role=alert]");
    assert!(why.contains("there is no secret `PAYMENTS_KEY`"), "{why}");

    let form = page.form(OF_KEY);
    assert!(form.fields.contains(&("name".to_owned(), "PAYMENTS_KEY".to_owned())), "{form:?}");
    let set = prepared.admin.submit(&form.clone().with("value", SECRET).and("do", "set")).await.is(200);
    assert!(set.words("main").contains("PAYMENTS_KEY is stored"), "{}", set.words("main"));
    let shown = prepared.admin.open(ADDRESS).await.is(200);
    let told = shown.words("main");
    assert!(told.contains("Stored") && told.contains("Not asked yet") && !told.contains(SECRET), "{told}");
    assert!(!format!("{:?}{:?}", set.form(OF_KEY), shown.form(OF_KEY)).contains(SECRET));
    let again = prepared.admin.submit(&form.clone().with("value", "").and("do", "set")).await.is(422);
    assert!(again.words("[role=alert]").contains("from 1 to 65536"), "{}", again.words("main"));

    for stranger in [&prepared.sales, &prepared.outsider] {
        let page = stranger.open(ADDRESS).await.is(404);
        assert_eq!(page.link_in("nav", "Connected systems"), None);
        stranger.submit(&form.clone().with("value", "stolen").and("do", "set")).await.is(404);
        stranger.submit(&form.clone().and("do", "forget")).await.is(404);
        stranger.submit(&test).await.is(404);
    }
    let gone = prepared.admin.submit(&form.clone().and("do", "forget")).await.is(200);
    assert!(gone.words("main").contains("PAYMENTS_KEY is forgotten"), "{}", gone.words("main"));
    assert!(prepared.admin.open(ADDRESS).await.is(200).words("main").contains("Lacks secrets"));
}
