//! Every kind of page as people see it: nothing that axe finds in both themes, nothing cut and nothing beside the
//! window from 360 to 2560 px, nothing that moves while it loads. One browser looks at all of them. With
//! `APPOS_BLESS=1` it writes the pictures of the documentation.

#[path = "../../../../appos-cli/tests/dev/browser.rs"]
mod browser;
mod eye;
mod pages;
#[path = "../support/mod.rs"]
mod support;
