//! A request of a page and the answer that it shows.
//!
//! A comment before the request names who sends it: `# ann`; without one nobody has signed in. In the
//! request `…` is filled from the last answer: a cursor, or an API key.

use reqwest::Method;
use reqwest::header::{AUTHORIZATION, COOKIE, ORIGIN};
use serde_json::Value as Json;

use crate::json;
use crate::page::Block;
use crate::server::{Server, client};
use crate::transcript::line_fits;

/// What is remembered from answer to answer.
#[derive(Default)]
pub(crate) struct Memory {
    cursor: Option<String>,
    key: Option<String>,
    execution: Option<String>,
}

impl Memory {
    /// A command that names the execution of the last answer: `cargo appos trace …`.
    pub(crate) fn filled(&self, command: &str) -> String {
        command.replace('…', self.execution.as_deref().unwrap_or("…"))
    }
}

struct Message {
    first: String,
    headers: Vec<(String, String)>,
    body: String,
}

fn message<'a>(lines: impl Iterator<Item = &'a str>) -> Message {
    let mut lines = lines.skip_while(|line| line.is_empty() || line.starts_with('#'));
    let first = lines.next().unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    for line in lines.by_ref() {
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(": ").unwrap_or_else(|| panic!("`{line}` is no header"));
        headers.push((name.to_owned(), value.to_owned()));
    }
    let body: Vec<&str> = lines.collect();
    Message { first, headers, body: body.join("\n").trim_end().to_owned() }
}

/// Who sends the request of a block.
pub(crate) fn who(block: &Block) -> Option<&str> {
    block.text.lines().next().and_then(|line| line.strip_prefix("# "))
}

/// Sends the request of a block. `Err`: what came differs; the block as it should be.
pub(crate) async fn exchange(block: &Block, server: &Server, memory: &mut Memory) -> Result<(), String> {
    let lines: Vec<&str> = block.text.lines().collect();
    let split = lines.iter().position(|line| line.starts_with("HTTP/1.1"));
    // A hidden block may leave the answer out: it has to be a success.
    let split = split.unwrap_or_else(|| {
        assert!(block.hidden, "line {}: a request without an answer", block.line);
        lines.len()
    });
    let (asked, shown) = lines.split_at(split);
    let request = message(asked.iter().copied());
    let who = who(block);

    let (method, target) = request.first.split_once(' ').unwrap_or_else(|| panic!("`{}` is no request", request.first));
    let target = target.replace('…', memory.cursor.as_deref().unwrap_or("…")).replace(' ', "%20");
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let mut sent = client().request(method, format!("{}{target}", server.url));
    if let Some(who) = who {
        sent = sent.header(COOKIE, server.session(who)).header(ORIGIN, &server.url);
    }
    for (name, value) in &request.headers {
        let value = if name.eq_ignore_ascii_case(AUTHORIZATION.as_str()) {
            format!("Bearer {}", memory.key.as_deref().expect("a key of before"))
        } else {
            value.clone()
        };
        sent = sent.header(name, value);
    }
    let has_kind = request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if !request.body.is_empty() {
        if !has_kind {
            sent = sent.header("content-type", "application/json");
        }
        // A file ends with a line break.
        sent = sent.body(if has_kind { request.body + "\n" } else { request.body });
    }

    let answer = sent.send().await.expect("an answer");
    let status = answer.status();
    let line = format!("HTTP/1.1 {} {}", status.as_u16(), status.canonical_reason().unwrap_or_default());
    let headers = answer.headers().clone();
    memory.execution = headers.get("x-execution-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let text = answer.text().await.expect("a body");
    let is_json =
        headers.get("content-type").is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.ends_with("json")));
    let body: Option<Json> = if is_json { serde_json::from_str(&text).ok() } else { None };
    if let Some(next) = body.as_ref().and_then(|body| body["next"].as_str()) {
        memory.cursor = Some(next.to_owned());
    }
    if let Some(key) = body.as_ref().and_then(Json::as_str).filter(|text| text.starts_with("appos_")) {
        memory.key = Some(key.to_owned());
    }

    if shown.is_empty() {
        return if status.is_success() { Ok(()) } else { panic!("line {}: {line}: {text}", block.line) };
    }
    let expected = message(shown.iter().copied());
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let same_headers = expected.headers.iter().all(|(name, value)| line_fits(value, &header(name)));
    let same_body = match &body {
        Some(body) => json::read(&expected.body).is_ok_and(|expected| json::fits(&expected, body)),
        None => crate::transcript::fits(&expected.body, &text),
    };
    if expected.first == line && same_headers && same_body {
        return Ok(());
    }
    // Another status is another statement; only a person may change it.
    assert_eq!(expected.first, line, "line {}: {} {text}", block.line, request.first);
    let mut rewritten = asked.join("\n") + "\n" + &line + "\n";
    for (name, _) in &expected.headers {
        let value = if name.eq_ignore_ascii_case("x-execution-id") { "…".to_owned() } else { header(name) };
        rewritten.extend([name.as_str(), ": ", &value, "\n"]);
    }
    let text = match &body {
        Some(Json::String(text)) if text.starts_with("appos_") => "\"appos_…\"".to_owned(),
        Some(body) => json::shown(body),
        None => text.replace("\r\n", "\n").trim_end().to_owned(),
    };
    if !text.is_empty() {
        rewritten.push('\n');
        rewritten.push_str(&text);
        rewritten.push('\n');
    }
    Err(rewritten)
}
