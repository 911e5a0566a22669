//! Requests and answers in the form in which tests record them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use sha2::{Digest, Sha256};

use super::super::recorded::{Exchange, KEPT};
use super::answer::Answer;
use super::call::{Body, Request};
use super::target::target;
use crate::error::{AppOsError, Result};
use crate::registry::ObjectDescriptor;

/// What is asked, without an answer yet.
///
/// # Errors
/// Its path is none.
pub(super) fn asked(object: &ObjectDescriptor, request: &Request) -> Result<Exchange> {
    let base = "http://system/".parse().map_err(|_| AppOsError::execution("an address"))?;
    let url = target(&base, request)?;
    let query = url.query().map_or_else(String::new, |query| format!("?{query}"));
    Ok(Exchange {
        integration: object.reference.to_owned(),
        method: request.method.to_string(),
        path: format!("{}{query}", url.path()),
        sent: sent(&request.body),
        status: 0,
        headers: BTreeMap::new(),
        answer: String::new(),
    })
}

fn sent(body: &Body) -> String {
    let digest = |hash: Sha256| {
        let mut text = "sha256:".to_owned();
        for byte in hash.finalize() {
            // A text takes whatever is written.
            let _ = write!(text, "{byte:02x}");
        }
        text
    };
    match body {
        Body::Empty => String::new(),
        Body::Whole { bytes, .. } => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => digest(Sha256::new_with_prefix(bytes)),
        },
        Body::Parts(parts) => {
            let mut hash = Sha256::new();
            for part in parts {
                for bytes in [part.name.as_bytes(), &part.bytes] {
                    hash.update(u64::try_from(bytes.len()).unwrap_or(0).to_le_bytes());
                    hash.update(bytes);
                }
            }
            digest(hash)
        }
    }
}

/// With its answer.
pub(super) fn exchange(asked: Exchange, answer: &Answer) -> Exchange {
    let kept = KEPT.iter().filter_map(|name| Some(((*name).to_owned(), answer.header(name)?.to_owned())));
    Exchange { status: answer.status(), headers: kept.collect(), answer: answer.text(), ..asked }
}

/// The answer of then.
///
/// # Errors
/// The file holds what is none.
pub(super) fn answer(recorded: Exchange) -> Result<Answer> {
    let wrong = || AppOsError::validation("a recorded answer is none").code_is("recording");
    let mut headers = HeaderMap::new();
    for (name, value) in &recorded.headers {
        let name = name.parse::<HeaderName>().map_err(|_| wrong())?;
        headers.insert(name, HeaderValue::from_str(value).map_err(|_| wrong())?);
    }
    let status = StatusCode::from_u16(recorded.status).map_err(|_| wrong())?;
    Ok(Answer { status, headers, body: recorded.answer.into() })
}
