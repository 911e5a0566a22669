//! Data on its way to a component.

use std::cell::Cell;
use std::rc::Rc;

use dioxus::prelude::*;

use super::kept::use_kept;
use super::refresh::Refresh;
use crate::error::Result;

/// How much of a page's data is on its way. The first answer waits for it.
#[derive(Clone, Default)]
pub(crate) struct Pending(Rc<Cell<usize>>);

impl Pending {
    /// One more is on its way, until the answer is dropped.
    pub(crate) fn begin(&self) -> Held {
        self.0.set(self.0.get() + 1);
        Held(self.clone())
    }

    /// True if nothing is on its way.
    pub(crate) fn is_none(&self) -> bool {
        self.0.get() == 0
    }
}

/// Something that is on its way.
pub(crate) struct Held(Pending);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.0.set(self.0.0.get().saturating_sub(1));
    }
}

/// Data that a component asked for.
pub(crate) struct Load<T: 'static>(Resource<Result<T>>);

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Load<T> {}

impl<T> Load<T> {
    /// What is known now: nothing yet, the data, or why there is none. While data is asked for again,
    /// the earlier stays.
    pub(crate) fn with<R>(&self, show: impl FnOnce(Option<&Result<T>>) -> R) -> R {
        show(self.0.read().as_ref())
    }
}

/// Asks for data, anew whenever `of` is another or the visitor's rights are. Calls made for it are those of the page's visitor.
#[expect(clippy::needless_pass_by_value, reason = "callers make it for this call")]
pub(crate) fn use_load<K, T, F>(of: K, ask: impl Fn(K) -> F + 'static) -> Load<T>
where
    K: PartialEq + Clone + 'static,
    T: 'static,
    F: Future<Output = Result<T>> + 'static,
{
    let pending = use_context::<Pending>();
    let refresh = use_context::<Refresh>();
    Load(use_resource(use_reactive((&of,), move |(of,)| {
        refresh.listen();
        let held = pending.begin();
        let asked = ask(of);
        async move {
            let answer = asked.await;
            drop(held);
            answer
        }
    })))
}

/// Asks for data once, and anew only when `of` is another: for forms, which others' changes must not move
/// under the hands of who fills them in. A page that sleeps meanwhile wakes with the same data.
#[expect(clippy::needless_pass_by_value, reason = "callers make it for this call")]
pub(crate) fn use_load_once<K, T, F>(of: K, ask: impl Fn(K) -> F + 'static) -> Load<T>
where
    K: PartialEq + Clone + 'static,
    T: Clone + 'static,
    F: Future<Output = Result<T>> + 'static,
{
    let pending = use_context::<Pending>();
    let kept = use_kept();
    Load(use_resource(use_reactive((&of,), move |(of,)| {
        let (held, remembered, asked) = (pending.begin(), kept.remembered(&of), ask(of.clone()));
        let kept = kept.clone();
        async move {
            let answer = match remembered {
                Some(answer) => Ok(answer),
                None => asked.await,
            };
            drop(held);
            if let Ok(answer) = &answer {
                kept.keep(of, answer.clone());
            }
            answer
        }
    })))
}
