//! Rows that others change while a page shows them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use dioxus::prelude::*;

use crate::registry::ObjectDescriptor;

/// The records whose rows a page shows, with how often each of them was changed since.
#[derive(Clone, Default)]
pub(crate) struct Changes(Rc<RefCell<HashMap<usize, Signal<u64>>>>);

/// By which records are told apart.
pub(crate) fn number_of(object: &'static ObjectDescriptor) -> usize {
    std::ptr::from_ref(object).addr()
}

impl Changes {
    /// The records that are shown.
    pub(crate) fn shown(&self) -> Vec<usize> {
        self.0.borrow().keys().copied().collect()
    }

    /// Number of records that are shown.
    pub(crate) fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// Rows of a record have changed.
    pub(crate) fn ring(&self, record: usize) {
        let counter = self.0.borrow().get(&record).copied();
        if let Some(mut counter) = counter {
            *counter.write() += 1;
        }
    }

    /// Has whoever reads this anew when rows of a record have changed.
    pub(crate) fn listen(&self, object: &'static ObjectDescriptor) {
        self.counter(object).read();
    }

    fn counter(&self, object: &'static ObjectDescriptor) -> Signal<u64> {
        *self.0.borrow_mut().entry(number_of(object)).or_insert_with(|| Signal::new_in_scope(0, ScopeId::ROOT))
    }
}

/// Has a component drawn anew when somebody changes rows of a record, at most a few times a second. The answer
/// is another one each time: data that is asked for with it ([`use_load`](super::use_load)) is asked for again.
pub(crate) fn use_changes(object: &'static ObjectDescriptor) -> u64 {
    let counter = use_context::<Changes>().counter(object);
    counter()
}
