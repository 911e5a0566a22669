//! Open pages under load, with real sockets: memory of each, how long a click takes, and the first byte of a
//! list of 50 rows beside the same rows as JSON, in turns.
//!
//! `cargo bench -p acme --bench live`, and `-- --pages 200` for a first look.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use futures_util::stream::SplitSink;
use futures_util::{SinkExt, StreamExt};
use reqwest::header::{COOKIE, ORIGIN};
use serde_json::{Value as Json, json};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

/// Requests of each sort whose first byte is waited for.
const FIRST_BYTES: usize = 400;
/// Clicks that are measured.
const CLICKS: usize = 400;
/// The list, and the same rows as JSON.
const LIST: &str = "/crm/customers";
const ROWS: &str = "/api/crm/v1/customers?limit=50&sort=id";

/// The platform, which ends with it.
struct Platform {
    process: Child,
    url: String,
    token: String,
    _folder: tempfile::TempDir,
}

impl Platform {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_acme"));
        command.current_dir(folder.path()).env("APPOS_PROJECT", folder.path()).env("APPOS__SERVER__PORT", "0");
        command.env("APPOS__DATABASE__URL", "sqlite://bench.db").env("APPOS__LOGGING__LEVEL", "error");
        command.env("APPOS__SERVER__RATE_LIMIT__PER_USER", "0").env("APPOS__SERVER__RATE_LIMIT__PER_ADDRESS", "0");
        command.env("APPOS__UI__LIVE__MAX_PAGES", "100000").env("APPOS__UI__LIVE__MAX_PAGES_PER_SESSION", "10000");
        command.env("APPOS__UI__LIVE__EVENTS_PER_SECOND", "10000");
        let mut process = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let mut after = |mark: &str| {
            let line = lines.by_ref().find(|line| line.contains(mark)).expect("a line");
            line.split_once(mark).map(|(_, rest)| rest.trim().to_owned()).expect("a mark")
        };
        let url = format!("http://{}", after("Listening on http://"));
        let token = after("token=");
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, url, token, _folder: folder }
    }

    /// KiB of memory that it has.
    fn resident(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Somebody who is signed in.
struct Visitor {
    http: reqwest::Client,
    url: String,
    session: String,
}

/// A page's socket: somebody answers the server while nobody asks it anything.
struct Socket {
    out: SplitSink<WebSocketStream<TcpStream>, Message>,
    heard: mpsc::UnboundedReceiver<Json>,
}

impl Visitor {
    async fn of(platform: &Platform) -> Self {
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
    async fn fill(&self) {
        for number in 0..60 {
            let body = json!({ "name": format!("Customer {number}"), "email": format!("c{number}@bench.example") });
            let request = self.http.post(format!("{}/api/crm/v1/customers", self.url)).json(&body);
            let answer = request.header(COOKIE, &self.session).header(ORIGIN, &self.url).send().await;
            assert_eq!(answer.expect("an answer").status(), 201);
        }
    }

    /// Milliseconds until an answer begins.
    async fn first_byte(&self, path: &str) -> f64 {
        let request = self.get(path);
        let begun = Instant::now();
        let answer = request.send().await.expect("an answer");
        let took = begun.elapsed();
        assert_eq!(answer.status(), 200);
        answer.bytes().await.expect("a body");
        took.as_secs_f64() * 1000.0
    }

    /// A page with its socket.
    async fn open(&self) -> Socket {
        let html = self.get(LIST).send().await.expect("an answer").text().await.expect("a page");
        let (_, rest) = html.split_once("data-live=\"").expect("a page that lives");
        let page = rest.split('"').next().unwrap_or_default();
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
        let mut socket = Socket { out, heard };
        socket.out.send(Message::text(json!(["hi", page, 0]).to_string())).await.expect("it is sent");
        next(&mut socket, Json::is_array).await;
        socket
    }
}

async fn next(socket: &mut Socket, wanted: impl Fn(&Json) -> bool) -> Json {
    loop {
        let heard = socket.heard.recv().await.expect("something");
        if wanted(&heard) {
            return heard;
        }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let pages = arguments.iter().skip_while(|argument| *argument != "--pages").nth(1);
    let pages: u32 = pages.map_or(2000, |pages| pages.parse().expect("a number"));
    let platform = Platform::start();
    let visitor = Visitor::of(&platform).await;
    visitor.fill().await;

    for _ in 0..50 {
        visitor.first_byte(LIST).await;
        visitor.first_byte(ROWS).await;
    }
    let before = platform.resident();
    let mut sockets = Vec::new();
    for _ in 0..pages {
        sockets.push(visitor.open().await);
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let after = platform.resident();
    let each = (after - before) / f64::from(pages);
    println!("{pages} open pages of 50 rows: {before:.0} KiB without, {after:.0} KiB with: {each:.0} KiB each");

    let mut clicks = Vec::new();
    for click in 0..CLICKS {
        let place = click % sockets.len();
        let number = click / sockets.len() + 1;
        let address = if click % 2 == 0 { format!("{LIST}?sort=-id") } else { format!("{LIST}?sort=name") };
        let Some(socket) = sockets.get_mut(place) else { continue };
        let begun = Instant::now();
        socket.out.send(Message::text(json!(["go", number, address]).to_string())).await.expect("it is sent");
        let frame = next(socket, |heard| heard["h"].as_u64() >= u64::try_from(number).ok()).await;
        clicks.push(begun.elapsed().as_secs_f64() * 1000.0);
        let seen = json!(["ack", frame["s"]]).to_string();
        socket.out.send(Message::text(seen)).await.expect("it is sent");
    }
    println!("a click that sorts the list, beside {pages} open pages: {:.2} ms", median(clicks));
    drop(sockets);

    let (mut html, mut rows) = (Vec::new(), Vec::new());
    for _ in 0..FIRST_BYTES {
        html.push(visitor.first_byte(LIST).await);
        rows.push(visitor.first_byte(ROWS).await);
    }
    let (html, rows) = (median(html), median(rows));
    println!("first byte of 50 rows: {html:.2} ms as a page, {rows:.2} ms as JSON: {:.2} times", html / rows);
}
