//! Who may see a document: whoever may see the row that it belongs to, at the moment of each download.

use serde_json::json;

use super::support::prepared;
use super::{CONTRACTS, EXCHANGE_FILES, EXCHANGES, PDF, customer, files, replace, send};

#[tokio::test]
async fn documents_are_as_open_as_the_record_they_belong_to() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    let new = json!({ "customer": of });
    let id = send(&start.sales, CONTRACTS, &new, "a.pdf", PDF).await.is(201).id();
    let content = format!("{CONTRACTS}/{id}/content");
    start.finance.get(&content).await.is(200);
    // Finance may change customers, and not make new ones.
    let before = files(start.platform.folder());
    send(&start.finance, CONTRACTS, &new, "a.pdf", PDF).await.is(403);
    replace(&start.finance, id, "b.pdf", PDF).await.is(200);
    for path in [content.clone(), format!("{CONTRACTS}/{id}/versions"), format!("{CONTRACTS}/{id}/versions/1/content")]
    {
        let outsider = start.outsider.get(&path).await;
        assert!([403, 404].contains(&outsider.status), "{path}: {}", outsider.status);
        start.platform.client().get(&path).await.is(401);
    }
    let sent = send(&start.outsider, CONTRACTS, &new, "a.pdf", PDF).await;
    assert!([403, 404].contains(&sent.status), "{}", sent.status);
    assert!([403, 404].contains(&replace(&start.outsider, id, "a.pdf", PDF).await.status));
    let back = format!("{CONTRACTS}/{id}/versions/1/restore");
    let restored = start.outsider.post(&back, json!({})).await;
    assert!([403, 404].contains(&restored.status), "{}", restored.status);
    start.platform.client().post(&back, json!({})).await.is(401);
    assert_eq!(files(start.platform.folder()), before + 1, "nobody sends a file for nothing");
    // Without proof of where it comes from, a session's cookie is worth nothing.
    let request = start.sales.request(super::Method::PUT, &format!("{content}?file_name=a.pdf"));
    start.sales.send_bare(request.body(PDF)).await.problem(403, "csrf_token_missing");
}

#[tokio::test]
async fn a_link_is_worth_nothing_after_a_revocation() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    let id = send(&start.sales, CONTRACTS, &json!({ "customer": of }), "a.pdf", PDF).await.is(201).id();
    let folder = start.sales.post(EXCHANGES, json!({ "customer": of, "name": "Drafts" })).await.is(201).id();
    let inner = send(&start.sales, EXCHANGE_FILES, &json!({ "exchange": folder }), "a.txt", "hello").await.is(201).id();
    let links = [
        format!("{CONTRACTS}/{id}/content"),
        format!("{CONTRACTS}/{id}/versions/1/content"),
        format!("{EXCHANGE_FILES}/{inner}/content"),
    ];
    for link in &links {
        start.sales.get(link).await.is(200);
    }
    let user = start.admin.get("/api/platform/v1/users?filter[email]=sales@acme.example").await.column("id");
    let memberships =
        start.admin.get(&format!("/api/platform/v1/memberships?filter[user]={}", user[0])).await.column("id");
    for membership in memberships {
        start.admin.delete(&format!("/api/platform/v1/memberships/{membership}")).await.is(204);
    }
    for link in &links {
        let answer = start.sales.get(link).await;
        assert_eq!(answer.status, 404, "{link}: {}", answer.body);
    }
    start.finance.get(&links[0]).await.is(200);
}
