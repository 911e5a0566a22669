//! Parts of a page that hold more than its address says.

use std::cell::Cell;
use std::rc::Rc;

use dioxus::prelude::*;

/// How many parts of a page have a state of their own. A page without any can be drawn again whenever it is needed.
#[derive(Clone, Default)]
pub(crate) struct Awake(Rc<Cell<usize>>);

impl Awake {
    /// True if there is no such part.
    pub(crate) fn is_none(&self) -> bool {
        self.0.get() == 0
    }
}

/// Counts for as long as its component is there.
struct Part(Awake);

impl Drop for Part {
    fn drop(&mut self) {
        self.0.0.set(self.0.0.get().saturating_sub(1));
    }
}

/// Has the server keep the page as it is for as long as this component is there: it holds what an address does
/// not say.
pub(crate) fn use_awake() {
    use_hook(|| {
        let awake = try_consume_context::<Awake>()?;
        awake.0.set(awake.0.get() + 1);
        Some(Rc::new(Part(awake)))
    });
}
