//! What reaches the files, and what never stops a caller.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod compress;
mod files;
mod lines;
mod payload;
mod security;
mod trouble;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use uuid::Uuid;

use super::{Event, ExecutionEvent, Journal, JournalSettings, LoggedArguments, Outcome, SecurityEvent};
use crate::registry::{ObjectDescriptor, ObjectDetail, ObjectKind, PermissionLists, RuleDescriptor, Slot};
use crate::security::{Because, Permission};

/// 2026-11-24T20:30:00.000001Z.
const AT_US: u64 = 1_795_552_200_000_001;
const DAY_US: u64 = 86_400_000_000;

static RULE: ObjectDescriptor = ObjectDescriptor {
    reference: "crm.rules.customer_ltv",
    kind: ObjectKind::Rule,
    app: "crm",
    name: "customer_ltv",
    module: "crm::rules",
    file: "rules.rs",
    line: 1,
    description: "",
    permissions: PermissionLists { view: None, use_: None, create: None, update: None, delete: None, admin: None },
    public_access: false,
    timeout: None,
    detail: ObjectDetail::Rule(&RuleDescriptor {
        cache: None,
        parameters: &[],
        returns: "()",
        invoke: |_| Box::pin(async { Ok(Value::Null) }),
    }),
    slot: Slot::new(),
};

/// Keeps everything, so that files of fixed days survive whenever tests run.
fn settings() -> JournalSettings {
    JournalSettings { queue: 1024, retention_days: [u32::MAX; 3], compress_after: 0, ..JournalSettings::default() }
}

fn start(folder: &Path) -> Journal {
    Journal::start(folder, &settings()).unwrap()
}

fn execution(number: u32) -> ExecutionEvent {
    ExecutionEvent {
        at_us: AT_US,
        execution_id: Uuid::from_u128(u128::from(number)),
        parent_id: None,
        root_id: Uuid::from_u128(1),
        trace: None,
        object: Some(&RULE),
        operation: "call",
        decision: Some((Permission::Use, Because::TierDefault)),
        user_id: 7,
        outcome: Outcome::Ok,
        duration_ns: 1_234_567,
        depth: 2,
        queries: 3,
        query_ns: 999,
        notes: None,
        arguments: LoggedArguments::none(),
        result: LoggedArguments::none(),
        error: None,
    }
}

fn security(detail: &str) -> SecurityEvent {
    SecurityEvent {
        at_us: AT_US,
        execution_id: None,
        object: None,
        action: "sign_in_failed",
        permission: None,
        user_id: 0,
        detail: detail.to_owned(),
        address: "127.0.0.1".parse().ok(),
        change: None,
    }
}

fn record(journal: &Journal, event: ExecutionEvent) {
    journal.record(Event::Execution(event));
}

fn file(folder: &Path, object_type: &str, category: &str, day: &str) -> PathBuf {
    folder.join("logs").join(object_type).join(category).join(format!("{day}.jsonl"))
}

/// Every line of a file, each parsed.
fn read(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap_or_default();
    assert!(text.is_empty() || text.ends_with('\n'));
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

fn executions(folder: &Path) -> Vec<Value> {
    read(&file(folder, "rule", "execution", "2026-11-24"))
}
