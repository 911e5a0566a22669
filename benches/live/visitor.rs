//! Somebody with open pages, each with a real socket.

use std::time::Instant;

use futures_util::stream::SplitSink;
use futures_util::{SinkExt, StreamExt};
use reqwest::header::{COOKIE, ORIGIN};
use serde_json::{Value as Json, json};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::platform::Platform;

/// Somebody who is signed in.
pub struct Visitor {
    http: reqwest::Client,
    url: String,
    session: String,
}

/// A page's socket: somebody answers the server while nobody asks it anything.
pub struct Socket {
    out: SplitSink<WebSocketStream<TcpStream>, Message>,
    heard: mpsc::UnboundedReceiver<Json>,
    /// Number of the last message that the server does something for.
    last: u64,
    /// The HTML of the page.
    pub html: String,
}

impl Visitor {
    /// Signs in.
    pub async fn of(platform: &Platform) -> Self {
        // Nobody chooses for all of a program with which cryptography it speaks TLS; reqwest wants to be told.
        rustls::crypto::ring::default_provider().install_default().ok();
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        let body = json!({ "token": platform.token, "email": "ada@acme.example", "password": "correct horse battery" });
        let answer = http.post(format!("{}/auth/setup", platform.url)).json(&body).send().await.expect("an answer");
        let cookie = answer.headers()["set-cookie"].to_str().expect("a cookie");
        let session = cookie.split(';').next().unwrap_or_default().to_owned();
        Self { http, url: platform.url.clone(), session }
    }

    fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.http.get(format!("{}{path}", self.url)).header(COOKIE, &self.session)
    }

    /// Fills the list, so that it has 50 rows.
    pub async fn fill(&self) {
        for number in 0..60 {
            let body = json!({ "name": format!("Customer {number}"), "email": format!("c{number}@bench.example") });
            let request = self.http.post(format!("{}/api/crm/v1/customers", self.url)).json(&body);
            let answer = request.header(COOKIE, &self.session).header(ORIGIN, &self.url).send().await;
            assert_eq!(answer.expect("an answer").status(), 201);
        }
    }

    /// Milliseconds until an answer begins, and until it is there.
    pub async fn asks(&self, path: &str) -> (f64, f64) {
        let request = self.get(path);
        let begun = Instant::now();
        let answer = request.send().await.expect("an answer");
        let first = begun.elapsed();
        assert_eq!(answer.status(), 200);
        answer.bytes().await.expect("a body");
        (first.as_secs_f64() * 1000.0, begun.elapsed().as_secs_f64() * 1000.0)
    }

    /// A page with its socket.
    pub async fn open(&self, path: &str) -> Socket {
        let html = self.get(path).send().await.expect("an answer").text().await.expect("a page");
        let (_, rest) = html.split_once("data-live=\"").expect("a page that lives");
        let page = rest.split('"').next().unwrap_or_default().to_owned();
        let address = self.url.trim_start_matches("http://");
        let mut request = format!("ws://{address}/live").into_client_request().expect("a request");
        request.headers_mut().insert("cookie", self.session.parse().expect("a header"));
        request.headers_mut().insert("origin", self.url.parse().expect("a header"));
        let stream = TcpStream::connect(address).await.expect("a connection");
        stream.set_nodelay(true).expect("an option");
        let (socket, _) = tokio_tungstenite::client_async(request, stream).await.expect("a socket");
        let (out, mut stream) = socket.split();
        let (sender, heard) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some(Ok(message)) = stream.next().await {
                if let Message::Text(text) = message {
                    sender.send(serde_json::from_str(&text).expect("JSON")).ok();
                }
            }
        });
        let mut socket = Socket { out, heard, last: 0, html };
        socket.send(&json!(["hi", page, 0])).await;
        socket.next(Json::is_array).await;
        socket
    }
}

impl Socket {
    async fn send(&mut self, message: &Json) {
        self.out.send(Message::text(message.to_string())).await.expect("it is sent");
    }

    async fn next(&mut self, wanted: impl Fn(&Json) -> bool) -> Json {
        loop {
            let heard = self.heard.recv().await.expect("the server still talks");
            if heard["s"].is_u64() {
                self.send(&json!(["ack", heard["s"]])).await;
            }
            if wanted(&heard) {
                return heard;
            }
        }
    }

    /// Does something, and waits until it is done; milliseconds until then.
    pub async fn does(&mut self, kind: &str, what: &[Json]) -> f64 {
        self.last += 1;
        let number = self.last;
        let message: Vec<Json> = [json!(kind), json!(number)].into_iter().chain(what.iter().cloned()).collect();
        let begun = Instant::now();
        self.send(&Json::from(message)).await;
        let done = |heard: &Json| heard["h"].as_u64().or_else(|| heard[1].as_u64()) >= Some(number);
        self.next(done).await;
        begun.elapsed().as_secs_f64() * 1000.0
    }
}
