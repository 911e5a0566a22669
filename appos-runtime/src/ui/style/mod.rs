//! How it all looks: one stylesheet, of several files, and one of the themes of the apps.

mod logo;
mod theme;

pub(crate) use logo::{SVG, logo, logos};
pub(crate) use theme::themes;

/// The stylesheet of every page.
pub(crate) const STYLE: &str = concat!(
    include_str!("tokens.css"),
    include_str!("base.css"),
    include_str!("layout.css"),
    include_str!("button.css"),
    include_str!("status.css"),
    include_str!("form.css"),
    include_str!("record.css"),
    include_str!("table.css"),
    include_str!("overlay.css"),
    include_str!("navigation.css"),
    include_str!("chart.css"),
    include_str!("records.css"),
    include_str!("processes.css"),
    include_str!("shell.css"),
    include_str!("gallery.css"),
    include_str!("pages.css"),
    include_str!("print.css"),
);
