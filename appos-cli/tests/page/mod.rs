//! The page of JSON forms, `docs/json.md`: an example for each command.

// Each test reads its own part of it.
#![allow(dead_code, reason = "shared by tests of which none needs everything")]

use std::collections::BTreeSet;

use serde_json::Value as Json;

const PAGE: &str = include_str!("../../docs/json.md");

/// Objects whose keys are names, or the business of an app.
const NAMED: [&str; 6] = ["permissions", "defaults", "nodes", "arguments", "result", "settings"];

/// The commands that have an example, in order.
pub(crate) fn headings() -> Vec<&'static str> {
    PAGE.lines().filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`')).collect()
}

/// The example of a command.
pub(crate) fn example(command: &str) -> Json {
    let heading = format!("\n## `{command}`\n");
    let (_, section) = PAGE.split_once(&heading).unwrap_or_else(|| panic!("the page has no `{command}`"));
    let (_, block) = section.split_once("\n```json\n").expect("an example");
    let (block, _) = block.split_once("\n```\n").expect("an end");
    serde_json::from_str(block).unwrap_or_else(|error| panic!("`{command}`: {error}"))
}

/// Refuses an example whose keys are not those of what was printed.
#[track_caller]
pub(crate) fn holds(command: &str, printed: &[Json]) {
    let mut documented = Keys::default();
    documented.take(&example(command), "");
    let mut actual = Keys::default();
    for printed in printed {
        actual.take(printed, "");
    }
    let missing: Vec<&String> = actual.told.difference(&documented.told).collect();
    // Of what is empty here nothing more can be said.
    let is_open =
        |key: &str| actual.empty.iter().any(|empty| key.starts_with(empty.as_str()) && !actual.full.contains(empty));
    let wrong: Vec<&String> = documented.told.difference(&actual.told).filter(|key| !is_open(key)).collect();
    assert!(missing.is_empty() && wrong.is_empty(), "`{command}` prints {missing:?} too, and does not print {wrong:?}");
}

#[derive(Default)]
struct Keys {
    told: BTreeSet<String>,
    /// Where there was null or an empty list.
    empty: BTreeSet<String>,
    /// Where there was more.
    full: BTreeSet<String>,
}

impl Keys {
    fn take(&mut self, json: &Json, at: &str) {
        match json {
            Json::Object(members) => {
                self.full.insert(at.to_owned());
                for (key, value) in members {
                    let key = if at.ends_with("nodes") { "*" } else { key };
                    let below = format!("{at}.{key}");
                    if !NAMED.contains(&key) || (key == "nodes" && at.is_empty()) {
                        self.take(value, &below);
                    }
                    self.told.insert(below);
                }
            }
            Json::Array(list) if !list.is_empty() => {
                self.full.insert(at.to_owned());
                for value in list {
                    self.take(value, &format!("{at}[]"));
                }
            }
            Json::Null | Json::Array(_) => {
                self.empty.insert(at.to_owned());
            }
            _ => {}
        }
    }
}
