//! Arguments and results.

use serde::ser::{Error, SerializeStruct};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::{execution, executions, record, start};
use crate::journal::{Journal, LoggedArguments, is_redacting};

/// A journal must run, or payloads are not made.
fn running() -> (tempfile::TempDir, Journal) {
    let folder = tempfile::tempdir().unwrap();
    let journal = start(folder.path());
    (folder, journal)
}

fn json_of(payload: &LoggedArguments) -> Value {
    serde_json::from_str(&format!("{payload:?}")).unwrap()
}

struct Customer;

impl Serialize for Customer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Customer", 1)?;
        fields.serialize_field("card", if is_redacting() { "[redacted]" } else { "4111" })?;
        fields.end()
    }
}

struct Failing;

impl Serialize for Failing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Failing", 2)?;
        fields.serialize_field("a", "half written")?;
        Err(S::Error::custom("no"))
    }
}

struct Panicking;

impl Serialize for Panicking {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let _started = serializer.serialize_struct("Panicking", 1)?;
        panic!("a panic in an author's code");
    }
}

/// A value that serializes another with errors ignored.
struct Careless;

impl Serialize for Careless {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Careless", 2)?;
        let _ = fields.serialize_field("a", &"x".repeat(10_000));
        let _ = fields.serialize_field("b", "y");
        fields.end()
    }
}

#[test]
fn arguments_become_members_and_nothing_becomes_none() {
    let _running = running();
    assert!(LoggedArguments::begin().finish().is_none());
    assert_eq!(json_of(&LoggedArguments::begin().finish()), Value::Null);
    let logged = LoggedArguments::begin().argument("r#type", "a\"b").argument("none", &None::<i32>).finish();
    assert_eq!(json_of(&logged), json!({ "r#type": "a\"b", "none": null }));
    assert_eq!(json_of(&logged.clone()), json_of(&logged));
}

#[test]
fn records_mask_sensitive_fields_only_while_a_payload_is_made() {
    let _running = running();
    assert_eq!(json_of(&LoggedArguments::value(&Customer)), json!({ "card": "[redacted]" }));
    assert_eq!(
        json_of(&LoggedArguments::begin().argument("customer", &vec![Customer]).finish()),
        json!({ "customer": [{ "card": "[redacted]" }] })
    );
    assert!(!is_redacting());
    assert_eq!(serde_json::to_value(Customer).unwrap(), json!({ "card": "4111" }));
}

#[test]
fn a_value_that_fails_or_panics_is_replaced_and_the_rest_is_kept() {
    let _running = running();
    let logged = LoggedArguments::begin().argument("a", &1).argument("b", &Failing).argument("c", &Panicking);
    let logged = logged.argument("d", &2).finish();
    assert!(!is_redacting());
    assert_eq!(json_of(&logged), json!({ "a": 1, "b": "[not serializable]", "c": "[not serializable]", "d": 2 }));
    assert_eq!(json_of(&LoggedArguments::value(&Failing)), "[not serializable]");
}

#[test]
fn a_large_payload_is_cut_between_characters_and_stays_valid() {
    let (folder, journal) = running();
    let mut event = execution(1);
    event.arguments = LoggedArguments::begin().argument("a", &"é".repeat(100_000)).argument("b", &1).finish();
    event.result = LoggedArguments::value(&Careless);
    record(&journal, event);
    journal.flush();
    let line = &executions(folder.path())[0];
    let text = line["arguments"]["truncated"].as_str().unwrap();
    assert!(text.starts_with("{\"a\":\"éé") && text.len() <= 2048 && text.len() > 2000, "{}", text.len());
    assert!(line["result"]["truncated"].as_str().unwrap().starts_with("{\"a\":\"xxx"));
}

#[test]
fn an_endless_value_is_given_up_at_the_cap() {
    struct Endless;
    impl Serialize for Endless {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(std::iter::repeat("again"))
        }
    }
    let _running = running();
    let logged = LoggedArguments::value(&Endless);
    assert!(json_of(&logged)["truncated"].as_str().unwrap().starts_with("[\"again\",\"again\""));
}
