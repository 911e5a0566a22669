//! The screens of documents, as a browser without script has them: a file is uploaded, refused, shown, and comes back
//! in an earlier version.

use serde_json::json;

use super::page::{Form, Page};
use super::support::{Client, prepared};
use super::{CONTRACTS, EXCHANGE_FILES, EXCHANGES, HASTY, PDF, await_files, customer, files, send};

const NEW: &str = "/crm/contracts/new";
/// The fields that hold the files.
const FILE: &str = "ao-file";
const VERSION: &str = "ao-version";

/// The form of a new contract.
async fn form(client: &Client, of: i64) -> Form {
    Page::open(client, &format!("{NEW}?customer={of}")).await.form(NEW).with("signed_on", "2026-11-02")
}

#[tokio::test]
async fn a_document_is_uploaded_by_its_form_and_shown() {
    // The file is as large as the record says, whatever other bodies may be.
    let start = prepared(&[("APPOS__SERVER__MAX_BODY", "64 KB")]).await;
    let of = customer(&start.sales).await;
    let page = Page::open(&start.sales, &format!("{NEW}?customer={of}")).await;
    page.says("File").says("PDF or pictures, at most 2 MB").says("Upload");
    for part in ["enctype=\"multipart/form-data\"", "accept=\"application/pdf,image/*\""] {
        assert!(page.html.contains(part), "{part}: {}", page.html);
    }
    let large = [PDF, &vec![b' '; 1 << 20]].concat();
    let done = form(&start.sales, of).await.send_file(&start.sales, (FILE, "../Frame.pdf", &large)).await;
    let id = Form::id_in(&done);
    assert_eq!(done.location.as_deref(), Some(format!("/crm/contracts/{id}?note=created&note_id={id}").as_str()));
    let row = start.sales.get(&format!("{CONTRACTS}/{id}")).await.is(200).body;
    for (field, value) in [
        ("file_name", json!("Frame.pdf")),
        ("content_type", json!("application/pdf")),
        ("size", json!(large.len())),
        ("signed_on", json!("2026-11-02")),
        ("customer", json!(of)),
    ] {
        assert_eq!(row[field], value, "{field}");
    }

    let page = Page::open(&start.sales, &format!("/crm/contracts/{id}")).await;
    page.says("Frame.pdf").says("1 MB").says("Versions (1)").says("sales").says("Upload new version");
    let open = format!("href=\"/api/crm/v1/contracts/{id}/versions/1/content?inline=true\"");
    assert!(page.html.contains(&open) && !page.html.contains("ao-document-picture"), "{}", page.html);
    // Among others, and where it belongs to.
    let list = Page::open(&start.sales, "/crm/contracts").await;
    list.says("Frame.pdf").says("application/pdf").says("1 MB").says("New contract").does_not_say("Import");
    let parent = Page::open(&start.sales, &format!("/crm/customers/{of}?tab=contracts")).await;
    parent.says("Contracts (1)").says("Frame.pdf").says("Upload contract");
    let here = format!("/crm/customers/{of}?tab=contracts");
    let inside = Page::open(&start.sales, &format!("{here}&add=contracts")).await.form(NEW);
    assert_eq!(inside.value("customer"), of.to_string(), "it is known where it belongs to");
    let done = inside.send_file(&start.sales, (FILE, "second.pdf", PDF)).await;
    assert_eq!((done.status, done.location.as_deref().map(|to| to.contains(&here))), (303, Some(true)));
    let refused = inside.send_file(&start.sales, (FILE, "notes.txt", b"hello")).await.is(422);
    refused.says("Contracts (2)").says("The file is text/plain. What is taken here: PDF or pictures.");
}

#[tokio::test]
async fn a_picture_is_seen() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    let done = form(&start.sales, of).await.send_file(&start.sales, (FILE, "a.gif", super::kinds::GIF)).await;
    let id = Form::id_in(&done);
    let page = Page::open(&start.sales, &format!("/crm/contracts/{id}")).await;
    let picture = format!("src=\"/api/crm/v1/contracts/{id}/thumbnail#1\"");
    assert!(page.html.contains(&picture) && page.html.contains("alt=\"Preview of a.gif\""), "{}", page.html);
}

#[tokio::test]
async fn what_is_not_taken_is_told_at_the_file_and_what_was_typed_stays() {
    let start = prepared(&HASTY).await;
    let of = customer(&start.sales).await;
    let form = form(&start.sales, of).await;
    let large = [PDF, &vec![b' '; 2 << 20]].concat();
    let infected = [PDF, b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"].concat();
    for (name, bytes, told) in [
        ("empty.pdf", &b""[..], "The file is empty."),
        ("a.png", b"<!DOCTYPE html><script>alert(1)</script>", "The file is called a.png, but its content is HTML."),
        ("notes.txt", b"hello", "The file is text/plain. What is taken here: PDF or pictures."),
        ("both.gif", b"GIF89a/* %PDF-1.4 */", "The file is two kinds of file at once."),
        ("large.pdf", &large, "The file is larger than 2 MB, which is the most that is taken here."),
        ("infected.pdf", &infected, "The file is infected."),
    ] {
        let page = form.send_file(&start.sales, (FILE, name, bytes)).await.is(422);
        assert_eq!(page.error("field-ao-file"), Some(format!("{told} Choose the file again.")), "{name}");
        page.says("One thing needs another look");
        assert!(page.html.contains("href=\"#field-ao-file\""), "the summary leads to it");
        let again = page.form(NEW);
        assert_eq!((again.value("signed_on"), again.value("customer")), ("2026-11-02", of.to_string().as_str()));
    }
    // Without a file, as browsers send that, and as a form that has none.
    for page in [form.send_file(&start.sales, (FILE, "", b"")).await, form.send(&start.sales).await] {
        assert_eq!(page.is(422).error("field-ao-file").as_deref(), Some("Choose a file."));
    }
    // What is wrong with the fields is told before the file is looked at, and all at once.
    let wrong = form.clone().with("signed_on", "soon");
    let page = wrong.send_file(&start.sales, (FILE, "a.pdf", PDF)).await.is(422);
    assert_eq!(page.error("field-signed_on").as_deref(), Some("Signed on must be a date such as 2026-11-24"));
    assert_eq!(page.error("field-ao-file"), None);
    let page = wrong.send(&start.sales).await.is(422);
    page.says("2 things need another look").says("Choose a file.");
    assert_eq!(start.sales.count(CONTRACTS).await, 0);
    await_files(start.platform.folder(), 0).await;

    // Where there are as many as there may be.
    let folder = start.sales.post(EXCHANGES, json!({ "customer": of, "name": "Drafts" })).await.is(201).id();
    let path = format!("/crm/exchanges/{folder}?add=files");
    let inside = Page::open(&start.sales, &path).await;
    inside.says("texts or PDF, at most 100 MB");
    let inside = inside.form("/crm/exchange_files/new");
    for name in ["a.txt", "b.txt"] {
        assert_eq!(inside.send_file(&start.sales, (FILE, name, b"hello")).await.status, 303);
    }
    let page = inside.send_file(&start.sales, (FILE, "c.txt", b"hello")).await.is(422);
    page.says("There are 2 files already, and no more are taken.").says("Files (2)");
    assert_eq!(start.sales.count(EXCHANGE_FILES).await, 2);
}

#[tokio::test]
async fn a_new_version_is_uploaded_and_an_earlier_one_comes_back() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    let id = send(&start.sales, CONTRACTS, &json!({ "customer": of }), "first.pdf", PDF).await.is(201).id();
    let (path, second) = (format!("/crm/contracts/{id}"), [PDF, b"% second\n"].concat());
    let upload = Page::open(&start.sales, &path).await.form(&format!("{path}/upload"));
    let done = upload.send_file(&start.sales, (VERSION, "second.pdf", &second)).await;
    assert_eq!((Form::id_in(&done), done.status), (id, 303));
    let page = Page::open(&start.sales, &path).await;
    page.says("Versions (2)").says("first.pdf").says("second.pdf").says("current");

    // What is refused is told, and changes nothing; so is a form of a page that is out of date.
    let upload_now = page.form(&format!("{path}/upload"));
    let refused = upload_now.send_file(&start.sales, (VERSION, "a.txt", b"hello")).await.is(422);
    let told = "The file is text/plain. What is taken here: PDF or pictures. Choose the file again.";
    assert_eq!(refused.error("field-ao-version").as_deref(), Some(told));
    let refused = upload_now.send(&start.sales).await.is(422);
    assert_eq!(refused.error("field-ao-version").as_deref(), Some("Choose a file."));
    let stale = upload.send_file(&start.sales, (VERSION, "third.pdf", PDF)).await.is(422);
    stale.says("Somebody has changed this since you opened it.").says("Versions (2)");

    let restore = page.form(&format!("{path}/versions"));
    assert_eq!(restore.value("number"), "1");
    let stale = restore.clone().with("version", "1").send(&start.sales).await.is(422);
    stale.says("The version was not restored: Somebody has changed this since you opened it.");
    assert_eq!(restore.send(&start.sales).await.status, 303);
    let row = start.sales.get(&format!("{CONTRACTS}/{id}")).await.is(200).body;
    assert_eq!((&row["file_name"], &row["file_version"]), (&json!("first.pdf"), &json!(3)));
}

#[tokio::test]
async fn who_may_not_has_no_buttons_and_a_forged_form_is_refused() {
    let start = prepared(&[]).await;
    let of = customer(&start.sales).await;
    let id = send(&start.sales, CONTRACTS, &json!({ "customer": of }), "first.pdf", PDF).await.is(201).id();
    let path = format!("/crm/contracts/{id}");
    let page = Page::open(&start.sales, &path).await;
    let (create, upload) = (form(&start.sales, of).await, page.form(&format!("{path}/upload")));
    let second = upload.send_file(&start.sales, (VERSION, "second.pdf", PDF)).await;
    assert_eq!(second.status, 303);
    let page = Page::open(&start.sales, &path).await;
    let (upload, restore) = (page.form(&format!("{path}/upload")), page.form(&format!("{path}/versions")));

    // Finance may change what belongs to a customer, and make none of it.
    Page::open(&start.finance, &path).await.says("Upload new version").says("Restore");
    Page::open(&start.finance, "/crm/contracts").await.says("second.pdf").does_not_say("New contract");
    let parent = Page::open(&start.finance, &format!("/crm/customers/{of}?tab=contracts&add=contracts")).await;
    parent.says("second.pdf").does_not_say("Upload contract");
    assert!(parent.forms().iter().all(|form| form.action != NEW), "{}", parent.html);
    let before = files(start.platform.folder());
    for page in [
        create.send_file(&start.finance, (FILE, "a.pdf", PDF)).await,
        Page::get(&start.finance, NEW).await,
        create.send_file(&start.outsider, (FILE, "a.pdf", PDF)).await,
        upload.send_file(&start.outsider, (VERSION, "a.pdf", PDF)).await,
        restore.send(&start.outsider).await,
        Page::get(&start.outsider, NEW).await,
        Page::get(&start.outsider, &path).await,
        Page::get(&start.outsider, &format!("{path}/upload")).await,
    ] {
        assert!([403, 404].contains(&page.status), "{}: {}", page.status, page.text());
        page.does_not_say("second.pdf");
    }
    // A stranger is led to the sign-in, and a page of nowhere does nothing in somebody's name.
    let stranger = create.send_file(&start.platform.client(), (FILE, "a.pdf", PDF)).await;
    assert!(stranger.location.is_some_and(|to| to.starts_with("/login")), "{}", stranger.status);
    let bare = start.sales.send_bare(create.with_file(&start.sales, (FILE, "a.pdf", PDF))).await;
    assert_eq!((bare.status, &bare.body["code"]), (403, &json!("csrf_token_missing")));
    assert_eq!(files(start.platform.folder()), before, "nobody sends a file for nothing");
    assert_eq!(start.sales.count(CONTRACTS).await, 1);
}
