//! A document is changed, and comes back as it was.

use serde_json::json;

use super::support::{database, prepared};
use super::{CONTRACTS, CUSTOMERS, HASTY, PDF, await_files, customer, files, replace, send, send_form};

#[tokio::test]
async fn a_document_goes_in_and_comes_out_again() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    let new = json!({ "customer": of, "signed_on": "2026-11-02", "tags": "frame, 2026" });
    let made = send(&start.sales, CONTRACTS, &new, "../Frame Ü.pdf", PDF).await.is(201);
    assert_eq!(made.headers["location"], format!("{CONTRACTS}/{}", made.id()).as_str());
    for (field, value) in [
        ("file_name", json!("Frame Ü.pdf")),
        ("content_type", json!("application/pdf")),
        ("size", json!(PDF.len())),
        ("file_version", json!(1)),
        ("signed_on", json!("2026-11-02")),
    ] {
        assert_eq!(made.body[field], value, "{field}");
    }
    let content = start.sales.get(&format!("{CONTRACTS}/{}/content", made.id())).await.is(200);
    assert_eq!(content.body.as_str().map(str::as_bytes), Some(PDF));
    for (header, value) in [
        ("content-type", "application/pdf"),
        ("content-disposition", "attachment; filename=\"Frame _.pdf\"; filename*=UTF-8''Frame%20%C3%9C.pdf"),
        ("x-content-type-options", "nosniff"),
        ("accept-ranges", "bytes"),
    ] {
        assert_eq!(content.headers[header], value, "{header}");
    }
    assert!(content.headers["content-security-policy"].to_str().is_ok_and(|policy| policy.ends_with("sandbox")));
    // By its name, its tags and its fields it is found like any row.
    for question in ["q=frame", "q=2026", "filter[signed_on]=2026-11-02", "filter[content_type]=application/pdf"] {
        assert_eq!(
            start.sales.get(&format!("{CONTRACTS}?{question}")).await.is(200).column("id"),
            [made.body["id"].clone()],
            "{question}"
        );
    }
    let form = send_form(&start.sales, CONTRACTS, &new.to_string(), ("b.pdf", "application/pdf", PDF)).await.is(201);
    assert_eq!(form.body["file_name"], "b.pdf");
    assert_eq!(files(start.platform.folder()), 2);
}

#[tokio::test]
async fn no_document_is_made_without_its_file() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    let new = json!({ "customer": of });
    let alone = start.sales.post(CONTRACTS, new.clone()).await.problem(422, "invalid_fields");
    assert_eq!(alone.names("file"), "required");
    let bulk = start.sales.post(&format!("{CONTRACTS}/bulk"), json!({ "operations": [{ "create": new }] })).await;
    assert_ne!(bulk.body["results"][0]["status"], 201, "{}", bulk.body);
    let named = json!({ "customer": of, "file_name": "x.exe", "size": 1 });
    let named = send(&start.sales, CONTRACTS, &named, "a.pdf", PDF).await.problem(422, "invalid_fields");
    assert_eq!((named.names("file_name"), named.names("size")), ("read_only", "read_only"));
    assert_eq!(start.sales.count(CONTRACTS).await, 0);
    let made = send(&start.sales, CONTRACTS, &new, "a.pdf", PDF).await.is(201);
    let path = format!("{CONTRACTS}/{}", made.id());
    let changed = start.sales.change(&path, json!({ "file_version": 7 })).await.problem(422, "invalid_fields");
    assert_eq!(changed.names("file_version"), "read_only");
    assert_eq!(start.sales.change(&path, json!({ "tags": "signed" })).await.is(200).body["tags"], "signed");
}

#[tokio::test]
async fn versions_come_back_and_old_ones_go() {
    let start = prepared(&HASTY).await;
    let of = customer(&start.sales).await;
    let text = |n: usize| [PDF, format!("% version {n}\n").as_bytes()].concat();
    let id = send(&start.sales, CONTRACTS, &json!({ "customer": of }), "a.pdf", text(1)).await.is(201).id();
    for n in 2..=4 {
        let answer = replace(&start.sales, id, &format!("a{n}.pdf"), text(n)).await.is(200);
        assert_eq!(answer.body["file_version"], n);
    }
    let kept = start.sales.get(&format!("{CONTRACTS}/{id}/versions")).await.is(200);
    let numbers: Vec<_> =
        kept.body["versions"].as_array().expect("versions").iter().map(|it| it["number"].clone()).collect();
    assert_eq!(numbers, [4, 3, 2], "three are kept");
    await_files(start.platform.folder(), 3).await;
    let second = format!("{CONTRACTS}/{id}/versions/2");
    let content = start.sales.get(&format!("{second}/content")).await.is(200);
    assert_eq!(content.body.as_str().map(str::as_bytes), Some(text(2).as_slice()));
    start.sales.get(&format!("{CONTRACTS}/{id}/versions/1/content")).await.problem(404, "record_not_found");
    let restored =
        start.sales.send(start.sales.request(super::Method::POST, &format!("{second}/restore"))).await.is(200);
    assert_eq!((&restored.body["file_version"], &restored.body["file_name"]), (&json!(5), &json!("a2.pdf")));
    let content = start.sales.get(&format!("{CONTRACTS}/{id}/content")).await.is(200);
    assert_eq!(content.body.as_str().map(str::as_bytes), Some(text(2).as_slice()));
    // Version 2 is gone by now, and its bytes are those of version 5.
    await_files(start.platform.folder(), 3).await;
    start.sales.get(&format!("{CONTRACTS}/{id}/content")).await.is(200);
    start.admin.delete(&format!("{CUSTOMERS}/{of}")).await.is(204);
    await_files(start.platform.folder(), 0).await;
    assert_eq!(database::texts(start.platform.folder(), "SELECT file FROM platform_file").await, Vec::<String>::new());
}

#[tokio::test]
async fn of_uploads_at_the_same_time_none_is_lost() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    let id = send(&start.sales, CONTRACTS, &json!({ "customer": of }), "a.pdf", PDF).await.is(201).id();
    let uploads = (0..2).map(|n| replace(&start.sales, id, "b.pdf", [PDF, format!("% {n}\n").as_bytes()].concat()));
    let answers = futures_util::future::join_all(uploads).await;
    let mut versions: Vec<i64> =
        answers.into_iter().filter_map(|it| it.is(200).body["file_version"].as_i64()).collect();
    versions.sort_unstable();
    assert_eq!(versions, [2, 3]);
    let kept = start.sales.get(&format!("{CONTRACTS}/{id}/versions")).await.is(200);
    assert_eq!(kept.body["versions"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn rules_write_and_read_documents() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    let drafted = start.sales.post("/api/crm/v1/rules/draft_contract", json!({ "customer_id": of })).await.is(200);
    let row = start.sales.get(CONTRACTS).await.is(200);
    assert_eq!(row.column("file_name"), ["contract.pdf"]);
    let id = row.column("id").first().cloned().expect("a row");
    let size = start.sales.post("/api/crm/v1/rules/contract_size", json!({ "contract_id": id })).await.is(200);
    assert_eq!(size.body, row.column("size")[0], "{}", drafted.body);
}
