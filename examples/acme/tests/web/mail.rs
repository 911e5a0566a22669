//! Mail in development: it is kept and shown to administrators; and links that come by mail.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::support::{Client, Page, Prepared, prepared};

const ADDRESS: &str = "/caught-mail";
const MAILER: (&str, &str) = ("APPOS__MAIL__SYSTEM", "crm.connected_systems.mailer");

/// What was caught, as soon as it is so many.
async fn caught(start: &Prepared, count: usize) -> Vec<Json> {
    loop {
        let answer = start.admin.rule("list_caught_mail", json!({})).await.is(200);
        let mails = answer.body.as_array().expect("a list").clone();
        if mails.len() >= count {
            assert_eq!(mails.len(), count, "{mails:?}");
            return mails;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The link in a mail, as its page would be asked for.
async fn link(start: &Prepared, mail: &Json, page: &str) -> String {
    let shown = start.admin.rule("show_caught_mail", json!({ "id": mail["id"] })).await.is(200).body;
    let begin = format!("{}{page}?token=", start.platform.url);
    let line = shown["text"].as_str().and_then(|text| text.lines().find(|line| line.starts_with(&begin)));
    line.unwrap_or_else(|| panic!("no link in {shown}")).trim_end()[start.platform.url.len()..].to_owned()
}

#[tokio::test]
async fn caught_mail_is_shown_to_administrators_and_harms_nobody() {
    let start = prepared(&[]).await;
    assert_eq!(start.admin.open(ADDRESS).await.is(200).words("main .ao-state-title"), "No mail was caught yet");
    start.sales.post("/api/crm/v1/rules/mail_orders", json!({ "customer_id": 1 })).await.is(200);
    caught(&start, 1).await;

    let list = start.admin.open(ADDRESS).await.is(200);
    assert_eq!(list.link_in("nav", "Caught mail"), Some(ADDRESS.to_owned()));
    let subject = list.column("Subject").pop().expect("a row");
    assert!(subject.starts_with("Orders of "), "{subject}");
    let one = list.link(&subject).expect("a link to the mail");
    let page = start.admin.open(&one).await.is(200);
    let told = page.words("main");
    for part in
        ["sales@acme.example", "crm.connected_systems.mailer", "the list of your orders is attached", "Message-ID:"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }

    // Its HTML stands in a frame in which nothing runs.
    let html = format!("{one}/html");
    assert_eq!(page.attributes("iframe", "src"), [html.as_str()]);
    assert_eq!(page.attributes("iframe", "sandbox"), [""]);
    let framed = start.admin.get(&html).await.is(200);
    assert!(framed.body.as_str().is_some_and(|html| html.contains("your orders is attached")), "{}", framed.body);
    let policy = framed.headers["content-security-policy"].to_str().expect("a policy");
    for part in
        ["sandbox", "default-src 'none'", "img-src data:", "style-src 'unsafe-inline'", "frame-ancestors 'self'"]
    {
        assert!(policy.split("; ").any(|directive| directive == part), "{part}: {policy}");
    }
    assert_eq!(framed.headers["x-frame-options"], "SAMEORIGIN");
    let file = page.link("orders.csv").expect("a link to the file");
    let sent = start.admin.get(&file).await.is(200);
    assert_eq!(sent.headers["content-disposition"], "attachment; filename=\"orders.csv\"");
    assert!(sent.body.as_str().is_some_and(|text| text.lines().all(|line| line.contains(';'))), "{}", sent.body);
    for nothing in [format!("{one}/files/1"), format!("{one}/files/x"), format!("{ADDRESS}/1/html")] {
        start.admin.get(&nothing).await.problem(404, "not_found");
    }

    let question = start.admin.open(&list.link("Delete all").expect("a link to the question")).await.is(200);
    assert!(question.words("main").contains("Delete 1 mail?"), "{}", question.words("main"));
    let clear = question.form("form[action='/caught-mail']").and("do", "clear");
    for stranger in [&start.sales, &start.outsider] {
        assert_eq!(stranger.open(ADDRESS).await.is(404).link_in("nav", "Caught mail"), None);
        stranger.open(&one).await.is(404);
        for part in [&html, &file] {
            stranger.get(part).await.problem(404, "not_found");
        }
        stranger.submit(&clear).await.is(404);
    }
    for part in [&html, &file] {
        start.platform.client().get(part).await.problem(401, "not_signed_in");
    }
    let cleared = start.admin.submit(&clear).await.is(200);
    assert!(cleared.words("main").contains("All mail was deleted"), "{}", cleared.words("main"));
    caught(&start, 0).await;
}

#[tokio::test]
async fn where_mail_is_sent_there_is_no_page_of_it() {
    let start = prepared(&[("APPOS__MAIL__CATCH", "false")]).await;
    for path in
        [ADDRESS.to_owned(), format!("{ADDRESS}/x"), format!("{ADDRESS}/x/html"), format!("{ADDRESS}/x/files/0")]
    {
        start.admin.get(&path).await.problem(404, "not_found");
    }
    assert_eq!(start.admin.open("/connected-systems").await.is(200).link_in("nav", "Caught mail"), None);
    // And without a system of the platform's own, no way to a password by mail.
    assert_eq!(start.platform.client().open("/login").await.is(200).link("Forgot password?"), None);
    start.platform.client().get("/forgot-password").await.problem(404, "not_found");
}

/// Asks for a link to a new password.
async fn ask(client: &Client, email: &str) -> (u16, String) {
    let login = client.open("/login").await.is(200);
    let page = client.open(&login.link("Forgot password?").expect("a link")).await.is(200);
    let answer = client.submit_bare(&page.form("form").with("email", email)).await;
    (answer.status, answer.body.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_mail_and_nobody_learns_who_has_an_account() {
    const OTHER: &str = "another good password";
    let start = prepared(&[MAILER]).await;
    let stranger = start.platform.client();
    let known = ask(&stranger, "Sales@acme.example").await;
    assert_eq!(known.0, 200, "{}", known.1);
    assert!(known.1.contains("If there is an account with this address"), "{}", known.1);
    for nobody in ["nobody@acme.example", "nonsense", "a@b.example\u{7}"] {
        assert_eq!(ask(&stranger, nobody).await, known, "{nobody}");
    }
    let mails = caught(&start, 1).await;
    assert_eq!((&mails[0]["to"], &mails[0]["subject"]), (&json!("sales@acme.example"), &json!("A new password")));
    assert_eq!(mails[0]["system"], MAILER.1);
    let form = stranger.open(&link(&start, &mails[0], "/reset").await).await.is(200).form("form");
    let done = stranger.submit(&form.with("password", OTHER)).await.is(200);
    assert!(done.has("form[action='/login']"), "{}", done.words("main"));
    stranger.clone().sign_in("sales@acme.example", OTHER).await.is(200);
    // What was put aside would be an attempt that failed.
    assert_eq!(start.admin.rule("outbox_parked", json!({})).await.is(200).body, json!([]));
    // Who asks again and again is stopped, and keeps nobody from signing in.
    let mut status = 0;
    for _ in 0..11 {
        status = ask(&stranger, "sales@acme.example").await.0;
    }
    assert_eq!(status, 429);
    stranger.clone().sign_in("sales@acme.example", OTHER).await.is(200);
}

#[tokio::test]
async fn an_invitation_is_mailed_as_well() {
    let start = prepared(&[MAILER]).await;
    let new = json!({ "email": "gwen@acme.example", "name": "Gwen" });
    let gwen = start.admin.post(super::USERS, new).await.is(201).id();
    let told = start.admin.rule("invite_user", json!({ "user": gwen })).await.is(200).body;
    let mails = caught(&start, 1).await;
    assert_eq!((&mails[0]["to"], &mails[0]["subject"]), (&json!("gwen@acme.example"), &json!("An invitation")));
    let link = link(&start, &mails[0], "/invitation").await;
    assert_eq!(told, format!("{}{link}", start.platform.url));
    let page: Page = start.platform.client().open(&link).await.is(200);
    assert!(page.has("form[action='/invitation']"), "{}", page.words("main"));
}
