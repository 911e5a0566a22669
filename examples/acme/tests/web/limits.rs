//! What one sender may ask for: how often (attack case 32 apart, which `sign_in` tests), how much (40), how
//! slowly (44), and in which form (45).

use std::io::Write;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use super::raw::{connect, exchange, exchange_until, header, rest, status};
use super::support::{Client, Method, PASSWORD, lines, prepared};
use super::{CUSTOMERS, MEMBERSHIPS, USERS};

/// Longest wait for what has to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// Sends requests until one is refused, and answers how many were served before.
async fn until_refused(client: &Client, path: &str) -> (usize, String) {
    for number in 0..2000 {
        let answer = client.get(path).await;
        if answer.status == 429 {
            let answer = answer.problem(429, "too_many_requests");
            assert_eq!(answer.headers["retry-after"], "1");
            assert_eq!(answer.headers["x-content-type-options"], "nosniff");
            return (number, answer.execution_id);
        }
    }
    panic!("nothing is refused");
}

async fn until_served(client: &Client, path: &str) {
    let begun = Instant::now();
    while client.get(path).await.status == 429 {
        assert!(begun.elapsed() < PATIENCE, "it is refused for ever");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn an_address_that_asks_too_often_waits_and_is_served_again() {
    let start = prepared(&[("APPOS__SERVER__RATE_LIMIT__PER_ADDRESS", "4")]).await;
    let stranger = start.platform.client();
    let (served, id) = until_refused(&stranger, "/login").await;
    assert!(served >= 20, "five seconds' worth at once: {served}");
    // Whoever it is, and whatever it writes into its headers.
    let forged = stranger.request(Method::GET, "/login").header("x-forwarded-for", "198.51.100.7");
    let mut refused = 0;
    for request in [forged, start.sales.request(Method::GET, CUSTOMERS), start.admin.request(Method::GET, "/nothing")] {
        // One may meet the moment in which the next one is free.
        refused += usize::from(start.sales.send(request).await.status == 429);
    }
    assert!(refused >= 2, "{refused}");
    // Load balancers are always told that the server is up.
    for _ in 0..100 {
        stranger.get("/health").await.is(200);
    }
    until_served(&stranger, "/login").await;
    let folder = start.platform.into_folder();
    let logged = lines(&folder.path().join(".appos/logs"), "security");
    let refusals: Vec<_> = logged.iter().filter(|line| line.text("detail").contains("too many requests")).collect();
    // A flood does not fill the log.
    assert_eq!(refusals.len(), 1, "{refusals:#?}");
    assert_eq!((refusals[0].text("execution_id"), refusals[0].text("address")), (id.as_str(), "127.0.0.1"));
}

#[tokio::test]
async fn an_account_that_asks_too_often_waits_whatever_it_signs_in_with() {
    let start = prepared(&[("APPOS__SERVER__RATE_LIMIT__PER_USER", "4")]).await;
    let mut other = start.platform.client();
    other.sign_in("sales@acme.example", PASSWORD).await.is(200);
    let (served, _) = until_refused(&start.sales, "/auth/me").await;
    assert!(served >= 15, "{served}");
    let both = [other.get("/auth/me").await.status, other.get("/auth/me").await.status];
    assert!(both.contains(&429), "another session is no other budget: {both:?}");
    start.admin.get("/auth/me").await.is(200);
    start.platform.client().get("/login").await.is(200);
    until_served(&start.sales, "/auth/me").await;
    // Nothing of a request that is refused was done.
    let before = start.admin.count(CUSTOMERS).await;
    let mut made = 0;
    for number in 0..60 {
        let body = json!({ "name": "New", "email": format!("n{number}@acme.example") });
        made += u64::from(start.finance.post(CUSTOMERS, body.clone()).await.status == 201);
        made += u64::from(start.sales.post(CUSTOMERS, body).await.status == 201);
    }
    assert!(made < 60, "{made}");
    until_served(&start.admin, "/auth/me").await;
    assert_eq!(start.admin.count(CUSTOMERS).await, before + made);
}

#[tokio::test]
async fn a_program_that_asks_too_often_waits_too() {
    let start = prepared(&[("APPOS__SERVER__RATE_LIMIT__PER_USER", "4")]).await;
    let robot = json!({ "email": "robot@acme.example", "name": "Robot", "user_type": "service_account" });
    let robot = start.admin.post(USERS, robot).await.is(201).id();
    let group = start.admin.group("crm_users").await;
    start.admin.post(MEMBERSHIPS, json!({ "user": robot, "group": group })).await.is(201);
    let key = start.admin.rule("create_api_key", json!({ "user": robot, "name": "nightly" })).await.is(200);
    let key = key.body.as_str().expect("a key").to_owned();
    let client = start.platform.client();
    let mut refused = false;
    for _ in 0..200 {
        refused = refused || client.get_by_key("/auth/me", &key).await.status == 429;
    }
    assert!(refused);
}

#[tokio::test]
async fn many_slow_senders_hold_no_place_that_others_need() {
    let start = prepared(&[("APPOS__SERVER__REQUEST_TIMEOUT", "8s")]).await;
    let url = &start.platform.url;
    let host = url.trim_start_matches("http://");
    let session = start.sales.session.clone().expect("a session");
    let body = format!(
        "POST {CUSTOMERS} HTTP/1.1\r\nHost: {host}\r\nOrigin: {url}\r\nCookie: {session}\r\n\
         Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"
    );
    let mut slow = Vec::new();
    for number in 0..200 {
        let mut stream = connect(url);
        let begun =
            if number % 2 == 0 { format!("GET /login HTTP/1.1\r\nHost: {host}\r\nX-A: ") } else { body.clone() };
        stream.write_all(begun.as_bytes()).expect("it begins");
        slow.push(stream);
    }
    let all = format!("{CUSTOMERS}?limit=5");
    for number in 0..40 {
        for stream in &mut slow {
            // Those that were ended already are not written to.
            stream.write_all(b"a").ok();
        }
        start.sales.get(&all).await.is(200);
        start.platform.client().get("/login").await.is(200);
        let body = json!({ "name": "New", "email": format!("n{number}@acme.example") });
        start.sales.post(CUSTOMERS, body).await.is(201);
    }
    // Each of them comes to its end although it goes on to send.
    let ended = tokio::task::spawn_blocking(move || {
        slow.into_iter()
            .map(|mut stream| {
                let mut writer = stream.try_clone().expect("the same connection");
                let trickle = std::thread::spawn(move || {
                    while writer.write_all(b"a").is_ok() {
                        std::thread::sleep(Duration::from_millis(100));
                    }
                });
                stream.flush().ok();
                let answer = rest(stream);
                trickle.join().ok();
                status(&answer)
            })
            .collect::<Vec<u16>>()
    });
    let ended = ended.await.expect("they end");
    // Where bytes still come in, the system may throw the answer away with the connection.
    assert!(ended.iter().all(|status| [0, 408].contains(status)), "{ended:?}");
    start.sales.get(&all).await.is(200);
}

#[tokio::test]
async fn more_clients_than_may_be_connected_wait_for_their_turn() {
    let start = prepared(&[("APPOS__SERVER__MAX_CONNECTIONS", "3"), ("APPOS__SERVER__WORKERS", "1")]).await;
    let url = &start.platform.url;
    // Each of them says nothing until the server ends it.
    let silent: Vec<_> = (0..5).map(|_| connect(url)).collect();
    let request = "GET /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let url = url.clone();
    let answer = tokio::task::spawn_blocking(move || exchange(&url, request.as_bytes())).await.expect("an answer");
    assert_eq!(status(&answer), 200, "{answer}");
    drop(silent);
    start.sales.get(CUSTOMERS).await.is(200);
}

#[tokio::test]
async fn a_body_that_does_not_come_to_its_end_is_answered_at_the_deadline() {
    let start = prepared(&[("APPOS__SERVER__REQUEST_TIMEOUT", "1s")]).await;
    let url = &start.platform.url;
    let host = url.trim_start_matches("http://");
    let session = start.sales.session.clone().expect("a session");
    let before = start.sales.count(CUSTOMERS).await;
    for (path, kind) in [(CUSTOMERS.to_owned(), "application/json"), (format!("{CUSTOMERS}/import"), "text/csv")] {
        for length in ["Content-Length: 1000\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n5\r\nname,\r\n"] {
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {url}\r\nCookie: {session}\r\nContent-Type: {kind}\r\n{length}"
            );
            let answer = exchange_until(url, head.as_bytes(), "body_too_slow");
            assert_eq!(status(&answer), 408, "{path}: {answer}");
            assert!(answer.contains("\"code\":\"body_too_slow\""), "{answer}");
            assert_eq!(header(&answer, "connection"), Some("close"), "{answer}");
        }
    }
    // Nor does the head of a request.
    let mut stream = connect(url);
    stream.write_all(format!("GET /login HTTP/1.1\r\nHost: {host}\r\n").as_bytes()).expect("it begins");
    assert_eq!(status(&rest(stream)), 408);
    // On a connection of its own: that of before has been idle for too long.
    let sales = start.platform.client().with_session(&session);
    assert_eq!(sales.count(CUSTOMERS).await, before);
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let start = prepared(&[]).await;
    let url = &start.platform.url;
    let host = url.trim_start_matches("http://");
    let asked = |target: &str, headers: &str| {
        let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n");
        status(&exchange(url, request.as_bytes()))
    };
    let x = |number: usize| "x".repeat(number);
    assert_eq!(asked(&format!("/login?next=/{}", x(8_000)), ""), 200);
    assert_eq!(asked(&format!("/login?next=/{}", x(20_000)), ""), 414);
    assert_eq!(asked(&format!("/{}", x(20_000)), ""), 414);
    assert_eq!(asked("/login", &format!("X-A: {}\r\n", x(8_000))), 200);
    assert_eq!(asked("/login", &format!("X-A: {}\r\n", x(40_000))), 431);
    assert_eq!(asked("/login", &format!("Cookie: appos_session={}\r\n", x(40_000))), 431);
    assert_eq!(asked("/login", &format!("X-A: {}\r\n", x(10_000)).repeat(4)), 431);
    // So large that the server does not even read it.
    assert_eq!(asked("/login", &format!("X-A: {}\r\n", x(200_000))), 431);
    assert_eq!(asked("/login", &"X-A: x\r\n".repeat(60)), 200);
    assert_eq!(asked("/login", &"X-A: x\r\n".repeat(500)), 431);
    let target = asked(&format!("/{}", x(100_000)), "");
    assert!([400, 414, 431].contains(&target), "{target}");
}

#[tokio::test]
async fn json_that_is_made_to_harm_is_refused() {
    let start = prepared(&[]).await;
    let before = start.sales.count(CUSTOMERS).await;
    let row = |value: &str| format!("{{\"name\":\"New\",\"email\":\"new@acme.example\",\"credit_limit\":{value}}}");
    let deep = |open: &str, close: &str| row(&format!("{}1{}", open.repeat(1000), close.repeat(1000)));
    let json = "application/json";
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(10 << 20));
    for (body, kind, refused) in [
        (deep("[", "]"), json, (400, "malformed_json")),
        (deep("{\"a\":", "}"), json, (400, "malformed_json")),
        ("[".repeat(100_000), json, (400, "malformed_json")),
        (row("1,\"name\":\"Other\""), json, (400, "malformed_json")),
        (row("{\"a\":1,\"a\":2}"), json, (400, "malformed_json")),
        (row("1e999"), json, (400, "malformed_json")),
        (row("NaN"), json, (400, "malformed_json")),
        (large, json, (413, "body_too_large")),
        (row("1"), "text/plain", (415, "unsupported_media_type")),
        (row("1"), "application/json; charset=utf-16", (415, "unsupported_media_type")),
        (row("1"), "application/json; charset=latin1", (415, "unsupported_media_type")),
        (row("1"), "", (415, "unsupported_media_type")),
    ] {
        let mut request = start.sales.request(Method::POST, CUSTOMERS).body(body.clone());
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        start.sales.send(request).await.problem(refused.0, refused.1);
    }
    let utf16: Vec<u8> = row("1").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let request = start.sales.request(Method::POST, CUSTOMERS).header("content-type", json).body(utf16);
    start.sales.send(request).await.problem(400, "malformed_json");
    assert_eq!(start.sales.count(CUSTOMERS).await, before);
}

#[tokio::test]
async fn a_request_of_which_two_readers_could_make_different_ones_is_refused() {
    let start = prepared(&[]).await;
    let url = &start.platform.url;
    let host = url.trim_start_matches("http://");
    let session = start.sales.session.clone().expect("a session");
    let before = start.sales.count(CUSTOMERS).await;
    let body = json!({ "name": "Smuggled", "email": "smuggled@acme.example" }).to_string();
    // What would be a second request, hidden in the first one's body.
    let hidden = format!(
        "POST {CUSTOMERS} HTTP/1.1\r\nHost: {host}\r\nOrigin: {url}\r\nCookie: {session}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let head = format!("POST /auth/login HTTP/1.1\r\nHost: {host}\r\n");
    for (what, framing) in [
        ("CL and TE", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        ("TE and CL", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
        ("two CL", "Content-Length: 0\r\nContent-Length: 5\r\n\r\n"),
        ("two equal CL", "Content-Length: 0\r\nContent-Length: 0\r\n\r\n"),
        ("a list of CL", "Content-Length: 0, 5\r\n\r\n"),
        ("CL with a sign", "Content-Length: +0\r\n\r\n"),
        ("CL below zero", "Content-Length: -1\r\n\r\n"),
        ("CL in hex", "Content-Length: 0x0\r\n\r\n"),
        ("CL with a space in it", "Content-Length: 0 0\r\n\r\n"),
        ("two TE", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        ("TE of another kind", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        ("TE with chunked not last", "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        ("a space before the colon", "Content-Length : 0\r\n\r\n"),
        ("a folded header", "X-A: b\r\n Content-Length: 0\r\n\r\n"),
        ("a folded length", "Content-Length:\r\n 0\r\n\r\n"),
        ("NUL in a header", "X-A: a\0b\r\nContent-Length: 0\r\n\r\n"),
        ("CR in a header", "X-A: a\rb\r\nContent-Length: 0\r\n\r\n"),
        ("a chunk of no size", "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"),
        ("a chunk with a sign", "Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n"),
        ("a chunk larger than numbers", "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n"),
    ] {
        let answer = exchange(url, format!("{head}{framing}{hidden}").as_bytes());
        let first = status(&answer);
        assert!([0, 400].contains(&first), "{what}: {answer}");
        assert_eq!(
            answer.matches("HTTP/1.1 ").count(),
            usize::from(first != 0),
            "{what}: one answer, and the end: {answer}"
        );
    }
    assert_eq!(start.sales.count(CUSTOMERS).await, before, "nothing was smuggled in");
    // The hidden one alone is right.
    let answer = exchange(url, hidden.replace("Content-Type", "Connection: close\r\nContent-Type").as_bytes());
    assert_eq!(status(&answer), 201, "{answer}");
    let made: Json = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap_or_default()).unwrap_or_default();
    assert_eq!(made["name"], "Smuggled");
}
