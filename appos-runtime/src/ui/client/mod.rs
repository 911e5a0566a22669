//! The script of pages: plain JavaScript, put together when the platform is compiled.

/// The script as it is served.
pub(crate) const SCRIPT: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("dom.js"),
    include_str!("morph.js"),
    include_str!("events.js"),
    include_str!("navigation.js"),
    include_str!("typed.js"),
    include_str!("helpers.js"),
    include_str!("../components/client/widgets.js"),
    include_str!("cells.js"),
    include_str!("socket.js"),
    include_str!("start.js"),
    "})();\n",
);
