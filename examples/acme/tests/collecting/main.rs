//! Invoices are collected: a payment service that fails half the time charges each once, and confirms it by a webhook
//! that it signs; the invoice goes out by mail, as a PDF; and what its recipient answers is read from the mailbox.

mod bank;
#[allow(dead_code, reason = "other tests need more of it")]
#[path = "../outside/remote.rs"]
mod remote;
#[path = "../support/mod.rs"]
mod support;

use std::path::Path;
use std::time::{Duration, Instant};

use bank::{Bank, signed};
use mail_parser::{MessageParser, MimeHeaders as _};
use serde_json::{Value as Json, json};
use support::{Client, Method, Prepared, lines, prepared, user};
use throwaway_mail::ThrowawayMail;

const INVOICES: &str = "/api/billing/v1/invoices";
const COLLECT: &str = "/api/billing/v1/rules/collect";
const INSTANCES: &str = "/api/billing/v1/processes/collect_invoice/instances";
const PAID: &str = "/api/billing/v1/payments/paid";
const DESK: &str = "billing@acme.example";
const SECRET: &str = "whsec_collecting";
/// In the order of their names; one is a part of another.
const NUMBERS: [usize; 8] = [1, 10, 11, 2, 3, 4, 5, 6];
const PATIENCE: Duration = Duration::from_secs(120);

/// Asks again until there is an answer.
async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A platform whose payment service and mail server are those of the test, the account as which webhooks run, and a
/// bookkeeper.
async fn company(bank: &Bank, mail: &ThrowawayMail, folder: &Path) -> (Prepared, Client) {
    let ca = folder.join("ca.pem");
    std::fs::write(&ca, mail.ca_pem()).expect("a file");
    let system = |name: &str, settings: &[(&str, String)]| -> Vec<(String, String)> {
        let name = |setting: &str| format!("APPOS__CONNECTED_SYSTEMS__BILLING__{name}__{setting}");
        let near = ("ALLOW_NETWORKS", "127.0.0.0/8,::1/128".to_owned());
        settings.iter().chain([&near]).map(|(setting, value)| (name(setting), value.clone())).collect()
    };
    let server = |port: u16, tls: &str| {
        let ca = ca.display().to_string();
        [("HOST", mail.host().to_owned()), ("PORT", port.to_string()), ("TLS", tls.to_owned()), ("CA_FILE", ca)]
    };
    let payments = [("BASE_URL", bank.url()), ("BREAKER", "1000".to_owned())];
    let own = [
        ("APPOS__MAIL__CATCH", "false"),
        ("PAYMENTS_KEY", "pk-1"),
        ("PAYMENTS_WEBHOOK", SECRET),
        ("BILLING_MAIL_PASSWORD", mail.password()),
    ];
    let variables: Vec<(String, String)> = [
        system("PAYMENTS", &payments),
        system("MAIL", &server(mail.smtp_port(), "implicit")),
        system("MAILBOX", &server(mail.imap_port(), "implicit")),
        own.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
    ]
    .concat();
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let start = prepared(&variables).await;
    let bea = user(&start.platform, &start.admin, "bea", &["billing_users"]).await;
    let body = json!({ "email": "payments@acme.example", "name": "Payments", "user_type": "service_account" });
    let account = start.admin.post("/api/platform/v1/users", body).await.is(201).id();
    let group = start.admin.group("billing_users").await;
    start.admin.post("/api/platform/v1/memberships", json!({ "user": account, "group": group })).await.is(201);
    (start, bea)
}

/// An invoice with a position, for an account of its own.
async fn invoice(bea: &Client, number: usize) -> i64 {
    let account = json!({
        "first_name": "Grace", "last_name": format!("Höpper {number}"), "address": "1 Main Street", "city": "Ghent",
        "country": "Belgium", "email": format!("grace{number}@example.com"),
    });
    let account = bea.post("/api/billing/v1/accounts", account).await.is(201).id();
    let invoice = json!({
        "number": format!("C-{number}"), "account": account, "issued_on": "2026-05-04", "total": format!("{number}9.90"),
    });
    let invoice = bea.post(INVOICES, invoice).await.is(201).id();
    let line = json!({ "invoice": invoice, "article": 7, "unit_price": "9.90", "description": "Größe 7" });
    bea.post("/api/billing/v1/invoice_lines", line).await.is(201);
    invoice
}

async fn shown(bea: &Client, instance: &str) -> Json {
    bea.get(&format!("{INSTANCES}/{instance}")).await.is(200).body
}

#[tokio::test]
async fn invoices_are_charged_once_confirmed_mailed_and_answered_while_half_of_all_requests_fail() {
    let (bank, mail) = (Bank::open().await, ThrowawayMail::start());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (start, bea) = company(&bank, &mail, folder.path()).await;
    bank.tells(&format!("{}{PAID}", start.platform.url), SECRET);
    let mut collected = Vec::new();
    for number in NUMBERS {
        let invoice = invoice(&bea, number).await;
        let instance = bea.post(COLLECT, json!({ "invoice_id": invoice })).await.is(200).body;
        // Whoever asks again is told of the same collection.
        assert_eq!(bea.post(COLLECT, json!({ "invoice_id": invoice })).await.is(200).body, instance);
        collected.push((number, invoice, instance.as_str().expect("an id").to_owned()));
    }
    // Invoice 1 is the last to be answered: what others were answered is not its answer.
    for (number, invoice, instance) in collected.iter().rev() {
        let address = format!("grace{number}@example.com");
        let sent = until("the invoice is sent", async || {
            let shown = shown(&bea, instance).await;
            assert!(shown["state"] == "running" || shown["state"] == "waiting", "{shown}");
            mail.mails_to(&address).pop()
        });
        let sent = sent.await;
        let sent = MessageParser::default().parse(&sent).expect("a mail").into_owned();
        let subject = format!("Invoice C-{number}");
        assert_eq!(sent.subject(), Some(&*subject));
        assert!(sent.body_html(0).is_some_and(|html| html.contains(&format!("Höpper {number}"))), "{sent:?}");
        let paper = sent.attachment(0).expect("an attachment");
        assert_eq!(paper.attachment_name(), Some(&*format!("{subject}.pdf")));
        let pdf = paper.contents();
        assert!(pdf.starts_with(b"%PDF-"), "{paper:?}");
        assert!(String::from_utf8_lossy(pdf).contains(&subject), "the words are in it");
        // The document is there for whoever may see the invoice, with the same bytes.
        let papers = bea.get(&format!("/api/billing/v1/invoice_papers?filter[invoice]={invoice}")).await.is(200);
        assert_eq!(papers.body["rows"].as_array().map(Vec::len), Some(1), "{papers:?}");
        assert_eq!(papers.body["rows"][0]["size"], pdf.len(), "{papers:?}");
        let row = bea.get(&format!("{INVOICES}/{invoice}")).await.is(200);
        assert_eq!(row.body["status"], "paid");
        let id = sent.message_id().expect("an id");
        mail.deliver(
            &address,
            DESK,
            &format!(
                "From: Grace <{address}>\nTo: {DESK}\nSubject: Re: {subject}\nMessage-ID: <answer{number}@example.com>\n\
                 In-Reply-To: <{id}>\n\nThank you for {number}."
            ),
        );
    }
    for (number, _, instance) in &collected {
        let shown = until("the answer is read", async || {
            Some(shown(&bea, instance).await).filter(|shown| shown["state"] == "completed")
        });
        assert_eq!(
            shown.await["result"],
            json!({
                "charge": format!("ch_C-{number}"), "answer": format!("Thank you for {number}."),
            })
        );
    }
    // Each invoice was charged once, its account was mailed once, and half of what the service was asked did fail.
    let (asked, failed, charged) = bank.counted();
    let all: Vec<String> = NUMBERS.iter().map(|number| format!("C-{number}")).collect();
    assert_eq!(charged, all);
    assert!(failed >= 4 && asked >= 12, "{failed} of {asked} have failed");
    for (number, ..) in &collected {
        assert_eq!(mail.mails_to(&format!("grace{number}@example.com")).len(), 1);
    }
}

#[tokio::test]
async fn who_cannot_sign_confirms_nothing_and_the_webhook_has_no_rights_but_its_own() {
    let (bank, mail) = (Bank::open().await, ThrowawayMail::start());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (start, bea) = company(&bank, &mail, folder.path()).await;
    let nobody = start.platform.client();
    let send = async |secret: &str, body: Json| {
        let body = body.to_string();
        let signature = signed(secret, &body);
        let request = nobody.request(Method::POST, PAID).header("content-type", "application/json");
        nobody.send(request.header("stripe-signature", signature).body(body)).await
    };
    let number = 9;
    invoice(&bea, number).await;
    send("another", json!({ "charge": "ch_1", "invoice": "C-9" })).await.problem(403, "bad_signature");
    send(SECRET, json!({ "charge": "ch_1", "invoice": "C-999" })).await.problem(422, "unknown_invoice");
    // The sender himself, without a signature, sees nothing of what the web API reaches.
    nobody.get(INVOICES).await.problem(401, "not_signed_in");
    send(SECRET, json!({ "charge": "ch_1", "invoice": "C-9" })).await.is(202);
    // Without its account it does nothing, and tells nobody why.
    let users = start.admin.get("/api/platform/v1/users?filter[email]=payments@acme.example").await.is(200);
    let account = &users.body["rows"][0];
    let path = format!("/api/platform/v1/users/{}", account["id"]);
    start.admin.patch(&path, json!({ "active": false, "version": account["version"] })).await.is(200);
    let refused = send(SECRET, json!({ "charge": "ch_2", "invoice": "C-9" })).await;
    let refused = refused.problem(500, "no_service_account");
    assert!(!refused.body.to_string().contains("payments@"), "{refused:?}");
    let folder = start.platform.into_folder();
    let elevated = lines(&folder.path().join(".appos/logs"), "security");
    let elevated: Vec<_> = elevated.into_iter().filter(|line| line.text("action") == "run_as").collect();
    assert_eq!(elevated.len(), 2, "{elevated:?}");
    assert_eq!(elevated[0].text("object_ref"), "billing.web_apis.charge_paid");
}
