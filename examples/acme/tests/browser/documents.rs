//! A document goes in by the form of its record, and is seen.

use std::path::Path;

use fantoccini::{Client, Locator};
use serde_json::{Value as Json, json};

use crate::forms::{press, seat};
use crate::live::{LIVE, script, until};
use crate::support::{axe, prepared};

/// A picture of one pixel.
const GIF: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\xff\0\0\0\0\0!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// Chooses a file in the field with this id.
async fn choose(client: &Client, id: &str, folder: &Path, (name, bytes): (&str, &[u8])) {
    let file = folder.join(name);
    std::fs::write(&file, bytes).expect("a file");
    let field = client.find(Locator::Id(id)).await.unwrap_or_else(|error| panic!("{id}: {error}"));
    field.send_keys(&file.display().to_string()).await.expect("a file is chosen");
}

#[tokio::test]
async fn a_picture_is_uploaded_by_the_form_seen_replaced_and_restored() {
    let prepared = prepared(&[]).await;
    let url = &prepared.platform.url;
    let (folder, axe) = (tempfile::tempdir().expect("a folder"), axe::script());
    let browser = seat(url, "sales").await;
    let client = &browser.client;
    let is_for_everybody = async |what: &str| {
        assert_eq!(axe::found(client, &axe, &[]).await, [""; 0], "{what}");
    };
    client.goto(&format!("{url}/crm/contracts/new?customer=3")).await.expect("a page");
    until(client, LIVE).await;
    is_for_everybody("the form").await;
    script(client, "document.getElementById('field-signed_on').value = '2026-11-24'").await;
    choose(client, "field-ao-file", folder.path(), ("notes.txt", b"hello")).await;
    press(client, "Upload").await;
    until(client, "document.getElementById('field-ao-file-error')").await;
    until(client, LIVE).await;
    let told = script(client, "return document.getElementById('field-ao-file-error').textContent").await;
    assert!(told.as_str().is_some_and(|told| told.contains("What is taken here: PDF or pictures.")), "{told}");
    assert_eq!(script(client, "return document.getElementById('field-signed_on').value").await, "2026-11-24");
    is_for_everybody("the form that was refused").await;

    choose(client, "field-ao-file", folder.path(), ("dot.gif", GIF)).await;
    press(client, "Upload").await;
    until(client, "/^.crm.contracts.\\d+$/.test(location.pathname)").await;
    until(client, LIVE).await;
    until(client, "document.querySelector('.ao-document-picture img')?.naturalWidth > 0").await;
    is_for_everybody("the document").await;

    choose(client, "field-ao-version", folder.path(), ("frame.pdf", b"%PDF-1.4\n%%EOF\n")).await;
    press(client, "Upload new version").await;
    until(client, "document.body.innerText.includes('Versions (2)')").await;
    until(client, LIVE).await;
    until(client, "!document.querySelector('.ao-document-picture')").await;
    // A page that is open shows what others do.
    let id = script(client, "return location.pathname.split('/').pop()").await;
    let restore = format!("/api/crm/v1/contracts/{}/versions/1/restore", id.as_str().unwrap_or_default());
    prepared.sales.send(prepared.sales.request(crate::support::Method::POST, &restore)).await.is(200);
    until(client, "document.body.innerText.includes('Versions (3)')").await;
    until(client, "document.querySelector('.ao-document-picture img')?.naturalWidth > 0").await;
    press(client, "Restore").await;
    until(client, "document.querySelector('.ao-toast')?.textContent.includes('Restored')").await;
    let row = prepared.sales.get("/api/crm/v1/contracts").await.is(200);
    assert_eq!(row.column("file_version"), [json!(4)]);
    let seen: Vec<Json> = row.column("file_name");
    assert_eq!(seen, ["frame.pdf"]);
    client.clone().close().await.expect("it closes");
}
