//! HTTP: requests in, one scope each; everything they ask for is a dispatch.

mod answer;
mod api;
mod assets;
mod auth;
mod body;
mod caught_mail;
mod cookies;
mod docs;
mod files;
mod forgot_page;
#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod guard;
mod health;
mod live;
mod metrics;
mod openapi;
mod own_routes;
mod own_sessions;
mod pages;
mod password_pages;
mod passwords;
mod problem;
mod problem_types;
mod process_routes;
mod record_routes;
mod records;
mod requests;
mod router;
mod rule_routes;
mod screens;
mod server;
mod settings_page;
mod web_apis;

pub(crate) use health::bind_health;
pub(crate) use metrics::bind_metrics;
pub use own_routes::{OwnRoute, own_routes};
pub use problem_types::{ProblemType, problem_types};
pub(crate) use server::{Server, bind};
pub(crate) use web_apis::problems as web_api_problems;
