//! Rows as they are answered: whole or in part, alone or in a list, with the rows that they
//! refer to.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, HeaderValue};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::model::{JsonRow, Row};
use crate::question::{Asking, Parameters, Part};
use crate::record::{self, Expanded, Readable, expand};
use crate::registry::ObjectDescriptor;
use crate::web::answer::json;
use crate::web::body::Incoming;
use crate::web::router::Call;

#[derive(Serialize)]
struct List<'a> {
    rows: Vec<JsonRow<'a>>,
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
}

fn tag(row: &Row) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{}\"", row.system.version)).ok()
}

fn tagged(mut response: HttpResponse, row: &Row) -> HttpResponse {
    if let Some(tag) = tag(row) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

/// A whole row and its tag.
pub(in crate::web) fn row(status: StatusCode, object: &'static ObjectDescriptor, row: &Row) -> Result<HttpResponse> {
    Ok(tagged(json(status, &JsonRow::whole(object, row))?, row))
}

/// The answer to `GET` of one row, which was read.
pub(in crate::web) async fn one(
    call: &Call<'_>,
    object: &'static ObjectDescriptor,
    incoming: &Incoming,
    row: &Row,
) -> Result<HttpResponse> {
    let rights = call.scope.fresh_rights().await?;
    let readable = Readable::of(object, &rights);
    let part = Asking { object, readable: &readable, rights: &rights }.one(&Parameters::read(incoming.query())?)?;
    let known = incoming.has_already(row.system.version)?;
    if known && part.expand.is_none() {
        return Ok(tagged(HttpResponse::NotModified().finish(), row));
    }
    let expands = part.expand.is_some();
    let shown = shown(object, &part, std::slice::from_ref(row)).await?;
    let response = json(StatusCode::OK, &shown.first())?;
    // The rows beside it have versions of their own: one tag cannot stand for all.
    Ok(if expands { response } else { tagged(response, row) })
}

/// `GET /api/{app}/v1/{records}`.
pub(in crate::web) async fn list(call: &Call<'_>, object: &'static ObjectDescriptor) -> Result<HttpResponse> {
    let query = call.incoming.query();
    let rights = call.scope.fresh_rights().await?;
    let logged = LoggedArguments::begin().argument("query", query).finish();
    let (mut counting, mut part) = (None, Part::default());
    let found = record::list(object, logged, |readable| {
        let wanted = Asking { object, readable, rights: &rights }.list(&Parameters::read(query)?)?;
        counting = wanted.count.then(|| wanted.selection.clone());
        part = wanted.part;
        Ok(wanted.selection)
    })
    .await?;
    let count = match counting {
        Some(selection) => Some(record::count(object, LoggedArguments::none(), move |_| Ok(selection)).await?),
        None => None,
    };
    let rows = shown(object, &part, &found.rows).await?;
    json(StatusCode::OK, &List { rows, next: found.next, count })
}

/// Rows with what is wanted of them.
async fn shown<'a>(object: &'static ObjectDescriptor, part: &'a Part, rows: &'a [Row]) -> Result<Vec<JsonRow<'a>>> {
    let expanded = match &part.expand {
        Some(wanted) => Some(expand(wanted, &rows.iter().collect::<Vec<_>>()).await?),
        None => None,
    };
    let beside = |row| expanded.as_deref().map(|expanded| beside(expanded, row));
    let fields = part.fields.as_deref();
    Ok(rows.iter().map(|row| JsonRow { object, row, fields, expanded: beside(row) }).collect())
}

/// The rows that one row refers to, by the names of its references.
fn beside(expanded: &[Expanded], row: &Row) -> Json {
    let mut all = Map::new();
    for reference in expanded {
        if let Some(found) = reference.of(row) {
            let then = Some(&reference.then).filter(|then| !then.is_empty()).map(|then| beside(then, found));
            let found = JsonRow { expanded: then, ..JsonRow::whole(reference.target, found) };
            all.insert(reference.field.to_owned(), serde_json::to_value(found).unwrap_or(Json::Null));
        }
    }
    Json::Object(all)
}
