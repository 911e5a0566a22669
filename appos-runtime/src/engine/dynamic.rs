//! Calls by reference: the object is named by a text or a constant, arguments are JSON.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::dispatch::run;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::registry::{BoxedCall, Object, ObjectDescriptor, ObjectDetail};
use crate::security::Permission;
use crate::state::Ctx;

/// A reference to an object, to be kept in a constant and dispatched later.
///
/// Made by [`of`](Self::of) it names an object that exists, proved by the compiler; read from
/// a text it may not, and dispatch then answers an error.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ObjectRef(Cow<'static, str>);

impl ObjectRef {
    /// The reference of an object named in code: `ObjectRef::of::<rules::customer_ltv>()`.
    pub fn of<O: Object>() -> Self {
        Self(Cow::Borrowed(O::object().reference))
    }

    /// The reference as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Tells `cargo appos impact` of references made of a text.
#[cfg(feature = "impact")]
#[allow(missing_docs, clippy::should_implement_trait)]
impl ObjectRef {
    #[deprecated(note = "platform.engine.refer")]
    pub fn from(reference: impl Into<Self>) -> Self {
        reference.into()
    }
}

impl fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&'static str> for ObjectRef {
    fn from(reference: &'static str) -> Self {
        Self(Cow::Borrowed(reference))
    }
}

impl From<String> for ObjectRef {
    fn from(reference: String) -> Self {
        Self(Cow::Owned(reference))
    }
}

/// Calls the object with this reference; `arguments` is a JSON object, one entry a parameter.
///
/// Takes the same path as a typed call: the same permission check, limits and record. A process is started, and the
/// answer is its `id`.
///
/// # Errors
/// There is no such object (code `unknown_object`); the arguments do not fit its parameters;
/// or what the typed call would answer.
#[cfg_attr(feature = "impact", deprecated(note = "platform.engine.dispatch"))]
pub async fn dispatch(target: impl Into<ObjectRef>, arguments: Json) -> Result<Json> {
    let target = target.into();
    let caller = Ctx::current().ok_or_else(|| {
        AppOsError::dispatch(format!("{target} was called outside any execution")).code_is("no_context")
    })?;
    let object = resolve(&caller, &target)?;
    call(caller, object, move || Ok((arguments, None))).await
}

/// The object with this reference.
///
/// # Errors
/// There is none (code `unknown_object`).
pub(crate) fn resolve(caller: &Ctx, target: &ObjectRef) -> Result<&'static ObjectDescriptor> {
    caller.scope().engine.registry.find(target.as_str()).ok_or_else(|| unknown(caller, target))
}

tokio::task_local! {
    static TRIAL: ();
}

/// Code of the answer of a trial whose arguments fit.
const FIT: &str = "arguments_fit";

/// True while arguments are read only to see whether they fit: then nothing may be called.
pub(crate) fn is_trial() -> bool {
    TRIAL.try_with(|()| ()).is_ok()
}

/// The end of a trial that found nothing wrong.
pub(crate) fn fit() -> AppOsError {
    AppOsError::execution("the arguments fit").code_is(FIT)
}

/// Reads the arguments of a rule as a call of it would, and calls nothing.
///
/// # Errors
/// They do not fit its parameters, all that is wrong at once; or the object is no rule (code
/// `not_callable`).
#[cfg(feature = "db")]
pub(crate) async fn try_arguments(object: &'static ObjectDescriptor, arguments: Json) -> Result<()> {
    let called = match object.detail {
        ObjectDetail::Rule(rule) => (rule.invoke)(arguments),
        // What calls at least once would start it twice.
        ObjectDetail::Process(_) => {
            return Err(not_callable(object, "a process; start it: that is a part of the transaction"));
        }
        _ => return Err(AppOsError::dispatch(format!("{} is no rule", object.reference)).code_is("not_callable")),
    };
    match TRIAL.scope((), called).await {
        Err(error) if error.code() == FIT => Ok(()),
        Err(error) => Err(error),
        Ok(_) => Err(AppOsError::execution(format!("{} was called by a trial", object.reference))),
    }
}

/// A dynamic call whose arguments are read only once the call is allowed.
#[cfg(feature = "web")]
pub(crate) async fn dispatch_with(
    object: &'static ObjectDescriptor,
    arguments: impl FnOnce() -> Result<Json> + Send,
) -> Result<Json> {
    let caller = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    call(caller, object, || Ok((arguments()?, None))).await
}

/// The start of a process, whose arguments and key are read only once it is allowed.
#[cfg(feature = "web")]
pub(crate) async fn start_with(
    object: &'static ObjectDescriptor,
    arguments: impl FnOnce() -> Result<(Json, Option<String>)> + Send,
) -> Result<Json> {
    let caller = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    call(caller, object, arguments).await
}

/// How an object is called by reference.
enum Invoked {
    Call(fn(Json) -> BoxedCall),
    Start(fn(Json, Option<String>) -> BoxedCall),
}

async fn call(
    caller: Ctx,
    object: &'static ObjectDescriptor,
    arguments: impl FnOnce() -> Result<(Json, Option<String>)> + Send,
) -> Result<Json> {
    let invoked = match object.detail {
        ObjectDetail::Rule(rule) => Invoked::Call(rule.invoke),
        ObjectDetail::Constant(constant) => Invoked::Call(constant.invoke),
        ObjectDetail::TranslationSet(set) => Invoked::Call(set.invoke),
        ObjectDetail::Integration(integration) => Invoked::Call(integration.invoke),
        ObjectDetail::Process(process) => Invoked::Start(process.start),
        ObjectDetail::Record(_) => {
            return Err(not_callable(object, "a record; call its typed functions or its routes"));
        }
        ObjectDetail::ConnectedSystem(_) => {
            return Err(not_callable(object, "a connected system; call its integrations"));
        }
        ObjectDetail::Step(_) => return Err(not_callable(object, "a step; its process runs it")),
        ObjectDetail::Interface(_) => return Err(not_callable(object, "an interface; draw it with `rsx!`")),
        ObjectDetail::Page(_) => return Err(not_callable(object, "a page; open its address")),
        ObjectDetail::Site(_) => return Err(not_callable(object, "a site; it is shown beside the pages of its app")),
    };
    let use_it = (Permission::Use, if matches!(invoked, Invoked::Start(_)) { "start" } else { "call" });
    if !super::authorize::authorize(caller.clone(), object, Permission::Use).await?.allows() {
        // Refused before the arguments are looked at: a refusal says nothing of the parameters.
        return run(Some(caller), object, use_it, LoggedArguments::none(), |_| async { Ok(Json::Null) }).await;
    }
    let answer = match (arguments(), invoked) {
        (Ok((arguments, _)), Invoked::Call(invoke)) => invoke(arguments).await,
        (Ok((arguments, key)), Invoked::Start(start)) => start(arguments, key).await,
        (Err(error), _) => Err(error),
    };
    match answer {
        // Arguments that did not fit never became a call; they are recorded as one.
        Err(error) if error.execution_id().is_none() => {
            run(Some(caller), object, use_it, LoggedArguments::none(), move |_| async move { Err(error) }).await
        }
        answer => answer,
    }
}

fn not_callable(object: &ObjectDescriptor, what: &str) -> AppOsError {
    AppOsError::dispatch(format!("{} is {what}", object.reference)).code_is("not_callable")
}

fn unknown(caller: &Ctx, target: &ObjectRef) -> AppOsError {
    let nearest = caller.scope().engine.registry.nearest(target.as_str());
    let help = nearest.map_or_else(String::new, |nearest| format!("; did you mean {nearest}?"));
    AppOsError::dispatch(format!("there is no object {target}{help}")).code_is("unknown_object")
}
