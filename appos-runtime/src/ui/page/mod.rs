//! What every component of a page can ask: who looks, where the page is, what was posted to it, and
//! what of its data is still on its way. Knows no screen and no transport.

mod awake;
mod changes;
mod imports;
mod kept;
mod load;
mod location;
mod notice;
mod posted;
mod refresh;
mod status;
mod ticks;
mod visitor;
mod work;

pub(crate) use awake::{Awake, use_awake};
pub(crate) use changes::{Changes, number_of, use_changes};
pub(crate) use imports::{ImportDesk, ImportProgress, NoFiles, Preview};
pub(crate) use kept::{Kept, Remembered};
pub(crate) use load::{Pending, use_load, use_load_once};
pub(crate) use location::{Going, Location, Navigator, address, use_location, use_navigator};
pub(crate) use notice::{Note, Notice, Notices, Tone, What, use_notices};
pub(crate) use posted::{Form, Outcome, Posted, PostedForm, Wrong, use_posted};
pub(crate) use refresh::Refresh;
pub(crate) use status::{Status, use_status, use_title};
pub(crate) use ticks::use_ticks;
pub(crate) use visitor::{Visitor, use_visitor};
pub use work::{Progress, Reporter, Work, use_work};
