//! What recording costs the caller in allocations. In a binary of its own: payloads depend on
//! whether any journal of the process runs, and the counting allocator is process-wide.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use allocation_counter::measure;
use appos_runtime::journal::{Event, ExecutionEvent, Journal, JournalSettings, LoggedArguments, Outcome};
use uuid::Uuid;

fn arguments() -> LoggedArguments {
    LoggedArguments::begin().argument("customer_id", &42).argument("name", "Ann").redacted("password").finish()
}

fn event(arguments: LoggedArguments) -> Event {
    Event::Execution(ExecutionEvent {
        at_us: 0,
        execution_id: Uuid::nil(),
        parent_id: None,
        root_id: Uuid::nil(),
        trace: None,
        object: None,
        operation: "call",
        decision: None,
        user_id: 1,
        outcome: Outcome::Ok,
        duration_ns: 1,
        depth: 0,
        queries: 0,
        query_ns: 0,
        notes: None,
        arguments,
        result: LoggedArguments::none(),
        error: None,
    })
}

#[test]
fn a_call_allocates_once_for_its_arguments_and_never_to_be_recorded() {
    // Without a journal nobody reads payloads, so none are made.
    let off = measure(|| assert!(arguments().is_none() && LoggedArguments::value(&7).is_none()));
    assert_eq!(off.count_total, 0);

    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::start(folder.path(), &JournalSettings::default()).unwrap();
    assert_eq!(measure(|| assert!(!arguments().is_none())).count_total, 1);
    assert_eq!(measure(|| assert!(!LoggedArguments::value("a result").is_none())).count_total, 1);

    let mut next = Some(event(arguments()));
    let recorded = measure(|| journal.record(next.take().unwrap()));
    assert_eq!(recorded.count_total, 0);

    journal.shutdown();
    assert!(arguments().is_none());
}
