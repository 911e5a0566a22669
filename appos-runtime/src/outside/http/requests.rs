//! The words of the body of an `#[integration]`: each begins a request of one method.

use reqwest::Method;

use super::answer::FromAnswer;
use super::call::Call;

/// Reads. `path` stands below the system's `base_url`; `{name}` in it is given by [`Call::path`].
pub fn get<T: FromAnswer>(path: impl Into<String>) -> Call<T> {
    Call::new(Method::GET, path.into())
}

/// Reads the head of an answer only.
pub fn head<T: FromAnswer>(path: impl Into<String>) -> Call<T> {
    Call::new(Method::HEAD, path.into())
}

/// Makes something. Tried again only with an [`idempotency_key`](Call::idempotency_key).
pub fn post<T: FromAnswer>(path: impl Into<String>) -> Call<T> {
    Call::new(Method::POST, path.into())
}

/// Puts something in its place.
pub fn put<T: FromAnswer>(path: impl Into<String>) -> Call<T> {
    Call::new(Method::PUT, path.into())
}

/// Changes something. Tried again only with an [`idempotency_key`](Call::idempotency_key).
pub fn patch<T: FromAnswer>(path: impl Into<String>) -> Call<T> {
    Call::new(Method::PATCH, path.into())
}

/// Removes something.
pub fn delete<T: FromAnswer>(path: impl Into<String>) -> Call<T> {
    Call::new(Method::DELETE, path.into())
}
