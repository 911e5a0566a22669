//! Against a real server, and servers that do wrong.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use lettre::Message;
use throwaway_mail::{Authority, ThrowawayMail};

use super::SmtpClient;
use crate::error::Result;
use crate::outside::credential::Credential;
use crate::outside::endpoint::{Endpoint, TlsMode};
use crate::outside::imap::{ImapClient, MailSearch};
use crate::outside::testing::{SECRET, basic, endpoint, is_fault, says};

static SERVER: LazyLock<ThrowawayMail> = LazyLock::new(ThrowawayMail::start);

fn at(port: u16, tls: TlsMode) -> Endpoint {
    endpoint(SERVER.host(), port, tls, Some(SERVER.ca_pem()))
}

fn client(endpoint: Endpoint) -> SmtpClient {
    SmtpClient::new(endpoint, &basic(SERVER.user(), SERVER.password())).unwrap()
}

fn message(to: &str) -> Message {
    let builder = Message::builder().from("shop@example.com".parse().unwrap()).to(to.parse().unwrap());
    builder.subject("Hello").body("A text.\r\n.\r\n..dots\r\n".to_owned()).unwrap()
}

async fn send(client: &SmtpClient, message: &Message) -> Result<()> {
    client.send(message.envelope(), &message.formatted()).await
}

async fn arrives(client: &SmtpClient, to: &str) {
    send(client, &message(to)).await.unwrap();
    let imap = endpoint(SERVER.host(), SERVER.imap_port(), TlsMode::Implicit, Some(SERVER.ca_pem()));
    let reader = ImapClient::new(imap, basic(to, SERVER.password())).unwrap();
    let found = reader.search("INBOX", &MailSearch::new()).await.unwrap();
    let received = reader.fetch("INBOX", found[0], 1 << 20).await.unwrap().unwrap();
    assert_eq!(received.text.unwrap().replace("\r\n", "\n").trim_end(), "A text.\n.\n..dots");
}

#[tokio::test]
async fn mail_arrives_by_each_kind_of_encryption() {
    arrives(&client(at(SERVER.smtp_port(), TlsMode::Implicit)), "implicit@example.com").await;
    arrives(&client(at(SERVER.smtp_starttls_port(), TlsMode::Starttls)), "starttls@example.com").await;
    let plain = SmtpClient::new(at(SERVER.smtp_plain_port(), TlsMode::Off), &Credential::None).unwrap();
    arrives(&plain, "plain@example.com").await;
}

#[tokio::test]
async fn a_token_signs_in() {
    let token = |token: &str| Credential::Bearer { user: Some(SERVER.user().to_owned()), token: token.into() };
    let at = at(SERVER.smtp_starttls_port(), TlsMode::Starttls);
    SmtpClient::new(at.clone(), &token(SERVER.password())).unwrap().check().await.unwrap();
    is_fault(SmtpClient::new(at, &token(SECRET)).unwrap().check().await, "authentication_failed");
}

#[tokio::test]
async fn connections_are_used_again_and_closed_when_nobody_does() {
    let mut endpoint = at(SERVER.smtp_port(), TlsMode::Implicit);
    endpoint.idle_timeout = Duration::from_millis(400);
    let client = Arc::new(client(endpoint));
    let sending = (0..6).map(|number| {
        let client = Arc::clone(&client);
        tokio::spawn(async move { send(&client, &message(&format!("pool{number}@example.com"))).await })
    });
    for sent in sending.collect::<Vec<_>>() {
        sent.await.unwrap().unwrap();
    }
    assert!((1..=2).contains(&client.connections()), "{}", client.connections());
    while client.connections() > 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    client.check().await.unwrap();
}

#[tokio::test]
async fn who_may_not_send_is_told_and_what_he_knows_is_not() {
    let wrong = SmtpClient::new(at(SERVER.smtp_port(), TlsMode::Implicit), &basic("ann", SECRET)).unwrap();
    assert!(!format!("{wrong:?}").contains(SECRET));
    is_fault(wrong.check().await, "authentication_failed");
    assert_eq!(wrong.connections(), 0);
    let unsuited = Credential::ApiKey { header: "X".to_owned(), key: SECRET.into() };
    is_fault(SmtpClient::new(at(1, TlsMode::Off), &unsuited), "unsuited_credentials");
}

#[tokio::test]
async fn only_the_server_that_was_meant_is_believed() {
    let mut by_address = at(SERVER.smtp_port(), TlsMode::Implicit);
    by_address.host = "127.0.0.1".to_owned();
    is_fault(client(by_address).check().await, "tls_failed");
    for (port, tls) in [(SERVER.smtp_port(), TlsMode::Implicit), (SERVER.smtp_starttls_port(), TlsMode::Starttls)] {
        let mut stranger = at(port, tls);
        stranger.trust.ca = Some(Authority::new().pem().to_owned());
        is_fault(client(stranger).check().await, "tls_failed");
        let mut public = at(port, tls);
        public.trust.ca = None;
        is_fault(client(public).check().await, "tls_failed");
    }
    // It could encrypt, and does not offer it: somebody on the way may have taken that out.
    is_fault(client(at(SERVER.smtp_plain_port(), TlsMode::Starttls)).check().await, "tls_failed");
    let mut inner = at(SERVER.smtp_port(), TlsMode::Implicit);
    inner.networks.clear();
    is_fault(client(inner).check().await, "address_refused");
}

#[tokio::test]
async fn a_refusal_names_its_reason_and_the_next_mail_goes_out() {
    let client = client(at(SERVER.smtp_port(), TlsMode::Implicit));
    let error = is_fault(send(&client, &message("refused@example.com")).await, "remote_refused");
    assert!(error.message().contains("nobody of this name"), "{error}");
    arrives(&client, "after@example.com").await;
}

#[tokio::test]
async fn servers_that_do_wrong_harm_one_call_and_leave_nothing() {
    let cases: [(&'static [u8], &str); 4] = [
        (b"", "timeout"),
        (b"HTTP/1.1 200 OK\r\n\r\n<html>", "invalid_answer"),
        (b"220 hello\r\n", "timeout"),
        (b"554 go away\r\n", "remote_refused"),
    ];
    for (says_this, code) in cases {
        let mut endpoint = at(says(says_this), TlsMode::Off);
        endpoint.connect_timeout = Duration::from_millis(200);
        let client = client(endpoint);
        is_fault(client.check().await, code);
        assert_eq!(client.connections(), 0);
    }
    let nobody = throwaway_mail::free_port();
    is_fault(client(at(nobody, TlsMode::Off)).check().await, "connection_failed");
}

#[tokio::test]
async fn a_hundred_failures_leave_no_connection() -> Result<()> {
    // Of its own: others connect to the one above meanwhile.
    let server = ThrowawayMail::start();
    let endpoint = endpoint(server.host(), server.smtp_plain_port(), TlsMode::Off, None);
    let client = SmtpClient::new(endpoint, &Credential::None)?;
    for number in 0..100 {
        if number % 2 == 0 {
            is_fault(send(&client, &message("refused@example.com")).await, "remote_refused");
        } else {
            // Given up in the middle.
            tokio::time::timeout(Duration::from_micros(300), send(&client, &message("ann@example.com"))).await.ok();
        }
    }
    client.check().await?;
    assert!(client.connections() <= 1, "{}", client.connections());
    while server.smtp_connections() > 1 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}
