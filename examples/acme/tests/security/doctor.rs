//! What `cargo appos doctor` asks of the program: what is wrong around it, found without a start.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value as Json;

use super::support::database::{SERVER, on_postgres};
use super::support::{Platform, acme, ended, prepared};

/// Name of the setting of the database's address.
const ADDRESS: &str = "APPOS__DATABASE__URL";

/// `name status`: each line with what was found and the way out.
fn looked(folder: &Path, variables: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut command = acme(folder);
    command.arg("__doctor").envs(variables.iter().copied());
    let output = ended(command);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(answer["format"], 1);
    let checks = answer["checks"].as_array().expect("checks").iter().map(|check| {
        let text = |key: &str| check[key].as_str().expect("a text");
        assert!(text("status") == "ok" || !text("help").is_empty(), "a way out: {check}");
        (format!("{} {}", text("name"), text("status")), format!("{} => {}", text("found"), text("help")))
    });
    checks.collect()
}

#[track_caller]
fn one<'a>(checks: &'a [(String, String)], key: &str) -> &'a str {
    let found = checks.iter().find(|(name, _)| name == key);
    &found.unwrap_or_else(|| panic!("no `{key}` among {checks:#?}")).1
}

#[tokio::test]
async fn a_platform_that_serves_is_well() {
    let start = prepared(&[]).await;
    // The folder was copied as any program copies.
    let closed = fs::Permissions::from_mode(0o750);
    fs::set_permissions(start.platform.folder().join(".appos"), closed).expect("permissions");
    let port = start.platform.url.rsplit(':').next().expect("a port");
    let secrets = [
        ("PAYMENTS_KEY", "k3y"),
        ("RATES_SECRET", "s3cret"),
        ("BANK_CERTIFICATE", "a certificate"),
        ("BANK_CERTIFICATE_KEY", "its key"),
        ("BILLING_MAIL_PASSWORD", "p4ss"),
    ];
    let here = |secrets: &[(&'static str, &'static str)]| {
        looked(start.platform.folder(), &[&[("APPOS__SERVER__PORT", port)], secrets].concat())
    };
    let lacks = here(&secrets[1..]);
    let lacks: Vec<_> = lacks.iter().filter(|(key, _)| key == "secrets warning").map(|(_, found)| found).collect();
    assert_eq!(lacks.len(), 1, "{lacks:#?}");
    assert!(
        lacks[0].starts_with("billing.connected_systems.payments needs PAYMENTS_KEY")
            && lacks[0].contains("`cargo appos secrets set PAYMENTS_KEY`"),
        "{lacks:#?}"
    );
    let checks = here(&secrets);
    let wrong: Vec<_> = checks.iter().filter(|(key, _)| !key.ends_with(" ok") && !key.starts_with("space")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(one(&checks, "port ok"), format!("127.0.0.1:{port} is in use by a platform => "));
    assert_eq!(one(&checks, "migrations ok"), "6 applied => ");
    assert_eq!(one(&checks, "administrator ok"), "there is one => ");
    let database = one(&checks, "database ok");
    assert!(database.starts_with(if on_postgres() { "PostgreSQL " } else { "SQLite " }), "{database}");
    assert_eq!(checks.iter().any(|(_, found)| found.contains("the database server's")), on_postgres());
}

#[tokio::test]
async fn a_server_that_is_open_to_the_network_is_told_what_it_lacks() {
    let start = prepared(&[]).await;
    let folder = start.platform.into_folder();
    let named = |variables: &[(&str, &str)]| {
        let checks = looked(folder.path(), variables);
        checks.into_iter().find(|(key, _)| key.starts_with("address ")).map(|(key, found)| format!("{key}: {found}"))
    };
    let (open, url) = (("APPOS__SERVER__HOST", "0.0.0.0"), "APPOS__SERVER__PUBLIC_URL");
    assert!(named(&[open]).is_some_and(|found| found.starts_with("address warning: 0.0.0.0 is open")));
    assert!(named(&[(url, "http://acme.example/x")]).is_some_and(|found| found.contains("is not https")));
    for fine in
        [&[][..], &[open, (url, "https://acme.example")], &[open, ("APPOS__SERVER__ALLOWED_HOSTS", "acme.example")]]
    {
        assert_eq!(named(fine), None, "{fine:?}");
    }
    assert_eq!(named(&[(url, "http://localhost:8080")]), None);
}

#[tokio::test]
async fn what_is_wrong_is_named_with_a_way_out() {
    let start = prepared(&[]).await;
    let folder = start.platform.into_folder();
    let folder = folder.path();
    let stranger = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = stranger.local_addr().expect("its address").port().to_string();
    // Whoever has the port says nothing of a platform's.
    std::thread::spawn(move || {
        use std::io::Write;
        for client in stranger.incoming().flatten() {
            let mut client = client;
            client.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").ok();
        }
    });
    fs::set_permissions(folder.join(".appos"), fs::Permissions::from_mode(0o755)).expect("permissions");
    fs::set_permissions(folder.join(".appos/logs"), fs::Permissions::from_mode(0o777)).expect("permissions");
    let file = folder.join(".appos/logs/tomorrow");
    let tomorrow = std::time::SystemTime::now() + std::time::Duration::from_hours(24);
    fs::File::create(&file).and_then(|file| file.set_modified(tomorrow)).expect("a file");
    let checks = looked(folder, &[("APPOS__SERVER__PORT", &port)]);
    assert!(one(&checks, "port failed").contains("is in use by another program => end it"));
    assert!(one(&checks, "folder warning").ends_with("=> `chmod o-rwx .appos`"));
    assert!(one(&checks, "folder failed").contains("can be changed by everybody"));
    assert!(one(&checks, "clock warning").contains("tomorrow was written in the future"));
    if !on_postgres() {
        let database = checks.iter().filter(|(_, found)| found.contains("the database .appos/acme.db can be read"));
        assert_eq!(database.count(), 1, "{checks:#?}");
    }
}

#[test]
fn a_database_that_cannot_be_used_is_told_without_its_password() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let address = "postgres://appos:geheim@127.0.0.1:1/acme";
    let variables =
        [(ADDRESS, address), ("APPOS__DATABASE__CONNECT_TIMEOUT", "2s"), ("APPOS__DATABASE__MIGRATE", "check")];
    let checks = looked(folder.path(), &variables);
    assert!(one(&checks, "database failed").contains("127.0.0.1:1"), "{checks:#?}");
    assert!(!format!("{checks:?}").contains("geheim"), "{checks:#?}");
    // The rest is looked at all the same.
    assert!(one(&checks, "port ok").starts_with("is chosen"));
}

#[test]
fn a_new_database_and_a_wrong_setting() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = if on_postgres() { SERVER.database() } else { "sqlite://.appos/new.db".to_owned() };
    let checks = looked(folder.path(), &[(ADDRESS, &database), ("APPOS__DATABASE__MIGRATE", "check")]);
    assert_eq!(one(&checks, "migrations failed"), "6 pending: a start is refused => run `cargo appos migrate up`");
    assert!(!folder.path().join(".appos").exists(), "nothing is made");
    let checks = looked(folder.path(), &[("APPOS__SERVER__PORT", "many"), ("APPOS__SESSION__TIMEOUT", "soon")]);
    let failed: Vec<_> = checks.iter().filter(|(key, _)| key == "settings failed").collect();
    assert_eq!(failed.len(), 2, "{checks:#?}");
    assert!(checks.iter().all(|(key, _)| !key.starts_with("database")), "{checks:#?}");
}

#[tokio::test]
async fn a_migration_that_was_not_applied_here_and_tables_that_were_changed_are_seen() {
    let platform = Platform::start();
    let checks = looked(platform.folder(), &[]);
    assert!(
        one(&checks, "administrator warning").ends_with("=> `cargo appos user setup-link` makes a link to set one up")
    );
    let folder = platform.into_folder();
    super::support::database::execute(folder.path(), "ALTER TABLE crm_contact ADD COLUMN stray TEXT").await;
    super::support::database::execute(
        folder.path(),
        "INSERT INTO platform_migration (name, checksum, parts, applied_at) VALUES ('m30000101_000000_later', 'x', 1, '3000-01-01T00:00:00Z')",
    )
    .await;
    let checks = looked(folder.path(), &[]);
    let warnings: Vec<&str> =
        checks.iter().filter(|(key, _)| key == "migrations warning").map(|(_, found)| found.as_str()).collect();
    assert_eq!(warnings.len(), 2, "{checks:#?}");
    assert!(warnings[0].contains("m30000101_000000_later"), "{warnings:?}");
    assert!(
        warnings[1].contains("stray") && warnings[1].ends_with("`cargo appos migrate drift` shows all"),
        "{warnings:?}"
    );
}
