//! How far imports are, told to whoever began them.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value as Json, json};

use super::CUSTOMERS;
use super::support::{Answer, Client, Method, prepared};

/// Longest wait for something to happen, in looks.
const LOOKS: usize = 600;

/// A file of this many lines, of which all but the first two have two mistakes.
fn wrong(lines: usize) -> String {
    let mut file = "name,email\nFirst,first@far.example\nSecond,second@far.example\n".to_owned();
    for line in 2..lines {
        file.push_str(&format!(",line{line}\n"));
    }
    file
}

async fn begin(client: &Client, parameters: &str, prefer: &str, file: String) -> Answer {
    let path = format!("{CUSTOMERS}/import?{parameters}");
    let request = client.request(Method::POST, &path).header("content-type", "text/csv").header("prefer", prefer);
    client.send(request.body(file)).await
}

/// Looks until the answer is as wanted.
async fn until(client: &Client, path: &str, wanted: impl Fn(&Json) -> bool) -> Json {
    for _ in 0..LOOKS {
        let answer = client.get(path).await.is(200);
        if wanted(&answer.body) {
            return answer.body;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{path} does not come to its end");
}

fn is_over(import: &Json) -> bool {
    import["state"] == "done" || import["state"] == "failed"
}

async fn mistakes(client: &Client, path: &str) -> Vec<Json> {
    let answer = client.get(&format!("{path}/errors")).await.is(200);
    assert_eq!(answer.headers["content-type"], "application/jsonl");
    let text = answer.body.as_str().map_or_else(String::new, str::to_owned);
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[tokio::test]
async fn progress_moves_while_the_file_is_still_on_its_way() {
    let start = prepared(&[]).await;
    let all = format!("{CUSTOMERS}/imports");
    assert_eq!(start.sales.get(&all).await.is(200).body, json!({ "imports": [] }));
    let file = wrong(3000);
    let (first, second) = file.split_at(file.len() / 2);
    let mut stream = TcpStream::connect(start.platform.url.trim_start_matches("http://")).expect("a connection");
    let session = start.sales.session.as_deref().expect("a session");
    let head = format!(
        "POST {CUSTOMERS}/import?mode=partial HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nCookie: {session}\r\n\
         Content-Type: text/csv\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        file.len()
    );
    stream.write_all(head.as_bytes()).expect("a head");
    stream.write_all(first.as_bytes()).expect("one half");
    let half = u64::try_from(first.len()).expect("a length");
    let seen = until(&start.sales, &all, |body| body["imports"][0]["received"].as_u64() == Some(half)).await;
    let import = &seen["imports"][0];
    assert_eq!((&import["state"], &import["lines"]), (&json!("receiving"), &json!(0)));
    // Others do not even learn that it is there.
    let path = format!("{all}/{}", import["id"].as_str().expect("an id"));
    assert_eq!(start.admin.get(&all).await.is(200).body, json!({ "imports": [] }));
    start.admin.get(&path).await.problem(404, "import_not_found");
    stream.write_all(second.as_bytes()).expect("the other half");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let told = start.sales.get(&path).await.is(200).body;
    assert_eq!(
        told,
        json!({ "id": import["id"], "state": "done", "received": file.len(), "lines": 3000, "created": 2,
                "updated": 0, "failed": 2998, "dry_run": false })
    );
    assert_eq!(mistakes(&start.sales, &path).await.len(), 5996);
}

#[tokio::test]
async fn who_does_not_want_to_wait_is_answered_at_once_and_told_until_the_end() {
    let start = prepared(&[]).await;
    let before = start.sales.count(CUSTOMERS).await;
    let answer = begin(&start.sales, "mode=partial", "wait=1, Respond-Async; x=1", wrong(2000)).await.is(202);
    assert_eq!(answer.headers["preference-applied"], "respond-async");
    let path = answer.headers["location"].to_str().expect("a path").to_owned();
    assert_eq!(path, format!("{CUSTOMERS}/imports/{}", answer.execution_id));
    assert_eq!(answer.body["id"], answer.execution_id);
    let done = until(&start.sales, &path, is_over).await;
    assert_eq!((&done["state"], &done["created"], &done["failed"]), (&json!("done"), &json!(2), &json!(1998)));
    assert!(done["problem"].is_null() && done["errors"].is_null(), "{done}");
    assert_eq!(start.sales.count(CUSTOMERS).await, before + 2);
    let lines = mistakes(&start.sales, &path).await;
    assert_eq!(lines.len(), 2 * 1998, "all of them, not only the first thousand");
    let last = &lines[lines.len() - 2..];
    assert!(last.iter().all(|mistake| mistake["line"] == 2001), "{last:?}");
    assert_eq!((&last[0]["field"], &last[0]["code"]), (&json!("name"), &json!("length")));
    assert!(last[1]["field"] == "email" && last[1]["message"].is_string(), "{last:?}");

    // All or nothing: the end is a failure, and nothing was made.
    let answer = begin(&start.sales, "", "respond-async", wrong(2000)).await.is(202);
    let path = format!("{CUSTOMERS}/imports/{}", answer.execution_id);
    let failed = until(&start.sales, &path, is_over).await;
    assert_eq!((&failed["state"], &failed["created"]), (&json!("failed"), &json!(0)));
    assert_eq!((&failed["problem"]["code"], &failed["problem"]["status"]), (&json!("import_failed"), &json!(422)));
    assert_eq!(mistakes(&start.sales, &path).await.len(), 2 * 1998 + 2, "two are there already");
    let all = start.sales.get(&format!("{CUSTOMERS}/imports")).await.is(200).body;
    let states: Vec<&Json> = all["imports"].as_array().expect("imports").iter().map(|one| &one["state"]).collect();
    assert_eq!(states, ["failed", "done"], "the latest first");
    let (_, logs) = start.platform.stop();
    let line = logs.below(&answer.execution_id);
    assert_eq!((line.len(), line[0].text("operation"), line[0].text("outcome")), (1, "import", "invalid"));
}

#[tokio::test]
async fn what_is_wrong_before_the_first_line_is_refused_at_once() {
    let start = prepared(&[]).await;
    let file = "name,email\nA,a@far.example\n";
    let refused = begin(&start.sales, "mode=some", "respond-async", file.to_owned()).await;
    assert_eq!(refused.problem(400, "bad_query").names("mode"), "unknown_choice");
    let refused = begin(&start.sales, "", "respond-async", "name,nickname\n".to_owned()).await;
    assert_eq!(refused.problem(422, "bad_columns").names("nickname"), "unknown_field");
    begin(&start.outsider, "", "respond-async", file.to_owned()).await.problem(404, "not_found");
    begin(&start.platform.client(), "", "respond-async", file.to_owned()).await.problem(401, "not_signed_in");
    // A preference that is not known is no mistake.
    let done = begin(&start.sales, "dry_run=true", "return=minimal", file.to_owned()).await.is(200);
    assert_eq!((&done.body["state"], &done.body["errors"]), (&json!("done"), &json!([])));
    assert_eq!(done.body["dry_run"], true);
    // A file without mistakes has an empty list of them.
    let path = format!("{CUSTOMERS}/imports/{}", done.execution_id);
    assert_eq!(mistakes(&start.sales, &path).await, [Json::Null; 0]);
    let refused = start.sales.get(&format!("{path}?limit=1")).await.problem(400, "bad_query");
    assert_eq!(refused.names("limit"), "unknown_parameter");
    start.sales.post(&path, json!({})).await.problem(405, "method_not_allowed");
    for other in [format!("{CUSTOMERS}/imports/1"), format!("/api/crm/v1/contacts/imports/{}", done.execution_id)] {
        start.sales.get(&other).await.problem(404, "import_not_found");
        start.sales.get(&format!("{other}/errors")).await.problem(404, "import_not_found");
    }
    start.finance.get(&path).await.problem(404, "not_found");
    start.platform.client().get(&path).await.problem(401, "not_signed_in");
}

#[tokio::test]
async fn an_import_that_nobody_asks_for_is_forgotten() {
    let start = prepared(&[("APPOS__SERVER__KEEP_IMPORTS", "1s")]).await;
    let done = begin(&start.sales, "dry_run=true", "", "name,email\nA,a@far.example\n".to_owned()).await.is(200);
    let path = format!("{CUSTOMERS}/imports/{}", done.execution_id);
    // Whoever asks keeps it: each wait is longer than the one before.
    for wait in 2..30 {
        tokio::time::sleep(Duration::from_secs(wait)).await;
        if start.sales.get(&path).await.status == 404 {
            return;
        }
    }
    panic!("{path} is still there");
}
