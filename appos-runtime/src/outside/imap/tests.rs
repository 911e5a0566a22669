//! Against a real server, and servers that do wrong.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use lettre::Message;
use lettre::message::{Attachment, MultiPart};
use throwaway_mail::{Authority, ThrowawayMail};

use super::{ImapClient, MailSearch};
use crate::outside::credential::Credential;
use crate::outside::endpoint::{Endpoint, TlsMode};
use crate::outside::smtp::SmtpClient;
use crate::outside::testing::{SECRET, basic, endpoint, is_fault, plays, says};

static SERVER: LazyLock<ThrowawayMail> = LazyLock::new(ThrowawayMail::start);

fn at(port: u16, tls: TlsMode) -> Endpoint {
    endpoint(SERVER.host(), port, tls, Some(SERVER.ca_pem()))
}

fn client(user: &str) -> ImapClient {
    let endpoint = at(SERVER.imap_port(), TlsMode::Implicit);
    ImapClient::new(endpoint, basic(user, SERVER.password())).unwrap()
}

async fn send(to: &str, subject: &str, text: &str) {
    let smtp = SmtpClient::new(at(SERVER.smtp_plain_port(), TlsMode::Off), &Credential::None).unwrap();
    let builder = Message::builder()
        .from("Bob Bär <bob@example.com>".parse().unwrap())
        .to(to.parse().unwrap())
        .subject(subject)
        .message_id(Some("<two@example.com>".to_owned()))
        .in_reply_to("<one@example.com>".to_owned())
        .references("<zero@example.com> <one@example.com>".to_owned());
    let file =
        Attachment::new("Übersicht.csv".to_owned()).body(b"a;b\r\n1;2\r\n".to_vec(), "text/csv".parse().unwrap());
    let both = MultiPart::alternative_plain_html(text.to_owned(), format!("<p>{text}</p>"));
    let message = builder.multipart(MultiPart::mixed().multipart(both).singlepart(file)).unwrap();
    smtp.send(message.envelope(), &message.formatted()).await.unwrap();
}

#[tokio::test]
async fn a_message_is_found_read_marked_moved_and_deleted() {
    let user = "life@example.com";
    send(user, "Invoice \"42\"", "Größe").await;
    send(user, "Something else", "text").await;
    let client = client(user);
    let search = MailSearch::new()
        .unseen()
        .from("bob@")
        .subject("invoice \"42\"")
        .since(chrono::Utc::now().date_naive() - chrono::Days::new(2));
    let found = client.search("INBOX", &search).await.unwrap();
    assert_eq!(found.len(), 1);
    let uid = found[0];
    let message = client.fetch("INBOX", uid, 1 << 20).await.unwrap().unwrap();
    assert_eq!(message.from[0].address, "bob@example.com");
    assert_eq!(message.from[0].name.as_deref(), Some("Bob Bär"));
    assert_eq!(message.to[0].address, user);
    assert_eq!(message.subject.as_deref(), Some("Invoice \"42\""));
    assert!(message.date.is_some());
    assert_eq!(message.message_id.as_deref(), Some("two@example.com"));
    assert_eq!(message.in_reply_to, ["one@example.com"]);
    assert_eq!(message.references, ["zero@example.com", "one@example.com"]);
    assert_eq!(message.text.as_deref(), Some("Größe"));
    assert_eq!(message.html.as_deref(), Some("<p>Größe</p>"));
    let file = &message.attachments[0];
    assert_eq!((file.name.as_deref(), file.content_type.as_str()), (Some("Übersicht.csv"), "text/csv"));
    assert_eq!(file.bytes, b"a;b\r\n1;2\r\n");

    // To read is not to mark as read.
    assert_eq!(client.search("INBOX", &search).await.unwrap(), [uid]);
    client.mark_seen("INBOX", uid).await.unwrap();
    assert!(client.search("INBOX", &search).await.unwrap().is_empty());

    is_fault(client.move_to("INBOX", uid, "Done").await, "remote_refused");
    client.make("Done").await;
    client.move_to("INBOX", uid, "Done").await.unwrap();
    assert_eq!(client.mailboxes().await.unwrap(), ["Done", "INBOX"]);
    let moved = client.search("Done", &MailSearch::new()).await.unwrap();
    client.delete("Done", moved[0]).await.unwrap();
    assert!(client.search("Done", &MailSearch::new()).await.unwrap().is_empty());
    assert!(client.fetch("Done", moved[0], 1 << 20).await.unwrap().is_none());
    assert_eq!(client.search("INBOX", &MailSearch::new()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn other_letters_are_searched_for_as_well() {
    let user = "letters@example.com";
    send(user, "Größe 7", "text").await;
    let client = client(user);
    assert_eq!(client.search("INBOX", &MailSearch::new().subject("größe")).await.unwrap().len(), 1);
    assert!(client.search("INBOX", &MailSearch::new().subject("klein")).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_large_message_is_not_taken() {
    let user = "large@example.com";
    send(user, "Large", &"x".repeat(50_000)).await;
    let client = client(user);
    let found = client.search("INBOX", &MailSearch::new()).await.unwrap();
    is_fault(client.fetch("INBOX", found[0], 40_000).await, "too_large");
    assert!(client.fetch("INBOX", found[0], 400_000).await.unwrap().is_some());
}

#[tokio::test]
async fn nothing_is_sent_that_holds_a_command() {
    let (port, heard) = plays(&["* OK\r\n", "A0001 OK\r\n", "A0002 OK\r\n"]);
    let client = ImapClient::new(at(port, TlsMode::Off), basic("ann", SECRET)).unwrap();
    let all = MailSearch::new();
    let evil = "x\"\r\nA9 DELETE INBOX";
    is_fault(client.search(evil, &all).await, "invalid_argument");
    is_fault(client.search("INBOX", &all.clone().subject(evil)).await, "invalid_argument");
    is_fault(client.search("INBOX", &all.from("a\0b")).await, "invalid_argument");
    is_fault(client.move_to("INBOX", 1, evil).await, "invalid_argument");
    is_fault(ImapClient::new(at(port, TlsMode::Off), basic(evil, SECRET)), "invalid_argument");
    assert!(heard.try_recv().is_err());
}

#[tokio::test]
async fn each_kind_of_encryption_works_and_no_stranger_is_believed() {
    let credential = || basic(SERVER.user(), SERVER.password());
    for (port, tls) in [
        (SERVER.imap_port(), TlsMode::Implicit),
        (SERVER.imap_plain_port(), TlsMode::Starttls),
        (SERVER.imap_plain_port(), TlsMode::Off),
    ] {
        ImapClient::new(at(port, tls), credential()).unwrap().check().await.unwrap();
        if tls == TlsMode::Off {
            continue;
        }
        let mut by_address = at(port, tls);
        by_address.host = "127.0.0.1".to_owned();
        is_fault(ImapClient::new(by_address, credential()).unwrap().check().await, "tls_failed");
        let mut stranger = at(port, tls);
        stranger.trust.ca = Some(Authority::new().pem().to_owned());
        is_fault(ImapClient::new(stranger, credential()).unwrap().check().await, "tls_failed");
    }
    let wrong = ImapClient::new(at(SERVER.imap_port(), TlsMode::Implicit), basic("ann", SECRET)).unwrap();
    assert!(!format!("{wrong:?}").contains(SECRET));
    is_fault(wrong.check().await, "authentication_failed");
    is_fault(ImapClient::new(at(1, TlsMode::Off), Credential::None), "unsuited_credentials");
}

#[tokio::test]
async fn a_token_is_shown_as_servers_want_it() {
    let (port, heard) = plays(&["* OK\r\n", "+ \r\n", "A0001 OK\r\n", "A0002 OK\r\n"]);
    let token = Credential::Bearer { user: Some("ann".to_owned()), token: "t0ken".into() };
    ImapClient::new(at(port, TlsMode::Off), token).unwrap().check().await.unwrap();
    assert_eq!(heard.recv().unwrap(), "A0001 AUTHENTICATE XOAUTH2\r\n");
    // Of `user=ann^Aauth=Bearer t0ken^A^A`.
    assert_eq!(heard.recv().unwrap(), "dXNlcj1hbm4BYXV0aD1CZWFyZXIgdDBrZW4BAQ==\r\n");
}

#[tokio::test]
async fn servers_that_do_wrong_harm_one_call_and_leave_nothing() {
    let cases: [(&'static [u8], &str); 4] = [
        (b"", "timeout"),
        (b"HTTP/1.1 200 OK\r\n\r\n<html>", "invalid_answer"),
        (b"* OK hello\r\n", "timeout"),
        (b"* OK hello\r\nA0001 NO hunter2-is-secret\r\n", "authentication_failed"),
    ];
    for (says_this, code) in cases {
        let mut endpoint = at(says(says_this), TlsMode::Off);
        endpoint.connect_timeout = Duration::from_millis(200);
        let client = ImapClient::new(endpoint, basic("ann", SECRET)).unwrap();
        is_fault(client.check().await, code);
        assert_eq!(client.connections(), 0);
    }
}

#[tokio::test]
async fn a_server_that_sends_more_than_it_said_is_not_listened_to() {
    let much = format!("* 1 FETCH (UID 7 BODY[] {{200000}}\r\n{}", "x".repeat(200_000));
    let lines = [
        "* OK\r\n",
        "A0001 OK\r\n",
        "A0002 OK [READ-WRITE]\r\n",
        "* 1 FETCH (UID 7 RFC822.SIZE 10)\r\nA0003 OK\r\n",
        String::leak(much),
    ];
    let (port, _heard) = plays(Vec::leak(lines.to_vec()));
    let client = ImapClient::new(at(port, TlsMode::Off), basic("ann", SECRET)).unwrap();
    is_fault(client.fetch("INBOX", 7, 100).await, "too_large");
    assert_eq!(client.connections(), 0);
}

#[tokio::test]
async fn a_hundred_failures_leave_no_session() {
    let client = Arc::new(client("failing@example.com"));
    let failing = (0..100).map(|number| {
        let client = Arc::clone(&client);
        tokio::spawn(async move {
            if number % 2 == 0 {
                is_fault(client.search("None", &MailSearch::new()).await, "remote_refused");
            } else {
                let search = MailSearch::new();
                tokio::time::timeout(Duration::from_micros(300), client.search("INBOX", &search)).await.ok();
            }
        })
    });
    for failed in failing.collect::<Vec<_>>() {
        failed.await.unwrap();
    }
    assert!(client.connections() <= 2, "{}", client.connections());
    client.check().await.unwrap();
}
