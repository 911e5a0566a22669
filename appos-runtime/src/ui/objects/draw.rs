//! One drawing of an object: a dispatch that is over when the component is drawn.

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use dioxus::CapturedError;
use dioxus::prelude::dioxus_core::schedule_update;
use dioxus::prelude::*;

use crate::engine;
use crate::error::{AppOsError, ErrorKind, Result};
use crate::journal::LoggedArguments;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::page::use_awake;
use crate::ui::text::own::components as words;

/// What came of a drawing.
pub(super) enum Drawn {
    /// The body has drawn.
    Shown(Element),
    /// The visitor may not view the object; the body was not reached.
    Refused,
    /// The body failed, or was not reached for another reason.
    Failed(AppOsError),
    /// Rights have changed and are being read: nothing is shown before it is known what may be.
    NotYet,
}

/// The execution in which a part of the page is drawn: what is called in it stands below it.
#[derive(Clone)]
pub(super) struct Enclosing {
    execution: Rc<RefCell<Option<Ctx>>>,
    /// Grows when the inputs of the part change.
    generation: Signal<u64>,
}

impl Enclosing {
    /// Counts changes of the inputs; a component that reads it follows them.
    pub(super) fn generation(&self) -> Signal<u64> {
        self.generation
    }

    /// The context for what is called from here now.
    pub(super) fn caller(&self) -> Option<Ctx> {
        let drawn_in = self.execution.borrow().clone();
        match (Ctx::current(), drawn_in) {
            // A page that stays open goes on in another scope, with the rights of that moment.
            (Some(now), Some(drawn_in)) if Arc::ptr_eq(now.scope(), drawn_in.scope()) => {
                let deadline = now.deadline;
                Some(drawn_in.until(deadline).detached())
            }
            (Some(now), _) => Some(now),
            (None, Some(drawn_in)) => {
                let deadline = Instant::now() + drawn_in.scope().engine.settings.timeout;
                Some(drawn_in.until(deadline).detached())
            }
            (None, None) => None,
        }
    }
}

/// The context for what is called from a component that stands below `around`.
pub(super) fn caller_in(around: Option<&Enclosing>) -> Option<Ctx> {
    around.map_or_else(Ctx::current, Enclosing::caller)
}

/// Draws an object: permission `view`, operation `render`. What the body loads is loaded anew when
/// `inputs` are others than at the last drawing.
pub(super) fn draw<I, B>(object: &'static ObjectDescriptor, inputs: &I, arguments: LoggedArguments, body: B) -> Drawn
where
    I: PartialEq + Clone + 'static,
    B: FnOnce(Ctx) -> Element,
{
    // Whatever its author keeps in it.
    use_awake();
    let (around, own) = use_hook(|| {
        let around = try_consume_context::<Enclosing>();
        let own = Enclosing { execution: Rc::default(), generation: Signal::new(0) };
        (around, provide_context(own))
    });
    let last = use_hook(|| Rc::new(RefCell::new(None::<I>)));
    let before = last.replace(Some(inputs.clone()));
    if before.is_some_and(|before| before != *inputs) {
        let mut generation = own.generation;
        generation += 1;
    }
    let caller = caller_in(around.as_ref());
    let scope = caller.as_ref().map(|caller| Arc::clone(caller.scope()));
    let drawn = dispatch(caller, object, arguments, |ctx| {
        own.execution.replace(Some(ctx.clone()));
        body(ctx)
    });
    let update = use_hook(schedule_update);
    if let (Drawn::NotYet, Some(scope)) = (&drawn, scope) {
        // The task ends with the component; a database that does not answer is not asked in a hurry.
        spawn(async move {
            while scope.fresh_rights().await.is_err() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            update();
        });
    }
    drawn
}

/// Fails as a drawing of the object: whoever may not view it is refused, and learns nothing of `error`.
pub(super) fn fail(object: &'static ObjectDescriptor, error: AppOsError) -> Drawn {
    dispatch(Ctx::current(), object, LoggedArguments::none(), |_| Err(RenderError::from(error)))
}

fn dispatch<B>(caller: Option<Ctx>, object: &'static ObjectDescriptor, arguments: LoggedArguments, body: B) -> Drawn
where
    B: FnOnce(Ctx) -> Element,
{
    let drawn = RefCell::new(None);
    let reached = RefCell::new(false);
    let call = engine::run(caller, object, (Permission::View, "render"), arguments, |ctx: Ctx| async {
        reached.replace(true);
        match body(ctx) {
            Err(RenderError::Error(error)) => Err(error_of(error)),
            element => {
                drawn.replace(Some(element));
                Ok(())
            }
        }
    });
    // Rights are at hand when a page is drawn, and a body that draws waits for nothing.
    let polled: Poll<Result<()>> = pin!(call).poll(&mut Context::from_waker(Waker::noop()));
    match (polled, drawn.take()) {
        (Poll::Ready(Ok(())), Some(element)) => Drawn::Shown(element),
        (Poll::Ready(Err(error)), _) if error.kind() == ErrorKind::Security && !reached.take() => Drawn::Refused,
        (Poll::Ready(Err(error)), _) => Drawn::Failed(error),
        (Poll::Ready(Ok(())), None) | (Poll::Pending, _) => Drawn::NotYet,
    }
}

/// The error with which a body ended, `?` having packed it.
fn error_of(packed: CapturedError) -> AppOsError {
    let known = packed
        .downcast_ref::<AppOsError>()
        .map(|error| (error.kind(), error.code().to_owned(), error.message().to_owned(), error.fields().to_vec()));
    let Some((kind, code, message, fields)) = known else {
        return AppOsError::execution("the screen could not be drawn").caused_by(packed.to_string());
    };
    // Alone, the error is the one that was made, with the place where it arose.
    let Some(error) = packed.into_inner() else {
        return AppOsError::new(kind, code, message).with_fields(fields);
    };
    error.downcast().unwrap_or_else(|_| AppOsError::new(kind, code, message).with_fields(fields))
}

/// What a visitor is told of a part that failed. The author's text of the error is for the log.
pub(crate) fn why(error: &AppOsError) -> &'static str {
    match error.kind() {
        ErrorKind::Security => words::part_denied(),
        ErrorKind::Timeout => words::part_slow(),
        _ => words::part_failed(),
    }
}

/// What stands in the place of a part that failed.
pub(super) fn failure(error: &AppOsError) -> Element {
    let id = error.execution_id().map(|id| id.to_string());
    let text = why(error);
    rsx! {
        div { class: "ao-failure", role: "alert",
            p { "{text}" }
            if let Some(id) = id {
                p { class: "ao-dim", {words::execution()} " " code { "{id}" } }
            }
        }
    }
}

/// What stands in the place of a part that is on its way.
pub(super) fn loading() -> Element {
    rsx! {
        span { class: "ao-loading", role: "status", aria_busy: "true", {words::loading()} }
    }
}
