//! What must hold once everything has come to rest.

use std::collections::{HashMap, HashSet};

use serde_json::{Value as Json, json};

use super::database::Database;
use super::effects::All;
use super::load::Done;

/// Every start that was acknowledged is there once, and has ended as its body says; and so has everything else.
pub fn everything_ended_well(database: &Database, done: &Done) {
    let rows = database.rows("SELECT id, name, state, shown_result, error FROM platform_process_instance ORDER BY id");
    let mut ids = HashMap::new();
    for row in &rows {
        let [id, name, state, result, error] = &row[..] else { panic!("{row:?}") };
        assert!(ids.insert(name.as_str(), id.as_str()).is_none(), "{name} was started twice");
        let (shape, _) = name.split_once('-').expect("a shape");
        if shape == "undo" {
            assert!(state == "failed" && (error.contains("no further") || error.contains("interrupted")), "{row:?}");
            continue;
        }
        assert_eq!(state, "completed", "{row:?}");
        let result: Json = serde_json::from_str(result).expect("a result");
        let wanted = match (shape, name.split_once('.')) {
            (_, Some((_, "elder"))) => json!(3),
            (_, Some(_)) => json!(6),
            ("chain", _) => json!(10),
            ("fork", _) => json!(1000 + (10 + 20 + 30 + 40) * 2 + 4),
            ("family", _) => json!(3 + 6 + 2),
            ("naps" | "brittle", _) => json!(3),
            ("stumble", _) => json!(2),
            ("count", _) => json!([15, name]),
            ("told", _) => {
                // What was sent again, because the answer was lost, may have come twice.
                let mut told: Vec<i64> = serde_json::from_value(result).expect("numbers");
                told.dedup();
                assert_eq!(told, [1, 2, 3], "{row:?}");
                continue;
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(result, wanted, "{row:?}");
    }
    for (name, id) in &done.started {
        assert_eq!(ids.get(name.as_str()), Some(&id.as_str()), "{name} was acknowledged");
    }
    let keys = database.rows("SELECT start_key FROM platform_process_instance WHERE start_key IS NOT NULL");
    assert_eq!(keys.len(), keys.iter().collect::<HashSet<_>>().len(), "a key starts once");
}

/// Tries of a step that its policy allows.
fn most_attempts(step: &str) -> usize {
    match step {
        "killing.steps.shaky" => 41,
        "killing.steps.fragile" | "killing.steps.give_up" => 1,
        _ => 31,
    }
}

/// What the database knows as completed was the last that was begun, and what was tried once has one effect.
pub fn nothing_is_done_twice(database: &Database, effects: &All) {
    let rows = database.rows(
        "SELECT i.name, e.place, e.kind, e.name, e.state, e.attempts, e.execution_id, e.shown
         FROM platform_process_entry e JOIN platform_process_instance i ON i.id = e.instance
         WHERE e.kind IN ('step', 'compensation')",
    );
    let mut known = HashSet::new();
    let mut interrupted = 0;
    for row in &rows {
        let [instance, place, kind, step, state, attempts, execution, shown] = &row[..] else { panic!("{row:?}") };
        let attempts: usize = attempts.parse().expect("a number");
        let key = if kind == "compensation" {
            // Steps that can be undone stand at the places of their numbers.
            (format!("{instance}~"), place.trim_start_matches('~').parse().expect("a number"))
        } else {
            let shown: Json = serde_json::from_str(shown).expect("arguments");
            (instance.clone(), shown["number"].as_i64().expect("a number"))
        };
        let nothing = super::effects::Effects::default();
        let seen = effects.get(&key).unwrap_or(&nothing);
        assert!(attempts >= 1 && attempts <= most_attempts(step), "more tries than allowed: {row:?}");
        assert!(seen.begun.len() <= attempts, "{seen:?} for {row:?}");
        match state.as_str() {
            "completed" => {
                assert_eq!(seen.begun.last(), Some(execution), "begun after it was completed: {seen:?} {row:?}");
                assert!(seen.done.contains(execution), "completed without its effect: {seen:?} {row:?}");
                if attempts == 1 {
                    assert_eq!(seen.done.len(), 1, "{seen:?} {row:?}");
                }
                interrupted += usize::from(attempts > 1 && step != "killing.steps.shaky");
            }
            // Interrupted, and not to be tried again.
            "failed" => assert_eq!(attempts, most_attempts(step), "{row:?}"),
            _ => panic!("{row:?}"),
        }
        known.insert(key);
    }
    let unknown: Vec<_> = effects.keys().filter(|key| !known.contains(*key)).collect();
    assert!(unknown.is_empty(), "effects of which the database knows nothing: {unknown:?}");
    println!("{} steps done, {interrupted} of them interrupted and tried again", rows.len());
    let waits = database.rows(
        "SELECT i.name, e.place, e.state FROM platform_process_entry e
         JOIN platform_process_instance i ON i.id = e.instance
         WHERE e.kind NOT IN ('step', 'compensation') AND e.state <> 'completed'",
    );
    assert!(waits.is_empty(), "not over: {waits:?}");
    let early = database.rows(
        "SELECT i.name, t.place, t.due_at, t.ended_at FROM platform_process_entry t
         JOIN platform_process_instance i ON i.id = t.instance WHERE t.kind = 'timer' AND t.ended_at < t.due_at - 100",
    );
    assert!(early.is_empty(), "waits that were cut short: {early:?}");
}

/// Nobody has written under the lease of another, and what was completed was never touched again.
pub fn leases_were_heeded(database: &Database) {
    let rows = database.rows(
        "SELECT instance, place, kind, state, attempts, execution, writer, fence, owner FROM noted ORDER BY number",
    );
    let mut holders: HashMap<(&str, &str), &str> = HashMap::new();
    let mut fences: HashMap<&str, i64> = HashMap::new();
    let mut completed: HashMap<(&str, &str), (&str, &str)> = HashMap::new();
    let mut last_try: HashMap<(&str, &str), (i64, &str)> = HashMap::new();
    let mut leases = 0;
    for row in &rows {
        let [instance, place, kind, state, attempts, execution, writer, fence, owner] = &row[..] else {
            panic!("{row:?}")
        };
        assert_eq!(writer, owner, "written by somebody else than whose it is: {row:?}");
        let holder = holders.entry((instance, fence)).or_insert(writer);
        assert_eq!(*holder, writer, "two workers with one lease: {row:?}");
        let fence: i64 = fence.parse().expect("a number");
        let before = fences.insert(instance, fence).unwrap_or(fence);
        assert!(before <= fence, "an earlier lease after a later one: {row:?}");
        leases += usize::from(before < fence);
        let key = (instance.as_str(), place.as_str());
        let now = (state.as_str(), execution.as_str());
        if let Some(then) = completed.get(&key) {
            // The same once more: nobody knew whether it had been written.
            assert_eq!(*then, now, "changed after it was completed: {row:?}");
        }
        if state == "completed" {
            completed.insert(key, now);
        }
        if state == "running" && (kind == "step" || kind == "compensation") {
            let (attempt, writer) = (attempts.parse::<i64>().expect("a number"), writer.as_str());
            let (before, by) = last_try.insert(key, (attempt, writer)).unwrap_or((0, writer));
            assert!(attempt == before + 1 || (attempt == before && by == writer), "{before}, then {row:?}");
        }
    }
    println!("{} writes noted, under {leases} further leases", rows.len());
}
