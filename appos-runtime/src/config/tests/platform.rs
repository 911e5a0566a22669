//! `appos.yaml` and the file of the environment.

use std::fs;
use std::path::Path;
use std::time::Duration;

use secrecy::ExposeSecret;

use super::lines;
use crate::config::{LogLevel, PlatformConfig, Synchronous, load_platform};

fn load(yaml: &str) -> Result<PlatformConfig, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("appos.yaml"), yaml).unwrap();
    load_platform(folder.path(), std::iter::empty()).map_err(|errors| lines(&errors))
}

#[test]
fn a_full_file_is_read() {
    let config = load(
        r#"
environment: prod
server: { host: 0.0.0.0, port: 80, public_url: "https://crm.example.com/", max_body: "2 MB", workers: 4, request_timeout: 10s, allowed_hosts: [Inner.example, "fd00::1"], trusted_proxies: [127.0.0.1, 10.0.0.0/8], rate_limit: { per_user: 0, per_address: 50 }, max_connections: 100 }
database:
  url: sqlite://data/crm.db
  max_connections: 3
  busy_timeout: 250ms
  synchronous: normal
session:
  timeout: 3600  # 1 hour
  absolute_timeout: 30d
  max_per_user: 5
logging:
  level: debug
  queue: 1024
  retention:
    execution: 9
    security: 400
  max_payload: 4 KB
engine: { timeout: 5m, max_depth: 16 }
outbox: { concurrency: 0, poll: 1s, max_attempts: 3, backoff: 10ms, max_backoff: 1m, grace: 5s }
apps: [crm, billing]
"#,
    )
    .unwrap();
    assert_eq!((config.environment.as_str(), config.server.port, config.server.workers), ("prod", 80, Some(4)));
    assert_eq!(config.server.public_url.as_deref(), Some("https://crm.example.com"));
    assert_eq!(config.server.max_body, 2 << 20);
    assert_eq!(config.server.allowed_hosts, ["inner.example", "fd00::1"]);
    assert_eq!(config.server.trusted_proxies, ["127.0.0.1/32", "10.0.0.0/8"].map(|text| text.parse().unwrap()));
    assert_eq!((config.server.rate_limit.per_user, config.server.rate_limit.per_address), (0, 50));
    assert_eq!(config.server.max_connections, 100);
    assert_eq!(config.database.url.expose_secret(), "sqlite://data/crm.db");
    assert_eq!(config.database.busy_timeout, Duration::from_millis(250));
    assert_eq!(config.database.synchronous, Synchronous::Normal);
    assert_eq!(config.session.timeout, Duration::from_hours(1));
    assert_eq!(config.session.max_per_user, Some(5));
    assert_eq!((config.logging.level, config.logging.max_payload), (LogLevel::Debug, 4096));
    let kept = &config.logging.retention;
    assert_eq!((kept.execution, kept.performance, kept.security), (9, 30, 400));
    assert_eq!(config.engine.timeout, Duration::from_mins(5));
    let outbox = &config.outbox;
    assert_eq!((outbox.concurrency, outbox.max_attempts), (0, 3));
    assert_eq!([outbox.poll, outbox.max_backoff, outbox.grace].map(|wait| wait.as_secs()), [1, 60, 5]);
    assert_eq!(outbox.backoff, Duration::from_millis(10));
    assert_eq!(config.apps.as_deref(), Some(["crm".to_owned(), "billing".to_owned()].as_slice()));
}

#[test]
fn without_files_defaults_hold_and_the_database_is_named_after_the_folder() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("My-Shop");
    fs::create_dir(&folder).unwrap();
    let config = load_platform(&folder, std::iter::empty()).unwrap();
    assert_eq!(config.database.url.expose_secret(), "sqlite://.appos/my_shop.db");
    assert_eq!(config.session.timeout, Duration::from_hours(8));
    assert_eq!(config.logging.folder, folder.join(".appos"));
    assert_eq!(load_platform(Path::new("."), std::iter::empty()).unwrap().logging.folder, Path::new(".appos"));
}

#[test]
fn the_file_of_the_environment_wins_over_the_common_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("appos.yaml"), "environment: staging\nserver: { port: 1, host: a }\n").unwrap();
    fs::write(folder.path().join("appos.staging.yaml"), "server: { port: 2 }\n").unwrap();
    fs::write(folder.path().join("appos.prod.yaml"), "server: { port: 3 }\nenvironment: dev\n").unwrap();
    let config = load_platform(folder.path(), std::iter::empty()).unwrap();
    assert_eq!((config.server.port, config.server.host.as_str()), (2, "a"));

    let env = [("APPOS__ENVIRONMENT".to_owned(), "prod".to_owned())];
    let errors = load_platform(folder.path(), env.into_iter()).unwrap_err();
    assert_eq!(
        errors.to_string(),
        "appos.prod.yaml:2:1: `environment` cannot be set in appos.prod.yaml, which is chosen by it\n  help: write it in appos.yaml"
    );
}

#[test]
fn every_mistake_has_its_place_and_help() {
    let found = load(
        r#"environment: Prod
server:
  port: "8080"
  prot: 1
  port: 2
  max_body: 1 parsec
  workers: 1.5
  request_timeout: soon
  public_url: example.com
database:
  max_connections: 100000
  synchronous: fast
session: 5
logging: { level: loud, retention: { execution: -1, audit: 4 } }
redis: { url: localhost }
process:
  partition: monthly
engine: { timeout: , max_depth: 99999999999999999999 }
apps: [crm, CRM, 3]
server.port: 4
"#,
    )
    .unwrap_err();
    assert_eq!(
        found,
        [
            "1:14 `Prod` is not a name of lower-case letters, digits and underscores | write `environment: prod`",
            "3:9 expected a number, found a text | write `port: 8080`",
            "4:3 unknown key `prot` | write `port`",
            "5:3 the key `port` is written twice | keep one; the first is in line 3",
            "6:13 `1 parsec` is not a size | write `max_body: 1 MB`; units are B, KB, MB and GB",
            "7:12 expected a whole number, found a fraction | write `workers: 4`",
            "8:20 `soon` is not a duration | write `request_timeout: 30s`; units are ms, s, m, h and d",
            "9:15 this is not a web address | write `public_url: https://example.com`",
            "11:20 100000 is out of range | write a number from 1 to 1000",
            "12:16 `fast` is not possible here | write full or normal",
            "13:10 expected a mapping, found a number | write keys such as `timeout: …`",
            "14:19 `loud` is not possible here | write off, error, warn, info, debug or trace",
            "14:49 -1 is out of range | write a number from 1 to 36500",
            "14:53 unknown key `audit` | known keys are `execution`, `performance` and `security`",
            "15:15 the address of Redis must begin with `redis://` or `rediss://` | write `url: redis://user:password@host:6379/0`, or `rediss://` for TLS",
            "17:3 `partition` is not supported yet | remove `partition`",
            "18:11 expected a duration, found nothing | write `timeout: 30s`",
            "18:33 99999999999999999999 is out of range | write a number from 1 to 1000",
            "19:13 `CRM` is not the name of an app | write `apps: [crm, billing]`",
            "19:18 expected a text, found a number | write `apps: [crm, billing]`",
            "20:1 unknown key `server.port` | write `port` in a section `server`",
        ]
    );
}

#[test]
fn a_session_cannot_idle_longer_than_it_lives() {
    assert_eq!(
        load("session: { timeout: 8d }\n").unwrap_err(),
        [
            "-:- `session.timeout` is longer than `session.absolute_timeout` | write a shorter `timeout`, such as `timeout: 8h`"
        ]
    );
}

#[test]
fn other_databases_are_refused_without_showing_their_password() {
    for (url, message) in [
        ("mysql://ann:hunter2@db/crm", "the address of the database must begin with `sqlite:` or `postgres://`"),
        ("postgres:hunter2", "the address of the database must begin with `sqlite:` or `postgres://`"),
        ("hunter2", "the address of the database must begin with `sqlite:` or `postgres://`"),
    ] {
        let found = load(&format!("database:\n  url: {url}\n")).unwrap_err();
        assert_eq!(
            found,
            [format!(
                "2:8 {message} | write `url: sqlite://.appos/app.db` or `url: postgres://user:password@host/database`"
            )]
        );
    }
    let found = load("database: { url: [hunter2], url: { a: hunter2 }, url: sqlite:hunter2 }\n").unwrap_err();
    assert!(!format!("{found:?}").contains("hunter2"), "{found:?}");
    for url in ["sqlite://x?key=hunter2", "postgres://ann:hunter2@db/crm"] {
        let config = load(&format!("database: {{ url: \"{url}\" }}\n")).unwrap();
        assert_eq!(config.database.url.expose_secret(), url);
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}

#[test]
fn files_that_cannot_be_read_are_a_mistake() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("appos.yaml")).unwrap();
    assert!(
        load_platform(folder.path(), std::iter::empty())
            .unwrap_err()
            .to_string()
            .starts_with("appos.yaml: the file cannot be read")
    );
    fs::remove_dir(folder.path().join("appos.yaml")).unwrap();
    fs::write(folder.path().join("appos.yaml"), [0xff, 0xfe]).unwrap();
    assert!(load_platform(folder.path(), std::iter::empty()).is_err());
}

#[test]
fn hosts_and_proxies_that_cannot_be_are_refused_where_they_stand() {
    let wrong = load("server:\n  allowed_hosts: [ok.example, 'a b', 'http://x', 'x:80', -x, '']\n").unwrap_err();
    assert_eq!(wrong.len(), 5, "{wrong:#?}");
    assert!(wrong[0].starts_with("2:31 `a b` is not the name of a host | write `allowed_hosts: ["), "{wrong:#?}");
    let wrong = load("server: { trusted_proxies: [10.0.0.0/33, localhost, 10.0.0.1] }\n").unwrap_err();
    assert_eq!(wrong.len(), 2, "{wrong:#?}");
    assert!(wrong[1].contains("`localhost` is neither an address nor a network | write `trusted_proxies: ["));
}
