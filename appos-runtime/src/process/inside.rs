//! What is known while the body of a step runs: where it is, what it sets, and what may be seen of its answer.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Serialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::run::Run;
use super::variables::Variable;
use crate::journal::shown;

tokio::task_local! {
    static INSIDE: Arc<Inside>;
}

/// The body of a step while it runs.
pub(super) struct Inside {
    pub(super) run: Arc<Run>,
    execution_id: OnceLock<Uuid>,
    shown: OnceLock<String>,
    /// What it has set: it holds with the step's answer, and not without it.
    sets: Mutex<Vec<(String, Variable)>>,
}

/// The two members of what is kept of a step that sets variables.
const ANSWER: &str = "$answer";
const SETS: &str = "$sets";

impl Inside {
    pub(super) fn new(run: Arc<Run>) -> Arc<Self> {
        Arc::new(Self { run, execution_id: OnceLock::new(), shown: OnceLock::new(), sets: Mutex::default() })
    }

    pub(super) async fn run<F: Future>(inside: Arc<Self>, future: F) -> F::Output {
        INSIDE.scope(inside, future).await
    }

    /// That of the running code.
    pub(super) fn current() -> Option<Arc<Self>> {
        INSIDE.try_with(Arc::clone).ok()
    }

    pub(super) fn began(&self, execution_id: Uuid) {
        self.execution_id.set(execution_id).ok();
    }

    pub(super) fn answered<T: Serialize>(&self, answer: &T) {
        self.shown.set(shown(answer).to_string()).ok();
    }

    pub(super) fn execution_id(&self) -> Option<Uuid> {
        self.execution_id.get().copied()
    }

    pub(super) fn shown(&self) -> String {
        self.shown.get().cloned().unwrap_or_default()
    }

    pub(super) fn set(&self, name: String, variable: Variable) {
        let mut sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        sets.retain(|(known, _)| *known != name);
        sets.push((name, variable));
    }

    pub(super) fn get(&self, name: &str) -> Option<Variable> {
        let sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        sets.iter().find(|(known, _)| known == name).map(|(_, variable)| variable.clone())
    }

    pub(super) fn variables(&self) -> Vec<(String, Variable)> {
        self.sets.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What is kept of the step: its answer, and what it has set.
    pub(super) fn sealed(&self, answer: &Json) -> Json {
        let sets = self.variables();
        if sets.is_empty() && answer.get(ANSWER).is_none() {
            return answer.clone();
        }
        json!({ ANSWER: answer, SETS: sets })
    }

    /// What was kept.
    pub(super) fn opened(kept: Json) -> (Json, Vec<(String, Variable)>) {
        match kept {
            Json::Object(mut members) if members.contains_key(ANSWER) => {
                let sets = members.remove(SETS).and_then(|sets| serde_json::from_value(sets).ok()).unwrap_or_default();
                (members.remove(ANSWER).unwrap_or_default(), sets)
            }
            answer => (answer, Vec::new()),
        }
    }
}
