//! A client with a session of its own; every answer is checked for what all answers have.

use reqwest::header::{COOKIE, HOST, HeaderMap, ORIGIN, SET_COOKIE};
use serde_json::Value as Json;

pub use reqwest::Method;

/// Someone who sends requests.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    /// The origin of the pages that this client stands for.
    origin: String,
    /// `name=value` of the session cookie.
    pub session: Option<String>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Json,
    /// The header `x-execution-id`.
    pub execution_id: String,
    /// Method and path, for messages.
    request: String,
}

impl Client {
    pub fn new(url: &str) -> Self {
        // The platform's own client for S3 brings TLS without a cryptography of its own.
        rustls::crypto::ring::default_provider().install_default().ok();
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self { http, url: url.to_owned(), origin: url.to_owned(), session: None }
    }

    /// The same client, as one that came by a public address.
    pub fn at(&self, origin: &str) -> Self {
        Self { origin: origin.to_owned(), ..self.clone() }
    }

    /// The same client with this session.
    pub fn with_session(&self, session: &str) -> Self {
        Self { session: Some(session.to_owned()), ..self.clone() }
    }

    /// A request to be completed.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        if self.origin != self.url {
            let (_, host) = self.origin.split_once("://").expect("an origin");
            request = request.header(HOST, host);
        }
        match &self.session {
            Some(session) => request.header(COOKIE, session),
            None => request,
        }
    }

    /// The origin of the pages that this client stands for.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Sends a request as a page of the platform does: one with a session has an origin.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let mut request = request.build().expect("a request");
        let headers = request.headers_mut();
        if headers.contains_key(COOKIE) && !headers.contains_key(ORIGIN) {
            headers.insert(ORIGIN, self.origin.parse().expect("an origin"));
        }
        self.execute(request).await
    }

    /// Sends a request as it is: as a program does, or a browser of long ago.
    pub async fn send_bare(&self, request: reqwest::RequestBuilder) -> Answer {
        self.execute(request.build().expect("a request")).await
    }

    async fn execute(&self, request: reqwest::Request) -> Answer {
        let shown = format!("{} {}", request.method(), request.url().path());
        let response = self.http.execute(request).await.unwrap_or_else(|error| panic!("{shown}: {error:?}"));
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let execution_id = headers.get("x-execution-id").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
        assert_eq!(execution_id.len(), 36, "{shown}: every answer names its execution");
        let text = response.text().await.expect("a body");
        let body = serde_json::from_str(&text).unwrap_or(if text.is_empty() { Json::Null } else { Json::String(text) });
        Answer { status, headers, body, execution_id, request: shown }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// `get` with parameters that are made fit for a URL.
    pub async fn get_with(&self, path: &str, parameters: &[(&str, &str)]) -> Answer {
        let url = reqwest::Url::parse_with_params("http://host", parameters).expect("parameters");
        self.get(&format!("{path}?{}", url.query().unwrap_or_default())).await
    }

    pub async fn post(&self, path: &str, body: Json) -> Answer {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Json) -> Answer {
        self.send(self.request(Method::PATCH, path).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Sends a form as a browser does.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let url = reqwest::Url::parse_with_params("http://host", fields).expect("fields");
        let request = self.request(Method::POST, path).header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(url.query().unwrap_or_default().to_owned())).await
    }

    /// `get` with an API key.
    pub async fn get_by_key(&self, path: &str, key: &str) -> Answer {
        self.send(self.request(Method::GET, path).header("authorization", format!("Bearer {key}"))).await
    }

    /// Calls a rule of the platform.
    pub async fn rule(&self, name: &str, arguments: Json) -> Answer {
        self.post(&format!("/api/platform/v1/rules/{name}"), arguments).await
    }

    /// The id of a group.
    pub async fn group(&self, name: &str) -> i64 {
        let found = self.get(&format!("/api/platform/v1/groups?filter[name]={name}")).await.is(200);
        found.body["rows"][0]["id"].as_i64().unwrap_or_else(|| panic!("there is no group {name}"))
    }

    /// The id of a user, by the name that `user` was given.
    pub async fn id_of(&self, name: &str) -> i64 {
        let found = self.get(&format!("/api/platform/v1/users?filter[email]={name}@acme.example")).await.is(200);
        found.body["rows"][0]["id"].as_i64().unwrap_or_else(|| panic!("there is no user {name}"))
    }

    /// Changes a row in its current version.
    pub async fn change(&self, path: &str, mut body: Json) -> Answer {
        body["version"] = self.get(path).await.is(200).body["version"].clone();
        self.patch(path, body).await
    }

    /// Signs in and keeps the session.
    pub async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        let answer = self.post("/auth/login", serde_json::json!({ "email": email, "password": password })).await;
        self.keep(&answer);
        answer
    }

    /// Keeps the session that an answer begins.
    pub fn keep(&mut self, answer: &Answer) {
        let cookie = answer.headers.get(SET_COOKIE).and_then(|cookie| cookie.to_str().ok());
        self.session = cookie.and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
    }

    /// Number of rows of a record.
    pub async fn count(&self, path: &str) -> u64 {
        let mark = if path.contains('?') { '&' } else { '?' };
        let answer = self.get(&format!("{path}{mark}count=true&limit=1")).await.is(200);
        answer.body["count"].as_u64().expect("a number of rows")
    }
}

impl Answer {
    /// Checks the status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.request, self.body);
        self
    }

    /// Checks that this is a complete problem document with this status and code.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Self {
        let answer = self.is(status);
        let kind = answer.headers.get("content-type").and_then(|kind| kind.to_str().ok());
        assert_eq!(kind, Some("application/problem+json"), "{}", answer.request);
        let body = &answer.body;
        assert_eq!(body["code"], code, "{}: {body}", answer.request);
        assert_eq!(body["status"], status, "{}: {body}", answer.request);
        for member in ["type", "title", "detail", "execution_id"] {
            let text = body[member].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{}: `{member}` is missing in {body}", answer.request);
        }
        answer
    }

    /// Checks that the problem names this field, and gives the field's code.
    #[track_caller]
    pub fn names(&self, field: &str) -> &str {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let error = errors.iter().find(|error| error["field"] == field);
        let error = error.unwrap_or_else(|| panic!("{}: `{field}` is not named in {}", self.request, self.body));
        assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{}", self.body);
        error["code"].as_str().expect("a code")
    }

    /// The id of the row in the answer.
    #[track_caller]
    pub fn id(&self) -> i64 {
        self.body["id"].as_i64().unwrap_or_else(|| panic!("{}: no id in {}", self.request, self.body))
    }

    /// One field of all rows of a list.
    pub fn column(&self, field: &str) -> Vec<Json> {
        self.body["rows"].as_array().expect("rows").iter().map(|row| row[field].clone()).collect()
    }
}
