//! HTTP to connected systems: what an integration sends, what becomes of failures, and what is made of the answer.

mod answer;
mod call;
mod client;
mod delay;
mod download;
mod pages;
mod record;
mod redirect;
pub mod requests;
mod send;
mod target;
mod token;
mod trace;

pub use answer::{Answer, FromAnswer};
pub use call::Call;
pub(crate) use client::{HttpClient, Pace, pace};
pub use download::Download;
pub use pages::all_pages;
pub(crate) use send::dispatch_integration;
