//! Where something stands in the history of an instance: the numbers of the branches that lead to it, and its own.
//!
//! Numbers are given when a step or a wait is written down, not when it gets its turn: what runs side by side finds
//! its own entries again, in whichever order it ends.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The place of an entry, such as `3` or `2.1.4`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Place(Arc<str>);

impl Place {
    /// Of a text from the database.
    pub(crate) fn read(text: &str) -> Self {
        Self(Arc::from(text))
    }

    /// The entry that undoes this one.
    pub(super) fn undone(&self) -> Self {
        Self(format!("~{}", self.0).into())
    }

    /// True if it undoes another one.
    pub(super) fn undoes(&self) -> bool {
        self.0.starts_with('~')
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Its numbers, by which entries are in the order of the program: `10` after `9`.
    pub(super) fn numbers(&self) -> Vec<u32> {
        self.0.trim_start_matches('~').split('.').map(|number| number.parse().unwrap_or(u32::MAX)).collect()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Gives the places of one branch.
#[derive(Debug)]
pub(super) struct Places {
    before: Option<Place>,
    next: AtomicU32,
}

impl Places {
    /// Those of the body itself.
    pub(super) const fn of_body() -> Self {
        Self { before: None, next: AtomicU32::new(1) }
    }

    /// Those of one of the branches that begin at a place.
    pub(super) fn of_branch(at: &Place, number: usize) -> Self {
        let before = Some(Place(format!("{at}.{number}").into()));
        Self { before, next: AtomicU32::new(1) }
    }

    /// The next one.
    pub(super) fn next(&self) -> Place {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        match &self.before {
            Some(before) => Place(format!("{before}.{number}").into()),
            None => Place(number.to_string().into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_branches_do_not_meet() {
        let body = Places::of_body();
        assert_eq!(body.next().as_str(), "1");
        let fork = body.next();
        let (left, right) = (Places::of_branch(&fork, 1), Places::of_branch(&fork, 2));
        assert_eq!([left.next().as_str(), right.next().as_str(), left.next().as_str()], ["2.1.1", "2.2.1", "2.1.2"]);
        assert_eq!(body.next().as_str(), "3");
    }

    #[test]
    fn the_order_of_places_is_that_of_their_numbers() {
        assert!(Place::read("10").numbers() > Place::read("9.1").numbers());
        assert!(Place::read("3").undone().undoes());
    }
}
