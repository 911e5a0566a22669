//! The start of an instance: an answer means that it will run, whatever happens to this program.

use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::call::{ProcessCall, StepCall};
use super::entry::row;
use super::entry::{Entry, EntryKind, EntryRow, EntryState, StoredError, known};
use super::given::Given;
use super::given::text;
use super::place::Place;
use super::run::{Branch, Run};
use super::search::attributes;
use super::signal::told;
use super::step::{Step, Waiting, stopped};
use super::table::{self, NewInstance, Shelf};
use super::worker::SharedClock;
use crate::engine;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::platform::rules::resource;
use crate::record::{Store, database_fault, instance_changed, transaction};
use crate::registry::{ObjectDescriptor, ObjectDetail, ProcessDescriptor};
use crate::security::Permission;
use crate::state::{Ctx, new_execution_id};
use crate::value::DateTime;
use crate::vault::SecretKeys;

/// Most bytes of the arguments of one start, as JSON.
const MAX_ARGUMENTS: usize = 1 << 20;
/// Longest key.
pub(crate) const LONGEST_KEY: usize = 200;
/// How the keys of starts begin that schedules make.
pub(super) const OF_SCHEDULES: &str = "schedule:";
/// Longest name of an instance, in characters.
const LONGEST_NAME: usize = 200;

/// An instance of a process, wherever it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Instance {
    /// By which it is found: in the API, on the command line, in logs.
    pub id: Uuid,
}

impl<T> ProcessCall<T> {
    /// Starts the process once for this key: a second start with it answers the first instance.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Starts it so much later.
    pub fn after(mut self, length: Duration) -> Self {
        self.begins = super::call::Begins::After(length);
        self
    }

    /// Starts it at a moment.
    pub fn at(mut self, moment: DateTime) -> Self {
        self.begins = super::call::Begins::At(moment);
        self
    }

    /// Starts the process. When this answers it is certain to run; in a transaction, once that is committed.
    ///
    /// # Errors
    /// The caller may not `use` the process; an argument cannot be written as JSON, or all of them have more than
    /// 1 MiB (code `arguments_too_large`); the key was used with other arguments (`key_reused`); or the database
    /// cannot be written.
    pub async fn start(self) -> Result<Instance> {
        if self.key.as_ref().is_some_and(|key| key.starts_with(OF_SCHEDULES)) {
            let error = format!("the keys of schedules begin with `{OF_SCHEDULES}`: choose another one");
            return Err(AppOsError::validation(error).code_is("invalid_key"));
        }
        match Branch::current("start()") {
            Ok(branch) => started_in_body(branch, self).await,
            Err(_) => Box::pin(start(self.object, self.given, (self.key, self.begins))).await,
        }
    }
}

impl<T: DeserializeOwned + Send + 'static> ProcessCall<T> {
    /// Runs the process as a part of the one in whose body this is written, and waits for its answer. It ends with
    /// the one that waits for it.
    ///
    /// # Errors
    /// That of the process; outside the body of a process (code `no_process`).
    pub fn run(self) -> Waiting<T> {
        let at = Branch::current("run()").map(|branch| (branch.next(), branch));
        Box::pin(async move {
            let (place, branch) = at?;
            run_child(&branch.run, &place, self).await
        })
    }
}

impl<T> Step<T> {
    /// Has the step done without waiting for it: it is certain to be done when this answers.
    pub fn fire_and_forget(self) -> FireAndForget<T> {
        FireAndForget(self)
    }
}

/// A step that nobody waits for.
#[must_use = "a step is begun when this is awaited"]
pub struct FireAndForget<T>(Step<T>);

impl<T: Send + 'static> IntoFuture for FireAndForget<T> {
    type Output = Result<Instance>;
    type IntoFuture = Waiting<Instance>;

    fn into_future(self) -> Waiting<Instance> {
        let Step { call: StepCall { object, given, .. }, at, .. } = self.0;
        Box::pin(async move {
            let (place, branch) = at?;
            note_start(&branch.run, &place, (object, &given), (None, super::call::Begins::Now)).await
        })
    }
}

async fn started_in_body<T>(branch: Branch, call: ProcessCall<T>) -> Result<Instance> {
    let place = branch.next();
    if call.key.is_some() {
        let error = "the body of a process starts another one once, by its place: to use a key, start it in a step";
        return Err(AppOsError::dispatch(error).code_is("key_in_process"));
    }
    note_start(&branch.run, &place, (call.object, &call.given), (None, call.begins)).await
}

/// Starts an instance with the next write of the run.
async fn note_start(
    run: &Arc<Run>,
    place: &Place,
    (object, given): (&'static ObjectDescriptor, &Given),
    (parent, begins): (Option<&Place>, super::call::Begins),
) -> Result<Instance> {
    let entry = run.state().history.at(place, (EntryKind::Started, object.reference)).map(known);
    match entry {
        Err(parked) => {
            run.park(parked.code, parked.message);
            return stopped().await;
        }
        Ok(Some(Entry { result: Some(result), .. })) => return Ok(serde_json::from_value(result)?),
        Ok(_) if run.ended.is_cancelled() => return Err(run.why_ended()),
        Ok(_) => {}
    }
    let instance = Instance { id: new_instance_id(run.work.now()) };
    let within = if matches!(object.detail, ObjectDetail::Step(_)) { run.process } else { object };
    let new = new_instance(run, instance.id, (object, within), given, (parent.cloned(), begins))?;
    let now = run.work.now();
    let entry = Entry {
        kind: EntryKind::Started,
        name: object.reference.to_owned(),
        state: EntryState::Completed,
        attempts: 0,
        result: Some(serde_json::to_value(instance)?),
        error: None,
        due_at: None,
        arguments: None,
        started_at: now,
        seen: true,
    };
    let shown_result = json!(instance).to_string();
    let row = EntryRow { shown: text(given.shown()), shown_result, ended_at: Some(now), ..row(place, &entry) };
    run.state().history.put(place.clone(), entry);
    run.note(|changes| {
        changes.entries.push(row);
        changes.instances.push(new);
    });
    let _active = run.active();
    run.written().await;
    Ok(instance)
}

async fn run_child<T: DeserializeOwned>(run: &Arc<Run>, place: &Place, call: ProcessCall<T>) -> Result<T> {
    let name = call.object.reference;
    let signal = child_signal(place);
    let is_new = run.state().history.at(place, (EntryKind::Child, name)).is_ok_and(|entry| entry.is_none());
    let mut begun = None;
    if is_new && !run.ended.is_cancelled() {
        let id = new_instance_id(run.work.now());
        let new = new_instance(run, id, (call.object, call.object), &call.given, (Some(place.clone()), call.begins))?;
        run.note(|changes| changes.instances.push(new));
        begun = Some(json!({ "instance": id, "arguments": call.given.shown() }));
    }
    let guard = EndsChild { run, place, ended: false };
    let answer = told(run, place, (EntryKind::Child, name, &signal), None, begun).await;
    guard.unless(answer.is_err());
    let Some(answer) = answer? else { return stopped().await };
    match serde_json::from_value(answer)? {
        ChildEnd::Completed(answer) => serde_json::from_value(answer).map_err(|error| {
            AppOsError::execution(format!("the answer of {name} can no longer be read: {error}"))
                .code_is("history_unreadable")
        }),
        ChildEnd::Failed(error) => Err(error.error()),
    }
}

/// Ends a child that nobody waits for any more.
struct EndsChild<'a> {
    run: &'a Arc<Run>,
    place: &'a Place,
    ended: bool,
}

impl EndsChild<'_> {
    fn unless(mut self, is_given_up: bool) {
        self.ended = !is_given_up;
    }
}

impl Drop for EndsChild<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.run.note(|changes| changes.ended_children.push(self.place.clone()));
        }
    }
}

/// What a process tells the one that waits for it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ChildEnd {
    Completed(Json),
    Failed(StoredError),
}

/// Name of the signal by which the child at a place tells of its end. No author's name begins like it.
pub(super) fn child_signal(place: &Place) -> String {
    format!("$child:{place}")
}

fn new_instance(
    run: &Run,
    id: Uuid,
    (object, within): (&'static ObjectDescriptor, &'static ObjectDescriptor),
    given: &Given,
    (parent, begins): (Option<Place>, super::call::Begins),
) -> Result<NewInstance> {
    let now = run.work.now();
    Ok(NewInstance {
        id,
        object,
        within,
        version: version(object),
        name: display_name(object, given.shown()),
        arguments: arguments(given)?,
        shown: text(given.shown()),
        key: None,
        attributes: attributes(object, given.shown())?,
        user_id: run.started_by,
        language: run.language.clone(),
        root_id: run.root_id,
        parent_id: run.parent_execution,
        trace: run.trace.clone(),
        parent: parent.map(|place| (run.id, place)),
        started_at: now,
        due_at: begins.due_at(now),
        deadline_at: deadline(object, Ord::max(begins.due_at(now), now)),
    })
}

pub(super) fn process_of(object: &'static ObjectDescriptor) -> Option<&'static ProcessDescriptor> {
    match object.detail {
        ObjectDetail::Process(process) => Some(process),
        _ => None,
    }
}

fn version(object: &'static ObjectDescriptor) -> u32 {
    process_of(object).map_or(1, |process| process.version)
}

fn deadline(object: &'static ObjectDescriptor, from: i64) -> Option<i64> {
    let length = process_of(object)?.deadline?;
    Some(from.saturating_add(i64::try_from(length.as_millis()).unwrap_or(i64::MAX)))
}

fn arguments(given: &Given) -> Result<String> {
    let text = text(given.arguments()?);
    if text.len() > MAX_ARGUMENTS {
        let error = AppOsError::validation("the arguments of a process are larger than 1 MiB");
        return Err(error.code_is("arguments_too_large"));
    }
    Ok(text)
}

fn new_instance_id(now: i64) -> Uuid {
    new_execution_id(u64::try_from(now).unwrap_or_default().saturating_mul(1000))
}

/// The name of an instance: what the process says, with arguments in the place of their names.
fn display_name(object: &'static ObjectDescriptor, shown: &Map<String, Json>) -> String {
    let Some(template) = process_of(object).and_then(|process| process.display_name) else {
        return object.name.to_owned();
    };
    let mut name = String::new();
    let mut rest = template;
    // One pass: what an argument holds is no template.
    while let Some((before, after)) = rest.split_once('{') {
        name.push_str(&before.replace("}}", "}"));
        if let Some(literal) = after.strip_prefix('{') {
            name.push('{');
            rest = literal;
            continue;
        }
        let (argument, after) = after.split_once('}').unwrap_or((after, ""));
        match shown.get(argument) {
            Some(Json::String(value)) => name.push_str(value),
            Some(value) => name.push_str(&value.to_string()),
            None => {}
        }
        rest = after;
    }
    name.push_str(&rest.replace("}}", "}"));
    name.chars().filter(|character| !character.is_control()).take(LONGEST_NAME).collect()
}

/// Starts an instance from outside any process, or from a step.
pub(super) async fn start(
    object: &'static ObjectDescriptor,
    given: Given,
    (key, begins): (Option<String>, super::call::Begins),
) -> Result<Instance> {
    let caller = Ctx::current().ok_or_else(|| {
        AppOsError::dispatch(format!("{} was started outside any execution", object.reference)).code_is("no_context")
    })?;
    let logged = LoggedArguments::value(given.shown());
    let starting = engine::run(Some(caller), object, (Permission::Use, "start"), logged, move |ctx: Ctx| async move {
        if process_of(object).is_none_or(|process| process.earlier_of.is_some()) {
            let error = format!("{} is an earlier body: start the process that has replaced it", object.reference);
            return Err(AppOsError::dispatch(error).code_is("earlier_version"));
        }
        if let Some(key) = key.as_ref().filter(|key| !is_key(key)) {
            let error = format!(
                "the key of a start has 1 to {LONGEST_KEY} bytes without control characters, and this one {}",
                key.len()
            );
            return Err(AppOsError::validation(error).code_is("invalid_key"));
        }
        let scope = ctx.scope();
        let store = resource::<Store>(&ctx)?;
        let keys = resource::<SecretKeys>(&ctx)?;
        // Of the clock that all workers go by: that of this machine may be wrong.
        let now = resource::<SharedClock>(&ctx)?.recent(store).await?;
        let new = NewInstance {
            id: new_instance_id(now),
            object,
            within: object,
            version: version(object),
            name: display_name(object, given.shown()),
            arguments: arguments(&given)?,
            shown: text(given.shown()),
            key,
            attributes: attributes(object, given.shown())?,
            user_id: scope.user.id,
            language: scope.language.to_string(),
            root_id: scope.root_id,
            // The body that starts it; a start from outside any body stands for itself.
            parent_id: ctx.parent_id.unwrap_or(ctx.execution_id),
            trace: scope.trace().cloned(),
            parent: None,
            started_at: now,
            due_at: begins.due_at(now),
            deadline_at: deadline(object, Ord::max(begins.due_at(now), now)),
        };
        let inserted = begin(store, keys, &new).await?;
        instance_changed(store, object);
        if inserted { Ok(Instance { id: new.id }) } else { already_started(store, keys, &new).await }
    });
    starting.await
}

/// Writes an instance down; false: the process was started with its key already.
async fn begin(store: &Store, keys: &SecretKeys, new: &NewInstance) -> Result<bool> {
    let instance = table::insert(new, keys)?;
    let (key, attributes) = (table::insert_key(new), table::insert_attributes(new));
    if key.is_none() && attributes.is_none() {
        return store.begin_process(&instance).await;
    }
    transaction(async {
        if let Some(key) = key
            && store.changed(&key).await? == 0
        {
            return Ok(false);
        }
        let is_new = store.begin_process(&instance).await?;
        if let Some(attributes) = attributes {
            store.execute(&attributes).await?;
        }
        Ok(is_new)
    })
    .await
}

fn is_key(text: &str) -> bool {
    (1..=LONGEST_KEY).contains(&text.len()) && !text.contains(char::is_control)
}

/// The instance that was started with the same key.
async fn already_started(store: &Store, keys: &SecretKeys, new: &NewInstance) -> Result<Instance> {
    let mut select = Query::select();
    select.column("instance").from(table::KEYS).and_where(Expr::col("process").eq(new.object.reference));
    select.and_where(Expr::col("start_key").eq(new.key.clone()));
    let gone = || AppOsError::execution("the instance of this key is gone");
    let id: String =
        store.rows(&select).await?.first().ok_or_else(gone)?.try_get_by_index(0).map_err(database_fault)?;
    let mut sealed = None;
    for shelf in Shelf::BOTH {
        let mut select = Query::select();
        select.column("arguments").from(shelf.of(table::INSTANCES)).and_where(Expr::col("id").eq(id.as_str()));
        if let Some(row) = store.rows(&select).await?.first() {
            sealed = Some(row.try_get_by_index::<String>(0).map_err(database_fault)?);
            break;
        }
    }
    let sealed = sealed.ok_or_else(gone)?;
    let arguments = keys.open(table::ARGUMENTS.of(&id), &sealed)?;
    if serde_json::from_str::<Json>(&arguments)? != serde_json::from_str::<Json>(&new.arguments)? {
        let error = AppOsError::validation("this key was used to start the process with other arguments");
        return Err(error.code_is("key_reused"));
    }
    Ok(Instance { id: Uuid::parse_str(&id)? })
}
