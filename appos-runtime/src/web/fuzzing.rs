//! For the fuzz targets: query strings, bodies, and headers with cookies and tokens.

use actix_web::http::header::{
    ACCEPT_LANGUAGE, AUTHORIZATION, COOKIE, HeaderName, HeaderValue, IF_MATCH, IF_NONE_MATCH,
};
use actix_web::test::TestRequest;
use actix_web::web::Bytes;

use super::body::{self, Incoming};
use super::cookies;
use super::records::fuzzed;
use crate::model::{ColumnRef, Condition};
use crate::record::Readable;
use crate::record::fuzzing::{EVERYTHING, HIDDEN, rights};

/// A query string: no filter and no order reads a field that the reader may not see.
pub fn question(query: &str) {
    let rights = rights();
    let readable = Readable::of(&EVERYTHING, &rights);
    for selection in fuzzed(query, (&EVERYTHING, &readable, &rights)).unwrap_or_default() {
        let hidden = |column: ColumnRef| assert_ne!(column, ColumnRef::Field(HIDDEN), "{query}");
        selection.sorts.iter().for_each(|sort| hidden(sort.column));
        selection.conditions.iter().for_each(|condition| all_of(condition, &hidden));
        assert!(selection.limit.is_none_or(|limit| (1..=200).contains(&limit)));
    }
}

/// Also the columns of rows that a reference leads to.
fn all_of(condition: &Condition, see: &dyn Fn(ColumnRef)) {
    match condition {
        Condition::Refers(column, _, inner) => {
            see(*column);
            all_of(inner, see);
        }
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| all_of(part, see)),
        Condition::Not(inner) => all_of(inner, see),
        other => other.columns(&mut |column| see(column)),
    }
}

/// A body: what is read is an object, and is read the same when it is written again.
pub fn body(bytes: &[u8]) {
    if let Ok(object) = body::object(true, bytes) {
        let written = serde_json::to_vec(&object).unwrap_or_default();
        assert_eq!(body::object(true, &written).ok(), Some(object));
    }
}

/// The headers by which a request signs in, and those with the version of a row.
pub fn header(bytes: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(bytes) else { return };
    let request = |name: HeaderName| TestRequest::default().insert_header((name, value.clone())).to_http_request();
    for secure in [false, true] {
        if let Some(secret) = cookies::secret(&request(COOKIE), secure) {
            assert!(!secret.is_empty());
        }
    }
    let _ = super::requests::bearer(&request(AUTHORIZATION));
    let _ = super::requests::language_of(&request(ACCEPT_LANGUAGE), crate::registry::Registry::global().languages());
    let _ = Incoming::of(&request(IF_MATCH), Ok(Bytes::new())).if_match();
    let _ = Incoming::of(&request(IF_NONE_MATCH), Ok(Bytes::new())).has_already(1);
}
