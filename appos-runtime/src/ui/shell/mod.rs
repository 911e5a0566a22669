//! The frame around every screen: navigation, search, messages; and which screen an address means.

mod document;
mod frame;
mod home;
pub(crate) mod names;
mod navigation;
mod notes;
mod palette;
mod post;
mod refusal;
mod root;
mod screen;
mod search;

pub(crate) use document::{attributes, document, full_title, head, rest};
pub(crate) use navigation::{Entry as NavigationEntry, Group as NavigationGroup, Section as NavigationSection};
pub(crate) use post::{post, unknown};
pub(crate) use refusal::{Refusal, refusal, refused, refused_body, status_of};
pub(crate) use root::{Root, RootProps};
pub(crate) use screen::{ByReference, canonical, foreseen, is_screen};
