//! `POST /api/{app}/v1/rules/{rule}`: a dynamic dispatch with the body as arguments.

use actix_web::HttpResponse;
use actix_web::http::{Method, StatusCode};
use serde_json::Value as Json;

use super::answer::json;
use super::router::{Call, wrong_method_of};
use crate::engine::dispatch_with;
use crate::error::{AppOsError, Result};
use crate::platform::APP;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;

pub(super) async fn run(call: Call<'_>, object: &'static ObjectDescriptor) -> Result<HttpResponse> {
    // What the platform does for everybody it does for people it knows: strangers learn nothing of it.
    if call.scope.user.id == 0 && object.app == APP && call.scope.fresh_rights().await?.allows(object, Permission::Use)
    {
        return Err(AppOsError::security("sign in first").code_is("not_signed_in"));
    }
    if *call.request.method() != Method::POST {
        return Err(wrong_method_of(&call, object, "POST").await);
    }
    let incoming = call.incoming;
    let arguments = move || {
        incoming.no_idempotency_key()?;
        Ok(Json::Object(incoming.object()?))
    };
    let answer = dispatch_with(object, arguments).await?;
    json(StatusCode::OK, &answer)
}
