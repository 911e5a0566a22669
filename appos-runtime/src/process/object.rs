//! What generated code proves of the processes and steps that another names.

use crate::engine::Object;
use crate::registry::ObjectDescriptor;

/// A type that stands for a process.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no process",
    label = "no process",
    note = "write the path of a process of the same app: `earlier_of = processes::onboard_customer`"
)]
pub trait ProcessObject: Object {
    /// The app it belongs to.
    const APP: &'static str;
    /// Number of its body.
    const VERSION: u32;
    /// True if it brings older instances of another to their end.
    const IS_EARLIER: bool;
}

/// A type that stands for a step.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no step",
    label = "no step",
    note = "write the path of a step of the same app: `compensate = steps::close_account`"
)]
pub trait StepObject: Object {
    /// The app it belongs to.
    const APP: &'static str;
}

/// How to find a process. Refused, while the app is compiled, is one of which another of this app with this version
/// cannot be an earlier one.
///
/// # Panics
/// In the compiler alone: it is called for a `static`.
#[track_caller]
pub const fn newer_process<P: ProcessObject>(app: &str, version: u32) -> fn() -> &'static ObjectDescriptor {
    assert!(are_equal(P::APP, app), "`earlier_of` names a process of another app: write the path of one of this app");
    assert!(!P::IS_EARLIER, "`earlier_of` names a process that is an earlier one itself: write the path of the newest");
    assert!(version < P::VERSION, "an earlier process has a lower `version` than the one that `earlier_of` names");
    P::object
}

/// How to find a step that undoes another. Refused, while the app is compiled, is one of another app.
///
/// # Panics
/// In the compiler alone: it is called for a `static`.
#[track_caller]
pub const fn undoing_step<S: StepObject>(app: &str) -> fn() -> &'static ObjectDescriptor {
    assert!(are_equal(S::APP, app), "`compensate` names a step of another app: write the path of one of this app");
    S::object
}

const fn are_equal(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}
