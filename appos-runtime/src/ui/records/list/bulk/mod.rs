//! What is done with several rows at once: chosen in the list, said again on a screen of its own, done by
//! the service as many writes.

mod bar;
mod chosen;
mod run;
mod screen;
mod value;

pub(super) use bar::{bar, told};
pub(in crate::ui::records) use run::post;
pub(in crate::ui::records) use screen::Bulk;
