//! Files that leave and come: their name, their type, their size (attack case 63).

use super::CUSTOMERS;
use super::support::{Method, prepared};

#[tokio::test]
async fn a_file_is_kept_and_not_shown() {
    let start = prepared(&[]).await;
    for (format, kind) in [("csv", "text/csv; charset=utf-8"), ("jsonl", "application/jsonl")] {
        let answer = start.sales.get(&format!("{CUSTOMERS}/export?format={format}")).await.is(200);
        let text = |name: &str| answer.headers[name].to_str().expect("a text").to_owned();
        assert_eq!(text("content-disposition"), format!("attachment; filename=\"crm-customers.{format}\""));
        assert_eq!(text("content-type"), kind);
        assert_eq!(text("x-content-type-options"), "nosniff");
        assert!(text("content-security-policy").contains("sandbox"));
        assert_eq!(text("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn the_mistakes_of_an_import_are_a_file_too() {
    let start = prepared(&[]).await;
    let request = start.sales.request(Method::POST, &format!("{CUSTOMERS}/import?mode=partial"));
    let wrong = "name,email\n<script>alert(1)</script>,no address\n";
    let done = start.sales.send(request.header("content-type", "text/csv").body(wrong)).await.is(200);
    let id = done.body["id"].as_str().expect("an id");
    let answer = start.sales.get(&format!("{CUSTOMERS}/imports/{id}/errors")).await.is(200);
    let text = |name: &str| answer.headers[name].to_str().expect("a text").to_owned();
    assert_eq!(text("content-disposition"), "attachment; filename=\"crm-customers-errors.jsonl\"");
    assert!(text("content-security-policy").contains("sandbox"));
}

#[tokio::test]
async fn no_cell_is_a_formula_to_a_spreadsheet() {
    let start = prepared(&[]).await;
    let names = [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(1,1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "\u{ff1d}1+1",
        "\u{ff0b}1",
        "\u{ff0d}1",
        "\u{ff20}x",
        "'=1+1",
        "=1+1\",\"=2+2",
    ];
    for (number, name) in names.iter().enumerate() {
        let body = serde_json::json!({ "name": name, "email": format!("f{number}@acme.example"), "city": "Formula" });
        start.sales.post(CUSTOMERS, body).await.is(201);
    }
    let export = format!("{CUSTOMERS}/export?filter[city]=Formula&sort=id&fields=name");
    let file = start.sales.get(&export).await.is(200);
    let text = file.body.as_str().expect("a file").to_owned();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let place = rows.headers().expect("a head").iter().position(|name| name == "name").expect("the column");
    let cells: Vec<String> = rows.records().map(|row| row.expect("a row")[place].to_owned()).collect();
    assert_eq!(cells, names.map(|name| format!("'{name}")));
    // What was made harmless comes back as it was.
    let back = text.replace("Formula", "Back");
    let request = start.sales.request(Method::POST, &format!("{CUSTOMERS}/import?match=id"));
    start.sales.send(request.header("content-type", "text/csv").body(back)).await.is(200);
    let all = start.sales.get(&format!("{CUSTOMERS}?filter[city]=Formula&sort=id")).await.is(200);
    assert_eq!(all.column("name"), names);
}

#[tokio::test]
async fn a_file_that_is_not_what_it_says_is_refused() {
    let start = prepared(&[("APPOS__SERVER__MAX_IMPORT", "4 KB")]).await;
    let before = start.sales.count(CUSTOMERS).await;
    let path = format!("{CUSTOMERS}/import");
    let csv = b"name,email\nNew,new@acme.example\n".to_vec();
    let large = csv.repeat(1000);
    for (kind, body, status) in [
        // A spreadsheet's own file, a picture, a page, and what only says to be another kind of file.
        ("text/csv", b"PK\x03\x04\x14\0\x06\0\x08\0".to_vec(), 400..=422),
        ("text/csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), 400..=422),
        ("text/csv", b"<!DOCTYPE html><script>alert(1)</script>".to_vec(), 400..=422),
        ("text/csv", b"{\"name\":\"New\",\"email\":\"new@acme.example\"}\n".to_vec(), 400..=422),
        ("text/csv", b"name,email\nNew,n\xffw@acme.example\n".to_vec(), 400..=422),
        ("text/csv", b"name,email\nN\0w,new@acme.example\n".to_vec(), 400..=422),
        ("application/jsonl", csv.clone(), 400..=422),
        ("application/json", csv.clone(), 415..=415),
        ("image/png", csv.clone(), 415..=415),
        ("application/vnd.ms-excel", csv.clone(), 415..=415),
        ("multipart/form-data; boundary=x", csv, 415..=415),
        ("text/csv", large, 413..=413),
    ] {
        let request = start.sales.request(Method::POST, &path).header("content-type", kind).body(body.clone());
        let answer = start.sales.send(request).await;
        assert!(
            status.contains(&answer.status),
            "{kind} {:?}: {} {}",
            String::from_utf8_lossy(&body),
            answer.status,
            answer.body
        );
        assert_eq!(answer.headers["content-type"], "application/problem+json", "{kind}");
    }
    assert_eq!(start.sales.count(CUSTOMERS).await, before);
}
