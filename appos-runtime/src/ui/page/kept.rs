//! What forms have asked for once, and what a page that sleeps remembers of it: a form is the same when its page
//! wakes, whatever others have written meanwhile.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use dioxus::prelude::*;

/// An answer with what it is the answer to.
type Answer = Box<dyn Any>;

/// What the forms of a page have been answered.
#[derive(Clone, Default)]
pub(crate) struct Kept(Rc<RefCell<Answers>>);

#[derive(Default)]
struct Answers {
    next: usize,
    /// By the form that has asked.
    shown: Vec<(usize, Answer)>,
    /// From before the page slept.
    remembered: Vec<Answer>,
}

/// The answers of forms whose page sleeps.
#[derive(Default)]
pub(crate) struct Remembered(Vec<Answer>);

impl Remembered {
    /// True if there were no forms.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Kept {
    /// What is to be remembered, before the forms go.
    pub(crate) fn take(&self) -> Remembered {
        let shown = std::mem::take(&mut self.0.borrow_mut().shown);
        Remembered(shown.into_iter().map(|(_, answer)| answer).collect())
    }

    /// Answers forms that ask for the same from here on.
    pub(crate) fn remember(&self, remembered: Remembered) {
        self.0.borrow_mut().remembered = remembered.0;
    }

    /// Who asks from here on is told what is now.
    pub(crate) fn forget(&self) {
        self.0.borrow_mut().remembered.clear();
    }
}

/// The place of one form among what is kept; it goes with the form.
pub(super) struct Own {
    kept: Kept,
    number: usize,
}

impl Own {
    /// The answer from before the page slept.
    pub(super) fn remembered<K: PartialEq + 'static, T: 'static>(&self, of: &K) -> Option<T> {
        let mut answers = self.kept.0.borrow_mut();
        let is_it = |answer: &Answer| answer.downcast_ref::<(K, T)>().is_some_and(|(asked, _)| asked == of);
        let place = answers.remembered.iter().position(is_it)?;
        let (_, answer) = *answers.remembered.swap_remove(place).downcast::<(K, T)>().ok()?;
        Some(answer)
    }

    /// Keeps an answer in the place of the last.
    pub(super) fn keep<K: 'static, T: 'static>(&self, of: K, answer: T) {
        let shown = &mut self.kept.0.borrow_mut().shown;
        shown.retain(|(number, _)| *number != self.number);
        shown.push((self.number, Box::new((of, answer))));
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        // Not while it is borrowed: what is dropped may hold whatever its author likes.
        let Ok(mut answers) = self.kept.0.try_borrow_mut() else { return };
        let place = answers.shown.iter().position(|(number, _)| *number == self.number);
        let gone = place.map(|place| answers.shown.swap_remove(place));
        drop(answers);
        drop(gone);
    }
}

/// The place of a form.
pub(super) fn use_kept() -> Rc<Own> {
    use_hook(|| {
        let kept: Kept = try_consume_context().unwrap_or_default();
        let number = {
            let mut answers = kept.0.borrow_mut();
            answers.next += 1;
            answers.next
        };
        Rc::new(Own { kept, number })
    })
}
