//! `GET /api/{app}/v1/{records}/export`: all rows of a question as a file, in the memory that
//! one page takes.

use std::sync::{Arc, OnceLock};

use actix_web::HttpResponse;
use actix_web::http::Method;
use actix_web::web::Bytes;
use futures_util::{StreamExt, stream};

use super::table::{Columns, head};
use super::transfer::{note, unhurried};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::model::{JsonRow, Row, record_of};
use crate::question::{Asking, Format, Parameters};
use crate::record::pages;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::web::answer::attachment;
use crate::web::router::{Call, wrong_method_of};

/// Serves the route.
pub(in crate::web) async fn export(call: Call<'_>, object: &'static ObjectDescriptor) -> Result<HttpResponse> {
    if call.method() != Method::GET {
        return Err(wrong_method_of(&call, object, "GET, HEAD").await);
    }
    let rights = call.scope.fresh_rights().await?;
    let query = call.incoming.query().to_owned();
    let logged = LoggedArguments::begin().argument("query", &query).finish();
    let wanted = Arc::new(OnceLock::new());
    let found = Arc::clone(&wanted);
    let mut pages = pages(unhurried(&call), object, ("export", logged), move |readable| {
        let asked = Asking { object, readable, rights: &rights }.export(&Parameters::read(&query)?)?;
        let columns = Columns::of(object, readable, asked.fields.as_deref());
        found.set((asked.format, columns)).ok();
        Ok(asked.selection)
    });
    // Until the first page is there, everything that is wrong can be said.
    let first = pages.next().await.unwrap_or_else(|| Ok(Vec::new()))?;
    let Some((format, columns)) = wanted.get() else {
        return Err(AppOsError::execution("an export began without its columns"));
    };
    let (format, columns) = (*format, columns.clone());
    let told = format!("{}: {}", format.extension(), columns.names().join(", "));
    note(call.scope, object, ("export", Permission::View), told);
    let head = head(format, &columns)?;
    let rows = stream::once(async { Ok(first) }).chain(pages);
    // An answer that breaks off is the only way left to say that not all rows are in it.
    let body = stream::once(async { Ok(head) })
        .chain(rows.map(move |page: Result<Vec<Row>>| Ok(Bytes::from(written(object, format, &columns, &page?)?))))
        .map(|part: Result<Bytes>| part.map_err(|_| std::io::Error::other("the export ended early")));
    let name = format!("{}-{}.{}", object.app, record_of(object).plural.as_str(), format.extension());
    let mut response = HttpResponse::Ok();
    response.content_type(format.content_type());
    attachment(&mut response, &name)?;
    Ok(response.streaming(Box::pin(body)))
}

/// A page as a part of the file.
fn written(object: &'static ObjectDescriptor, format: Format, columns: &Columns, rows: &[Row]) -> Result<Vec<u8>> {
    match format {
        Format::Csv => columns.csv(rows),
        Format::Jsonl => {
            let mut lines = Vec::new();
            for row in rows {
                let row = JsonRow { fields: Some(columns.names()), ..JsonRow::whole(object, row) };
                serde_json::to_writer(&mut lines, &row)
                    .map_err(|error| AppOsError::execution("a row cannot be written as JSON").caused_by(error))?;
                lines.push(b'\n');
            }
            Ok(lines)
        }
    }
}
