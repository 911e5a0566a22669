//! Documents and folders of the real program: files go in, are looked at, come out again, and are removed.

#[path = "../support/mod.rs"]
mod support;

mod access;
mod broken;
mod bucket;
mod kinds;
#[path = "../forms/page.rs"]
mod page;
mod ranges;
mod screens;
mod versions;

use std::path::Path;
use std::time::{Duration, Instant};

use reqwest::header::CONTENT_TYPE;
use serde_json::{Value as Json, json};
use support::{Answer, Client, Method};

const CUSTOMERS: &str = "/api/crm/v1/customers";
const CONTRACTS: &str = "/api/crm/v1/contracts";
const EXCHANGES: &str = "/api/crm/v1/exchanges";
const EXCHANGE_FILES: &str = "/api/crm/v1/exchange_files";

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

/// Adds a customer.
async fn customer(client: &Client) -> i64 {
    let new = json!({ "name": "Paper", "email": "paper@acme.example" });
    client.post(CUSTOMERS, new).await.is(201).id()
}

/// Sends a file by itself.
async fn send(client: &Client, path: &str, record: &Json, name: &str, bytes: impl Into<Vec<u8>>) -> Answer {
    let url =
        reqwest::Url::parse_with_params("http://host", [("file_name", name), ("record", record.to_string().as_str())]);
    let query = url.expect("parameters").query().unwrap_or_default().to_owned();
    let request = client.request(Method::POST, &format!("{path}/upload?{query}"));
    client.send(request.header(CONTENT_TYPE, "application/octet-stream").body(bytes.into())).await
}

/// Sends the next version of a contract.
async fn replace(client: &Client, id: i64, name: &str, bytes: impl Into<Vec<u8>>) -> Answer {
    let request = client.request(Method::PUT, &format!("{CONTRACTS}/{id}/content?file_name={name}"));
    client.send(request.body(bytes.into())).await
}

/// Sends a file as browsers do.
async fn send_form(client: &Client, path: &str, record: &str, file: (&str, &str, &[u8])) -> Answer {
    let (name, kind, bytes) = file;
    let mut body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"record\"\r\n\r\n{record}\r\n--b\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
    )
    .into_bytes();
    body.extend(bytes);
    body.extend(b"\r\n--b--\r\n");
    let request = client.request(Method::POST, &format!("{path}/upload"));
    client.send(request.header(CONTENT_TYPE, "multipart/form-data; boundary=b").body(body)).await
}

/// Files that lie in the platform's folder.
fn files(folder: &Path) -> usize {
    fn count(folder: &Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
        entries.flatten().map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 }).sum()
    }
    count(&folder.join(".appos/files"))
}

/// Waits until so many files lie there.
async fn await_files(folder: &Path, wanted: usize) {
    let begun = Instant::now();
    while files(folder) != wanted {
        assert!(begun.elapsed() < Duration::from_secs(60), "{} files, not {wanted}", files(folder));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Files are looked for often, and not waited for long.
const HASTY: [(&str, &str); 2] = [("APPOS__FILES__SWEEP", "200ms"), ("APPOS__FILES__ABANDONED_AFTER", "1s")];
