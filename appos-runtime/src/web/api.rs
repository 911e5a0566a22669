//! `/api/{app}/v1/…`: records by their plural, rules under `rules/`, processes under `processes/`.

use actix_web::HttpResponse;
use actix_web::http::Method;

use super::router::{Call, unknown_path};
use super::{files, process_routes, record_routes, records, rule_routes};
use crate::error::Result;
use crate::model::record_of;

pub(super) async fn route(call: Call<'_>, app: &str, rest: &[&str]) -> Result<HttpResponse> {
    match rest {
        ["rules", name] => {
            let rule = call.server.routes.rule(app, name).ok_or_else(unknown_path)?;
            rule_routes::run(call, rule).await
        }
        ["processes", name, rest @ ..] => {
            let process = call.server.routes.process(app, name).ok_or_else(unknown_path)?;
            Box::pin(process_routes::route(call, process, rest)).await
        }
        [plural] => {
            let record = call.server.routes.record(app, plural).ok_or_else(unknown_path)?;
            records::once(call, (record, &[Method::POST]), |call| record_routes::collection(call, record)).await
        }
        [plural, "bulk"] => {
            let record = call.server.routes.record(app, plural).ok_or_else(unknown_path)?;
            records::once(call, (record, &[Method::POST]), |call| records::bulk(call, record)).await
        }
        [plural, "export"] => {
            let record = call.server.routes.record(app, plural).ok_or_else(unknown_path)?;
            records::export(call, record).await
        }
        [plural, "import"] => {
            let record = call.server.routes.record(app, plural).ok_or_else(unknown_path)?;
            records::import(call, record).await
        }
        [plural, "imports", path @ ..] if matches!(path, [] | [_] | [_, "errors"]) => {
            let record = call.server.routes.record(app, plural).ok_or_else(unknown_path)?;
            records::watch(call, record, path).await
        }
        [plural, "upload"] => {
            let record = call.server.routes.record(app, plural).ok_or_else(unknown_path)?;
            Box::pin(files::route(call, record, &["upload"])).await
        }
        [plural, id] => {
            let record = call.server.routes.record(app, plural).ok_or_else(unknown_path)?;
            records::once(call, (record, &[Method::PATCH, Method::DELETE]), |call| {
                record_routes::item(call, record, id)
            })
            .await
        }
        [plural, id, "restore"] => {
            let record = call.server.routes.record(app, plural).ok_or_else(unknown_path)?;
            if !record_of(record).soft_delete {
                return Err(unknown_path());
            }
            records::once(call, (record, &[Method::POST]), |call| record_routes::restore(call, record, id)).await
        }
        [plural, id, "audit"] => {
            let record = call.server.routes.record(app, plural).ok_or_else(unknown_path)?;
            record_routes::audit(call, record, id).await
        }
        [plural, _, "content" | "thumbnail"] | [plural, _, "versions", ..] => {
            let record = call.server.routes.record(app, plural).ok_or_else(unknown_path)?;
            Box::pin(files::route(call, record, rest.get(1..).unwrap_or_default())).await
        }
        _ => Err(unknown_path()),
    }
}
