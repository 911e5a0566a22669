//! Rows from files.

use serde_json::{Value as Json, json};

use super::support::{Answer, Client, Method, prepared};
use super::{CONTACTS, CUSTOMERS, ORDERS};

async fn send(client: &Client, path: &str, kind: &str, file: impl Into<Vec<u8>>) -> Answer {
    let request = client.request(Method::POST, path).header("content-type", kind).body(file.into());
    client.send(request).await
}

async fn csv(client: &Client, parameters: &str, file: impl Into<Vec<u8>>) -> Answer {
    send(client, &format!("{CUSTOMERS}/import?{parameters}"), "text/csv", file).await
}

fn numbers(answer: &Answer) -> [u64; 4] {
    ["lines", "created", "updated", "failed"].map(|name| answer.body[name].as_u64().expect("a number"))
}

async fn named(client: &Client, email: &str) -> Json {
    let found = client.get_with(CUSTOMERS, &[("filter[email]", email)]).await.is(200);
    found.body["rows"][0].clone()
}

#[tokio::test]
async fn a_table_becomes_rows_by_the_names_of_its_columns() {
    let start = prepared(&[]).await;
    let before = start.sales.count(CUSTOMERS).await;
    let file = "\u{feff}email,Company name,tier,since,Notes\r\n\
                a@import.example,\"Big, \"\"Best\"\" & Co\",gold,2024-02-29,x\r\n\
                b@import.example,'=Formula,,,\r\n";
    let parameters = "map[Company%20name]=name&map[since]=customer_since&map[Notes]=";
    let dry = csv(&start.sales, &format!("{parameters}&dry_run=true"), file).await.is(200);
    assert_eq!((numbers(&dry), &dry.body["dry_run"]), ([2, 2, 0, 0], &json!(true)));
    assert_eq!(start.sales.count(CUSTOMERS).await, before, "a rehearsal leaves nothing");
    let done = csv(&start.sales, parameters, file).await.is(200);
    assert_eq!(numbers(&done), [2, 2, 0, 0]);
    let row = named(&start.sales, "a@import.example").await;
    assert_eq!((&row["name"], &row["tier"]), (&json!("Big, \"Best\" & Co"), &json!("gold")));
    assert_eq!(row["customer_since"], "2024-02-29");
    let row = named(&start.sales, "b@import.example").await;
    assert_eq!((&row["name"], &row["tier"]), (&json!("=Formula"), &json!("bronze")), "an empty cell is the default");
    let (_, logs) = start.platform.stop();
    let lines = logs.below(&done.execution_id);
    assert_eq!((lines.len(), lines[0].text("operation")), (1, "import"), "{lines:?}");
    assert_eq!(lines[0].json["result"]["created"], 2);
}

#[tokio::test]
async fn what_was_exported_can_be_imported() {
    let start = prepared(&[]).await;
    for (place, name) in ["=1+1", "''x", "'+y", "two\r\nlines", "é,\"ü\""].iter().enumerate() {
        let new = json!({ "name": name, "email": format!("n{place}@loop.example"), "phone": null });
        start.admin.post(CUSTOMERS, new).await.is(201);
    }
    for form in ["csv", "jsonl"] {
        let asked = "sort=id&filter[email][ends_with]=@loop.example";
        let file = start.admin.get(&format!("{CUSTOMERS}/export?format={form}&{asked}")).await.is(200);
        let before = start.admin.get(&format!("{CUSTOMERS}?{asked}")).await.body["rows"].clone();
        for row in before.as_array().expect("rows") {
            start.admin.delete(&format!("{CUSTOMERS}/{}", row["id"])).await.is(204);
        }
        let text = file.body.as_str().expect("a text").to_owned();
        let done = start
            .admin
            .send(start.admin.request(Method::POST, &format!("{CUSTOMERS}/import?format={form}")).body(text));
        assert_eq!(numbers(&done.await.is(200)), [5, 5, 0, 0]);
        let after = start.admin.get(&format!("{CUSTOMERS}?{asked}")).await.body["rows"].clone();
        let same = ["name", "email", "phone", "tier", "credit_limit"];
        for (before, after) in before.as_array().into_iter().flatten().zip(after.as_array().into_iter().flatten()) {
            assert!(same.iter().all(|field| before[field] == after[field]), "{before} {after}");
        }
    }
}

#[tokio::test]
async fn every_mistake_names_its_line_and_nothing_is_kept() {
    let start = prepared(&[]).await;
    let before = start.sales.count(CUSTOMERS).await;
    let file = "name,email,tier,account\n\
                Good,good@import.example,,\n\
                ,nobody,platinum,\n\
                Short,short@import.example\n\
                Twin,good@import.example,,\n\
                Lost,lost@import.example,,999999\n\
                \u{fffd},fine@import.example,,\n";
    let file = file.replace('\u{fffd}', "\u{1}");
    let mut file = file.into_bytes();
    let place = file.iter().position(|byte| *byte == 1).expect("the mark");
    file[place] = 0xff;
    let refused = csv(&start.sales, "", file.clone()).await.problem(422, "import_failed");
    for (field, code) in [
        ("lines[3].name", "length"),
        ("lines[3].email", "email"),
        ("lines[3].tier", "unknown_choice"),
        ("lines[4]", "wrong_length"),
        ("lines[5].email", "not_unique"),
        ("lines[6].account", "broken_reference"),
        ("lines[7].name", "bad_encoding"),
    ] {
        assert_eq!(refused.names(field), code);
    }
    assert_eq!(start.sales.count(CUSTOMERS).await, before);
    let dry = csv(&start.sales, "dry_run=true", file.clone()).await.is(200);
    assert_eq!(numbers(&dry), [6, 1, 0, 5]);
    let done = csv(&start.sales, "mode=partial", file).await.is(200);
    assert_eq!(numbers(&done), [6, 1, 0, 5], "what is right is kept");
    assert_eq!(done.body["errors"][0]["line"], 3);
    assert_eq!(start.sales.count(CUSTOMERS).await, before + 1);
}

#[tokio::test]
async fn rows_are_told_by_ids_of_other_systems() {
    let start = prepared(&[]).await;
    let file = |city: &str| {
        format!(
            "{{\"email\":\"x@match.example\",\"name\":\"X\",\"city\":\"{city}\"}}\n\n\
             {{\"email\":\"y@match.example\",\"name\":\"Y\"}}\n\
             {{\"email\":\"x@match.example\",\"name\":\"X2\"}}\n"
        )
    };
    let path = format!("{CUSTOMERS}/import?match=email");
    let first = send(&start.sales, &path, "application/jsonl", file("Ghent")).await.is(200);
    assert_eq!(numbers(&first), [3, 2, 1, 0], "a later line changes what an earlier one made");
    let again = send(&start.sales, &path, "application/jsonl", file("Bruges")).await.is(200);
    assert_eq!(numbers(&again), [3, 0, 3, 0]);
    let row = named(&start.sales, "x@match.example").await;
    assert_eq!((&row["name"], &row["city"], &row["version"]), (&json!("X2"), &json!("Bruges"), &json!(4)));
    let by_id = format!("{{\"id\":{},\"city\":\"Cork\"}}\n{{\"id\":999999,\"city\":\"Cork\"}}\n", row["id"]);
    let path = format!("{CUSTOMERS}/import?match=id&mode=partial");
    let done = send(&start.sales, &path, "application/jsonl", by_id).await.is(200);
    assert_eq!((numbers(&done), &done.body["errors"][0]["code"]), ([2, 0, 1, 1], &json!("record_not_found")));
    // References by a value of the row they lead to.
    let orders =
        "number,buyer,ordered_on,total\nI-1,x@match.example,2026-01-02,10.50\nI-2,nobody@match.example,2026-01-02,1\n";
    let path = format!("{ORDERS}/import?map[buyer]=customer.email&mode=partial");
    let done = send(&start.sales, &path, "text/csv", orders).await.is(200);
    assert_eq!(numbers(&done), [2, 1, 0, 1]);
    assert_eq!(
        (&done.body["errors"][0]["field"], &done.body["errors"][0]["code"]),
        (&json!("customer"), &json!("broken_reference"))
    );
    let order = start.sales.get_with(ORDERS, &[("filter[number]", "I-1")]).await;
    assert_eq!(order.body["rows"][0]["customer"], row["id"]);
}

#[tokio::test]
async fn fields_and_rights_hold_for_files_too() {
    let start = prepared(&[]).await;
    let before = start.sales.count(CUSTOMERS).await;
    let file = "name,email,credit_limit\nA,a@import.example,5\n";
    let hidden = csv(&start.sales, "", file).await.problem(422, "bad_columns");
    let absent = csv(&start.sales, "", "name,email,nickname\nA,a@import.example,5\n").await.problem(422, "bad_columns");
    assert_eq!((hidden.names("credit_limit"), absent.names("nickname")), ("unknown_field", "unknown_field"));
    let json = "{\"name\":\"A\",\"email\":\"a@import.example\",\"credit_limit\":5}\n";
    let refused = send(&start.sales, &format!("{CUSTOMERS}/import"), "application/jsonl", json).await;
    assert_eq!(refused.problem(422, "import_failed").names("lines[1].credit_limit"), "unknown_field");
    csv(&start.outsider, "nonsense=1", file).await.problem(404, "not_found");
    csv(&start.platform.client(), "", file).await.problem(401, "not_signed_in");
    // Finance may change customers, and view them, but make none.
    csv(&start.finance, "match=email", file).await.problem(403, "denied");
    for (parameters, name, code) in [
        ("format=xml", "format", "unknown_choice"),
        ("mode=some", "mode", "unknown_choice"),
        ("dry_run=1", "dry_run", "wrong_type"),
        ("match=city", "match", "unknown_field"),
        ("match=credit_limit", "match", "unknown_field"),
        ("limit=1", "limit", "unknown_parameter"),
        ("map[a]=name&map[a]=email", "map[a]", "repeated"),
        ("map[x]=account.city", "map[x]", "not_unique"),
        ("map[x]=owner.password", "map[x]", "unknown_field"),
        ("map[x]=credit_limit", "map[x]", "unknown_field"),
    ] {
        assert_eq!(csv(&start.sales, parameters, file).await.problem(400, "bad_query").names(name), code);
    }
    for (parameters, file, name, code) in [
        ("", "name,orders.number\n", "orders.number", "unknown_field"),
        ("", "name,name\n", "name", "repeated"),
        ("", "", "", "required"),
    ] {
        assert_eq!(csv(&start.sales, parameters, file).await.problem(422, "bad_columns").names(name), code, "{file}");
    }
    let path = format!("{CUSTOMERS}/import");
    send(&start.sales, &path, "text/plain", file).await.problem(415, "unsupported_media_type");
    let keyed = start.sales.request(Method::POST, &path).header("idempotency-key", "k").body(file);
    start.sales.send(keyed).await.problem(400, "bad_header");
    start.sales.send(start.sales.request(Method::GET, &path)).await.problem(405, "method_not_allowed");
    let torn = "{\"name\":1\n[]\n{\"name\":\"A\",\"name\":\"B\"}\n";
    let refused = send(&start.sales, &path, "application/jsonl", torn).await.problem(422, "import_failed");
    for line in 1..=3 {
        assert_eq!(refused.names(&format!("lines[{line}]")), "malformed_json");
    }
    assert_eq!(start.sales.count(CUSTOMERS).await, before);
}

#[tokio::test]
async fn a_file_may_be_larger_than_other_bodies_but_not_endless() {
    let start = prepared(&[("APPOS__SERVER__MAX_BODY", "64 KB"), ("APPOS__SERVER__MAX_IMPORT", "1 MB")]).await;
    let before = start.sales.count(CONTACTS).await;
    let mut file = "customer,first_name,last_name\n".to_owned();
    for line in 0..6000 {
        file.push_str(&format!("{},First,Last{line}\n", line % 9 + 1));
    }
    let path = format!("{CONTACTS}/import");
    let done = send(&start.sales, &path, "text/csv", file.clone()).await.is(200);
    assert_eq!(numbers(&done), [6000, 6000, 0, 0]);
    assert_eq!(start.sales.count(CONTACTS).await, before + 6000);
    let huge = send(&start.sales, &path, "text/csv", file.repeat(20)).await;
    huge.problem(413, "body_too_large");
    assert_eq!(start.sales.count(CONTACTS).await, before + 6000);
}
