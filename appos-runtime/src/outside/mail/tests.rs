//! What becomes of a mail, read back by another reader than its writer.

use std::time::Duration;

use super::{Composed, Email};
use crate::error::Result;
use crate::outside::credential::Credential;
use crate::outside::endpoint::TlsMode;
use crate::outside::imap::{ImapClient, MailSearch, ReceivedMessage};
use crate::outside::smtp::SmtpClient;
use crate::outside::testing::{basic, endpoint};

const MOMENT: Duration = Duration::from_hours(500_000);

fn composed(mail: &Email) -> Composed {
    mail.compose(Some("Shop <shop@example.com>"), MOMENT).unwrap()
}

fn read(mail: &Email) -> ReceivedMessage {
    ReceivedMessage::parse(1, &composed(mail).message().unwrap()).unwrap()
}

fn wrong(mail: &Email) -> Vec<(String, String)> {
    let error = mail.compose(Some("shop@example.com"), MOMENT).err().unwrap();
    assert_eq!(error.code(), "invalid_mail");
    error.fields().iter().map(|field| (field.field.clone(), field.code.to_string())).collect()
}

#[test]
fn a_mail_has_what_was_written() {
    let mail = Email::to("Ann Bär <ann@example.com>").and_to("bob@example.com").cc("c@example.com");
    let mail = mail.bcc("hidden@example.com").reply_to("desk@example.com").subject("Größe 42").text("Hallo, Ann!");
    let kept = composed(&mail);
    assert_eq!(kept.sender, "shop@example.com");
    assert_eq!(kept.recipients, ["ann@example.com", "bob@example.com", "c@example.com", "hidden@example.com"]);
    let raw = String::from_utf8(kept.message().unwrap()).unwrap();
    assert!(!raw.contains("hidden@"), "{raw}");
    assert!(raw.contains("Reply-To: desk@example.com"), "{raw}");
    let message = read(&mail);
    assert_eq!(message.subject.as_deref(), Some("Größe 42"));
    assert_eq!(message.text.as_deref().map(str::trim_end), Some("Hallo, Ann!"));
    assert_eq!(message.html, None);
    assert_eq!(message.to[0].name.as_deref(), Some("Ann Bär"));
    assert_eq!(message.date.unwrap().timestamp(), 1_800_000_000);
    assert!(kept.message_id.ends_with("@example.com"));
}

#[cfg(feature = "web")]
#[test]
fn html_is_escaped_and_has_a_text_beside_it() {
    use dioxus::prelude::*;
    #[component]
    fn Greeting(name: String) -> Element {
        rsx! {
            p { "Hello, {name}!" }
        }
    }
    let name = "<script>alert(1)</script> & co".to_owned();
    let mail = Email::to("a@example.com").subject("x").html(rsx! {
        Greeting { name }
        a { href: "https://example.com/?a=1&b=2", "Look" }
    });
    let message = read(&mail);
    let html = message.html.unwrap();
    assert!(html.contains("&#60;script&#62;") || html.contains("&lt;script&gt;"), "{html}");
    assert!(!html.contains("<script>"), "{html}");
    let text = message.text.unwrap();
    assert!(text.contains("Hello, <script>alert(1)</script> & co!") && text.contains("Look"), "{text}");
    let own = read(&Email::to("a@example.com").text("My own").html(rsx! { p { "H" } }));
    assert_eq!(own.text.as_deref(), Some("My own"));
}

#[test]
fn files_arrive_as_they_are() {
    let bytes: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    let mail = Email::to("a@example.com").text("t").attach("Übersicht 1.bin", "application/pdf", bytes.clone());
    let mail = mail.attach("lines.csv", "text/csv", b"a\nb\r\nc".to_vec());
    let message = read(&mail);
    assert_eq!(message.attachments.len(), 2);
    assert_eq!(message.attachments[1].bytes, b"a\nb\r\nc");
    assert_eq!(message.attachments[0].name.as_deref(), Some("Übersicht 1.bin"));
    assert_eq!(message.attachments[0].content_type, "application/pdf");
    assert_eq!(message.attachments[0].bytes, bytes);
}

#[test]
fn an_answer_stands_in_its_thread() {
    let mut first = read(&Email::to("a@example.com").from("ann@example.com").subject("Question").text("?"));
    first.references = vec!["zero@example.com".to_owned()];
    let answer = read(&Email::answer(&first).text("!"));
    assert_eq!(answer.to[0].address, "ann@example.com");
    assert_eq!(answer.subject.as_deref(), Some("Re: Question"));
    let id = first.message_id.unwrap();
    assert_eq!(answer.in_reply_to, [id.as_str()]);
    assert_eq!(answer.references, ["zero@example.com", id.as_str()]);
    assert_ne!(answer.message_id.unwrap(), id);
    let named = read(&Email::to("a@example.com").from("ann@example.com").reply_to("desk@example.com").text("?"));
    assert_eq!(read(&Email::answer(&named)).to[0].address, "desk@example.com");
}

#[test]
fn a_line_break_is_refused_wherever_it_stands() {
    let evil = "x\r\nBcc: evil@example.com";
    let fine = || Email::to("a@example.com").text("t");
    let of = |field: &str| vec![(field.to_owned(), "control_character".to_owned())];
    assert_eq!(wrong(&fine().subject(evil)), of("subject"));
    assert_eq!(wrong(&Email::to("a@example.com\nb@example.com")), of("to"));
    assert_eq!(wrong(&fine().cc(format!("{evil} <a@example.com>"))), of("cc"));
    assert_eq!(wrong(&fine().bcc("a@example.com\r")), of("bcc"));
    assert_eq!(wrong(&fine().reply_to("a\0@example.com")), of("reply_to"));
    assert_eq!(wrong(&fine().from("a@example.com\r\nX: y")), of("from"));
    assert_eq!(wrong(&fine().attach(evil, "text/csv", b"x")), of("attachments"));
    assert_eq!(wrong(&fine().attach("a", "text/csv\r\nX: y", b"x"))[0].1, "content_type");
    for id in ["a@b\r\nX: y", "a@b> <c@d", ""] {
        assert!(wrong(&fine().in_reply_to(id)).iter().any(|(field, _)| field == "in_reply_to"), "{id}");
    }
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let mail = Email::to("nobody").cc("also nobody").subject("a\nb").attach("", "none", b"");
    let found = wrong(&mail);
    for field in ["to", "cc", "subject", "attachments"] {
        assert!(found.iter().any(|(name, _)| name == field), "{found:?}");
    }
    let error = Email::to("a@example.com").compose(None, MOMENT).err().unwrap();
    assert_eq!(error.fields()[0].field, "from");
    let many = (0..101).fold(Email::to("a@example.com"), |mail, number| mail.bcc(format!("b{number}@example.com")));
    assert_eq!(wrong(&many), [("to".to_owned(), "too_many".to_owned())]);
    let large = Email::to("a@example.com").attach("a", "text/csv", vec![0; 16 << 20]);
    assert_eq!(wrong(&large), [("attachments".to_owned(), "too_large".to_owned())]);
}

#[tokio::test]
async fn what_was_kept_is_sent_and_read() -> Result<()> {
    let server = throwaway_mail::ThrowawayMail::start();
    let kept =
        serde_json::to_string(&composed(&Email::to("ann@example.com").bcc("bob@example.com").subject("s").text("t")))?;
    let kept: Composed = serde_json::from_str(&kept)?;
    let smtp = endpoint(server.host(), server.smtp_plain_port(), TlsMode::Off, None);
    SmtpClient::new(smtp, &Credential::None)?.send(&kept.envelope()?, &kept.message()?).await?;
    let imap = endpoint(server.host(), server.imap_plain_port(), TlsMode::Off, None);
    let reader = ImapClient::new(imap, basic("bob@example.com", server.password()))?;
    let found = reader.search("INBOX", &MailSearch::new()).await?;
    let message = reader.fetch("INBOX", found[0], 1 << 20).await?;
    assert_eq!(message.and_then(|message| message.message_id), Some(kept.message_id));
    Ok(())
}
