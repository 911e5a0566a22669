//! Uploads that do not come to their end, also because the program does not.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use serde_json::json;

use super::support::{Method, Platform, database, prepared};
use super::{CONTRACTS, HASTY, PDF, await_files, customer, files};

/// A body of which a first part comes, and then nothing for as long as anybody waits.
fn endless() -> reqwest::Body {
    let first = stream::iter(vec![Ok::<_, std::io::Error>([PDF, &vec![b' '; 1_500_000]].concat())]);
    reqwest::Body::wrap_stream(first.chain(stream::pending()))
}

#[tokio::test]
async fn a_program_killed_in_the_middle_of_an_upload_leaves_neither_row_nor_file() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    let path = format!("{CONTRACTS}/upload?file_name=a.pdf&record=%7B%22customer%22:{of}%7D");
    let sales = start.sales.clone();
    let sending = tokio::spawn(async move {
        let request = sales.request(Method::POST, &path).header("Origin", sales.origin());
        request.body(endless()).send().await.is_err()
    });
    // It is noted, and its bytes come in.
    let begun = std::time::Instant::now();
    while files(start.platform.folder()) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(30), "nothing arrives");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let states = "SELECT state FROM platform_file";
    assert_eq!(database::texts(start.platform.folder(), states).await, ["pending"]);
    let session = start.sales.session.clone().expect("a session");
    let folder = start.platform.killed();
    assert!(sending.await.expect("the sender ends"), "its connection is cut");
    let platform = Platform::start_in(folder, &HASTY);
    let sales = platform.client().with_session(&session);
    assert_eq!(sales.count(CONTRACTS).await, 0);
    await_files(platform.folder(), 0).await;
    assert_eq!(database::texts(platform.folder(), states).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_upload_whose_sender_hangs_up_leaves_nothing() {
    let start = prepared(&HASTY).await;
    let of = customer(&start.sales).await;
    let path = format!("{CONTRACTS}/upload?file_name=a.pdf&record=%7B%22customer%22:{of}%7D");
    let request = start.sales.request(Method::POST, &path).header("Origin", start.sales.origin());
    let sending = request.body(endless()).send();
    assert!(tokio::time::timeout(Duration::from_secs(2), sending).await.is_err(), "it goes on for ever");
    await_files(start.platform.folder(), 0).await;
    assert_eq!(start.sales.count(CONTRACTS).await, 0);
}

/// What the program finds about its files.
fn examined(folder: &std::path::Path, arguments: &[&str]) -> Vec<(String, String)> {
    let mut command = super::support::acme(folder);
    command.arg("__doctor").args(arguments).env("APPOS__LOGGING__LEVEL", "off");
    let output = super::support::ended(command);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let checks = answer["checks"].as_array().expect("checks").iter().filter(|check| check["name"] == "files");
    let text = |check: &serde_json::Value, key: &str| check[key].as_str().unwrap_or_default().to_owned();
    checks.map(|check| (text(check, "status"), text(check, "found"))).collect()
}

#[tokio::test]
async fn files_that_are_missing_or_nobodys_are_found() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    for name in ["a.pdf", "b.pdf"] {
        super::send(&start.sales, CONTRACTS, &json!({ "customer": of }), name, PDF).await.is(201);
    }
    let folder = start.platform.into_folder();
    let ok = |text: &str| ("ok".to_owned(), text.to_owned());
    assert_eq!(examined(folder.path(), &[]), []);
    assert_eq!(examined(folder.path(), &["--files"]), [ok("2 as they were")]);
    let nobodys = folder.path().join(".appos/files/00/01938a3e000070008000000000000000");
    std::fs::create_dir_all(&nobodys).expect("a folder");
    std::fs::write(nobodys.join("content"), "lost").expect("a file");
    let first = database::texts(folder.path(), "SELECT content FROM platform_file WHERE name = 'a.pdf'").await;
    let name = first[0].replace('-', "");
    let lost = folder.path().join(".appos/files").join(&name[name.len() - 2..]).join(&name);
    std::fs::remove_dir_all(lost).expect("the file is where it is said to be");
    let found = examined(folder.path(), &["--files"]);
    assert!(found[0].0 == "failed" && found[0].1.contains("crm.records.contract 1, version 1"), "{found:?}");
    assert_eq!(found[1..], [("warning".to_owned(), "1 belong to no document".to_owned()), ok("1 as they were")]);
    let mended = examined(folder.path(), &["--files", "--repair"]);
    assert_eq!(mended[1..], [ok("1 as they were, 1 that belonged to none removed")]);
    assert!(!nobodys.exists());
}
