//! The gallery as HTML.

use dioxus::prelude::*;

use super::Gallery;

#[test]
fn write() {
    let mut dom = VirtualDom::new(|| rsx! { Gallery {} });
    dom.rebuild_in_place();
    let html = dioxus_ssr::render(&dom);
    std::fs::write("/tmp/uic/gallery.html", html).unwrap();
    std::fs::write("/tmp/uic/appos.css", crate::ui::style::STYLE).unwrap();
}
