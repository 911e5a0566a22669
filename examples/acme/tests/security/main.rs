//! Who gets in, who does not, and what is left behind: every promise of the security core,
//! asked of the real program over HTTP.

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod administrators;
mod api_keys;
mod canary;
mod decisions;
mod doctor;
mod doors;
mod enumeration;
mod escalation;
mod explained;
mod first_start;
mod forgery;
mod links;
mod log_lines;
mod matrix;
mod operator;
mod passwords;
mod planted;
mod routes;
mod screens;
mod secrets;
mod security_log;
mod sessions;
mod sign_in;
mod throttling;

use std::fs;
use std::path::Path;

const CUSTOMERS: &str = "/api/crm/v1/customers";
const USERS: &str = "/api/platform/v1/users";
const GROUPS: &str = "/api/platform/v1/groups";
const MEMBERSHIPS: &str = "/api/platform/v1/memberships";
const GRANTS: &str = "/api/platform/v1/object_permissions";

/// Files below a folder that hold a text.
fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else if fs::read(&path).is_ok_and(|bytes| holds(&bytes, text)) {
            found.push(path.display().to_string());
        }
    }
    found
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
