//! The OpenAPI document and the page that shows it.
use super::router::{Call, unknown_path};
use crate::error::Result;
use actix_web::HttpResponse;
pub(super) async fn openapi(_call: &Call<'_>) -> Result<HttpResponse> {
    Err(unknown_path())
}
pub(super) fn page(_call: &Call<'_>, _rest: &[&str]) -> Result<HttpResponse> {
    Err(unknown_path())
}
