//! Screens: what a person sees and does in a browser. Every screen reads and writes through
//! dispatch, with the rights its visitor has at that moment.
//!
//! A page is a tree of Dioxus components, drawn on the server. What is worth keeping of it (sort,
//! filter, tab) is in its address, and what changes data is a form, so that it works without
//! script; the script only makes the same faster.

#![allow(unused_qualifications, reason = "`rsx!` names the function of each event by its whole path")]

pub(crate) mod admin;
pub(crate) mod assets;
pub mod by_name;
pub(crate) mod caught_mail;
pub(crate) mod client;
pub mod components;
mod link_mail;
pub(crate) mod live;
pub(crate) mod markup;
pub(crate) mod monitoring;
pub(crate) mod objects;
pub(crate) mod page;
pub(crate) mod pieces;
pub(crate) mod processes;
pub(crate) mod records;
pub(crate) mod shell;
pub(crate) mod style;
pub(crate) mod systems;
pub(crate) mod tasks;
pub(crate) mod text;

// The names that authors of screens use; the facade puts them into its prelude.
#[doc(hidden)]
pub use dioxus;
pub use objects::{Link, LoadState, Loader, Navigation, navigation, use_data, use_query, use_rule};
pub use page::{Progress, Reporter, Work, use_work};
pub use pieces::{FieldInput, FormFields};
pub use records::{RecordTable, RecordTableProps};
pub use text::names::choice_label;
