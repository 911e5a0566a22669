//! The form of lines.

use serde_json::json;
use uuid::Uuid;

use super::{Event, Outcome, RULE, execution, executions, file, read, record, security, start};
use crate::error::AppOsError;
use crate::journal::{EventError, LoggedArguments};
use crate::security::Permission;

#[test]
fn an_execution_makes_a_line_in_execution_and_a_line_in_performance() {
    let folder = tempfile::tempdir().unwrap();
    let journal = start(folder.path());
    journal.name_user(7, "ann");
    let mut event = execution(2);
    event.parent_id = Some(Uuid::from_u128(1));
    event.arguments = LoggedArguments::begin().argument("customer_id", &42).redacted("password").finish();
    event.result = LoggedArguments::value(&1.5);
    record(&journal, event);
    journal.flush();
    assert_eq!(
        executions(folder.path()),
        [json!({
            "v": 1, "ts": "2026-11-24T20:30:00.000001Z",
            "execution_id": "00000000-0000-0000-0000-000000000002",
            "parent_id": "00000000-0000-0000-0000-000000000001",
            "root_id": "00000000-0000-0000-0000-000000000001",
            "object_ref": "crm.rules.customer_ltv", "object_type": "rule", "app": "crm",
            "operation": "call", "user_id": 7, "user": "ann", "outcome": "ok", "duration_us": 1234.567,
            "decision": { "permission": "use", "allowed": true, "because": "tier_default" },
            "arguments": { "customer_id": 42, "password": "[redacted]" }, "result": 1.5, "error": null,
        })]
    );
    assert_eq!(
        read(&file(folder.path(), "rule", "performance", "2026-11-24")),
        [json!({
            "v": 1, "ts": "2026-11-24T20:30:00.000001Z",
            "execution_id": "00000000-0000-0000-0000-000000000002",
            "parent_id": "00000000-0000-0000-0000-000000000001",
            "root_id": "00000000-0000-0000-0000-000000000001",
            "object_ref": "crm.rules.customer_ltv", "object_type": "rule", "app": "crm",
            "operation": "call", "outcome": "ok", "duration_us": 1234.567, "queries": 3, "query_us": 0.999, "depth": 2,
        })]
    );
}

#[test]
fn an_error_is_shown_with_its_cause_and_its_way() {
    let folder = tempfile::tempdir().unwrap();
    let journal = start(folder.path());
    let mut error = AppOsError::validation("no").field("name", "required", "is missing").caused_by("disk on fire");
    error.passes(Uuid::from_u128(2), "crm.rules.customer_ltv", "rule");
    let mut event = execution(2);
    event.object = None;
    event.outcome = Outcome::Invalid;
    event.error = Some(Box::new(EventError::from(&error)));
    record(&journal, event);
    journal.flush();
    let lines = read(&file(folder.path(), "web_api", "execution", "2026-11-24"));
    assert_eq!(lines[0]["object_ref"], json!(null));
    assert_eq!(lines[0]["object_type"], "web_api");
    assert_eq!(
        lines[0]["error"],
        json!({
            "kind": "validation", "code": "invalid", "message": "no",
            "fields": [{ "field": "name", "code": "required", "message": "is missing" }],
            "chain": ["crm.rules.customer_ltv"], "cause": "disk on fire",
        })
    );
}

#[test]
fn a_security_event_makes_a_line_in_security() {
    let folder = tempfile::tempdir().unwrap();
    let journal = start(folder.path());
    let mut event = security("group crm_users");
    event.object = Some(&RULE);
    event.action = "denied";
    event.permission = Some(Permission::Use);
    journal.record(Event::Security(Box::new(event)));
    journal.flush();
    assert_eq!(
        read(&file(folder.path(), "rule", "security", "2026-11-24")),
        [json!({
            "v": 1, "ts": "2026-11-24T20:30:00.000001Z", "execution_id": null,
            "object_ref": "crm.rules.customer_ltv", "object_type": "rule", "app": "crm",
            "action": "denied", "permission": "use", "user_id": 0, "user": null,
            "detail": "group crm_users", "address": "127.0.0.1",
        })]
    );
}

#[test]
fn hostile_texts_stay_within_one_valid_line() {
    let folder = tempfile::tempdir().unwrap();
    let journal = start(folder.path());
    let hostile = "\u{1b}[31m\r\n{\"v\":1}\n\u{0}\u{2028}\"\\ é";
    journal.name_user(7, hostile);
    let mut event = execution(1);
    event.arguments =
        LoggedArguments::begin().argument("text", hostile).argument("big", &"x\n".repeat(1 << 20)).finish();
    let mut error = AppOsError::execution(format!("{hostile}{}", "é".repeat(1 << 20)));
    error = error.field(hostile, "a", hostile).caused_by(hostile);
    event.error = Some(Box::new(EventError::from(&error)));
    record(&journal, event);
    journal.record(Event::Security(Box::new(security(&hostile.repeat(1 << 16)))));
    journal.flush();
    let lines = executions(folder.path());
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["user"], hostile);
    assert_eq!(lines[0]["error"]["cause"], hostile);
    assert!(lines[0]["error"]["message"].as_str().unwrap().starts_with(hostile));
    assert!(lines[0].to_string().len() < 16 * 1024);
    let lines = read(&file(folder.path(), "web_api", "security", "2026-11-24"));
    assert_eq!(lines.len(), 1);
    assert!(lines[0].to_string().len() < 32 * 1024);
}
