//! Environment variables.

use std::fs;
use std::path::Path;
use std::time::Duration;

use secrecy::ExposeSecret;

use crate::config::{ConfigErrors, PlatformConfig, load_platform};

fn load(variables: &[(&str, &str)]) -> Result<PlatformConfig, ConfigErrors> {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    load_platform(Path::new("no such folder"), variables)
}

fn mistakes(variables: &[(&str, &str)]) -> String {
    load(variables).unwrap_err().to_string()
}

#[test]
fn variables_set_what_files_set() {
    let config = load(&[
        ("appos__server__Port", "9000"),
        ("APPOS__SESSION__TIMEOUT", "90"),
        ("APPOS__LOGGING__RETENTION__SECURITY", "1000"),
        ("APPOS__APPS", "crm, billing"),
        ("APPOS__ENVIRONMENT", "prod"),
        ("PORTAL", "x"),
        ("HOME", "/root"),
    ])
    .unwrap();
    assert_eq!(config.server.port, 9000);
    assert_eq!(config.session.timeout, Duration::from_secs(90));
    assert_eq!(config.logging.retention.security, 1000);
    assert_eq!(config.apps.unwrap(), ["crm", "billing"]);
    assert_eq!(config.environment, "prod");
}

#[test]
fn customary_names_count_and_our_own_win() {
    let config = load(&[("PORT", "81"), ("DATABASE_URL", "sqlite://a.db")]).unwrap();
    assert_eq!((config.server.port, config.database.url.expose_secret()), (81, "sqlite://a.db"));
    let config = load(&[("PORT", "81"), ("APPOS__SERVER__PORT", "82")]).unwrap();
    assert_eq!(config.server.port, 82);
}

#[test]
fn a_secret_may_come_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("url");
    fs::write(&file, "sqlite://secret.db\n").unwrap();
    let file = file.to_str().unwrap();
    for name in ["APPOS__DATABASE__URL_FILE", "DATABASE_URL_FILE"] {
        assert_eq!(load(&[(name, file)]).unwrap().database.url.expose_secret(), "sqlite://secret.db");
    }
    assert_eq!(
        mistakes(&[("DATABASE_URL_FILE", file), ("DATABASE_URL", "sqlite://b.db")]),
        "environment variable DATABASE_URL_FILE: `DATABASE_URL` is set too\n  help: set one of the two"
    );
    let missing = mistakes(&[("APPOS__DATABASE__URL_FILE", "/no/such/file")]);
    assert!(
        missing.starts_with("environment variable APPOS__DATABASE__URL_FILE: the file cannot be read: "),
        "{missing}"
    );
}

#[test]
fn every_mistake_names_its_variable_and_the_correct_form() {
    let found = mistakes(&[
        ("APPOS__SERVER__PRT", "1"),
        ("APPOS__SERVER__PORT", "many"),
        ("APPOS__SESSION__TIMEOUT", "long"),
        ("APPOS__LOGGING", "x"),
        ("APPOS__PROCESS__HOST", "x"),
        ("APPOS_DATABASE_URL", "x"),
        ("APPOS__ENVIRONMENT", "../../etc"),
    ]);
    assert_eq!(
        found,
        "\
environment variable APPOS_DATABASE_URL: this variable is not read
  help: write `APPOS__DATABASE__URL`
environment variable APPOS__ENVIRONMENT: `../../etc` is not a name of lower-case letters, digits and underscores
  help: write `APPOS__ENVIRONMENT=etc`
environment variable APPOS__LOGGING: unknown setting `logging`
  help: settings are written as `APPOS__SECTION__KEY`, such as `APPOS__SERVER__PORT`
environment variable APPOS__PROCESS__HOST: `process__host` is not supported yet
  help: remove `process__host`
environment variable APPOS__SERVER__PORT: expected a whole number, found a text
  help: write `APPOS__SERVER__PORT=8080`
environment variable APPOS__SERVER__PRT: unknown setting `server.prt`
  help: write `APPOS__SERVER__PORT`
environment variable APPOS__SESSION__TIMEOUT: `long` is not a duration
  help: write `APPOS__SESSION__TIMEOUT=8h`; units are ms, s, m, h and d"
    );
}

#[test]
fn no_secret_is_printed() {
    for name in ["DATABASE_URL", "APPOS__DATABASE__URL", "APPOS__DATABASE__URI", "APPOS_DATABASE_URL"] {
        let errors = load(&[(name, "mysql://ann:hunter2@db/crm")]).unwrap_err();
        assert!(!errors.to_string().contains("hunter2") && !format!("{errors:?}").contains("hunter2"), "{errors}");
    }
    let config = load(&[("DATABASE_URL", "sqlite://x?key=hunter2")]).unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
}
