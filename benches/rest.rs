//! REST of a real platform beside a hand-written actix-web + sqlx server that runs the same
//! statements with the same session check on the same database file. Both are processes of
//! their own; both serve the same load in turns. Figures are ratios of one run.
//!
//! `cargo bench -p acme --bench rest`

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::sync::RwLock;
use std::time::{Duration, Instant};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use appos::prelude::Decimal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteRow};
use sqlx::{Row, SqlitePool};

const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(500);
const CONNECTIONS: usize = 4;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("--hand-written") => actix_web::rt::System::new().block_on(hand_written(&arguments[2])),
        _ => compare(),
    }
}

fn compare() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut command = Command::new(env!("CARGO_BIN_EXE_acme"));
    command.env("APPOS_PROJECT", folder.path()).env("APPOS__SERVER__PORT", "0").env("APPOS__LOGGING__LEVEL", "error");
    let (platform, lines) = start(&mut command, "API documentation");
    let address = after(&lines, "Listening on http://");
    let cookie = set_up(&address, &after(&lines, "token="));
    let database = folder.path().join(".appos").read_dir().expect("a data folder");
    let database =
        database.flatten().map(|entry| entry.path()).find(|path| path.extension().is_some_and(|e| e == "db"));
    let database = database.expect("a database file");
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg("--hand-written").arg(&database);
    let (other, lines) = start(&mut command, "Listening");
    let other_address = after(&lines, "Listening on http://");
    println!("{CONNECTIONS} connections, {ROUNDS} rounds in turns; medians");
    for (name, path) in
        [("get by id", "/api/crm/v1/customers/7"), ("list 20", "/api/crm/v1/customers?limit=20&sort=name")]
    {
        assert_eq!(rows(&address, path, &cookie), rows(&other_address, path, &cookie), "{name}: not the same answer");
        let (ours, theirs) = rounds([(&platform, &address), (&other, &other_address)], path, &cookie);
        let ratio = median(ours.iter().zip(&theirs).map(|(ours, theirs)| ours.rate / theirs.rate).collect());
        for (name, side) in [("appos", &ours), ("hand-written", &theirs)] {
            let rate = median(side.iter().map(|round| round.rate).collect());
            let work = median(side.iter().map(|round| round.work).collect());
            println!("  {name:12} {rate:8.0} requests/s   {work:6.1} µs of processor time each");
        }
        println!("{name}: {ratio:.2} of the hand-written server's throughput (target 0.70)");
    }
}

/// What a server did in a round.
struct Round {
    /// Requests in a second.
    rate: f64,
    /// Microseconds of processor time for a request; zero where the system does not tell.
    work: f64,
}

/// A server's process, which does not outlive the comparison, however that ends.
struct Running(Child);

impl Running {
    /// Microseconds of processor time that it has used, as far as Linux tells.
    fn work(&self) -> f64 {
        // In ticks, of which Linux shows a hundred in a second on every machine.
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id())).unwrap_or_default();
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u32>().ok());
        ticks.map(|ticks| f64::from(ticks) * 10_000.0).sum()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Starts a server and reads its output until a line contains `last`.
fn start(command: &mut Command, last: &str) -> (Running, Vec<String>) {
    let mut child = Running(command.stdout(Stdio::piped()).spawn().expect("the server starts"));
    let output = BufReader::new(child.0.stdout.take().expect("its output"));
    let mut lines = Vec::new();
    for line in output.lines().map_while(Result::ok) {
        let done = line.contains(last);
        lines.push(line);
        if done {
            break;
        }
    }
    (child, lines)
}

fn after(lines: &[String], mark: &str) -> String {
    let line = lines.iter().find_map(|line| line.split_once(mark));
    line.unwrap_or_else(|| panic!("no `{mark}` in {lines:?}")).1.trim().to_owned()
}

/// One exchange on a connection: status line with headers, and the length of the body.
fn exchange(stream: &mut TcpStream, request: &[u8], buffer: &mut Vec<u8>) -> (String, usize) {
    stream.write_all(request).expect("the request is sent");
    buffer.clear();
    let mut chunk = [0; 16 * 1024];
    loop {
        let read = stream.read(&mut chunk).expect("the answer arrives");
        assert!(read > 0, "the server hung up");
        buffer.extend_from_slice(&chunk[..read]);
        let Some(head) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let text = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
        let length: usize = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .and_then(|length| length.trim().parse().ok())
            .expect("a content length");
        if buffer.len() >= head + 4 + length {
            return (text, length);
        }
    }
}

fn set_up(address: &str, token: &str) -> String {
    let body = format!(r#"{{"token":"{token}","email":"bench@example.com","password":"correct horse battery"}}"#);
    let request = format!(
        "POST /auth/setup HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).expect("the platform listens");
    let (head, _) = exchange(&mut stream, request.as_bytes(), &mut Vec::new());
    // Header names were made lower case for the search; the cookie's value must not be.
    assert!(head.starts_with("http/1.1 201"), "{head}");
    let mut stream = TcpStream::connect(address).expect("the platform listens");
    let body = r#"{"email":"bench@example.com","password":"correct horse battery"}"#;
    let request = format!(
        "POST /auth/login HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut buffer = Vec::new();
    exchange(&mut stream, request.as_bytes(), &mut buffer);
    let text = String::from_utf8_lossy(&buffer).into_owned();
    let start = text.find("appos_session=").expect("a cookie");
    text[start..].split(';').next().unwrap_or_default().to_owned()
}

/// The rows of an answer, without their moments: one side writes trailing zeros, the other does not.
fn rows(address: &str, path: &str, cookie: &str) -> Vec<Json> {
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n\r\n");
    let (mut stream, mut buffer) = (TcpStream::connect(address).expect("the server listens"), Vec::new());
    let (_, length) = exchange(&mut stream, request.as_bytes(), &mut buffer);
    let mut answer: Json = serde_json::from_slice(&buffer[buffer.len() - length..]).expect("the answer is JSON");
    let mut rows = match answer.get_mut("rows").map(Json::take) {
        Some(Json::Array(rows)) => rows,
        _ => vec![answer],
    };
    for row in rows.iter_mut().filter_map(Json::as_object_mut) {
        row.retain(|name, _| !matches!(name.as_str(), "created_at" | "updated_at"));
    }
    rows
}

/// The rounds of both servers, in turns: a busy moment of the machine hits both.
fn rounds(servers: [(&Running, &str); 2], path: &str, cookie: &str) -> (Vec<Round>, Vec<Round>) {
    let mut done = [Vec::new(), Vec::new()];
    for (_, address) in servers {
        load(address, path, cookie, ROUND * 2);
    }
    for _ in 0..ROUNDS {
        for ((server, address), done) in servers.iter().zip(&mut done) {
            let before = server.work();
            let (count, rate) = load(address, path, cookie, ROUND);
            done.push(Round { rate, work: (server.work() - before) / count });
        }
    }
    let [ours, theirs] = done;
    (ours, theirs)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Requests served in this time, and their rate.
fn load(address: &str, path: &str, cookie: &str, time: Duration) -> (f64, f64) {
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n\r\n");
    let clients: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (request, mut stream) = (request.clone(), TcpStream::connect(address).expect("the server listens"));
            stream.set_nodelay(true).ok();
            std::thread::spawn(move || {
                let (started, mut buffer, mut count) = (Instant::now(), Vec::new(), 0_u32);
                while started.elapsed() < time {
                    let (head, length) = exchange(&mut stream, request.as_bytes(), &mut buffer);
                    assert!(head.starts_with("http/1.1 200") && length > 100, "{head}");
                    count += 1;
                }
                (f64::from(count), f64::from(count) / started.elapsed().as_secs_f64())
            })
        })
        .collect();
    let ended = clients.into_iter().map(|client| client.join().expect("the client ends well"));
    ended.fold((0.0, 0.0), |sum, client| (sum.0 + client.0, sum.1 + client.1))
}

// What a careful developer would write by hand for this one record.

#[derive(Serialize)]
struct Customer {
    id: i64,
    name: String,
    email: String,
    phone: Option<String>,
    website: Option<String>,
    address: Option<String>,
    city: Option<String>,
    country: Option<String>,
    tier: String,
    credit_limit: Decimal,
    customer_since: Option<String>,
    owner: Option<i64>,
    account: Option<i64>,
    created_at: String,
    created_by: Option<i64>,
    updated_at: String,
    updated_by: Option<i64>,
    version: i64,
}

#[derive(Serialize)]
struct List {
    rows: Vec<Customer>,
    more: bool,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, name, email, phone, website, address, city, country, tier, credit_limit, customer_since, ",
            "owner, account, created_at, created_by, updated_at, updated_by, version FROM crm_customer ",
            $rest
        )
    };
}

fn customer(row: &SqliteRow) -> Result<Customer, sqlx::Error> {
    Ok(Customer {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        email: row.try_get(2)?,
        phone: row.try_get(3)?,
        website: row.try_get(4)?,
        address: row.try_get(5)?,
        city: row.try_get(6)?,
        country: row.try_get(7)?,
        tier: row.try_get(8)?,
        credit_limit: Decimal::new(row.try_get(9)?, 2).normalize(),
        customer_since: row.try_get(10)?,
        owner: row.try_get(11)?,
        account: row.try_get(12)?,
        created_at: row.try_get(13)?,
        created_by: row.try_get(14)?,
        updated_at: row.try_get(15)?,
        updated_by: row.try_get(16)?,
        version: row.try_get(17)?,
    })
}

struct State {
    pool: SqlitePool,
    /// Hash of a session's cookie to user and end.
    sessions: RwLock<HashMap<String, (i64, i64)>>,
    /// Users who may view customers.
    viewers: HashSet<i64>,
}

/// The session's user, if it holds and may view customers.
fn viewer(state: &State, request: &HttpRequest) -> Option<i64> {
    let cookie = request.cookie("appos_session")?;
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(cookie.value()));
    let (user, ends) = *state.sessions.read().ok()?.get(&hash)?;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    (i64::try_from(now).ok()? < ends && state.viewers.contains(&user)).then_some(user)
}

async fn get(state: web::Data<State>, request: HttpRequest, id: web::Path<i64>) -> HttpResponse {
    if viewer(&state, &request).is_none() {
        return HttpResponse::Unauthorized().finish();
    }
    let row = sqlx::query(select!("WHERE id = ?")).bind(*id).fetch_optional(&state.pool).await;
    match row.and_then(|row| row.as_ref().map(customer).transpose()) {
        Ok(Some(row)) => HttpResponse::Ok().json(row),
        Ok(None) => HttpResponse::NotFound().finish(),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

async fn list(state: web::Data<State>, request: HttpRequest) -> HttpResponse {
    if viewer(&state, &request).is_none() {
        return HttpResponse::Unauthorized().finish();
    }
    let rows = sqlx::query(select!("ORDER BY name ASC, id ASC LIMIT 21")).fetch_all(&state.pool).await;
    match rows.and_then(|rows| rows.iter().map(customer).collect::<Result<Vec<_>, _>>()) {
        Ok(mut rows) => {
            let more = rows.len() > 20;
            rows.truncate(20);
            HttpResponse::Ok().json(List { rows, more })
        }
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

async fn hand_written(database: impl AsRef<Path>) {
    let url = format!("sqlite://{}", database.as_ref().display());
    let options = SqliteConnectOptions::from_str(&url).expect("a database address").pragma("query_only", "ON");
    let pool = SqlitePoolOptions::new().max_connections(10).test_before_acquire(false).connect_with(options);
    let pool = pool.await.expect("the database opens");
    let sessions = sqlx::query("SELECT id_hash, user_id, expires_at FROM platform_session").fetch_all(&pool).await;
    let sessions: HashMap<_, _> = sessions
        .expect("sessions")
        .iter()
        .map(|row| (row.get::<String, _>(0), (row.get::<i64, _>(1), row.get::<i64, _>(2))))
        .collect();
    let viewers = sessions.values().map(|(user, _)| *user).collect();
    let state = web::Data::new(State { pool, sessions: RwLock::new(sessions), viewers });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .route("/api/crm/v1/customers/{id}", web::get().to(get))
            .route("/api/crm/v1/customers", web::get().to(list))
    })
    .bind("127.0.0.1:0")
    .expect("a port");
    println!("Listening on http://{}", server.addrs()[0]);
    server.run().await.expect("the server runs");
}
