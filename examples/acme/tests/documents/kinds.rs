//! What is taken, and what is not.

use serde_json::json;

use super::support::prepared;
use super::{CONTRACTS, EXCHANGE_FILES, EXCHANGES, HASTY, PDF, await_files, customer, files, replace, send, send_form};

/// A picture of one pixel.
pub(crate) const GIF: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\xff\0\0\0\0\0!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

#[tokio::test]
async fn a_file_is_what_it_says_and_what_is_wanted() {
    let start = prepared(&HASTY).await;
    let of = customer(&start.sales).await;
    let new = json!({ "customer": of });
    let mut zipped = PNG.to_vec();
    zipped.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\0\0");
    for (name, bytes) in [
        ("page.png", &b"<!DOCTYPE html><script>alert(1)</script>"[..]),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("program.png", b"MZ\x90\0\x03\0\0\0\x04\0"),
        ("archive.png", &zipped),
        ("both.gif", b"GIF89a/* %PDF-1.4 */"),
        ("script.gif", b"GIF89a=1;/*<script>alert(1)</script>*/"),
        ("text.pdf", b"just text"),
        ("notes.txt", b"is right, and not wanted here"),
        ("empty.pdf", b""),
    ] {
        let refused = send(&start.sales, CONTRACTS, &new, name, bytes).await.problem(422, "file_refused");
        assert_eq!(refused.names("file"), "file_refused", "{name}");
    }
    // What the sender says that it is counts for nothing.
    let program = ("a.png", "image/png", &b"MZ\x90\0\x03\0\0\0\x04\0"[..]);
    send_form(&start.sales, CONTRACTS, &new.to_string(), program).await.problem(422, "file_refused");
    send(&start.sales, CONTRACTS, &new, "picture.png", PNG).await.is(201);
    let large = [PDF, &vec![b' '; 2 << 20]].concat();
    send(&start.sales, CONTRACTS, &new, "large.pdf", large).await.problem(413, "body_too_large");
    assert_eq!(start.sales.count(CONTRACTS).await, 1);
    await_files(start.platform.folder(), 1).await;
}

#[tokio::test]
async fn a_rule_is_asked_before_anybody_sees_a_file() {
    let start = prepared(&HASTY).await;
    let of = customer(&start.sales).await;
    let infected = [PDF, b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"].concat();
    let refused = send(&start.sales, CONTRACTS, &json!({ "customer": of }), "a.pdf", infected.clone()).await.is(422);
    assert_eq!(refused.body["detail"], "the file is infected");
    let id = send(&start.sales, CONTRACTS, &json!({ "customer": of }), "a.pdf", PDF).await.is(201).id();
    replace(&start.sales, id, "a.pdf", infected).await.is(422);
    let row = start.sales.get(&format!("{CONTRACTS}/{id}")).await.is(200);
    assert_eq!((&row.body["file_version"], &row.body["size"]), (&json!(1), &json!(PDF.len())));
    await_files(start.platform.folder(), 1).await;
    // The rule by itself reads no file.
    let file = json!({ "id": "01938a3e-0000-7000-8000-000000000000", "name": "a", "content_type": "a/b", "size": 1 });
    let asked = start.sales.post("/api/crm/v1/rules/refuse_infected", json!({ "file": file })).await;
    assert_eq!((asked.status, &asked.body["code"]), (404, &json!("file_missing")), "{}", asked.body);
}

#[tokio::test]
async fn a_folder_says_what_may_lie_in_it_and_how_much() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    let folder = start.sales.post(EXCHANGES, json!({ "customer": of, "name": "Drafts" })).await.is(201).id();
    let new = json!({ "exchange": folder });
    send(&start.sales, EXCHANGE_FILES, &new, "a.png", PNG).await.problem(422, "file_refused");
    for name in ["a.txt", "b.txt"] {
        send(&start.sales, EXCHANGE_FILES, &new, name, "hello").await.is(201);
    }
    send(&start.sales, EXCHANGE_FILES, &new, "c.txt", "hello").await.problem(422, "too_many_files");
    assert_eq!(start.sales.count(EXCHANGE_FILES).await, 2);
    assert!(files(start.platform.folder()) >= 2);
}

#[tokio::test]
async fn a_folder_deletes_what_lies_in_it_for_too_long() {
    let start = prepared(&HASTY).await;
    let of = customer(&start.sales).await;
    let folder = start.sales.post(EXCHANGES, json!({ "customer": of, "name": "Drafts" })).await.is(201).id();
    let new = json!({ "exchange": folder });
    for name in ["old.txt", "new.txt"] {
        send(&start.sales, EXCHANGE_FILES, &new, name, name).await.is(201);
    }
    let long_ago =
        "UPDATE crm_exchange_file SET updated_at = '2020-01-01T00:00:00.000000Z' WHERE file_name = 'old.txt'";
    super::support::database::execute(start.platform.folder(), long_ago).await;
    await_files(start.platform.folder(), 1).await;
    assert_eq!(start.sales.get(EXCHANGE_FILES).await.is(200).column("file_name"), ["new.txt"]);
    assert_eq!(start.sales.count(EXCHANGES).await, 1, "the folder stays");
}

#[tokio::test]
async fn pictures_have_small_ones() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    let new = json!({ "customer": of });
    let path = |id: i64| format!("{CONTRACTS}/{id}/thumbnail");
    let picture = send(&start.sales, CONTRACTS, &new, "a.gif", GIF).await.is(201).id();
    // The second time it is there already.
    for _ in 0..2 {
        let small = start.sales.get(&path(picture)).await.is(200);
        assert_eq!(small.headers["content-type"], "image/jpeg");
    }
    // Of what is no picture, and of what only begins like one, there is none.
    for (name, bytes) in [("a.pdf", PDF), ("a.png", PNG)] {
        let id = send(&start.sales, CONTRACTS, &new, name, bytes).await.is(201).id();
        start.sales.get(&path(id)).await.problem(404, "no_thumbnail");
    }
    let outsider = start.outsider.get(&path(picture)).await;
    assert!([403, 404].contains(&outsider.status), "{}", outsider.status);
}
