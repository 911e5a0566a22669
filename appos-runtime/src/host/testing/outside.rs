//! Systems outside in a test: what they answer, and how they fail.

use serde::Serialize;

use super::of_test;
use crate::outside::StandIns;
use crate::registry::Object;

/// From now on an integration answers this, and nothing is sent: `fake_integration::<integrations::create_charge>(charge)`.
///
/// # Panics
/// Outside of a test; if the answer cannot be written as JSON.
#[track_caller]
pub fn fake_integration<I: Object>(answer: impl Serialize) {
    let ctx = of_test("fake_integration");
    let answer = match serde_json::to_value(answer) {
        Ok(answer) => answer,
        Err(error) => panic!("`fake_integration`: {error}"),
    };
    if let Some(all) = ctx.scope().engine.resource::<StandIns>() {
        all.answers(I::object(), answer);
    }
}

/// Has the next calls of an integration fail with an error of this code, and nothing is sent:
/// `fail_integration::<integrations::create_charge>(2, "remote_failed")`.
///
/// # Panics
/// Outside of a test.
#[track_caller]
pub fn fail_integration<I: Object>(times: u32, code: &str) {
    let ctx = of_test("fail_integration");
    if let Some(all) = ctx.scope().engine.resource::<StandIns>() {
        all.fails(I::object(), times, code);
    }
}

/// How often an integration was called since it was faked.
///
/// # Panics
/// Outside of a test.
#[track_caller]
pub fn calls_of<I: Object>() -> u32 {
    let ctx = of_test("calls_of");
    ctx.scope().engine.resource::<StandIns>().map_or(0, |all| all.calls(I::object()))
}
