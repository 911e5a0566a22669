//! The tries of a step: what is known of it, what is tried, and what is written of each try.

use std::sync::Arc;
use std::time::Instant;

use serde_json::{Map, Value as Json};

use super::entry::{Entry, EntryKind, EntryRow, EntryState, StoredError, row};
use super::fakes::Fakes;
use super::inside::Inside;
use super::place::Place;
use super::run::{Branch, Run, drive, finish};
use super::step::{Policy, stopped};
use super::timer;
use crate::error::{AppOsError, ErrorKind, Result};
use crate::registry::{ObjectDescriptor, ObjectDetail, StepDescriptor};
use crate::state::Ctx;

/// Undoes a step with the step that it names for that.
pub(super) async fn undo_step(run: &Arc<Run>, place: &Place, name: &str, arguments: Json) -> Result<()> {
    let undoing = run.work.engine().registry.find(name).and_then(|step| descriptor(step)?.compensate);
    let (Some(undoing), Json::Object(arguments)) = (undoing, arguments) else { return Ok(()) };
    // What may be seen of them is with the step that is undone.
    let tried = Tried {
        run,
        place: &place.undone(),
        kind: EntryKind::Compensation,
        object: undoing(),
        arguments,
        shown: String::new(),
        policy: Policy::default(),
    };
    Box::pin(tried.answer()).await.map(drop)
}

/// Does one step that is an instance of its own.
pub(super) async fn run_alone(run: &Arc<Run>, object: &'static ObjectDescriptor, arguments: Json) -> Result<()> {
    let branch = Branch::of_body(Arc::clone(run));
    let (place, own) = (branch.next(), Arc::clone(run));
    let Json::Object(arguments) = arguments else { return Err(AppOsError::execution("arguments are an object")) };
    let body = branch.run(async move {
        let tried = Tried {
            run: &own,
            place: &place,
            kind: EntryKind::Step,
            object,
            arguments,
            shown: String::new(),
            policy: Policy::default(),
        };
        Box::pin(tried.answer()).await
    });
    let driven = drive(run, body).await;
    finish(run, driven).await.map(drop)
}

fn descriptor(object: &'static ObjectDescriptor) -> Option<&'static StepDescriptor> {
    match object.detail {
        ObjectDetail::Step(step) => Some(step),
        _ => None,
    }
}

/// A step with its tries.
pub(super) struct Tried<'a> {
    pub(super) run: &'a Arc<Run>,
    pub(super) place: &'a Place,
    pub(super) kind: EntryKind,
    pub(super) object: &'static ObjectDescriptor,
    pub(super) arguments: Map<String, Json>,
    pub(super) shown: String,
    pub(super) policy: Policy,
}

/// What is known of a step when its turn comes.
enum Known {
    Over(Result<Json>),
    /// So many tries were made; the next one is made then.
    ToTry {
        made: u32,
        due_at: Option<i64>,
    },
    /// It was given up for something that ended earlier, and has no say any more.
    Abandoned,
}

impl Tried<'_> {
    /// What the step answers, at the first time or long since.
    pub(super) async fn answer(self) -> Result<Json> {
        let Some(step) = descriptor(self.object) else {
            return Err(AppOsError::dispatch(format!("{} is no step", self.object.reference)).code_is("no_step"));
        };
        let settings = &self.run.work.settings;
        if self.run.work.is_closing() {
            return self.another_time().await;
        }
        let retries = self.policy.retries.or(step.retries).unwrap_or(settings.retries);
        let backoff = self.policy.backoff.or(step.backoff).unwrap_or(settings.backoff);
        let known = self.known(retries);
        let (mut made, mut due_at) = match known {
            Known::Over(answer) => return answer,
            Known::ToTry { made, due_at } => (made, due_at),
            Known::Abandoned => return stopped().await,
        };
        loop {
            if let Some(at) = due_at {
                self.wait(at).await?;
            } else {
                self.unless_ended()?;
            }
            match self.attempt(made + 1).await {
                Ok(answer) => return Ok(answer),
                Err(error) if made < retries && may_get_better(&error) && !self.is_ended() => {
                    made += 1;
                    let wait = self.run.work.backoff(backoff, made);
                    let at = self.run.work.now().saturating_add(wait);
                    due_at = Some(at);
                    self.note(EntryState::Waiting, |entry, row| {
                        entry.due_at = Some(at);
                        row.due_at = Some(at);
                        row.error = Some(StoredError::from(&error));
                        row.execution_id = error.execution_id();
                    });
                }
                Err(error) => {
                    let state = if self.is_ended() { EntryState::Cancelled } else { EntryState::Failed };
                    let kept = StoredError::from(&error);
                    self.note(state, |entry, row| {
                        entry.error = Some(kept.clone());
                        row.error = Some(kept);
                        row.execution_id = error.execution_id();
                        row.ended_at = Some(self.run.work.now());
                    });
                    return Err(error);
                }
            }
        }
    }

    /// True if the process ends, and this step with it.
    fn is_ended(&self) -> bool {
        self.kind != EntryKind::Compensation && self.run.ended.is_cancelled()
    }

    fn unless_ended(&self) -> Result<()> {
        if self.is_ended() { Err(self.run.why_ended()) } else { Ok(()) }
    }

    /// Looks into the history.
    fn known(&self, retries: u32) -> Known {
        let mut state = self.run.state();
        let entry = match state.history.at(self.place, (self.kind, self.object.reference)) {
            Ok(Some(entry)) => entry,
            Ok(None) => return Known::ToTry { made: 0, due_at: None },
            Err(parked) => {
                drop(state);
                self.run.park(parked.code, parked.message);
                return Known::Abandoned;
            }
        };
        match entry.state {
            EntryState::Completed => {
                let (answer, sets) = Inside::opened(entry.result.clone().unwrap_or_default());
                for (name, variable) in sets {
                    state.variables.insert(name, variable);
                }
                Known::Over(Ok(answer))
            }
            EntryState::Failed => {
                let error =
                    entry.error.as_ref().map_or_else(|| AppOsError::execution("the step failed"), StoredError::error);
                Known::Over(Err(error))
            }
            EntryState::Cancelled if self.run.ended.is_cancelled() => Known::Over(Err(self.run.why_ended())),
            EntryState::Cancelled => Known::Abandoned,
            // The program has ended in the midst of the last try it had.
            EntryState::Running if entry.attempts > retries => {
                let error = AppOsError::execution("the program ended during the last try").code_is("interrupted");
                entry.state = EntryState::Failed;
                entry.error = Some(StoredError::from(&error));
                let row = EntryRow { ended_at: Some(self.run.work.now()), ..row(self.place, entry) };
                drop(state);
                self.run.note(|changes| changes.entries.push(row));
                Known::Over(Err(error))
            }
            EntryState::Running => Known::ToTry { made: entry.attempts, due_at: None },
            EntryState::Waiting => Known::ToTry { made: entry.attempts, due_at: entry.due_at },
            EntryState::Skipped => {
                let message = format!("at {} `{}` was left out, and now the code does it", self.place, entry.name);
                drop(state);
                self.run.park("history_mismatch", message);
                Known::Abandoned
            }
        }
    }

    async fn wait(&self, due_at: i64) -> Result<()> {
        if self.kind == EntryKind::Compensation {
            timer::until(self.run, due_at).await;
            return Ok(());
        }
        tokio::select! {
            biased;
            () = self.run.ended.cancelled() => Err(self.run.why_ended()),
            () = timer::until(self.run, due_at) => Ok(()),
        }
    }

    /// The program ends: whoever takes the instance up next does it.
    async fn another_time(&self) -> Result<Json> {
        let _wait = self.run.waits(Some(0));
        stopped().await
    }

    /// Makes one try.
    async fn attempt(&self, number: u32) -> Result<Json> {
        let now = self.run.work.now();
        let mut entry = Entry {
            kind: self.kind,
            name: self.object.reference.to_owned(),
            state: EntryState::Running,
            attempts: number,
            result: None,
            error: None,
            due_at: None,
            arguments: self.is_undoable().then(|| Json::Object(self.arguments.clone())),
            started_at: now,
            seen: true,
        };
        {
            let mut state = self.run.state();
            if let Some(before) = state.history.get_mut(self.place) {
                entry.started_at = before.started_at;
            }
            let row = EntryRow { shown: self.shown.clone(), ..row(self.place, &entry) };
            state.history.put(self.place.clone(), entry);
            drop(state);
            self.run.note(|changes| changes.entries.push(row));
        }
        let active = self.run.active();
        let guard = Unless { tried: self, ended: false };
        // That it has begun is known before it begins.
        self.run.written().await;
        if !self.run.work.holds(self.run) {
            // The program was stopped, or late, after that: by now another may do it.
            return stopped().await;
        }
        let answer = self.body().await;
        drop(active);
        guard.disarm();
        let (answer, inside) = answer;
        let answer = answer?;
        let result = inside.sealed(&answer);
        for (name, variable) in inside.variables() {
            self.run.note(|changes| changes.variables.push((name.clone(), variable.clone())));
            self.run.state().variables.insert(name, variable);
        }
        self.note(EntryState::Completed, |entry, row| {
            row.result = result.to_string();
            row.shown_result = inside.shown();
            row.execution_id = inside.execution_id();
            row.ended_at = Some(self.run.work.now());
            entry.result = Some(result);
        });
        Ok(answer)
    }

    fn is_undoable(&self) -> bool {
        self.kind == EntryKind::Step && descriptor(self.object).is_some_and(|step| step.compensate.is_some())
    }

    async fn body(&self) -> (Result<Json>, Arc<Inside>) {
        let inside = Inside::new(Arc::clone(self.run));
        let Some(step) = descriptor(self.object) else {
            return (Err(AppOsError::dispatch("no step").code_is("no_step")), inside);
        };
        if let Some(answer) = self.run.work.engine().resource::<Fakes>().and_then(|fakes| fakes.stand_in(self.object)) {
            return (answer, inside);
        }
        let Some(caller) = Ctx::current() else {
            return (Err(AppOsError::dispatch("a step runs in a process").code_is("no_process")), inside);
        };
        let longest = self.policy.timeout.or(self.object.timeout).unwrap_or(self.run.work.engine().settings.timeout);
        let caller = caller.detached().until(Instant::now() + longest);
        let body = (step.run)(Json::Object(self.arguments.clone()));
        let body = caller.enter(Branch::outside(Inside::run(Arc::clone(&inside), body)));
        let answer = if self.kind == EntryKind::Compensation {
            body.await
        } else {
            tokio::select! {
                biased;
                answer = body => answer,
                () = self.run.ended.cancelled() => Err(self.run.why_ended()),
            }
        };
        (answer, inside)
    }

    /// Changes the entry, and what is written of it.
    fn note(&self, to: EntryState, change: impl FnOnce(&mut Entry, &mut EntryRow)) {
        let mut state = self.run.state();
        let Some(entry) = state.history.get_mut(self.place) else { return };
        entry.state = to;
        let mut row = EntryRow { shown: self.shown.clone(), ..row(self.place, entry) };
        change(entry, &mut row);
        drop(state);
        self.run.note(|changes| changes.entries.push(row));
    }
}

/// Notes of a step whose process no longer waits for it that it has no say any more.
struct Unless<'a> {
    tried: &'a Tried<'a>,
    ended: bool,
}

impl Unless<'_> {
    fn disarm(mut self) {
        self.ended = true;
    }
}

impl Drop for Unless<'_> {
    fn drop(&mut self) {
        if !self.ended {
            let now = self.tried.run.work.now();
            self.tried.note(EntryState::Cancelled, |_, row| row.ended_at = Some(now));
        }
    }
}

/// False of what is the same however often it is tried.
fn may_get_better(error: &AppOsError) -> bool {
    match error.kind() {
        ErrorKind::Security => false,
        ErrorKind::Validation => error.code() == "stale_version",
        _ => true,
    }
}
