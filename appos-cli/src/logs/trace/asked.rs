//! What an execution has asked of databases and of systems outside, as people read it.

use serde_json::Value as Json;

use super::node::Node;
use crate::logs::moment::show_duration;

/// Characters of a statement that are shown; `--json` has more.
const SHOWN: usize = 200;

/// Its statements; if it is to be brief, those that were slow.
pub(super) fn statements(node: &Node, is_brief: bool) -> impl Iterator<Item = String> + use<'_> {
    let all = node.statements.as_array().into_iter().flatten();
    all.filter(move |note| !is_brief || note["slow"] == true).map(|note| {
        let rows = match note["rows"].as_u64() {
            Some(1) => "  1 row".to_owned(),
            Some(rows) => format!("  {rows} rows"),
            None => String::new(),
        };
        let slow = if note["slow"] == true { "  SLOW" } else { "" };
        let sql = text(note, "sql").split_whitespace().collect::<Vec<_>>().join(" ");
        let cut: String = sql.chars().take(SHOWN).collect();
        let more = if cut.len() < sql.len() { "…" } else { "" };
        format!("{}{rows}{slow}  {cut}{more}", took(note))
    })
}

/// Its requests, one for each attempt.
pub(super) fn requests(node: &Node) -> impl Iterator<Item = String> + use<'_> {
    node.requests.as_array().into_iter().flatten().map(|note| {
        let end = match (note["status"].as_u64(), note["error"].as_str()) {
            (Some(status), _) => status.to_string(),
            (None, Some(error)) => error.to_owned(),
            (None, None) => "?".to_owned(),
        };
        let attempt = note["attempt"].as_u64().filter(|attempt| *attempt > 1);
        let attempt = attempt.map(|attempt| format!("  (attempt {attempt})")).unwrap_or_default();
        let (method, host, path) = (text(note, "method"), text(note, "host"), text(note, "path"));
        format!("{}  {method} {host}{path}  {end}{attempt}", took(note))
    })
}

fn took(note: &Json) -> String {
    note["duration_us"].as_f64().map(show_duration).unwrap_or_default()
}

fn text<'a>(note: &'a Json, key: &str) -> &'a str {
    note[key].as_str().unwrap_or_default()
}
