//! The root of every page.

use dioxus::prelude::*;

use super::frame::Frame;
use super::screen::Screen;
use crate::ui::page::{Location, Navigator, Notices};

/// The root of every page: the frame, and in it the screen that the address means.
#[component]
pub(crate) fn Root(location: Location) -> Element {
    use_context_provider(|| Signal::new(location));
    use_context_provider(|| Navigator::new(Signal::new(None)));
    use_context_provider(|| Notices::new(Signal::new((0, Vec::new()))));
    rsx! {
        Frame {
            Screen {}
        }
    }
}
