//! Which route a path below a document's record means.

use actix_web::HttpResponse;
use actix_web::http::Method;

use super::{download, upload, versions};
use crate::error::Result;
use crate::model::record_of;
use crate::registry::ObjectDescriptor;
use crate::web::router::{Call, unknown_path, wrong_method_of};

/// True for a path below a record to which a file is sent.
pub(in crate::web) fn is_upload(segments: &[Option<&str>; 6]) -> bool {
    matches!(
        segments,
        [Some("api"), Some(_), Some("v1"), Some(_), Some("upload"), None]
            | [Some("api"), Some(_), Some("v1"), Some(_), Some(_), Some("content")]
    )
}

/// Serves a path below `/api/{app}/v1/{documents}`.
pub(in crate::web) async fn route(
    call: Call<'_>,
    object: &'static ObjectDescriptor,
    path: &[&str],
) -> Result<HttpResponse> {
    if record_of(object).document().is_none() {
        return Err(unknown_path());
    }
    let method = call.method();
    match (path, method) {
        (["upload"], Method::POST) => upload::create(call, object).await,
        ([id, "content"], Method::GET) => download::content(&call, object, id, None).await,
        ([id, "content"], Method::PUT | Method::POST) => upload::replace(call, object, id).await,
        ([_, "content"], _) => Err(wrong_method_of(&call, object, "GET, HEAD, POST, PUT").await),
        ([id, "thumbnail"], Method::GET) => download::thumbnail(&call, object, id).await,
        ([id, "versions"], Method::GET) => versions::list(call, object, id).await,
        ([id, "versions", version, "content"], Method::GET) => {
            download::content(&call, object, id, Some(version)).await
        }
        ([_, "thumbnail" | "versions"] | [_, "versions", _, "content"], _) => {
            Err(wrong_method_of(&call, object, "GET, HEAD").await)
        }
        ([id, "versions", version, "restore"], Method::POST) => versions::restore(call, object, id, version).await,
        (["upload"] | [_, "versions", _, "restore"], _) => Err(wrong_method_of(&call, object, "POST").await),
        _ => Err(unknown_path()),
    }
}
