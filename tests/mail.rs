//! Mail and files of apps: with the rights of the caller, through the outbox with its transaction, against real
//! servers.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::sync::Arc;
use std::time::Duration;

use appos::prelude::platform::records::Membership;
use appos::prelude::{Record, RecordQuery, engine, transaction};
use appos::testing::{Journal, PlatformConfig, Scope, SystemSettings, TestPlatform, TlsMode};
use appos::{AppOsError, ErrorKind, Result};
use postal::records::Letter;
use postal::rules;
use serde_json::{Value as Json, json};
use throwaway_ftp::ThrowawayFtp;
use throwaway_mail::ThrowawayMail;

struct Post {
    mail: ThrowawayMail,
    platform: TestPlatform,
    clerk: Arc<Scope>,
    folder: tempfile::TempDir,
}

async fn post(change: impl FnOnce(&mut PlatformConfig)) -> Post {
    let mail = ThrowawayMail::start();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ca.pem"), mail.ca_pem()).unwrap();
    let mut config = PlatformConfig::default();
    config.database.url = format!("sqlite://{}", folder.path().join("test.db").display()).as_str().into();
    config.outbox.backoff = Duration::from_millis(5);
    config.outbox.poll = Duration::from_millis(50);
    config.outbox.max_attempts = 4;
    config.mail.catch = Some(false);
    let system = |port: u16, tls| {
        let mut settings = SystemSettings::default();
        settings.host = Some(mail.host().to_owned());
        settings.port = Some(port);
        settings.tls = Some(tls);
        settings.ca_file = Some(folder.path().join("ca.pem"));
        settings.allow_networks = Some(vec!["127.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()]);
        settings
    };
    config.connected_systems.insert("postal.mailer".to_owned(), system(mail.smtp_port(), TlsMode::Implicit));
    config.connected_systems.insert("postal.mailbox".to_owned(), system(mail.imap_plain_port(), TlsMode::Starttls));
    change(&mut config);
    let platform = TestPlatform::of(&config, Journal::disabled()).await.unwrap();
    secret(&platform, "MAIL_PASSWORD", mail.password()).await;
    let clerk = platform.user("ann", &["clerks"]).await.unwrap();
    Post { mail, platform, clerk, folder }
}

async fn secret(platform: &TestPlatform, name: &str, value: &str) {
    let set = engine::dispatch("platform.rules.set_secret", json!({ "name": name, "value": value }));
    platform.system().await.unwrap().run(set).await.unwrap();
}

impl Post {
    async fn send(&self, to: &str, subject: &str, fails: bool) -> Result<()> {
        Arc::clone(&self.clerk).run(async { rules::post(to.to_owned(), subject.to_owned(), fails).await }).await
    }

    async fn letters(&self) -> u64 {
        Arc::clone(&self.clerk).run(async { Letter::query().count().await.unwrap() }).await
    }

    /// What an administrator sees of deliveries that were put aside.
    async fn parked(&self) -> Vec<Json> {
        let parked = engine::dispatch("platform.rules.outbox_parked", json!({}));
        let system = self.platform.system().await.unwrap();
        system.run(parked).await.unwrap().as_array().unwrap().clone()
    }

    /// What an administrator sees of mail that was caught.
    async fn caught(&self) -> Vec<Json> {
        let caught = engine::dispatch("platform.rules.list_caught_mail", json!({}));
        let system = self.platform.system().await.unwrap();
        system.run(caught).await.unwrap().as_array().unwrap().clone()
    }

    async fn waiting(&self) -> Vec<String> {
        use sqlx::{Connection as _, Row as _};
        let url = format!("sqlite://{}", self.folder.path().join("test.db").display());
        let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
        let rows =
            sqlx::query("SELECT object || ' ' || arguments FROM platform_outbox").fetch_all(&mut connection).await;
        rows.unwrap().iter().map(|row| row.get(0)).collect()
    }
}

#[tokio::test]
async fn a_mail_goes_out_with_its_transaction_and_its_answer_is_read() {
    let post = post(|_| {}).await;
    post.send("desk@example.com", "Größe 42", false).await.unwrap();
    assert!(post.send("desk@example.com", "Never", true).await.is_err());
    post.platform.outbox_idle().await.unwrap();
    assert_eq!(post.letters().await, 1);
    let clerk = || Arc::clone(&post.clerk);
    assert_eq!(clerk().run(async { rules::answer_all().await }).await.unwrap(), ["Größe 42"]);
    post.platform.outbox_idle().await.unwrap();
    // It was sent with an address for answers: the mailbox's own.
    assert_eq!(clerk().run(async { rules::answer_all().await }).await.unwrap(), ["Re: Größe 42"]);
    post.platform.outbox_idle().await.unwrap();
    assert!(post.parked().await.is_empty());
}

#[tokio::test]
async fn what_waits_is_sealed() {
    let post = post(|config| config.outbox.concurrency = 0).await;
    post.send("hidden.recipient@example.com", "Hidden subject", false).await.unwrap();
    let waiting = post.waiting().await;
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].starts_with("postal.connected_systems.mailer "), "{waiting:?}");
    assert!(!waiting[0].contains("hidden") && !waiting[0].contains("Hidden"), "{waiting:?}");
}

#[tokio::test]
async fn a_busy_server_is_asked_again_and_a_refusal_is_put_aside() {
    let post = post(|_| {}).await;
    post.send("busy@example.com", "Later", false).await.unwrap();
    post.send("refused@example.com", "Nobody", false).await.unwrap();
    post.platform.outbox_idle().await.unwrap();
    let parked = post.parked().await;
    assert_eq!(parked.len(), 1, "{parked:?}");
    assert_eq!(parked[0]["object"], "postal.connected_systems.mailer");
    assert!(parked[0]["error"].as_str().unwrap().contains("remote_refused"), "{parked:?}");
    // Nobody of this name will be there the next time.
    assert_eq!(parked[0]["attempts"], 1, "{parked:?}");
}

#[tokio::test]
async fn a_mail_that_is_wrong_is_told_before_anything_is_stored() {
    let post = post(|_| {}).await;
    let error = post.send("a@example.com", "x\r\nBcc: evil@example.com", false).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Validation, "invalid_mail"));
    assert_eq!(error.fields()[0].field, "subject");
    assert!(post.waiting().await.is_empty());
    assert_eq!(post.letters().await, 0);
}

#[tokio::test]
async fn who_may_not_use_a_system_sends_nothing() {
    let post = post(|config| config.outbox.concurrency = 0).await;
    let stranger = post.platform.user("bob", &[]).await.unwrap();
    let asked = stranger.run(async { postal::connected_systems::mailer().await.map(drop) }).await;
    assert_eq!(asked.unwrap_err().kind(), ErrorKind::Security);
    let named = engine::dispatch("postal.connected_systems.mailer", json!({}));
    assert!(Arc::clone(&post.clerk).run(named).await.is_err());
}

#[tokio::test]
async fn who_has_lost_the_right_by_then_sends_nothing() {
    let mut delivers = PlatformConfig::default();
    let post = post(|config| {
        delivers = config.clone();
        config.outbox.concurrency = 0;
    })
    .await;
    post.send("desk@example.com", "Too late", false).await.unwrap();
    let system = post.platform.system().await.unwrap();
    let taken = system.run(async {
        for membership in Membership::query().all().await.unwrap() {
            membership.delete().await.unwrap();
        }
    });
    taken.await;
    // A program beside it delivers what waits.
    let other = TestPlatform::of(&delivers, Journal::disabled()).await.unwrap();
    other.outbox_idle().await.unwrap();
    let parked = post.parked().await;
    assert_eq!(parked.len(), 1, "{parked:?}");
    assert!(parked[0]["error"].as_str().unwrap().contains("denied"), "{parked:?}");
}

#[tokio::test]
async fn a_mail_that_is_larger_than_its_system_takes_is_not_read() {
    let post = post(|config| {
        let mailbox = config.connected_systems.get_mut("postal.mailbox").expect("the mailbox");
        mailbox.max_response = Some(200);
    })
    .await;
    post.send("desk@example.com", "Large", false).await.unwrap();
    post.platform.outbox_idle().await.unwrap();
    let error = Arc::clone(&post.clerk).run(async { rules::answer_all().await }).await.unwrap_err();
    assert_eq!(error.code(), "too_large", "{error:?}");
}

#[tokio::test]
async fn sent_at_once_it_is_there_or_the_caller_is_told() {
    let post = post(|_| {}).await;
    let now = |to: &str| {
        let to = to.to_owned();
        Arc::clone(&post.clerk).run(async move { rules::post_now(to).await })
    };
    now("desk@example.com").await.unwrap();
    assert_eq!(now("refused@example.com").await.unwrap_err().code(), "remote_refused");
    // Another password takes effect at once.
    secret(&post.platform, "MAIL_PASSWORD", "another").await;
    let error = now("desk@example.com").await.unwrap_err();
    assert_eq!(error.code(), "authentication_failed");
    assert!(!format!("{error:?}").contains("another"), "{error:?}");
    let test = engine::dispatch("platform.rules.test_connected_system", json!({ "system": "postal.mailer" }));
    let seen = post.platform.system().await.unwrap().run(test).await.unwrap();
    assert_eq!((&seen["answers"], &seen["failure"]), (&json!(false), &json!("authentication_failed")));
    secret(&post.platform, "MAIL_PASSWORD", post.mail.password()).await;
    now("desk@example.com").await.unwrap();
}

#[tokio::test]
async fn caught_mail_reaches_no_server_and_an_administrator() {
    let post = post(|config| config.mail.catch = None).await;
    post.send("desk@example.com", "Größe 42", false).await.unwrap();
    assert!(post.send("desk@example.com", "Never", true).await.is_err());
    assert_eq!(post.send("desk@example.com", "x\r\ny", false).await.unwrap_err().code(), "invalid_mail");
    post.platform.outbox_idle().await.unwrap();
    let now = || async { rules::post_now("refused@example.com".to_owned()).await };
    Arc::clone(&post.clerk).run(now()).await.unwrap();
    let caught = post.caught().await;
    let told: Vec<_> =
        caught.iter().map(|mail| (mail["to"].as_str().unwrap(), mail["subject"].as_str().unwrap())).collect();
    assert_eq!(told, [("refused@example.com", "Now"), ("desk@example.com", "Größe 42")]);
    assert_eq!(caught[1]["system"], "postal.connected_systems.mailer");
    let shown = engine::dispatch("platform.rules.show_caught_mail", json!({ "id": caught[1]["id"] }));
    let shown = post.platform.system().await.unwrap().run(shown).await.unwrap();
    assert_eq!(shown["text"].as_str().map(str::trim_end), Some("Hello & welcome"), "{shown}");
    assert!(shown["html"].as_str().unwrap().contains("<p>Hello &#38; welcome</p>"), "{shown}");
    assert!(shown["headers"].as_str().unwrap().contains("Reply-To: desk@example.com"), "{shown}");
    assert_eq!((&shown["attachments"][0]["name"], &shown["attachments"][0]["size"]), (&json!("a.csv"), &json!(4)));
    let received = Arc::clone(&post.clerk).run(async { rules::answer_all().await }).await.unwrap();
    assert!(received.is_empty(), "{received:?}");
    // Who may send does not read what others have sent.
    let looked = Arc::clone(&post.clerk).run(engine::dispatch("platform.rules.list_caught_mail", json!({}))).await;
    assert_eq!(looked.unwrap_err().kind(), ErrorKind::Security);
    // What a transaction has sent at once is kept whatever becomes of it.
    let undone = transaction(async {
        now().await?;
        Err::<(), _>(AppOsError::validation("changed its mind"))
    });
    assert!(Arc::clone(&post.clerk).run(undone).await.is_err());
    while post.caught().await.len() < 3 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let cleared = engine::dispatch("platform.rules.clear_caught_mail", json!({}));
    assert_eq!(post.platform.system().await.unwrap().run(cleared).await.unwrap(), json!(3));
    assert!(post.caught().await.is_empty());
}

#[tokio::test]
async fn of_caught_mail_the_newest_stays_and_what_it_says_is_sealed() {
    use sqlx::{Connection as _, Row as _};
    let post = post(|config| config.mail.catch = Some(true)).await;
    for number in 0..502 {
        let now = async { rules::post_now(format!("desk{number}@example.com")).await };
        Arc::clone(&post.clerk).run(now).await.unwrap();
    }
    let caught = post.caught().await;
    assert_eq!((caught.len(), &caught[0]["to"]), (500, &json!("desk501@example.com")));
    assert_eq!(caught[499]["to"], "desk2@example.com");
    let url = format!("sqlite://{}", post.folder.path().join("test.db").display());
    let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let kept =
        sqlx::query("SELECT summary || ' ' || message FROM platform_caught_mail").fetch_all(&mut connection).await;
    for row in kept.unwrap() {
        let kept: String = row.get(0);
        assert!(kept.starts_with("sealed:") && !kept.contains("example"), "{kept}");
    }
}

#[tokio::test]
async fn where_mail_is_not_caught_nobody_is_shown_any() {
    let post = post(|_| {}).await;
    for (rule, arguments) in
        [("list_caught_mail", json!({})), ("show_caught_mail", json!({ "id": "x" })), ("clear_caught_mail", json!({}))]
    {
        let asked = engine::dispatch(format!("platform.rules.{rule}"), arguments);
        let error = post.platform.system().await.unwrap().run(asked).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Dispatch, "not_found"), "{rule}");
    }
}

#[tokio::test]
async fn a_platform_whose_own_mail_would_lead_nowhere_does_not_start() {
    for (system, catch, mistake) in [
        ("postal.connected_systems.mailbox", true, "`postal.connected_systems.mailbox`, which does not send mail"),
        ("postal.connected_systems.nobody", true, "`postal.connected_systems.nobody`, which is no connected system"),
        ("postal.connected_systems.mailer", false, "`server.public_url` is not: links in mails would lead nowhere"),
    ] {
        let mut config = PlatformConfig::default();
        config.database.url = "sqlite::memory:".into();
        (config.mail.system, config.mail.catch) = (Some(system.to_owned()), Some(catch));
        let refused = TestPlatform::of(&config, Journal::disabled()).await.err().expect("a refusal");
        assert_eq!(refused.code(), "config");
        assert!(refused.to_string().contains(mistake), "{refused}");
    }
    let mut config = PlatformConfig::default();
    config.database.url = "sqlite::memory:".into();
    config.mail.system = Some("postal.mailer".to_owned());
    TestPlatform::of(&config, Journal::disabled()).await.unwrap();
    (config.mail.catch, config.server.public_url) = (Some(false), Some("https://shop.example".to_owned()));
    TestPlatform::of(&config, Journal::disabled()).await.unwrap();
}

#[tokio::test]
async fn files_are_exchanged_and_a_server_that_is_gone_is_left_alone() {
    let ftp = ThrowawayFtp::start();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ca.pem"), ftp.ca_pem()).unwrap();
    let post = post(|config| {
        let mut settings = SystemSettings::default();
        settings.host = Some(ftp.host().to_owned());
        settings.port = Some(ftp.implicit_port());
        settings.ca_file = Some(folder.path().join("ca.pem"));
        settings.allow_networks = Some(vec!["127.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()]);
        config.connected_systems.insert("postal.files".to_owned(), settings);
    })
    .await;
    secret(&post.platform, "FILES_PASSWORD", ftp.password()).await;
    let exchange = |name: &str| {
        let name = name.to_owned();
        Arc::clone(&post.clerk).run(async move { rules::exchange(name, "a;b".to_owned()).await })
    };
    assert_eq!(exchange("report.csv").await.unwrap(), ["report.csv", "a;b"]);
    assert_eq!(exchange("x\r\nDELE report.csv").await.unwrap_err().code(), "invalid_argument");
    assert!(ftp.folder().join("report.csv").exists());
    drop(ftp);
    for _ in 0..3 {
        let error = exchange("report.csv").await.unwrap_err();
        assert_eq!(error.code(), "connection_failed");
    }
    assert_eq!(exchange("report.csv").await.unwrap_err().code(), "system_unavailable");
}
