//! What tests of apps need: a platform of their own, somebody to act as, a clock to move, and words
//! for what they expect. Nothing of it works in a program that serves.

mod act;
mod cases;
mod clock;
mod database;
mod expect;
mod outcome;
mod outside;
mod platform;
mod process;
mod run;
mod screen;
mod write;

use std::sync::atomic::{AtomicBool, Ordering};

use super::start::OfTest;
use crate::error::{AppOsError, Result};
use crate::state::Ctx;

pub use act::{as_administrator, as_anonymous, as_user, outbox_idle};
pub use cases::{Expected, run_case};
pub use clock::{Length, Moment, advance, set_time};
pub use expect::{denied, invalid};
pub use outcome::Outcome;
pub use outside::{calls_of, fail_integration, fake_integration};
pub use platform::TestPlatform;
pub use process::{fail_step, fake_step, history, processes_idle};
pub use run::run_test;
pub use screen::{OpenedPage, open_page};
pub use write::write;

/// True in a program that `platform!()` has started.
static REFUSED: AtomicBool = AtomicBool::new(false);

/// From here on, this program starts no platform for a test: it is one that serves.
pub(super) fn refuse() {
    REFUSED.store(true, Ordering::Relaxed);
}

fn refused() -> Result<()> {
    if REFUSED.load(Ordering::Relaxed) {
        let message = "a platform for tests cannot be started in a program of `platform!()`";
        return Err(AppOsError::security(message).code_is("not_a_test"));
    }
    Ok(())
}

/// The context of the running test. Everything by which a test does what others may not asks here.
#[track_caller]
fn of_test(what: &str) -> Ctx {
    match Ctx::current().filter(|ctx| ctx.scope().engine.resource::<OfTest>().is_some()) {
        Some(ctx) => ctx,
        None => panic!("`{what}` works in a test only: write it in an `async fn` under `#[appos::test]`"),
    }
}
