//! A request as an integration declares it, with the type of its answer.

use std::fmt::Display;
use std::marker::PhantomData;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::answer::{Answer, FromAnswer};
use crate::error::{AppOsError, Result};

/// The header by which a system knows a request that is sent again.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Headers that belong to the connection, or to the system's credentials.
const OWN_HEADERS: [&str; 8] = [
    "authorization",
    "connection",
    "content-length",
    "cookie",
    "host",
    "proxy-authorization",
    "transfer-encoding",
    "te",
];

/// A request to a connected system whose answer is read as `T`. Made by `get`, `post`, `put`, `patch`, `delete` and
/// `head`, which are in scope of the body of an `#[integration]`.
///
/// ```
/// use appos_runtime::codegen_support::requests::*;
/// use appos_runtime::outside::http::Call;
/// let call: Call<serde_json::Value> =
///     post("/customers/{id}/charges").path("id", 42).json(&serde_json::json!({ "amount": 100 })).idempotency_key("order-7");
/// ```
#[must_use]
pub struct Call<T> {
    pub(super) request: Request,
    pub(super) answers: Vec<(u16, StatusAnswer<T>)>,
    answer: PhantomData<fn() -> T>,
}

/// What an answer of one status becomes.
pub(super) type StatusAnswer<T> = Box<dyn Fn(&Answer) -> Result<T> + Send>;

/// What is sent.
pub(super) struct Request {
    pub(super) method: Method,
    /// The template of the path.
    pub(super) path: String,
    pub(super) values: Vec<(String, String)>,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
    pub(super) has_key: bool,
    /// The first mistake in it.
    pub(super) mistake: Option<AppOsError>,
}

/// What is in it.
#[derive(Clone)]
pub(super) enum Body {
    Empty,
    Whole { content_type: HeaderValue, bytes: Bytes },
    Parts(Vec<Part>),
}

/// A part of a form with files.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) name: String,
    /// Name and type, if it is a file.
    pub(super) file: Option<(String, String)>,
    pub(super) bytes: Bytes,
}

impl<T: FromAnswer> Call<T> {
    pub(super) fn new(method: Method, path: String) -> Self {
        let request = Request {
            method,
            path,
            values: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: Body::Empty,
            has_key: false,
            mistake: None,
        };
        Self { request, answers: Vec::new(), answer: PhantomData }
    }

    /// What `{name}` in the path stands for. It is one segment: whatever is in it, it leads nowhere else.
    pub fn path(mut self, name: &str, value: impl Display) -> Self {
        self.request.values.push((name.to_owned(), value.to_string()));
        self
    }

    /// A parameter of the query string; may be given several times.
    pub fn query(mut self, name: &str, value: impl Display) -> Self {
        self.request.query.push((name.to_owned(), value.to_string()));
        self
    }

    /// The same, left out if there is no value.
    pub fn query_opt(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// A header. Those of the connection and of the credentials are the system's.
    pub fn header(mut self, name: &str, value: impl Display) -> Self {
        match header(name, &value.to_string()) {
            Ok((name, value)) => {
                self.request.headers.append(name, value);
            }
            Err(mistake) => self.request.wrong(mistake),
        }
        self
    }

    /// A body of JSON.
    pub fn json(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(value) {
            Ok(bytes) => self.request.body = whole("application/json", bytes),
            Err(error) => self.request.wrong(AppOsError::validation("the body is no JSON").caused_by(error)),
        }
        self
    }

    /// A body of the fields of a form.
    pub fn form(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        match serde_urlencoded::to_string(value) {
            Ok(text) => self.request.body = whole("application/x-www-form-urlencoded", text.into_bytes()),
            Err(error) => self.request.wrong(AppOsError::validation("the body is no form").caused_by(error)),
        }
        self
    }

    /// A body of bytes of this type, such as `text/xml`.
    pub fn body(mut self, content_type: &str, bytes: impl Into<Bytes>) -> Self {
        match HeaderValue::from_str(content_type) {
            Ok(content_type) => self.request.body = Body::Whole { content_type, bytes: bytes.into() },
            Err(_) => self.request.wrong(AppOsError::validation("the type of the body is no type")),
        }
        self
    }

    /// A field of a form with files.
    pub fn part(mut self, name: &str, value: impl Display) -> Self {
        self.request.add(Part { name: name.to_owned(), file: None, bytes: value.to_string().into() });
        self
    }

    /// A file of a form with files.
    pub fn file(mut self, name: &str, file_name: &str, content_type: &str, bytes: impl Into<Bytes>) -> Self {
        let file = Some((file_name.to_owned(), content_type.to_owned()));
        self.request.add(Part { name: name.to_owned(), file, bytes: bytes.into() });
        self
    }

    /// Makes a request that changes something one that may be sent again: the system does it once for a key
    /// (`Idempotency-Key`). What is retried has to have the same key each time: take an id that is there before the
    /// call, such as that of an order.
    pub fn idempotency_key(self, key: impl Display) -> Self {
        let mut call = self.header(IDEMPOTENCY_KEY, key);
        call.request.has_key = true;
        call
    }

    /// What callers are told if the system answers with this status.
    ///
    /// ```
    /// use appos_runtime::AppOsError;
    /// use appos_runtime::codegen_support::requests::*;
    /// use appos_runtime::outside::http::Call;
    /// let call: Call<()> = post("/charges").on_status(402, |_| AppOsError::validation("the card was refused"));
    /// ```
    pub fn on_status(mut self, status: u16, error: impl Fn(&Answer) -> AppOsError + Send + 'static) -> Self {
        self.answers.push((status, Box::new(move |answer| Err(error(answer)))));
        self
    }

    /// An answer with this status is no failure, and stands for `T::default()`: `None` for a 404.
    pub fn default_on(mut self, status: u16) -> Self
    where
        T: Default,
    {
        self.answers.push((status, Box::new(|_| Ok(T::default()))));
        self
    }
}

impl Request {
    fn wrong(&mut self, mistake: AppOsError) {
        self.mistake.get_or_insert(mistake);
    }

    fn add(&mut self, part: Part) {
        match &mut self.body {
            Body::Parts(parts) => parts.push(part),
            Body::Empty | Body::Whole { .. } => self.body = Body::Parts(vec![part]),
        }
    }

    /// True if the system may be sent it twice.
    pub(super) fn is_repeatable(&self) -> bool {
        self.method.is_idempotent() || self.has_key
    }
}

impl Body {
    /// The body of one attempt.
    ///
    /// # Errors
    /// The type of a file is no type.
    pub(super) fn put_into(&self, request: reqwest::RequestBuilder) -> Result<reqwest::RequestBuilder> {
        use reqwest::multipart;
        Ok(match self {
            Self::Empty => request,
            Self::Whole { content_type, bytes } => {
                request.header(reqwest::header::CONTENT_TYPE, content_type).body(bytes.clone())
            }
            Self::Parts(parts) => {
                let mut form = multipart::Form::new();
                for Part { name, file, bytes } in parts {
                    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                    let mut part = multipart::Part::stream_with_length(bytes.clone(), length);
                    if let Some((file_name, content_type)) = file {
                        part = part.file_name(file_name.clone()).mime_str(content_type).map_err(|error| {
                            AppOsError::validation("the type of a file is no type").caused_by(error)
                        })?;
                    }
                    form = form.part(name.clone(), part);
                }
                request.multipart(form)
            }
        })
    }
}

fn whole(content_type: &'static str, bytes: Vec<u8>) -> Body {
    Body::Whole { content_type: HeaderValue::from_static(content_type), bytes: bytes.into() }
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue)> {
    let wrong = |message: String| AppOsError::validation(message).code_is("invalid_header");
    let read = name.parse::<HeaderName>().map_err(|_| wrong("a header has a name that is none".to_owned()))?;
    if OWN_HEADERS.contains(&read.as_str()) {
        return Err(wrong(format!("the header `{read}` belongs to the connected system")));
    }
    // A line break would begin a header, or a request, of its own.
    let value =
        HeaderValue::from_str(value).map_err(|_| wrong(format!("the header `{read}` has a value that is none")))?;
    Ok((read, value))
}
