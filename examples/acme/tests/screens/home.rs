//! Where one begins: the platform, and each app.

use crate::support::prepared;

#[tokio::test]
async fn an_app_has_a_start_of_its_own_for_whoever_may_see_something_of_it() {
    let prepared = prepared(&[]).await;
    let page = prepared.sales.open("/crm").await.is(200);
    assert_eq!(page.words("h1"), "CRM");
    let links = page.attributes("main .ao-links a", "href");
    assert!(links.contains(&"/crm/customers".to_owned()), "{links:?}");
    assert!(links.iter().all(|link| !link.starts_with("/platform/")), "{links:?}");
    // What nobody may see of, and what is not there, look the same.
    let hidden = prepared.sales.open("/platform").await.is(404);
    let absent = prepared.sales.open("/nothing").await.is(404);
    assert_eq!(hidden.words("h1"), absent.words("h1"));
    assert_eq!(prepared.admin.open("/platform").await.is(200).words("h1"), "Platform");
}
