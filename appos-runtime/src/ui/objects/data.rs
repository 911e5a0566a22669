//! Data of a screen: asked for with the visitor's rights, with its states of loading and failing.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use dioxus::prelude::*;
use futures_util::FutureExt;

use super::draw::{Enclosing, caller_in, failure, loading, why};
use crate::engine::Object;
use crate::error::{AppOsError, Result};
use crate::model::RecordQuery;
use crate::ui::components::MetricValue;
use crate::ui::page::{Changes, Pending, Refresh};
use crate::ui::text::TextArgument;

/// What is known of data that a screen asked for.
#[derive(Clone, Debug)]
pub enum LoadState<T> {
    /// It is on its way.
    Loading,
    /// There is none, and why.
    Failed(Rc<AppOsError>),
    /// Here it is.
    Ready(T),
}

/// The value, as its reader writes numbers and days; how it comes is shown, too.
impl<T: TextArgument> From<Loader<T>> for MetricValue {
    fn from(loader: Loader<T>) -> Self {
        loader.with(|known| match known {
            None => Self::Loading,
            Some(Err(error)) => Self::Failed(why(error).to_owned()),
            Some(Ok(value)) => Self::Ready(value.argument().into_text()),
        })
    }
}

/// An answer, and for which inputs it was given.
struct Answer<T> {
    generation: u64,
    result: Result<T, Rc<AppOsError>>,
}

/// Data that a screen asked for. It is copied freely, and whoever reads it is drawn anew when it comes.
pub struct Loader<T: 'static> {
    resource: Resource<Answer<T>>,
    generation: Option<Signal<u64>>,
}

impl<T> Clone for Loader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loader<T> {}

impl<T> PartialEq for Loader<T> {
    fn eq(&self, other: &Self) -> bool {
        self.resource == other.resource
    }
}

impl<T> Loader<T> {
    /// Looks at what is known: `None` while the data is on its way. While it is asked for again, what was
    /// known stays, unless the inputs are others.
    pub fn with<R>(&self, look: impl FnOnce(Option<Result<&T, &AppOsError>>) -> R) -> R {
        let generation = self.generation.map_or(0, |generation| *generation.peek());
        let answer = self.resource.read();
        look(match &*answer {
            Some(answer) if answer.generation == generation => Some(answer.result.as_ref().map_err(|error| &**error)),
            _ => None,
        })
    }

    /// What is known, as a value of its own.
    pub fn state(&self) -> LoadState<T>
    where
        T: Clone,
    {
        let generation = self.generation.map_or(0, |generation| *generation.peek());
        match &*self.resource.read() {
            Some(Answer { generation: of, result: Ok(value) }) if *of == generation => LoadState::Ready(value.clone()),
            Some(Answer { generation: of, result: Err(error) }) if *of == generation => {
                LoadState::Failed(Rc::clone(error))
            }
            _ => LoadState::Loading,
        }
    }

    /// The data, if it is here.
    pub fn ready(&self) -> Option<T>
    where
        T: Clone,
    {
        self.with(|known| known.and_then(Result::ok).cloned())
    }

    /// Draws the data; while it is on its way, and if there is none, what says so.
    pub fn show(&self, draw: impl FnOnce(&T) -> Element) -> Element {
        self.with(|known| match known {
            None => loading(),
            Some(Err(error)) => failure(error),
            Some(Ok(value)) => draw(value),
        })
    }

    /// True until there is an answer to what was asked last.
    pub fn is_loading(&self) -> bool {
        self.resource.pending() || self.with(|known| known.is_none())
    }

    /// Asks again. What is known stays until the answer comes.
    pub fn restart(mut self) {
        self.resource.restart();
    }
}

/// Asks for data by a future: a rule, a query, several of them. It is asked for anew when a signal that
/// `ask` reads changes, when the properties of the interface or the parameters of the page do, and when the visitor's rights do.
///
/// Each call in it is the visitor's, and stands below the drawing in the logs.
pub fn use_data<T, F>(mut ask: impl FnMut() -> F + 'static) -> Loader<T>
where
    T: 'static,
    F: Future<Output = Result<T>> + 'static,
{
    let (around, pending, refresh) = use_hook(|| {
        (try_consume_context::<Enclosing>(), try_consume_context::<Pending>(), try_consume_context::<Refresh>())
    });
    let generation = around.as_ref().map(Enclosing::generation);
    let resource = use_resource(move || {
        if let Some(refresh) = refresh {
            refresh.listen();
        }
        let held = pending.as_ref().map(Pending::begin);
        let of = generation.map_or(0, |generation| *generation.read());
        let caller = caller_in(around.as_ref());
        // A panic harms this part, not the page.
        let asked = catch_unwind(AssertUnwindSafe(|| match &caller {
            Some(caller) => caller.clone().enter_now(&mut ask),
            None => ask(),
        }));
        async move {
            let answer = match asked {
                Err(_) => Err(panicked()),
                Ok(asked) => {
                    let asked = AssertUnwindSafe(asked).catch_unwind();
                    let answer = match caller {
                        Some(caller) => caller.enter(asked).await,
                        None => asked.await,
                    };
                    answer.unwrap_or_else(|_| Err(panicked()))
                }
            };
            drop(held);
            Answer { generation: of, result: answer.map_err(Rc::new) }
        }
    });
    Loader { resource, generation }
}

fn panicked() -> AppOsError {
    AppOsError::execution("what loads this part panicked").code_is("panicked")
}

/// Asks a rule: `let ltv = use_rule(move || rules::customer_ltv(customer_id));`
pub fn use_rule<T, F>(rule: impl FnMut() -> F + 'static) -> Loader<T>
where
    T: 'static,
    F: Future<Output = Result<T>> + 'static,
{
    use_data(rule)
}

/// Asks for rows, again when somebody changes some of their record: `let orders = use_query(move || records::Order::query().customer(id).limit(20));`
pub fn use_query<Q>(mut query: impl FnMut() -> Q + 'static) -> Loader<Vec<Q::Record>>
where
    Q: RecordQuery + 'static,
    Q::Record: 'static,
{
    let changes = use_hook(try_consume_context::<Changes>);
    use_data(move || {
        if let Some(changes) = &changes {
            changes.listen(<Q::Record as Object>::object());
        }
        query().all()
    })
}
