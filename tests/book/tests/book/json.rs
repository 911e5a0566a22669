//! JSON on a page: `…` is any value, and as the last of an object or a list whatever else there is.

use serde_json::{Map, Value as Json};

use crate::transcript::line_fits;

/// Reads JSON in which `…` may stand for values and for the rest.
pub(crate) fn read(text: &str) -> Result<Json, String> {
    let mut made = String::new();
    let mut in_text = false;
    let mut before = ' ';
    let letters: Vec<char> = text.chars().collect();
    for (place, letter) in letters.iter().copied().enumerate() {
        if letter == '"' && before != '\\' {
            in_text = !in_text;
        }
        before = letter;
        if letter != '…' || in_text {
            made.push(letter);
            continue;
        }
        let last = made.trim_end().chars().last().unwrap_or(' ');
        let next = letters[place + 1..].iter().find(|next| !next.is_whitespace()).copied().unwrap_or(' ');
        // `{ "a": 1, … }` leaves the rest of the object open; `"a": …` is any value.
        let in_object = next == '}' && (last == ',' || last == '{');
        made.push_str(if in_object { "\"…\": \"…\"" } else { "\"…\"" });
    }
    serde_json::from_str(&made).map_err(|error| format!("{error} in {text}"))
}

/// True if a value is what the page shows.
pub(crate) fn fits(shown: &Json, came: &Json) -> bool {
    match (shown, came) {
        (Json::String(text), _) if text == "…" => true,
        (Json::String(one), Json::String(other)) => line_fits(one, other),
        (Json::Array(shown), Json::Array(came)) => {
            let open = shown.last().is_some_and(is_rest);
            let listed = if open { &shown[..shown.len() - 1] } else { &shown[..] };
            (came.len() == listed.len() || open && came.len() > listed.len())
                && listed.iter().zip(came).all(|(one, other)| fits(one, other))
        }
        (Json::Object(shown), Json::Object(came)) => {
            let open = shown.contains_key("…");
            let listed = shown.iter().filter(|(key, _)| *key != "…");
            let all = listed.clone().all(|(key, one)| came.get(key).is_some_and(|other| fits(one, other)));
            all && (open || listed.count() == came.len())
        }
        _ => shown == came,
    }
}

fn is_rest(value: &Json) -> bool {
    value == "…"
}

/// The fields that every row has, which pages leave out.
const OF_EVERY_ROW: [&str; 4] = ["created_at", "created_by", "updated_at", "updated_by"];

/// The members of a problem document that its code implies.
const OF_EVERY_PROBLEM: [&str; 4] = ["type", "title", "status", "execution_id"];

/// A value as a page shows it: what is another at each run, and what every row has, left out.
pub(crate) fn shown(value: &Json) -> String {
    pretty(value, 0)
}

fn pretty(value: &Json, depth: usize) -> String {
    let line = flat(value);
    if line.chars().count() + depth <= 96 {
        return line;
    }
    let indent = " ".repeat(depth + 2);
    let (open, parts, close) = match value {
        Json::Object(map) => ('{', parts(map, |value| pretty(value, depth + 2)), '}'),
        Json::Array(items) => ('[', items.iter().map(|item| pretty(item, depth + 2)).collect(), ']'),
        _ => return line,
    };
    format!("{open}\n{indent}{}\n{}{close}", parts.join(&format!(",\n{indent}")), " ".repeat(depth))
}

fn flat(value: &Json) -> String {
    match value {
        Json::Object(map) if map.is_empty() => "{}".to_owned(),
        Json::Object(map) => format!("{{ {} }}", parts(map, flat).join(", ")),
        Json::Array(items) => format!("[{}]", items.iter().map(flat).collect::<Vec<_>>().join(", ")),
        _ => value.to_string(),
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.chars().all(|letter| letter.is_ascii_hexdigit() || letter == '-')
}

fn parts(map: &Map<String, Json>, write: impl Fn(&Json) -> String) -> Vec<String> {
    let left_out: &[&str] = if OF_EVERY_ROW.iter().all(|field| map.contains_key(*field)) {
        &OF_EVERY_ROW
    } else if OF_EVERY_PROBLEM.iter().all(|member| map.contains_key(*member)) {
        &OF_EVERY_PROBLEM
    } else {
        &[]
    };
    let mut parts: Vec<String> = map
        .iter()
        .filter(|(key, _)| !left_out.contains(&key.as_str()))
        .map(|(key, value)| match key.as_str() {
            _ if value.as_str().is_some_and(is_uuid) => format!("\"{key}\": \"…\""),
            "execution_id" | "at" | "next" | "created_at" | "used_at" if !value.is_null() => {
                format!("\"{key}\": \"…\"")
            }
            _ => format!("\"{key}\": {}", write(value)),
        })
        .collect();
    if !left_out.is_empty() {
        parts.push("…".to_owned());
    }
    parts
}

#[test]
fn what_is_left_out_is_not_compared_and_all_else_is() {
    let read = |text: &str| read(text).expect("JSON");
    for (shown, came) in [
        ("{ \"a\": 1, … }", "{\"a\":1,\"b\":2}"),
        ("{ \"a\": … }", "{\"a\":[1]}"),
        ("[1, …]", "[1,2,3]"),
        ("\"x…\"", "\"xyz\""),
    ] {
        assert!(fits(&read(shown), &read(came)), "{shown} {came}");
    }
    for (shown, came) in
        [("{ \"a\": 1 }", "{\"a\":1,\"b\":2}"), ("[1]", "[1,2]"), ("{ \"a\": 1, … }", "{\"b\":1}"), ("1", "2")]
    {
        assert!(!fits(&read(shown), &read(came)), "{shown} {came}");
    }
}
